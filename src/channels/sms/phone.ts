/** Phone numbers as data has them, to the form that a gateway takes, with the country that it charges by. With plans.ts the one home of libphonenumber-js. */
import type { CountryCode } from 'libphonenumber-js/min'
import { later } from '../../schema/index.ts'
import { kindOf } from './kind.ts'
import { homeLength, homeOf, shareHome } from './overseas.ts'
import { flawOfSigns, flaws, type PhoneFlaw } from './phoneflaws.ts'
import { bareOf, behind, decimal, longest, written } from './phonesigns.ts'
import { hasBeginning, headLength, longestOf, planOf, pocketLengths } from './plans.ts'

const library = later<typeof import('libphonenumber-js/min')>('libphonenumber-js/min')

export interface Phone {
  /** `+` and 7-15 digits (E.164). */
  readonly number: string
  /** ISO 3166-1 alpha-2; where countries share a code and the number is in nobody's range, the first of them. */
  readonly country?: string
}

/** Whether a text is a country that numbers can belong to: `UA`. */
export function isPhoneCountry(text: string): boolean {
  return library().isSupportedCountry(text)
}

/** Whether a number that names no country is the same one in both. */
export function dialAlike(one: string, other: string): boolean {
  if (one === other || shareHome(one, other)) return true
  return callingCode(one) === callingCode(other)
}

/** `49`, for a country that numbers can belong to. */
export function callingCode(country: string): string {
  return library().getCountryCallingCode(country as CountryCode)
}

/**
 * The number of a text: international (`+` or 00), or as it is dialled inside a `country`; or why it is none. The length is looked at, and not
 * whether the range is given to anybody: plans of numbers grow faster than tables.
 */
export function phone(text: string, country?: string): Phone | PhoneFlaw {
  const bare = bareOf(text)
  if (decimal.test(bare)) return flaws.decimal
  // A message has one recipient: what is not wholly a number is none.
  if (!written.test(bare)) return flawOfSigns(bare)
  if (bare.length > longest) return flaws.long
  const more = behind(bare)
  if (more === 'other') return flaws.behindSign
  const digits = bare.replace(/[^\d+]/g, '')
  // Nearly all numbers of a batch share country, length and range: asking the library for each costs 14 to 31 µs.
  const head = digits.slice(0, headOf(digits))
  const tail = digits.slice(head.length)
  const range = `${digits.startsWith('+') ? '' : (country ?? '')} ${head} ${digits.length}`
  let known = ranges.get(range)
  if (known === undefined) {
    known = ask(digits, country) ?? 'none'
    if (ranges.size >= mostRanges) ranges.clear()
    ranges.set(range, known)
  }
  if (known === 'none')
    return more === 'extension' && isNumber(bare.replace(/\d+\D*$/, ''), country)
      ? flaws.behindSign
      : flawOfLength(digits, country)
  const number = known.number.slice(0, known.number.length - tail.length) + tail
  if (lacksPlus(number, digits, known)) return flaws.noPlus
  if (more !== undefined && !isLine(number, known.country)) {
    if (more === 'extension') return flaws.behindSign
    // With its last digit and without it, which then may be of a list, of an extension or a slip: `0171 1234567 8`.
    if (isNumber(bare.replace(/\d\D*$/, ''), country)) return flaws.behindBlank
  }
  return known.country === undefined ? { number } : { number, country: known.country }
}

export function isFlaw(found: Phone | PhoneFlaw): found is PhoneFlaw {
  return 'what' in found
}

/** `4915123456789`: as long as numbers of Germany may be, and somebody else's. */
function lacksPlus(number: string, digits: string, { code, country }: Pick<Known, 'code' | 'country'>): boolean {
  const own = number.slice(1 + code.length)
  return !digits.startsWith('+') && own === digits && own.startsWith(code) && isMobile(own.slice(code.length), country)
}

function isMobile(own: string, country: string | undefined): boolean {
  return country !== undefined && planOf(country).numbers.get('MOBILE')?.test.test(own) === true
}

function isOfPlan(own: string, country: string): boolean {
  return [...planOf(country).numbers.values()].some(({ test }) => test.test(own))
}

/** Whether a number is of a line that has extensions, which are dialled as a part of it: nobody's pocket has. */
function isLine(number: string, country: string | undefined): boolean {
  const kind = country === undefined ? undefined : kindOf(number, country)
  return kind === 'FIXED_LINE' || kind === 'UAN'
}

function isNumber(bare: string, country: string | undefined): boolean {
  return !isFlaw(phone(bare.replace(/[^\d+]/g, ''), country))
}

