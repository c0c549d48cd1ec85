/** What schema.json says about the place of a value: the type text becomes there, whether it is private, what lies below. */
import type { Data, JsonSchema, Value } from '../model/index.ts'
import { isObject, readSchema, type SchemaNode } from '../schema/index.ts'

export type Kind = 'number' | 'integer' | 'boolean' | 'decimal' | 'date' | 'date-time' | 'text'

export interface Shape {
  readonly kind: Kind
  /** Marked `private: true`, here or above. */
  readonly private: boolean
  /** Whether names that are not listed are known too. */
  readonly open: boolean
  /** The shape under a name; undefined: the schema does not know it. */
  readonly child: (name: string) => Shape | undefined
  /** The shape of a list's element, at a position from 0 or at any. */
  readonly element: (at?: number) => Shape | undefined
}

/** The shape at the root of a schema. */
export function shapeOf(schema: JsonSchema): Shape {
  return shape(readSchema(schema))
}

const shapes = new WeakMap<SchemaNode, Shape>()

function shape(node: SchemaNode): Shape {
  const known = shapes.get(node)
  if (known !== undefined) return known
  const below = (inner: SchemaNode | undefined): Shape | undefined => inner && shape(inner)
  const made: Shape = {
    kind: kindOf(node),
    private: node.private,
    open: node.open,
    child: name => below(node.child(name)),
    element: at => below(node.element(at)),
  }
  shapes.set(node, made)
  return made
}

/** What text becomes: where it may stay text it does, unless a format says more. */
function kindOf({ types, format }: SchemaNode): Kind {
  if (types.has('string')) {
    return format === 'decimal' || format === 'date' || format === 'date-time' ? format : 'text'
  }
  if (types.has('number')) return 'number'
  if (types.has('integer')) return 'integer'
  return types.has('boolean') ? 'boolean' : 'text'
}

/** Whether the schema knows every name of a value: nearly all data is so, and needs no copy. */
function isKnown(value: Value, at: Shape): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) {
    for (let position = 0; position < value.length; position += 1) {
      const element = at.element(position)
      if (element !== undefined && !isKnown(value[position] as Value, element)) return false
    }
    return true
  }
  const group = value as Readonly<Record<string, Value>>
  for (const name of Object.keys(group)) {
    const below = at.child(name)
    if (below === undefined ? !at.open : !isKnown(group[name] as Value, below)) return false
  }
  return true
}

/** Data without what the schema does not know; the same data where it knows all. `dropped` takes note of each name left out, with those on the way to it. */
export function prune(data: Data, root: Shape, dropped: { add(steps: readonly string[]): void }): Data {
  const visit = (value: Value, at: Shape, path: readonly string[]): Value => {
    if (Array.isArray(value)) {
      return value.map((inner, position) => {
        const element = at.element(position)
        return element === undefined ? inner : visit(inner, element, path)
      })
    }
    if (!isObject(value)) return value
    const kept: Record<string, Value> = {}
    for (const [name, inner] of Object.entries(value)) {
      const below = at.child(name)
      if (below !== undefined) define(kept, name, visit(inner, below, [...path, name]))
      else if (at.open) define(kept, name, inner)
      else dropped.add([...path, name])
    }
    return kept
  }
  return isKnown(data, root) ? data : (visit(data, root, []) as Data)
}

/** Sets an own property, whatever its name: `__proto__` too. */
export function define(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}
