/** Which values a schema marks private. In doubt they are: a value that is not quoted does no harm. */
import type { JsonSchema } from '../model/index.ts'
import { readSchema, type SchemaNode } from './reading.ts'
import type { Steps } from './steps.ts'

/** Whether `private: true` applies to the value at the end of the steps, or to one on the way. */
export function isPrivate(schema: JsonSchema, steps: Steps): boolean {
  let node: SchemaNode | undefined = readSchema(schema)
  for (const step of steps) {
    if (node === undefined || node.private) break
    node = typeof step === 'number' ? node.element(step) : node.child(step)
  }
  return node?.private === true
}
