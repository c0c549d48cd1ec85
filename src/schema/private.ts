/** Which values a schema marks private. In doubt they are: a value that is not quoted does no harm. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'
import { type Steps, schemaAt } from './steps.ts'

/** Whether `private: true` applies to the value at the end of the steps, or to one on the way. */
export function isPrivate(schema: JsonSchema, steps: Steps): boolean {
  let level = applied(schema, [schema])
  for (const step of steps) {
    if (level === undefined || level.some(isMarked)) return true
    level = applied(
      schema,
      level.flatMap(inner => below(inner, step)),
    )
  }
  return level === undefined || level.some(isMarked)
}

function isMarked(schema: JsonSchema): boolean {
  return schema['private'] === true
}

/** These schemas and all that they apply to the same value; undefined where a reference leads elsewhere than into this schema. */
function applied(root: JsonSchema, schemas: readonly JsonSchema[]): readonly JsonSchema[] | undefined {
  const found = new Set(schemas)
  for (const schema of found) {
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) for (const inner of listOf(schema[keyword])) found.add(inner)
    for (const keyword of ['if', 'then', 'else', 'not']) for (const inner of listOf([schema[keyword]])) found.add(inner)
    for (const inner of listOf(Object.values(schema['dependentSchemas'] ?? {}))) found.add(inner)
    if (schema['$dynamicRef'] !== undefined) return undefined
    if (typeof schema['$ref'] !== 'string') continue
    const target = schemaAt(root, schema['$ref'])
    if (target === undefined) return undefined
    found.add(target)
  }
  return [...found]
}

/** The schemas that one schema applies to an element or a property. */
function below(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === 'number') {
    const { prefixItems, items, contains, unevaluatedItems } = schema
    return listOf([...(Array.isArray(prefixItems) ? prefixItems : []), items, contains, unevaluatedItems])
  }
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema
  const named = isObject(properties) && Object.hasOwn(properties, step) ? [properties[step]] : []
  const matching = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => new RegExp(pattern, 'u').test(step))
    .map(([, inner]) => inner)
  const own = listOf([...named, ...matching])
  return own.length > 0 ? own : listOf([additionalProperties, unevaluatedProperties])
}

function listOf(values: unknown): readonly JsonSchema[] {
  return Array.isArray(values) ? values.filter(isObject) : []
}
