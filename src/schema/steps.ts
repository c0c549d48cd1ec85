/** Ways into values and schemas: steps are names and list positions from 0. The one resolver of pointers and references. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'

export type Steps = readonly (string | number)[]

/** Dotted text of steps: `lines[0].amount`. */
export function dotted(steps: Steps): string {
  return steps.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
}

/** What stands at the end of the steps; undefined where any is absent. Own properties only. */
export function at(value: unknown, steps: Steps): unknown {
  let inner = value
  for (const step of steps) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined
    inner = (inner as Record<string | number, unknown>)[step]
  }
  return inner
}

/** Steps of a JSON Pointer (RFC 6901); digits are list positions where the value has a list there. */
export function pointerSteps(pointer: string, root: unknown): (string | number)[] {
  const steps: (string | number)[] = []
  let value = root
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(value) ? Number(name) : name
    steps.push(step)
    value = at(value, [step])
  }
  return steps
}

/** The schema at a pointer in URI form (RFC 6901 §6): `#/$defs/money`. Undefined for one that is true or false. */
export function schemaAt(schema: JsonSchema, pointer: string): JsonSchema | undefined {
  const found = referenced(schema, pointer)
  return isObject(found) ? found : undefined
}

/** What a `$ref` means inside its own file: `#`, a pointer, or an `$anchor` (JSON Schema Core 2020-12 §8.2.2). Undefined: it leads nowhere here. */
export function referenced(root: JsonSchema, reference: string): JsonSchema | boolean | undefined {
  const fragment = fragmentOf(reference)
  if (fragment === undefined) return undefined
  const found =
    fragment === '' || fragment.startsWith('/') ? at(root, pointerSteps(fragment, root)) : anchored(root, fragment)
  return isObject(found) || typeof found === 'boolean' ? found : undefined
}

/** The part behind `#`, decoded; undefined where the reference goes to another file, or cannot be decoded. */
function fragmentOf(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined
  try {
    return decodeURIComponent(reference.slice(1))
  } catch {
    return undefined
  }
}

function anchored(schema: unknown, anchor: string): unknown {
  if (Array.isArray(schema)) return firstOf(schema, anchor)
  if (!isObject(schema)) return undefined
  return schema['$anchor'] === anchor ? schema : firstOf(Object.values(schema), anchor)
}

function firstOf(schemas: readonly unknown[], anchor: string): unknown {
  for (const schema of schemas) {
    const found = anchored(schema, anchor)
    if (found !== undefined) return found
  }
  return undefined
}
