/** The helpers that templates may call: what each takes and gives. docs/template.md lists the same. */

/** What an argument must be. `maybe`, `address`: it may be absent. `literal`: written in the template itself. */
export type Takes = 'decimal' | 'date' | 'text' | 'any' | 'maybe' | 'list' | 'literal' | 'key' | 'address'

export interface Signature {
  /** Positional arguments in order, all of them required. */
  readonly params: readonly Takes[]
  /** What further positional arguments must be; absent: there are none. */
  readonly rest?: Takes
  /** Arguments by name; `*` stands for any name. */
  readonly hash: Readonly<Record<string, Takes>>
  /** `list`: of texts. */
  readonly gives: 'text' | 'decimal' | 'boolean' | 'list'
}

const figure = { params: ['decimal'], hash: { decimals: 'literal' }, gives: 'text' } as const
const sumOfTwo = { params: ['decimal', 'decimal'], hash: {}, gives: 'decimal' } as const
const comparison = { params: ['maybe', 'maybe'], hash: {}, gives: 'boolean' } as const

export const signatures: Readonly<Record<string, Signature>> = {
  money: { params: ['decimal'], hash: { currency: 'text', decimals: 'literal', symbol: 'literal' }, gives: 'text' },
  words: { params: ['decimal'], hash: { currency: 'text' }, gives: 'text' },
  number: figure,
  percent: figure,
  date: { params: ['date'], hash: { style: 'literal' }, gives: 'text' },
  t: { params: ['key'], rest: 'key', hash: { '*': 'any' }, gives: 'text' },
  fact: { params: ['literal'], hash: {}, gives: 'text' },
  sum: { params: ['list', 'literal'], hash: {}, gives: 'decimal' },
  plus: sumOfTwo,
  minus: sumOfTwo,
  times: sumOfTwo,
  url: { params: ['text'], hash: {}, gives: 'text' },
  urlPart: { params: ['any'], hash: {}, gives: 'text' },
  telPart: { params: ['any'], hash: {}, gives: 'text' },
  addressLines: { params: ['address'], hash: { country: 'maybe' }, gives: 'list' },
  eq: comparison,
  gt: comparison,
  lt: comparison,
  not: { params: ['maybe'], hash: {}, gives: 'boolean' },
  and: { params: ['maybe', 'maybe'], rest: 'maybe', hash: {}, gives: 'boolean' },
  or: { params: ['maybe', 'maybe'], rest: 'maybe', hash: {}, gives: 'boolean' },
}

export const blockSignatures: Readonly<Record<string, Pick<Signature, 'params' | 'hash'>>> = {
  if: { params: ['maybe'], hash: { includeZero: 'literal' } },
  unless: { params: ['maybe'], hash: { includeZero: 'literal' } },
  each: { params: ['list'], hash: {} },
  with: { params: ['maybe'], hash: {} },
}
