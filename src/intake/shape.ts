/** What schema.json says about the place of a value: the type text becomes there, whether it is private, what lies below. */
import type { Data, JsonSchema, Value } from '../model/index.ts'
import { isObject } from '../schema/index.ts'

export type Kind = 'number' | 'integer' | 'boolean' | 'decimal' | 'date' | 'date-time' | 'text'

export interface Shape {
  readonly kind: Kind
  /** Marked `private: true`, here or above. */
  readonly private: boolean
  /** Whether names that are not listed are known too. */
  readonly open: boolean
  /** The shape under a name; undefined: the schema does not know it. */
  readonly child: (name: string) => Shape | undefined
  /** The shape of a list's elements. */
  readonly element: () => Shape | undefined
}

/** The shape at the root of a schema. References are followed inside the same schema. */
export function shapeOf(schema: JsonSchema): Shape {
  return shape([schema], schema, false)
}

/** Data without what the schema does not know; names left out are added to `dropped`, as `lines.code`. */
export function prune(data: Data, root: Shape, dropped: Set<string>): Data {
  const visit = (value: Value, at: Shape, path: string): Value => {
    if (Array.isArray(value)) {
      const element = at.element()
      return element === undefined ? value : value.map(inner => visit(inner, element, path))
    }
    if (!isObject(value)) return value
    const kept: Record<string, Value> = {}
    for (const [name, inner] of Object.entries(value)) {
      const below = at.child(name)
      const here = path === '' ? name : `${path}.${name}`
      if (below !== undefined) define(kept, name, visit(inner, below, here))
      else if (at.open) define(kept, name, inner)
      else dropped.add(here)
    }
    return kept
  }
  return visit(data, root, '') as Data
}

/** Sets an own property, whatever its name: `__proto__` too. */
export function define(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}

const branches = ['allOf', 'anyOf', 'oneOf'] as const

function shape(found: readonly JsonSchema[], root: JsonSchema, secret: boolean): Shape {
  const all = found.flatMap(schema => [...parts(schema, root, new Set())])
  const hidden = secret || all.some(part => part['private'] === true)
  const named = all.some(part => isObject(part['properties']) || isObject(part['patternProperties']))
  const children = new Map<string, Shape | undefined>()
  let element: Shape | undefined | null = null
  return {
    kind: all.map(kindOf).find(kind => kind !== 'text') ?? 'text',
    private: hidden,
    open:
      all.some(part => part['additionalProperties'] === true) ||
      (!named && !all.some(part => 'additionalProperties' in part)),
    child(name) {
      if (!children.has(name)) {
        const below = all.flatMap(part => childSchemas(part, name))
        children.set(name, below.length === 0 ? undefined : shape(below, root, hidden))
      }
      return children.get(name)
    },
    element() {
      if (element === null) {
        const below = all.map(part => part['items']).filter(isObject)
        element = below.length === 0 ? undefined : shape(below, root, hidden)
      }
      return element
    },
  }
}

/** A schema and all that it refers to or combines. */
function* parts(schema: JsonSchema, root: JsonSchema, seen: Set<JsonSchema>): Generator<JsonSchema> {
  if (seen.has(schema)) return
  seen.add(schema)
  yield schema
  const reference = typeof schema['$ref'] === 'string' ? resolve(schema['$ref'], root) : undefined
  if (reference !== undefined) yield* parts(reference, root, seen)
  for (const keyword of branches) {
    const list = schema[keyword]
    if (Array.isArray(list)) for (const branch of list) if (isObject(branch)) yield* parts(branch, root, seen)
  }
  for (const keyword of ['if', 'then', 'else'])
    if (isObject(schema[keyword])) yield* parts(schema[keyword] as JsonSchema, root, seen)
}

function resolve(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined
  let inner: unknown = root
  for (const raw of reference.split('/').slice(1)) {
    const name = decodeURIComponent(raw).replaceAll('~1', '/').replaceAll('~0', '~')
    inner =
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Data)[name] : undefined
  }
  return isObject(inner) ? inner : undefined
}

function childSchemas(part: JsonSchema, name: string): JsonSchema[] {
  const { properties, patternProperties, additionalProperties } = part
  if (isObject(properties) && Object.hasOwn(properties, name)) {
    const below = properties[name]
    return isObject(below) ? [below] : below === true ? [{}] : []
  }
  if (isObject(patternProperties)) {
    const below = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    if (below.length > 0) return below.map(([, inner]) => inner).filter(isObject)
  }
  return isObject(additionalProperties) ? [additionalProperties] : []
}

function kindOf(schema: JsonSchema): Kind {
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  const format = schema['format']
  if (types.includes('string')) {
    return format === 'decimal' || format === 'date' || format === 'date-time' ? format : 'text'
  }
  if (types.includes('integer')) return 'integer'
  if (types.includes('number')) return 'number'
  return types.includes('boolean') ? 'boolean' : 'text'
}
