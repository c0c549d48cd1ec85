/** What kind of line a telephone number is, where that says whether a text message is read there, and who pays for it. */
import { headLength, type KindOfPlan, type Plan, planOf } from './plans.ts'

/** Kinds that are no telephone in a pocket, in words. */
export const kinds = {
  PREMIUM_RATE: 'a premium rate number',
  SHARED_COST: 'a shared cost number',
  FIXED_LINE: 'a fixed line',
  TOLL_FREE: 'a toll-free number',
  VOICEMAIL: 'a voicemail',
  UAN: "a company's number",
} as const satisfies Partial<Record<KindOfPlan, string>>
export type Kind = keyof typeof kinds

/** Whoever owns such a number earns by what is sent to it: nobody's own number, and a way to take money from a sender. */
export const earning: ReadonlySet<Kind> = new Set(['PREMIUM_RATE', 'SHARED_COST'])

/**
 * The kind of a number in E.164, by Google's tables. Undefined for mobile telephones, where fixed lines and mobile ones share ranges (US),
 * and in ranges that are nobody's, unless all around them earn: plans of numbers grow faster than tables, and the numbers kept for fiction are
 * in none.
 */
export function kindOf(number: string, country: string): Kind | undefined {
  let told = tellers.get(country)
  if (told === undefined) {
    told = tellerOf(planOf(country))
    tellers.set(country, told)
  }
  return told(number)
}

const tellers = new Map<string, (number: string) => Kind | undefined>()

function tellerOf({ code, numbers }: Plan): (number: string) => Kind | undefined {
  const mobile = numbers.get('MOBILE')?.test
  const others = [...numbers].flatMap(([kind, { test }]) =>
    kind in kinds && (mobile !== undefined || kind !== 'FIXED_LINE') ? [[kind as Kind, test] as const] : [],
  )
  // Of beginnings that earn, by what was found out of them.
  const heads = new Map<string, Kind | undefined>()
  return number => {
    const own = number.slice(code.length)
    if (mobile?.test(own) === true) return undefined
    for (const [kind, test] of others) if (test.test(own)) return kind
    const head = own.slice(0, headLength)
    if (!heads.has(head)) heads.set(head, earningRange(head, numbers))
    return heads.get(head)
  }
}

/** The kind of a number that is nobody's yet, in a range whose numbers all earn: +49 900 7… is premium, whoever gets it. */
function earningRange(head: string, numbers: Plan['numbers']): Kind | undefined {
  const found = [...numbers].flatMap(([kind, { lengths }]) => (lengths(head).length === 0 ? [] : [kind]))
  return found.every(kind => earning.has(kind as Kind)) ? (found[0] as Kind | undefined) : undefined
}
