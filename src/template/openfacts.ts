/** Which facts of a template may be quoted: asked of a kit long after its run, whatever channels there are then. */
import type { JsonSchema, Kit, Source } from '../model/index.ts'
import { isObject, isPrivate, parseJson, readSettings } from '../schema/index.ts'

/** Names of the facts whose values the schema does not mark private; none where the files cannot be read. */
export function openFacts(kit: Kit, name: string): ReadonlySet<string> {
  const read = (file: string): Source => {
    const bytes = kit.get(`templates/${name}/${file}`)?.bytes ?? new Uint8Array()
    return { file, text: new TextDecoder().decode(bytes) }
  }
  const head = readSettings<{ readonly facts?: unknown } | null>(read('template.yaml'), {})
  const schema = parseJson(read('schema.json'))
  if (!head.ok || !schema.ok || !isObject(schema.value)) return new Set()
  const { facts } = head.value.value ?? {}
  return new Set(
    Object.entries(isObject(facts) ? facts : {}).flatMap(([fact, rule]) => {
      const path = isObject(rule) ? rule['value'] : undefined
      const open = typeof path === 'string' && !isPrivate(schema.value as JsonSchema, path.split('.'))
      return open ? [fact] : []
    }),
  )
}
