/** What one written schema says by its own keywords, without what it refers to and combines. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'
import { allOf, anyOf, inDoubt, type Term, termOf } from './terms.ts'

/** The types of JSON Schema. */
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

/** The types that `type`, `enum` and `const` allow; undefined: any. */
export function declaredTypes(schema: JsonSchema): ReadonlySet<JsonType> | undefined {
  const { type, nullable } = schema
  const named = typeof type === 'string' || Array.isArray(type) ? new Set([type].flat() as JsonType[]) : undefined
  if (nullable === true) named?.add('null')
  const values = declaredValues(schema)
  return narrow(named, values === undefined ? undefined : new Set(values.map(typeOfValue)))
}

/** Where nothing declares a type, the keywords that mean something for one type only tell which is meant. */
export function impliedTypes(schema: JsonSchema): readonly JsonType[] {
  return (Object.entries(meant) as [JsonType, readonly string[]][])
    .filter(([, keywords]) => keywords.some(keyword => Object.hasOwn(schema, keyword)))
    .map(([type]) => type)
}

const meant: Readonly<Partial<Record<JsonType, readonly string[]>>> = {
  object: ['properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required'],
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems'],
  string: ['format', 'pattern', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
}

/** All values there can be; undefined: not listed. */
export function declaredValues(schema: JsonSchema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']]
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined
}

/** The types that both allow. An integer is a number. */
export function narrow(
  a: ReadonlySet<JsonType> | undefined,
  b: ReadonlySet<JsonType> | undefined,
): ReadonlySet<JsonType> | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const within = (type: JsonType, other: ReadonlySet<JsonType>): boolean =>
    other.has(type) || (type === 'integer' && other.has('number'))
  return new Set([...[...a].filter(type => within(type, b)), ...[...b].filter(type => within(type, a))])
}

function typeOfValue(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'string' || typeof value === 'boolean' ? (typeof value as 'string' | 'boolean') : 'object'
}

/** What a schema says of the property of this name; undefined: nothing, the name is not known to it. */
export function propertyTerm(schema: JsonSchema, name: string): Term | undefined {
  const { properties, patternProperties } = schema
  const named = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : []
  const matching = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    .map(([, inner]) => inner)
  const own = [...named, ...matching]
  if (own.length > 0) return allOf(own.map(termOf))
  const other = otherNames(schema)
  return isObject(other) ? termOf(other) : undefined
}

/** What a schema says of all names that it does not list: where names are data. */
export function restTerm(schema: JsonSchema): Term | undefined {
  const { patternProperties } = schema
  const other = otherNames(schema)
  const some = [...Object.values(isObject(patternProperties) ? patternProperties : {}), other].filter(isObject)
  return some.length === 0 ? undefined : anyOf(some.map(termOf), { written: false })
}

/** Whether a schema lists names; whether it says that others are welcome, or that they are not. */
export function namesOf(schema: JsonSchema): { readonly listed: boolean; readonly others: boolean | undefined } {
  const other = otherNames(schema)
  return {
    listed: isObject(schema['properties']) || isObject(schema['patternProperties']),
    others: other === undefined ? undefined : other === true,
  }
}

function otherNames(schema: JsonSchema): unknown {
  return schema['additionalProperties'] ?? schema['unevaluatedProperties']
}

/** What a schema says of a list's element, at a position or at any; undefined: nothing. */
export function elementTerm(schema: JsonSchema, at: number | undefined): Term | undefined {
  const first: readonly unknown[] = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []
  const others = schema['items'] ?? schema['unevaluatedItems']
  const chosen = at === undefined ? [...first, others] : [at < first.length ? first[at] : others]
  const said = chosen.filter(inner => inner !== undefined)
  const contained = isObject(schema['contains']) ? [inDoubt(termOf(schema['contains']))] : []
  if (said.length === 0 && contained.length === 0) return undefined
  return allOf([...(said.length === 0 ? [] : [anyOf(said.map(termOf), { written: false })]), ...contained])
}
