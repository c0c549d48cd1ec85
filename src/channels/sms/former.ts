/** How numbers were sent to in earlier versions: suppression lists that were hashed then have them so, and hold the same people. */
import { withEachCode } from './overseas.ts'

/** A number, as `phone` gives it, in the forms that it gave to spellings of it before. */
export function formerNumbers(number: string): readonly string[] {
  return withEachCode(number).filter(form => form !== number)
}
