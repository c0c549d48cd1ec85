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
 * and in ranges that are nobody's, unless all around them earn: plans of numbers grow faster than tables, and the numbers kept for fiction are
 * in none.
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
  return earningRange(own, plan)
}

/** How many digits say what a range is for: 900 in most plans. */
const headLength = 3

/**
 * The kind of a number that is nobody's yet, in a range whose numbers all earn: +49 900 7… is premium, whoever gets it. Tables of ranges
 * know no beginnings, so each is asked with much that may follow it, once: 2 ms, and 30 where numbers that earn begin so.
 */
function earningRange(own: string, plan: Plan): Kind | undefined {
  const head = own.slice(0, headLength)
  const known = plan.heads.get(head)
  if (known !== undefined) return known === 'none' ? undefined : known
  const earns = plan.every.find(([kind, numbers]) => earning.has(kind as Kind) && begins(head, numbers))?.[0]
  const mixed =
    earns !== undefined && plan.every.some(([kind, numbers]) => !earning.has(kind as Kind) && begins(head, numbers))
  const only = mixed ? undefined : (earns as Kind | undefined)
  plan.heads.set(head, only ?? 'none')
  return only
}

function begins(head: string, { test, lengths }: Numbers): boolean {
  return lengths.some(length => {
    const free = length - head.length
    if (free < 0) return false
    const varied = Math.min(free, 2)
    for (let at = 0; at < 10 ** varied; at += 1)
      for (const rest of ['0', '1', '5', '9'])
        if (test.test(head + String(at).padStart(varied, '0') + rest.repeat(free - varied))) return true
    return false
  })
}

interface Plan {
  /** `+44`, which stands before the numbers of the country. */
  readonly code: string
  /** Absent where the tables do not tell mobile telephones from fixed lines. */
  readonly mobile: RegExp | undefined
  readonly others: readonly (readonly [Kind, RegExp])[]
  /** All kinds that there are. */
  readonly every: readonly (readonly [string, Numbers])[]
  /** What was found out of beginnings. */
  readonly heads: Map<string, Kind | 'none'>
}

interface Numbers {
  readonly test: RegExp
  readonly lengths: readonly number[]
}

const others = ['MOBILE', 'VOIP', 'PERSONAL_NUMBER', 'PAGER']

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
  const every = [...Object.keys(kinds), ...others].flatMap(kind => {
    const numbers = numbersOf(kind)
    return numbers === undefined ? [] : [[kind, numbers] as const]
  })
  const mobile = every.find(([kind]) => kind === 'MOBILE')?.[1].test
  const told = every.filter(([kind]) => kind in kinds && (mobile !== undefined || kind !== 'FIXED_LINE'))
  return {
    code: `+${metadata.countryCallingCode()}`,
    mobile,
    others: told.map(([kind, { test }]) => [kind as Kind, test] as const),
    every,
    heads: new Map(),
  }
}

function numbersOf(kind: string): Numbers | undefined {
  const type = metadata.type(kind)
  const pattern = type?.pattern()
  if (pattern === undefined || pattern === '') return undefined
  const lengths = type?.possibleLengths() ?? []
  const length = lengths.length === 0 ? '' : `(?=(?:${lengths.map(digits => `\\d{${digits}}`).join('|')})$)`
  return { test: new RegExp(`^${length}(?:${pattern})$`), lengths }
}
