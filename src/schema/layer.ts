/** One place of a schema: all that applies there drawn together, references followed, alternatives weighed. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'
import {
  declaredTypes,
  declaredValues,
  elementTerm,
  impliedTypes,
  type JsonType,
  namesOf,
  narrow,
  propertyTerm,
  restTerm,
} from './keywords.ts'
import { referenced } from './steps.ts'
import { allOf, anyOf, bareTerm, inDoubt, openTerm, type Term, termOf } from './terms.ts'

export interface Layer {
  /** Every schema that applies for certain, as written, what refers before what is referred to. */
  readonly own: readonly JsonSchema[]
  /** One alternative of each has to hold. */
  readonly choices: readonly Choice[]
  /** A reference leads out of the schema: what applies is not known. */
  readonly lost: boolean
  /** Whether an alternative leads back to where it stands, and adds nothing. */
  readonly circular: boolean
  /** Nothing can stand here. */
  readonly never: boolean
  /** The types allowed; undefined: not declared. */
  readonly types: ReadonlySet<JsonType> | undefined
  /** The types that keywords are meant for. */
  readonly implied: ReadonlySet<JsonType>
  readonly format: string | undefined
  readonly values: readonly unknown[] | undefined
  readonly private: boolean
  readonly names: readonly string[]
  readonly required: ReadonlySet<string>
  readonly listed: boolean
  /** Whether names that are not listed are welcome; undefined: not said. */
  readonly others: boolean | undefined
  readonly child: (name: string) => Term | undefined
  readonly rest: () => Term | undefined
  readonly element: (at: number | undefined) => Term | undefined
  /** The alternatives, each together with all else; none where there is not exactly one choice that is written so. */
  readonly alternatives: () => readonly Term[]
}

interface Choice {
  readonly written: boolean
  readonly terms: readonly Term[]
  readonly layers: readonly Layer[]
}

/** `above`: schemas that apply already, so that what leads back to them adds nothing. */
export function layerOf(term: Term, root: JsonSchema, above: ReadonlySet<JsonSchema> = new Set()): Layer {
  const { own, choices: found, doubts: unsure, lost, never, circular } = collect(term, root, above)
  const inside = new Set([...above, ...own])
  const doubts = unsure.map(inner => layerOf(inner, root, inside))
  const choices = found
    .map(({ terms, written }): Choice => {
      const weighed = terms.map(inner => ({ inner, layer: layerOf(inner, root, inside) }))
      const kept = weighed.filter(({ layer }) => !layer.never && !layer.circular)
      return { written, terms: kept.map(({ inner }) => inner), layers: kept.map(({ layer }) => layer) }
    })
    .filter(({ layers }) => layers.length > 0)
  const types = [...own.map(declaredTypes), ...choices.map(unionOfTypes)].reduce(narrow, undefined)
  const implied = new Set([...own.flatMap(impliedTypes), ...choices.flatMap(impliedByChoice)])
  /** The layers of alternatives that can be a group, or a list. */
  const able = (type: JsonType): readonly (readonly Layer[])[] =>
    choices.map(({ layers }) => layers.filter(layer => layer.types?.has(type) ?? true))
  const groups = able('object')

  /** What is below: of all own schemas, of those alternatives that know the place, and in doubt of the rest. */
  const below = (
    of: (schema: JsonSchema) => Term | undefined,
    inLayer: (layer: Layer) => Term | undefined,
    type: 'object' | 'array',
  ): Term | undefined => {
    const certain = own.map(of).filter(inner => inner !== undefined)
    const chosen = able(type).flatMap((layers): Term[] => {
      const known = layers.map(inLayer).filter(inner => inner !== undefined)
      if (known.length === 0) return []
      const silent = certain.length > 0 && known.length < layers.length
      return [anyOf([...known, ...(silent ? [openTerm] : [])], { written: false })]
    })
    const doubted = doubts.map(inLayer).filter(inner => inner !== undefined)
    const all = [...certain, ...chosen, ...doubted.map(inDoubt)]
    return all.length === 0 ? undefined : allOf(all)
  }

  return {
    own,
    choices,
    lost: lost || choices.some(({ layers }) => layers.some(layer => layer.lost)),
    circular,
    never,
    types,
    implied,
    format: own.map(({ format }) => format).find(format => typeof format === 'string') ?? sameFormat(choices),
    values: [...own.map(declaredValues), ...choices.map(unionOfValues)].reduce(commonValues, undefined),
    private:
      lost ||
      own.some(schema => schema['private'] === true) ||
      [...choices.flatMap(({ layers }) => layers), ...doubts].some(layer => layer.private),
    names: [
      ...new Set([
        ...own.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])),
        ...groups.flat().flatMap(({ names }) => names),
      ]),
    ],
    required: new Set([
      ...own.flatMap(({ required }) => (Array.isArray(required) ? required.map(String) : [])),
      ...groups.flatMap(([first, ...others]) =>
        [...(first?.required ?? [])].filter(name => others.every(layer => layer.required.has(name))),
      ),
    ]),
    listed: [...own.map(namesOf), ...groups.flat()].some(({ listed }) => listed),
    others: [...own.map(namesOf), ...groups.flat()].reduce<boolean | undefined>(
      (welcome, { others }) => (others === undefined ? welcome : others || welcome === true),
      undefined,
    ),
    child: name =>
      below(
        schema => propertyTerm(schema, name),
        layer => layer.child(name),
        'object',
      ),
    rest: () => below(restTerm, layer => layer.rest(), 'object'),
    element: at =>
      below(
        schema => elementTerm(schema, at),
        layer => layer.element(at),
        'array',
      ),
    alternatives() {
      const [chosen, ...more] = choices.filter(({ written }) => written)
      if (chosen === undefined || more.length > 0) return []
      const conditions = choices.filter(({ written }) => !written).map(({ terms }) => anyOf(terms, { written: false }))
      return chosen.terms.map(inner => allOf([...own.map(bareTerm), ...conditions, ...unsure.map(inDoubt), inner]))
    },
  }
}

