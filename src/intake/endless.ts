/** Scripts that do not come back from a row: how many rows they are handed at once under guard, and what is said of it. */
import { type FaultCode, FaultError, type Place } from '../model/index.ts'

/** Rows handed to clean.js under one guard. */
export const rowsAtOnce = 100

/** Communications put together under one guard, prepare.js and all. */
export const communicationsAtOnce = 25

/** The fault of a script that was ended. Which of its lines loops nobody can tell: it was at one of them. */
export function endless(code: Extract<FaultCode, `${string}.endless`>, script: string, place: Place): FaultError {
  return new FaultError([
    {
      code,
      message: `${script} does not come back from this row: it was ended after some seconds`,
      place,
      hint:
        script === 'schema.json'
          ? 'look for repetitions inside repetitions in a pattern, such as (a+)+, and put a maxLength beside it, or for a $ref that leads to itself in two branches'
          : 'look for a loop that never ends, or text that grows without end, and try the script with this row alone',
    },
  ])
}
