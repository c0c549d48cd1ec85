/** A JSON Schema as types of the rule language, and data as values of those types. */
import type { Data, JsonSchema, Value } from '../model/index.ts'
import { decimal, isObject } from '../schema/index.ts'

/** A decimal inside a rule: exact, and not a number to the language until it is told how to compare. */
export class RuleDecimal {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  cmp(other: RuleDecimal | bigint | number): -1 | 0 | 1 {
    return decimal(this.text).cmp(other instanceof RuleDecimal ? other.text : String(other))
  }
}

/** Types by field name; groups nest. */
export interface RuleTypes {
  readonly [field: string]: string | RuleTypes
}

/** Declares a named type for the elements of a list. */
export type DeclareType = (name: string, fields: RuleTypes) => void

/** The types of an object schema's properties. What the schema leaves open is `dyn`. */
export function typesOf(schema: JsonSchema, name: string, declare: DeclareType): RuleTypes {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return Object.fromEntries(
    Object.entries(properties).map(([field, inner]) => [
      field,
      typeOf(inner as unknown as JsonSchema, `${name}_${field}`, declare),
    ]),
  )
}

function typeOf(schema: JsonSchema, name: string, declare: DeclareType): string | RuleTypes {
  switch (schema['type']) {
    case 'string':
      return schema['format'] === 'decimal' ? 'decimal' : 'string'
    case 'integer':
      return 'int'
    case 'number':
      return 'double'
    case 'boolean':
      return 'bool'
    case 'object':
      return isObject(schema['properties']) ? typesOf(schema, name, declare) : 'map'
    case 'array': {
      const items = isObject(schema['items']) ? (schema['items'] as unknown as JsonSchema) : {}
      const inner = typeOf(items, name, declare)
      if (typeof inner === 'string') return `list<${inner}>`
      declare(name, inner)
      return `list<${name}>`
    }
    default:
      return 'dyn'
  }
}

/** Data as the rule language wants it: decimals as `RuleDecimal`, whole numbers as bigint. */
export function ruleValue(value: Value, schema: JsonSchema | undefined): unknown {
  if (Array.isArray(value)) return value.map(inner => ruleValue(inner as Value, childSchema(schema, 'items')))
  if (isObject(value)) return ruleGroup(value, schema)
  if (typeof value === 'string') return schema?.['format'] === 'decimal' ? new RuleDecimal(value) : value
  if (typeof value === 'number' && Number.isSafeInteger(value) && schema?.['type'] !== 'number') return BigInt(value)
  return value
}

function ruleGroup(data: Data, schema: JsonSchema | undefined): Record<string, unknown> {
  const properties = childSchema(schema, 'properties')
  return Object.fromEntries(
    Object.entries(data).map(([name, inner]) => [name, ruleValue(inner, childSchema(properties, name))]),
  )
}

function childSchema(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const inner = schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined
  return isObject(inner) ? (inner as unknown as JsonSchema) : undefined
}
