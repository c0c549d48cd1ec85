/** How numbers were sent to in earlier versions: suppression lists that were hashed then have them so, and hold the same people. */
import { withEachCode } from './overseas.ts'
import { isFlaw, phone } from './phone.ts'

/** A number, as `phone` gives it, in the forms that it gave to spellings of it before. */
export function formerNumbers(number: string): readonly string[] {
  return [...withEachCode(number), ...withOldZero(number)].filter(form => form !== number)
}

/** Italy's mobile numbers had a 0 until 2001. Some with it are of fixed lines, which are somebody else's. */
function withOldZero(number: string): readonly string[] {
  if (!number.startsWith('+393')) return []
  const old = number.replace('+39', '+390')
  return isFlaw(phone(old)) ? [old] : []
}
