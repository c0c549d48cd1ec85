/** What numbers a country has, of which kinds, by Google's tables. */
import type { CountryCode } from 'libphonenumber-js/core'
import { later } from '../../schema/index.ts'
import { compileLengths } from './lengths.ts'

const core = later<typeof import('libphonenumber-js/core')>('libphonenumber-js/core')
const tables = later<typeof import('libphonenumber-js/max/metadata').default>('libphonenumber-js/max/metadata')

const kinds = [
  'PREMIUM_RATE',
  'SHARED_COST',
  'FIXED_LINE',
  'TOLL_FREE',
  'VOICEMAIL',
  'UAN',
  'MOBILE',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
] as const
export type KindOfPlan = (typeof kinds)[number]

export interface Plan {
  /** `+44`, which stands before the numbers of the country. */
  readonly code: string
  /** What is dialled before a number at home, and is no part of it: `0`; absent: nothing is. */
  readonly before?: string
  /** Kinds that the country has; without MOBILE where the tables do not tell mobile telephones from fixed lines. */
  readonly numbers: ReadonlyMap<KindOfPlan, Numbers>
}

/** The numbers of one kind, without the code of the country. */
export interface Numbers {
  readonly test: RegExp
  /** How many digits any of them may have; none where the plan does not say. */
  readonly possible: readonly number[]
  /** How many digits those may have that begin so; none where none does. */
  readonly lengths: (head: string) => readonly number[]
}

/** What the library has and its types do not say. */
interface Numbering {
  selectNumberingPlan(country: CountryCode): void
  countryCallingCode(): string
  readonly numberingPlan: { nationalPrefix(): string | number | undefined }
  type(kind: string): { pattern(): string | undefined; possibleLengths(): readonly number[] | undefined } | undefined
}

const plans = new Map<string, Plan>()

export function planOf(country: string): Plan {
  const known = plans.get(country)
  if (known !== undefined) return known
  const metadata = new (core().Metadata)(tables()) as unknown as Numbering
  metadata.selectNumberingPlan(country as CountryCode)
  const numbers = new Map<KindOfPlan, Numbers>()
  for (const kind of kinds) {
    const type = metadata.type(kind)
    const pattern = type?.pattern() ?? ''
    if (pattern !== '') numbers.set(kind, numbersOf(pattern, type?.possibleLengths() ?? []))
  }
  const before = String(metadata.numberingPlan.nationalPrefix() ?? '')
  const plan = { code: `+${metadata.countryCallingCode()}`, ...(before === '' ? {} : { before }), numbers }
  plans.set(country, plan)
  return plan
}

function numbersOf(pattern: string, possible: readonly number[]): Numbers {
  const length = possible.length === 0 ? '' : `(?=(?:${possible.map(digits => `\\d{${digits}}`).join('|')})$)`
  let lengths: ReturnType<typeof compileLengths> | undefined
  return {
    possible,
    test: new RegExp(`^${length}(?:${pattern})$`),
    lengths: head => {
      lengths ??= compileLengths(pattern)
      return [...lengths(head)].filter(digits => possible.length === 0 || possible.includes(digits))
    },
  }
}

/** How many digits of a number say what its range is for: 900 in most plans, 151 in Germany. */
export const headLength = 3

/**
 * How many digits numbers may have that begin as this one, without its country's code, where mobile telephones do. Plans allow lengths for their
 * fixed lines (four digits to fifteen in Germany) that no telephone in a pocket has. Germany's voicemails begin as the telephones whose they
 * are, and have two digits more: they do not count, or a digit too many were one of theirs.
 */
export function pocketLengths(own: string, country: string): readonly number[] | undefined {
  const { numbers } = planOf(country)
  const head = own.slice(0, headLength)
  if ((numbers.get('MOBILE')?.lengths(head).length ?? 0) === 0) return undefined
  return [...numbers].flatMap(([kind, { lengths }]) => (kind === 'VOICEMAIL' ? [] : lengths(head)))
}

/** How many digits mobile telephones and fixed lines have at most; numbers of services may have more. Ranges are new every year, and no longer. */
export function longestOf(country: string): number {
  const { numbers } = planOf(country)
  const possible = (['MOBILE', 'FIXED_LINE'] as const).map(kind => numbers.get(kind)?.possible ?? [])
  return possible.some(lengths => lengths.length === 0) ? Number.POSITIVE_INFINITY : Math.max(...possible.flat())
}

/** Whether the country has numbers that begin so, of whatever kind. */
export function hasBeginning(head: string, country: string): boolean {
  return [...planOf(country).numbers.values()].some(({ lengths }) => lengths(head).length > 0)
}
