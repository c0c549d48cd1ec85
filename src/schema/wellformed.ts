/** Schemas that are surely well-formed, told without compiling the standard's own schema, which takes longer than all else about a job. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'

/**
 * Whether the standard's own schema (JSON Schema 2020-12) has nothing against one: true only where that is sure. False says nothing, and
 * has to be asked of that schema, which has the words for what is wrong.
 */
export function isSurelyWellFormed(schema: unknown): schema is JsonSchema {
  if (typeof schema === 'boolean') return true
  if (!isObject(schema)) return false
  return Object.entries(schema).every(
    ([keyword, value]) => Object.hasOwn(plain, keyword) && plain[keyword]?.(value) === true,
  )
}

type Fits = (value: unknown) => boolean

const isText: Fits = value => typeof value === 'string'
const isFlag: Fits = value => typeof value === 'boolean'
const isNumber: Fits = Number.isFinite
const isCount: Fits = value => Number.isSafeInteger(value) && (value as number) >= 0
const isList: Fits = Array.isArray
const isAnything: Fits = () => true
const areSchemas: Fits = value => Array.isArray(value) && value.length > 0 && value.every(isSurelyWellFormed)
const areNamed: Fits = value => isObject(value) && Object.values(value).every(isSurelyWellFormed)
const areNames: Fits = value => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length
const types = new Set<unknown>(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])
const areTypes: Fits = value =>
  types.has(value) ||
  (areNames(value) && (value as unknown[]).length > 0 && (value as unknown[]).every(one => types.has(one)))

/** Keywords that schemas are written with, and what may stand there; names that the standard has not are no concern of its schema. */
const plain: Readonly<Record<string, Fits>> = {
  $schema: value => value === 'https://json-schema.org/draft/2020-12/schema',
  $id: value => isText(value) && /^[^#]*#?$/.test(value as string),
  $comment: isText,
  $defs: areNamed,
  $ref: value => isText(value) && /^#[\w/$-]*$/.test(value as string),
  title: isText,
  description: isText,
  default: isAnything,
  examples: isList,
  deprecated: isFlag,
  readOnly: isFlag,
  writeOnly: isFlag,
  private: isAnything,
  derived: isAnything,
  type: areTypes,
  const: isAnything,
  enum: isList,
  format: isText,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  minLength: isCount,
  maxLength: isCount,
  pattern: isText,
  minItems: isCount,
  maxItems: isCount,
  uniqueItems: isFlag,
  minProperties: isCount,
  maxProperties: isCount,
  required: areNames,
  properties: areNamed,
  additionalProperties: isSurelyWellFormed,
  unevaluatedProperties: isSurelyWellFormed,
  propertyNames: isSurelyWellFormed,
  patternProperties: areNamed,
  dependentSchemas: areNamed,
  items: isSurelyWellFormed,
  contains: isSurelyWellFormed,
  prefixItems: areSchemas,
  allOf: areSchemas,
  anyOf: areSchemas,
  oneOf: areSchemas,
  not: isSurelyWellFormed,
  if: isSurelyWellFormed,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of the standard
  then: isSurelyWellFormed,
  else: isSurelyWellFormed,
}
