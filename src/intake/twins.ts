/** Two communications that may be one: their ids give one file name, or nobody sees on paper by what they differ. */
import { differenceOf, type Fault, foldName, type Place, quote, type Twin } from '../model/index.ts'
import type { Plan } from './plan.ts'

/** What is wrong with an id beside that of another communication, which is told of this one in its turn. */
export function twinFault(
  id: string,
  twin: Twin,
  { plan, place }: { readonly plan: Plan; readonly place: Place },
): Fault {
  const differs = `${plan.key} differs from that of line ${twin.line} only`
  if (foldName(id) === foldName(twin.text))
    return {
      code: 'intake.twin',
      message: `${differs} in case, blanks or Unicode form`,
      place,
      hint: 'ids become file names, which such differences do not keep apart; let clean.js write them alike',
    }
  const secret = plan.tables[0]?.secret.has(plan.key) === true
  const both = secret ? '' : ` (found ${quote(id)}, and there ${quote(twin.text)})`
  return {
    code: 'intake.lookalike',
    message: `${differs} by ${differenceOf(id, twin.text, { secret })}${both}`,
    place,
    hint: 'write both keys alike, or let clean.js do it; if they are two, give one of them another key',
  }
}
