/** A JSON Schema as TypeScript declarations, for developers who hand data to a template. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'

/** One exported interface, with those of `$defs` after it. Formats and bounds stand in comments: types cannot say them. */
export function typescriptOf(schema: JsonSchema, name: string): string {
  const definitions = isObject(schema['$defs']) ? Object.entries(schema['$defs']) : []
  const declare = (type: string, inner: JsonSchema): string =>
    isObject(inner['properties'])
      ? `${comment(inner, '')}export interface ${type} ${members(inner, '')}\n`
      : `${comment(inner, '')}export type ${type} = ${typeOf(inner, '')}\n`
  return [
    declare(pascal(name), schema),
    ...definitions.map(([type, inner]) => declare(pascal(type), inner as unknown as JsonSchema)),
  ].join('\n')
}

function members(schema: JsonSchema, indent: string): string {
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const inner = `${indent}  `
  const lines = properties.map(([field, value]) => {
    const property = value as unknown as JsonSchema
    const key = /^[A-Za-z_$][\w$]*$/.test(field) ? field : JSON.stringify(field)
    return `${comment(property, inner)}${inner}readonly ${key}${required.includes(field) ? '' : '?'}: ${typeOf(property, inner)}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (typeof schema['$ref'] === 'string') return pascal(schema['$ref'].replace(/^.*\//, ''))
  if (Array.isArray(schema['enum'])) return schema['enum'].map(value => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema['const'])
  const either = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(either)) return either.map(inner => typeOf(inner as JsonSchema, indent)).join(' | ')
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  return types.map(type => plainType(String(type), schema, indent)).join(' | ')
}

function plainType(type: string, schema: JsonSchema, indent: string): string {
  switch (type) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array': {
      const items = isObject(schema['items']) ? typeOf(schema['items'] as unknown as JsonSchema, indent) : 'unknown'
      return `readonly ${/^[\w$]+$/.test(items) || items.startsWith('{') ? items : `(${items})`}[]`
    }
    case 'object':
      return isObject(schema['properties']) ? members(schema, indent) : 'Readonly<Record<string, unknown>>'
    default:
      return 'unknown'
  }
}

/** Title, description, and what a type cannot say. */
function comment(schema: JsonSchema, indent: string): string {
  const format = schema['format'] === undefined ? undefined : formats[String(schema['format'])]
  const words = [schema['title'], schema['description'], format].filter(part => typeof part === 'string')
  return words.length === 0 ? '' : `${indent}/** ${words.join('; ').replaceAll('*/', '* /')} */\n`
}

const formats: Readonly<Record<string, string>> = {
  decimal: 'decimal text such as 12.50',
  date: 'ISO 8601, such as 2026-03-23',
  'date-time': 'ISO 8601, such as 2026-03-23T08:30:00',
  email: 'an e-mail address',
}

function pascal(name: string): string {
  return name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
