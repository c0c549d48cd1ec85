/** What kind of line a telephone number is, where that says whether a text message is read there, and who pays for it. */
import { type CountryCode, Metadata } from 'libphonenumber-js/core'
import tables from 'libphonenumber-js/max/metadata'

/** Kinds that are no telephone in a pocket, in words. */
export const kinds = {
  PREMIUM_RATE: 'a premium rate number',
  SHARED_COST: 'a shared cost number',
  FIXED_LINE: 'a fixed line',
  TOLL_FREE: 'a toll-free number',
  VOICEMAIL: 'a voicemail',
  UAN: "a company's number",
} as const
export type Kind = keyof typeof kinds

/** Whoever owns such a number earns by what is sent to it: nobody's own number, and a way to take money from a sender. */
export const earning: ReadonlySet<Kind> = new Set(['PREMIUM_RATE', 'SHARED_COST'])

/**
 * The kind of a number in E.164, by Google's tables. Undefined for mobile telephones, where fixed lines and mobile ones share ranges (US),
 * and in ranges that are nobody's: plans of numbers grow faster than tables, and the numbers kept for fiction are in none.
 */
export function kindOf(number: string, country: string): Kind | undefined {
  let plan = plans.get(country)
  if (plan === undefined) {
    plan = planOf(country as CountryCode)
    plans.set(country, plan)
  }
  const own = number.slice(plan.code.length)
  if (plan.mobile?.test(own) === true) return undefined
  for (const [kind, numbers] of plan.others) if (numbers.test(own)) return kind
  return undefined
}

interface Plan {
  /** `+44`, which stands before the numbers of the country. */
  readonly code: string
  /** Absent where the tables do not tell mobile telephones from fixed lines. */
  readonly mobile: RegExp | undefined
  readonly others: readonly (readonly [Kind, RegExp])[]
}

const plans = new Map<string, Plan>()
const metadata = new Metadata(tables) as unknown as Numbering

/** What the library has and its types do not say. */
interface Numbering {
  selectNumberingPlan(country: CountryCode): void
  countryCallingCode(): string
  type(kind: string): { pattern(): string | undefined; possibleLengths(): readonly number[] | undefined } | undefined
}

function planOf(country: CountryCode): Plan {
  metadata.selectNumberingPlan(country)
  const mobile = numbersOf('MOBILE')
  const others = (Object.keys(kinds) as Kind[]).flatMap(kind => {
    const numbers = mobile === undefined && kind === 'FIXED_LINE' ? undefined : numbersOf(kind)
    return numbers === undefined ? [] : [[kind, numbers] as const]
  })
  return { code: `+${metadata.countryCallingCode()}`, mobile, others }
}

function numbersOf(kind: string): RegExp | undefined {
  const type = metadata.type(kind)
  const pattern = type?.pattern()
  if (pattern === undefined || pattern === '') return undefined
  const lengths = type?.possibleLengths()
  const length = lengths === undefined ? '' : `(?=(?:${lengths.map(digits => `\\d{${digits}}`).join('|')})$)`
  return new RegExp(`^${length}(?:${pattern})$`)
}
