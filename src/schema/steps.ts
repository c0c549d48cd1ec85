/** Ways into values and schemas: steps are names and list positions from 0. */
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

/** The schema at a pointer in URI form (RFC 6901 §6): `#/$defs/money`. */
export function schemaAt(schema: JsonSchema, pointer: string): JsonSchema | undefined {
  if (!/^#(\/|$)/.test(pointer)) return undefined
  const inner = at(schema, pointerSteps(decodeURIComponent(pointer.slice(1)), schema))
  return isObject(inner) ? inner : undefined
}
