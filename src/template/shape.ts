/** The shape of data as a JSON Schema tells it: which fields there are, what kind each is, and which may be absent. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from '../schema/index.ts'

export type Shape =
  | {
      readonly kind: 'group'
      readonly names: readonly string[]
      readonly field: (name: string) => Field | undefined
      /** What every value is, where names are data (`additionalProperties`). */
      readonly values?: () => Shape
    }
  | { readonly kind: 'list'; readonly element: () => Shape }
  /** `values`: all there can be (`enum`, `const`). */
  | { readonly kind: 'text'; readonly format?: string; readonly values?: readonly string[] }
  | { readonly kind: 'number' | 'boolean' | 'any' }

export interface Field {
  readonly shape: Shape
  /** Not required, or may be null. */
  readonly optional: boolean
}

/** Reads a schema; groups and lists are looked into only when asked, so that schemas may refer to themselves. */
export function shapeOf(schema: unknown, root: JsonSchema): Shape {
  return shapeOfFlat(flatten(schema, root), root)
}

interface Flat {
  readonly types: ReadonlySet<string>
  readonly properties: ReadonlyMap<string, unknown>
  readonly required: ReadonlySet<string>
  readonly keywords: JsonSchema
}

function shapeOfFlat({ types, properties, required, keywords }: Flat, root: JsonSchema): Shape {
  const additional = keywords['additionalProperties']
  if (types.has('object') || properties.size > 0 || isObject(additional)) {
    return {
      kind: 'group',
      names: [...properties.keys()],
      field(name) {
        if (properties.has(name)) return fieldOf(properties.get(name), required.has(name), root)
        return isObject(additional) ? { ...fieldOf(additional, false, root) } : undefined
      },
      ...(isObject(additional) ? { values: () => shapeOf(additional, root) } : {}),
    }
  }
  if (types.has('array') || keywords['items'] !== undefined) {
    return { kind: 'list', element: () => shapeOf(keywords['items'] ?? {}, root) }
  }
  const values = Array.isArray(keywords['enum'])
    ? keywords['enum']
    : 'const' in keywords
      ? [keywords['const']]
      : undefined
  const texts = values?.filter(value => typeof value === 'string')
  if (types.has('string') || (values !== undefined && texts?.length === values.length)) {
    const format = keywords['format']
    return {
      kind: 'text',
      ...(typeof format === 'string' ? { format } : {}),
      ...(texts === undefined ? {} : { values: texts }),
    }
  }
  if (types.has('number') || types.has('integer')) return { kind: 'number' }
  if (types.has('boolean')) return { kind: 'boolean' }
  return { kind: 'any' }
}

function fieldOf(schema: unknown, required: boolean, root: JsonSchema): Field {
  const flat = flatten(schema, root)
  return { shape: shapeOfFlat(flat, root), optional: !required || flat.types.has('null') }
}

/** A schema with its references and combinations drawn together: a field of any alternative is known, required only in all of them. */
function flatten(schema: unknown, root: JsonSchema, seen: readonly unknown[] = []): Flat {
  if (!isObject(schema) || seen.includes(schema)) {
    return { types: new Set(), properties: new Map(), required: new Set(), keywords: {} }
  }
  const inner = [...seen, schema]
  const type = schema['type']
  const types = new Set<string>((Array.isArray(type) ? type : [type]).filter(name => typeof name === 'string'))
  const values = schema['enum']
  if (Array.isArray(values) && values.includes(null)) types.add('null')
  const properties = new Map<string, unknown>(
    Object.entries(isObject(schema['properties']) ? schema['properties'] : {}),
  )
  const required = new Set<string>(Array.isArray(schema['required']) ? schema['required'].map(String) : [])
  let keywords: JsonSchema = schema as JsonSchema

  const add = (flat: Flat): void => {
    for (const name of flat.types) types.add(name)
    for (const [name, property] of flat.properties) if (!properties.has(name)) properties.set(name, property)
    keywords = { ...flat.keywords, ...keywords }
  }
  const always = [
    schema['$ref'] === undefined ? undefined : resolve(String(schema['$ref']), root),
    ...list(schema['allOf']),
  ]
  for (const part of always) {
    const flat = flatten(part, root, inner)
    add(flat)
    for (const name of flat.required) required.add(name)
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const flats = list(schema[keyword]).map(part => flatten(part, root, inner))
    for (const flat of flats) add(flat)
    for (const name of flats[0]?.required ?? []) if (flats.every(flat => flat.required.has(name))) required.add(name)
  }
  for (const keyword of ['then', 'else']) add(flatten(schema[keyword], root, inner))
  return { types, properties, required, keywords }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A reference inside the same file (RFC 6901 pointer behind `#`). */
function resolve(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined
  let schema: unknown = root
  for (const raw of reference.slice(1).split('/').slice(1)) {
    const step = decodeURIComponent(raw).replaceAll('~1', '/').replaceAll('~0', '~')
    schema = isObject(schema) || Array.isArray(schema) ? (schema as Record<string, unknown>)[step] : undefined
  }
  return schema
}

/** A path that a schema does not know, or the field it leads to. */
export type Found =
  | ({ readonly ok: true } & Field)
  | { readonly ok: false; readonly step: string; readonly known: readonly string[]; readonly why: string }

/** Follows a dotted path from the root. A field is optional if any step on the way is. Lists are not entered. */
export function findPath(schema: JsonSchema, path: string): Found {
  let shape = shapeOf(schema, schema)
  let optional = false
  let before = ''
  for (const step of path.split('.')) {
    if (shape.kind !== 'group')
      return { ok: false, step, known: [], why: `${before} is ${nameOf(shape)} and has no fields` }
    const field = shape.field(step)
    const known = shape.names.map(name => (before === '' ? name : `${before}.${name}`))
    before = before === '' ? step : `${before}.${step}`
    if (field === undefined) return { ok: false, step, known, why: `${before} is not in the schema` }
    shape = field.shape
    optional ||= field.optional
  }
  return { ok: true, shape, optional }
}

/** A shape in words: `a list`. */
export function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'group':
      return 'a group'
    case 'list':
      return 'a list'
    case 'text':
      return shape.format === undefined
        ? 'text'
        : shape.format === 'decimal'
          ? 'a decimal number'
          : `text (${shape.format})`
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    case 'any':
      return 'of no known type'
  }
}

export const isDecimalShape = (shape: Shape): boolean =>
  shape.kind === 'number' || (shape.kind === 'text' && shape.format === 'decimal')
export const isDateShape = (shape: Shape): boolean =>
  shape.kind === 'text' && (shape.format === 'date' || shape.format === 'date-time')
