/** France and its departments overseas: one plan of numbers, where each dials the others as itself, and codes of their own for the rest of the world. */

/** By what numbers begin with (ARCEP, "Plan national de numérotation"); all others are of France itself. */
const heads =
  /^(?:(?<GP>590|5987|69[01]|7090)|(?<GF>594|5988|694|7093[0-4])|(?<MQ>596|5989|69[67]|7091)|(?<RE>26[23]|2688|69[23]|7092)|(?<YT>269|2689|639|7093[5-9]))/

const codes = { FR: '33', GP: '590', BL: '590', MF: '590', GF: '594', MQ: '596', RE: '262', YT: '262' } as const

const different: ReadonlySet<string> = new Set(Object.values(codes))

/** What the plan has together: what begins with 8 and 9 is each department's own. */
const ofPlan = /^[1-7]\d{8}$/

export interface Home {
  /** ISO 3166-1 alpha-2. Of GP, BL and MF, whose heads are alike, the first. */
  readonly country: string
  /** The code that it has from abroad, without `+`. */
  readonly code: string
}

/** Whether numbers are the same ones in both, though their codes differ. */
export function shareHome(one: string, other: string): boolean {
  return one in codes && other in codes
}

/** Where a number of the plan is, whichever of its codes stands before it; undefined: it is of another plan. `own`: without code and 0. */
export function homeOf(own: string, code: string): Home | undefined {
  if (!different.has(code) || !ofPlan.test(own)) return undefined
  const groups: Readonly<Record<string, string | undefined>> = heads.exec(own)?.groups ?? {}
  const countries = Object.keys(codes) as readonly (keyof typeof codes)[]
  const country = countries.find(one => groups[one] !== undefined) ?? 'FR'
  return { country, code: codes[country] }
}

/** How many signs of a number with `+`, the 0 of home included, say where it is; undefined: it has none of the codes. */
export function homeLength(digits: string): number | undefined {
  return told.exec(digits)?.[0].length
}
const told = /^\+(?:33|262|59[046])0?\d{5}/

/** A number of the plan with each of its codes; none of another plan. */
export function withEachCode(number: string): readonly string[] {
  const [, code = '', own = ''] = /^\+(33|262|59[046])(\d{9})$/.exec(number) ?? []
  return homeOf(own, code) === undefined ? [] : [...different].map(one => `+${one}${own}`)
}
