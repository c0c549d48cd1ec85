/** What a JSON Schema applies to one place of a value, as a formula: schemas as written, all together, or one of several. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'

/** Terms that mean the same written schemas in the same way have the same key, so that schemas that refer to themselves come to an end. */
export type Term =
  /** `bare`: without what it refers to and combines. */
  | { readonly kind: 'schema'; readonly key: string; readonly schema: JsonSchema; readonly bare: boolean }
  | { readonly kind: 'all'; readonly key: string; readonly terms: readonly Term[] }
  /** `written`: as `anyOf` or `oneOf`; otherwise it follows from a condition. */
  | { readonly kind: 'any'; readonly key: string; readonly terms: readonly Term[]; readonly written: boolean }
  /** Holds or does not (`if`, `not`, `contains`): it tells that a place is known, and what is private, in doubt. */
  | { readonly kind: 'doubt'; readonly key: string; readonly term: Term }
  /** Anything can stand there; nothing can. */
  | { readonly kind: 'open' | 'never'; readonly key: string }

export const openTerm: Term = { kind: 'open', key: 'o' }
const neverTerm: Term = { kind: 'never', key: 'n' }

/** A schema as it is written: an object, true or false. */
export function termOf(schema: unknown): Term {
  if (schema === false) return neverTerm
  return isObject(schema) ? { kind: 'schema', key: `${numberOf(schema)}`, schema, bare: false } : openTerm
}

/** What a schema says by itself; nothing if that is no more than words. */
export function bareTerm(schema: JsonSchema): Term {
  const says = Object.keys(schema).some(keyword => !words.has(keyword) && !combining.has(keyword))
  return says ? { kind: 'schema', key: `${numberOf(schema)}b`, schema, bare: true } : openTerm
}

/** What a schema stands for that says nothing itself but `$ref`, or `allOf` of one: the other; undefined if it says more. */
export function aliasOf(schema: JsonSchema): unknown {
  const says = Object.keys(schema).filter(keyword => !words.has(keyword))
  if (says.length !== 1) return undefined
  if (says[0] === '$ref') return schema['$ref']
  const { allOf } = schema
  return Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : undefined
}

export function allOf(terms: readonly Term[]): Term {
  if (terms.some(({ kind }) => kind === 'never')) return neverTerm
  const parts = essential(
    terms.flatMap(term => (term.kind === 'all' ? term.terms : term.kind === 'open' ? [] : [term])),
    'any',
  )
  if (parts.length < 2) return parts[0] ?? openTerm
  return { kind: 'all', key: `(${parts.map(({ key }) => key).join('&')})`, terms: parts }
}

export function anyOf(terms: readonly Term[], { written }: { readonly written: boolean }): Term {
  const parts = essential(
    terms.flatMap(term =>
      term.kind === 'any' && term.written === written ? term.terms : term.kind === 'never' ? [] : [term],
    ),
    'all',
  )
  if (parts.length < 2) return parts[0] ?? neverTerm
  return { kind: 'any', key: `(${parts.map(({ key }) => key).join(written ? '|' : '?')})`, terms: parts, written }
}

export function inDoubt(term: Term): Term {
  return term.kind === 'doubt' ? term : { kind: 'doubt', key: `~${term.key}`, term }
}

/** Each once, and none that adds nothing: `a and (a or b)` is `a`, and so is `a or (a and b)`. */
function essential(terms: readonly Term[], idle: 'all' | 'any'): readonly Term[] {
  const keys = new Set<string>()
  const each = terms.filter(({ key }) => keys.size < keys.add(key).size)
  return each.filter(term => term.kind !== idle || !term.terms.some(({ key }) => keys.has(key)))
}

const numbers = new WeakMap<JsonSchema, number>()
let last = 0

function numberOf(schema: JsonSchema): number {
  const known = numbers.get(schema)
  if (known !== undefined) return known
  last += 1
  numbers.set(schema, last)
  return last
}

/** Keywords that say nothing about a value itself. */
const words = new Set(
  '$schema $id $anchor $comment $defs definitions title description default examples deprecated readOnly writeOnly private derived'.split(
    ' ',
  ),
)

const combining = new Set('$ref allOf anyOf oneOf if then else not dependentSchemas'.split(' '))