interface Collected {
  readonly own: JsonSchema[]
  readonly choices: { readonly terms: readonly Term[]; readonly written: boolean }[]
  readonly doubts: Term[]
  lost: boolean
  never: boolean
  circular: boolean
}

/** Follows `$ref` and `allOf` to the end. */
function collect(start: Term, root: JsonSchema, above: ReadonlySet<JsonSchema>): Collected {
  const found: Collected = { own: [], choices: [], doubts: [], lost: false, never: false, circular: false }
  const seen = new Set<JsonSchema>()
  const visit = (term: Term): void => {
    if (term.kind === 'never') found.never = true
    else if (term.kind === 'all') term.terms.forEach(visit)
    else if (term.kind === 'any') found.choices.push(term)
    else if (term.kind === 'doubt') found.doubts.push(term.term)
    else if (term.kind === 'schema') enter(term.schema, term.bare)
  }
  const enter = (schema: JsonSchema, bare: boolean): void => {
    if (above.has(schema)) found.circular = true
    if (above.has(schema) || seen.has(schema)) return
    seen.add(schema)
    found.own.push(schema)
    if (bare) return
    const { $ref: reference, if: condition, then, else: otherwise, not, dependentSchemas } = schema
    if (schema['$dynamicRef'] !== undefined) found.lost = true
    if (typeof reference === 'string') {
      const target = referenced(root, reference)
      if (target === undefined) found.lost = true
      else visit(termOf(target))
    }
    for (const part of listOf(schema['allOf'])) visit(termOf(part))
    for (const choice of [schema['anyOf'], schema['oneOf']])
      if (Array.isArray(choice)) found.choices.push({ terms: choice.map(termOf), written: true })
    if (condition !== undefined && (then ?? otherwise) !== undefined)
      found.choices.push({ terms: [termOf(then), termOf(otherwise)], written: false })
    for (const inner of Object.values(isObject(dependentSchemas) ? dependentSchemas : {}))
      found.choices.push({ terms: [termOf(inner), openTerm], written: false })
    for (const inner of [condition, not]) if (isObject(inner)) found.doubts.push(termOf(inner))
  }
  visit(start)
  return found
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function unionOfTypes({ layers }: Choice): ReadonlySet<JsonType> | undefined {
  const types = layers.map(layer => layer.types)
  return types.includes(undefined) ? undefined : new Set(types.flatMap(some => [...(some ?? [])]))
}

/** Alternatives that each declare or imply a type, but do not all declare one. */
function impliedByChoice({ layers }: Choice): readonly JsonType[] {
  const types = layers.map(layer => layer.types ?? layer.implied)
  return types.some(some => some.size === 0) ? [] : types.flatMap(some => [...some])
}

/** The format that all alternatives have which can be text. */
function sameFormat(choices: readonly Choice[]): string | undefined {
  for (const { layers } of choices) {
    const texts = layers.filter(({ types, implied }) => {
      const meant = types ?? implied
      return meant.size === 0 || meant.has('string')
    })
    const [first, ...others] = texts.map(({ format }) => format)
    if (first !== undefined && others.every(format => format === first)) return first
  }
  return undefined
}

function unionOfValues({ layers }: Choice): readonly unknown[] | undefined {
  const values = layers.map(layer => layer.values ?? (isOnlyNull(layer) ? [null] : undefined))
  return values.includes(undefined) ? undefined : values.flatMap(some => some ?? [])
}

function isOnlyNull({ types }: Layer): boolean {
  return types?.size === 1 && types.has('null')
}

function commonValues(
  a: readonly unknown[] | undefined,
  b: readonly unknown[] | undefined,
): readonly unknown[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const texts = new Set(b.map(value => JSON.stringify(value)))
  return a.filter(value => texts.has(JSON.stringify(value)))
}
