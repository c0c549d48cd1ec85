/** The shape of data as a JSON Schema tells it: which fields there are, what kind each is, and which may be absent. */
import type { JsonSchema } from '../model/index.ts'
import { readSchema, type SchemaNode } from '../schema/index.ts'

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

/** The shape at the root of a schema; groups and lists are looked into only when asked, so that schemas may refer to themselves. */
export function shapeOf(schema: JsonSchema): Shape {
  return shape(readSchema(schema))
}

function shape(node: SchemaNode): Shape {
  switch (node.kind) {
    case 'group': {
      const rest = node.rest()
      return {
        kind: 'group',
        names: node.names.filter(name => node.child(name)?.kind !== 'none'),
        field: name => fieldOf(node.child(name)),
        ...(rest === undefined ? {} : { values: () => shape(rest) }),
      }
    }
    case 'list':
      return { kind: 'list', element: () => shapeOfElement(node) }
    case 'text': {
      const values = node.values?.filter(value => typeof value === 'string')
      return {
        kind: 'text',
        ...(node.format === undefined ? {} : { format: node.format }),
        ...(values === undefined || values.length < (node.values?.length ?? 0) ? {} : { values }),
      }
    }
    case 'number':
    case 'integer':
      return { kind: 'number' }
    case 'boolean':
      return { kind: 'boolean' }
    default:
      return { kind: 'any' }
  }
}

function shapeOfElement(node: SchemaNode): Shape {
  const element = node.element()
  return element === undefined ? { kind: 'any' } : shape(element)
}

function fieldOf(node: SchemaNode | undefined): Field | undefined {
  if (node === undefined || node.kind === 'none') return undefined
  return { shape: shape(node), optional: !node.required || node.nullable }
}

/** A path that a schema does not know, or the field it leads to. */
export type Found =
  | ({ readonly ok: true } & Field)
  | { readonly ok: false; readonly step: string; readonly known: readonly string[]; readonly why: string }

/** Follows a dotted path from the root. A field is optional if any step on the way is. Lists are not entered. */
export function findPath(schema: JsonSchema, path: string): Found {
  let found = shapeOf(schema)
  let optional = false
  let before = ''
  for (const step of path.split('.')) {
    if (found.kind !== 'group')
      return { ok: false, step, known: [], why: `${before} is ${nameOf(found)} and has no fields` }
    const field = found.field(step)
    const known = found.names.map(name => (before === '' ? name : `${before}.${name}`))
    before = before === '' ? step : `${before}.${step}`
    if (field === undefined) return { ok: false, step, known, why: `${before} is not in the schema` }
    found = field.shape
    optional ||= field.optional
  }
  return { ok: true, shape: found, optional }
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
