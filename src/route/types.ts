/** A JSON Schema as types of the rule language, and data as values of those types. */
import type { Data, JsonSchema, Value } from '../model/index.ts'
import { type Decimal, decimal, isDecimal, isObject, readSchema, type SchemaNode } from '../schema/index.ts'

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

/**
 * Declares a type for each group of the schema. What the schema leaves open is `dyn`, and so is what may be of several types, or null:
 * it becomes a value of the type that it turns out to have.
 */
export function declareTypes(schema: JsonSchema, declare: DeclareType): RuleTypes {
  const groups = new Map<SchemaNode, { readonly name: string; readonly known: Group }>()

  function typeOf(node: SchemaNode | undefined): string {
    if (node === undefined) return 'dyn'
    const type = plainType(node)
    return node.nullable || isMixed(node) ? 'dyn' : type
  }

  function plainType(node: SchemaNode): string {
    switch (node.kind) {
      case 'text':
        return node.format === 'decimal' ? 'decimal' : 'string'
      case 'integer':
        return 'int'
      case 'number':
        return 'double'
      case 'boolean':
        return 'bool'
      case 'group':
        return node.names.length > 0 ? groupType(node) : mapType(node.rest())
      case 'list':
        return `list<${typeOf(node.element())}>`
      default:
        return 'dyn'
    }
  }

  function mapType(rest: SchemaNode | undefined): string {
    return rest === undefined ? 'map' : `map<string, ${typeOf(rest)}>`
  }

  /** Known before its fields are looked at: a group may hold another of its own kind. */
  function groupType(node: SchemaNode): string {
    const before = groups.get(node)
    if (before !== undefined) return before.name
    const known = class {}
    const name = `group${groups.size + 1}`
    groups.set(node, { name, known })
    const fields = node.names.map(field => [field, node.child(field)] as const)
    const there = fields.filter(([, inner]) => inner?.kind !== 'none')
    declare(name, known, Object.fromEntries(there.map(([field, inner]) => [field, typeOf(inner)])))
    return name
  }

  function toRule(value: Value, node: SchemaNode | undefined): unknown {
    if (Array.isArray(value)) return value.map((element, at) => toRule(element as Value, node?.element(at)))
    if (isObject(value)) return groupValue(value, node)
    const exact = node?.types.has('string') === true && node.format === 'decimal'
    if (exact && value !== null && isDecimal(String(value))) return new RuleDecimal(String(value))
    if (typeof value === 'number' && Number.isSafeInteger(value) && node?.types.has('number') !== true)
      return BigInt(value)
    return value
  }

  function groupValue(data: Data, node: SchemaNode | undefined): object {
    const known = node === undefined ? undefined : groups.get(node)?.known
    const values = Object.entries(data).map(([name, field]) => [name, toRule(field, node?.child(name))])
    return known === undefined ? Object.fromEntries(values) : Object.assign(new known(), Object.fromEntries(values))
  }

  const root = readSchema(schema)
  return { name: root.kind === 'group' ? groupType(root) : 'dyn', ruleValue: data => toRule(data, root) }
}

/** Of more than one type; text and numbers that all are exact decimals are one. */
function isMixed({ types, format }: SchemaNode): boolean {
  if (types.size < 2) return false
  const others = [...types].filter(type => type !== 'number' && type !== 'integer')
  return !(others.length === 0 || (format === 'decimal' && others.length === 1 && others[0] === 'string'))
}
