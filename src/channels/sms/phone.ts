/** Phone numbers as data has them, to the form that a gateway takes, with the country that it charges by. The one home of libphonenumber-js. */
import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min'

export interface Phone {
  /** `+` and 7-15 digits (E.164). */
  readonly number: string
  /** ISO 3166-1 alpha-2; where countries share a code and the number is in nobody's range, the first of them. */
  readonly country?: string
}

/** Whether a text is a country that numbers can belong to: `UA`. */
export function isPhoneCountry(text: string): boolean {
  return countries.has(text as CountryCode)
}

const countries: ReadonlySet<CountryCode> = new Set(getCountries())

/**
 * The number of a text: international (`+` or 00), or as dialled inside `country`. Undefined where the text is no number, is too long or
 * short for its country, has an extension, or is written as dialled and nobody says where.
 */
export function phone(text: string, country?: string): Phone | undefined {
  const bare = text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^00(?=[1-9])/, '+')
  // A message has one recipient: what is not wholly a number is none.
  if (!/^[+(]?[\d\p{Zs}./()\u2010-\u2015-]+$/u.test(bare)) return undefined
  const digits = bare.replace(/[^\d+]/g, '')
  // Nearly all numbers of a batch share country, length and range: asking the library for each costs 14 to 31 µs.
  const range = `${country ?? ''} ${digits.slice(0, -3)} ${digits.length}`
  let known = ranges.get(range)
  if (known === undefined) {
    known = ask(digits, country) ?? 'none'
    if (ranges.size >= mostRanges) ranges.clear()
    ranges.set(range, known)
  }
  if (known === 'none') return undefined
  return {
    number: `${known.prefix}${digits.slice(-3)}`,
    ...(known.country === undefined ? {} : { country: known.country }),
  }
}

/** What numbers that differ in their last three digits have in common; no country's range is that narrow. */
type Range = { readonly prefix: string; readonly country?: string } | 'none'
const ranges = new Map<string, Range>()
const mostRanges = 50_000

function ask(digits: string, country: string | undefined): Range | undefined {
  const asked = country !== undefined && isPhoneCountry(country) ? { defaultCountry: country as CountryCode } : {}
  const parsed = parsePhoneNumberFromString(digits, { ...asked, extract: false })
  if (parsed === undefined || !parsed.isPossible() || parsed.ext !== undefined || parsed.number.length < 8)
    return undefined
  const found = parsed.country ?? parsed.getPossibleCountries()[0]
  return { prefix: parsed.number.slice(0, -3), ...(found === undefined ? {} : { country: found }) }
}
