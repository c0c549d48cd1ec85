/** A JSON Schema as types of the rule language, and data as values of those types. */
import type { Data, JsonSchema, Value } from '../model/index.ts'
import { type Decimal, decimal, isObject } from '../schema/index.ts'

/** A decimal inside a rule: exact, and not a number to the language until it is told what to do with it. */
export class RuleDecimal {
  readonly value: Decimal

  constructor(value: Decimal | string) {
    this.value = decimal(value)
  }
}

/** A group of named values that the schema knows; each has a class of its own, by which the language tells their fields. */
type Group = new () => object

/** Makes a type known to the language: its name, its class, and the types of its fields. */
export type DeclareType = (name: string, group: Group, fields: Readonly<Record<string, string>>) => void

/** The types of a schema's data. */
export interface RuleTypes {
  /** The type of the whole. */
  readonly name: string
  /** Data as the language wants it: decimals as `RuleDecimal`, whole numbers as bigint, groups as instances of their class. */
  readonly ruleValue: (data: Data) => unknown
}

/** Declares a type for each group of the schema. What the schema leaves open is `dyn`. */
export function declareTypes(schema: JsonSchema, declare: DeclareType): RuleTypes {
  const groups = new Map<JsonSchema, Group>()

  function typeOf(inner: unknown): string {
    if (!isObject(inner)) return 'dyn'
    switch (inner['type']) {
      case 'string':
        return inner['format'] === 'decimal' ? 'decimal' : 'string'
      case 'integer':
        return 'int'
      case 'number':
        return 'double'
      case 'boolean':
        return 'bool'
      case 'object':
        return isObject(inner['properties']) ? groupType(inner) : 'map'
      case 'array':
        return `list<${typeOf(inner['items'])}>`
      default:
        return 'dyn'
    }
  }

  function groupType(group: JsonSchema): string {
    const properties = isObject(group['properties']) ? group['properties'] : {}
    const fields = Object.fromEntries(Object.entries(properties).map(([field, inner]) => [field, typeOf(inner)]))
    const known = class {}
    groups.set(group, known)
    const name = `group${groups.size}`
    declare(name, known, fields)
    return name
  }

  function toRule(value: Value, inner: JsonSchema | undefined): unknown {
    if (Array.isArray(value)) return value.map(element => toRule(element as Value, childSchema(inner, 'items')))
    if (isObject(value)) return groupValue(value, inner)
    if (typeof value === 'string') return inner?.['format'] === 'decimal' ? new RuleDecimal(value) : value
    if (typeof value === 'number' && Number.isSafeInteger(value) && inner?.['type'] !== 'number') return BigInt(value)
    return value
  }

  function groupValue(data: Data, inner: JsonSchema | undefined): object {
    const properties = childSchema(inner, 'properties')
    const known = inner === undefined ? undefined : groups.get(inner)
    const values = Object.entries(data).map(([name, field]) => [name, toRule(field, childSchema(properties, name))])
    return known === undefined ? Object.fromEntries(values) : Object.assign(new known(), Object.fromEntries(values))
  }

  const name = groupType(schema)
  return { name, ruleValue: data => toRule(data, schema) }
}

function childSchema(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const inner = schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined
  return isObject(inner) ? inner : undefined
}
