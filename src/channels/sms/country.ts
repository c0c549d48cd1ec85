/** The country that a number belongs to: gateways charge by it. The one home of libphonenumber-js. */
import { parsePhoneNumber } from 'libphonenumber-js/min'

/**
 * ISO 3166-1 alpha-2 of an international number (`+` and digits, as `phone` gives it); where countries share a code and the number is
 * in nobody's range, the first of them. Undefined for numbers as dialled inside a country, and for codes that are no country's.
 */
export function countryOf(number: string): string | undefined {
  if (!number.startsWith('+')) return undefined
  try {
    const parsed = parsePhoneNumber(number)
    return parsed.country ?? parsed.getPossibleCountries()[0]
  } catch {
    return undefined
  }
}
