/** Whether clean.js goes by the row alone: now and then it gets one again. What it keeps of a row would come into another's. */
import { FaultError, type Place } from '../model/index.ts'
import type { Cleaned } from './clean.ts'

/** All that clean.js said of a row, to be compared. */
export function saidOf(cleaned: Cleaned): string {
  if (cleaned.kind !== 'row') return cleaned.kind
  const { cells, faults } = cleaned
  const said = cleaned.names().map(name => [name, cells(name)])
  return JSON.stringify([said, faults.map(({ message }) => message)])
}

/** The fault of a script that says two things of one row. The values are in neither: they may be another's. */
export function unsteady(script: string, place: Place): FaultError {
  return new FaultError([
    {
      code: 'clean.state',
      message: `${script} says something else of this row when it gets it again`,
      place,
      hint: 'let it depend on the row alone: not on rows before it, the clock or chance',
    },
  ])
}