/** Why digits that no plan has are no number. */
function flawOfLength(digits: string, country: string | undefined): PhoneFlaw {
  if (digits === '') return flaws.noDigits
  const home = country !== undefined && isPhoneCountry(country) ? { defaultCountry: country as CountryCode } : {}
  if (!digits.startsWith('+') && home.defaultCountry === undefined) return flaws.nowhere
  const where = digits.startsWith('+') ? 'its country' : country
  switch (library().validatePhoneNumberLength(digits, home)) {
    case 'INVALID_COUNTRY':
      return flaws.noCode
    case 'TOO_LONG':
      return { what: `has more digits than numbers of ${where} have` }
    case 'TOO_SHORT':
      return { what: `has fewer digits than numbers of ${where} have` }
  }
  if (digits.replace('+', '').length > 15) return flaws.over15
  const known = possible(digits, country)
  const unfit = known === undefined ? undefined : misfit(known, digits)
  if (unfit === 'zero') return flaws.zero
  if (unfit === 'old zero')
    return { what: `has a 0 in front that no mobile number of ${known?.country} has`, hint: 'leave out the 0' }
  return {
    what:
      unfit === undefined
        ? `has a length that no number of ${where} has`
        : `has ${unfit} digits than numbers of ${where} have that begin alike`,
  }
}

/**
 * How much of a number says all that can be said of it besides its length. Countries that share a code are told apart by up to
 * six digits behind it (851001 in +61 is Christmas Island); any other code is one country's. As dialled, all but the last three. The first
 * three of its own are in it, also of a short one: they say how long it may be.
 */
function headOf(digits: string): number {
  const abroad = digits.startsWith('+')
  const wanted = abroad ? (homeLength(digits) ?? (sharedCodes().test(digits) ? 9 : 8)) : digits.length
  return Math.max(Math.min(wanted, digits.length - 3), Math.min(abroad ? 7 : 5, digits.length))
}

/** The codes that several countries have. */
function sharedCodes(): RegExp {
  if (shared !== undefined) return shared
  const codes = library().getCountries().map(callingCode)
  shared = new RegExp(`^\\+(?:${[...new Set(codes.filter((code, at) => codes.indexOf(code) !== at))].join('|')})`)
  return shared
}
let shared: RegExp | undefined

/** Some plans allow more digits; no network passes them on. */
const e164 = /^\+\d{7,15}$/

/** A number that its plan can have. */
interface Known {
  readonly number: string
  readonly code: string
  readonly country?: string
}

/** What numbers have in common that begin alike. */
type Range = Known | 'none'
const ranges = new Map<string, Range>()
const mostRanges = 50_000

function ask(digits: string, country: string | undefined): Known | undefined {
  const known = possible(digits, country)
  return known === undefined || misfit(known, digits) !== undefined ? undefined : known
}

/** The number, where any of its country, of whatever kind, may have as many digits. */
function possible(digits: string, country: string | undefined): Known | undefined {
  const asked = country !== undefined && isPhoneCountry(country) ? { defaultCountry: country as CountryCode } : {}
  const parsed = library().parsePhoneNumberFromString(digits, { ...asked, extract: false })
  if (parsed === undefined || !parsed.isPossible() || parsed.ext !== undefined || !e164.test(parsed.number))
    return undefined
  const code: string = parsed.countryCallingCode
  const home = homeOf(parsed.nationalNumber, code)
  const abroad = `+${home?.code}${parsed.nationalNumber}`
  // Where it is dialled says nothing of where it is.
  if (home !== undefined && digits !== abroad) return possible(abroad, undefined)
  const found = parsed.country ?? home?.country ?? parsed.getPossibleCountries()[0]
  return { number: parsed.number, code, ...(found === undefined ? {} : { country: found }) }
}

/**
 * Whether it has fewer or more digits than numbers have that begin alike, or the 0 of home behind the code of its country; undefined where its
 * plan can have it. Of a number that lacks a digit the library takes the 0 of home for a part: `050 123 45 6` would be +380 050123456.
 */
function misfit({ number, code, country }: Known, digits: string): 'fewer' | 'more' | 'zero' | 'old zero' | undefined {
  if (country === undefined) return undefined
  const own = number.slice(1 + code.length)
  const { before } = planOf(country)
  if (
    before !== undefined &&
    digits === own &&
    own.startsWith(before) &&
    !hasBeginning(own.slice(0, headLength), country)
  ) {
    const rest = own.slice(before.length)
    // Poland dials its old 0 no more.
    return pocketLengths(rest, country)?.includes(rest.length) === true ? 'more' : 'fewer'
  }
  // Italy's numbers keep their 0, but for mobile ones, which had one until 2001.
  if (own.startsWith('0') && !hasBeginning('0', country)) return 'zero'
  if (own.startsWith('0') && isMobile(own.slice(1), country) && !isOfPlan(own, country)) return 'old zero'
  const lengths = pocketLengths(own, country)
  if (lengths === undefined) return own.length > longestOf(country) && !isOfPlan(own, country) ? 'more' : undefined
  if (lengths.includes(own.length)) return undefined
  return lengths.some(length => length > own.length) ? 'fewer' : 'more'
}
