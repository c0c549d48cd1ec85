/** Content that runs, or shows somebody else's page: mail programs drop it, and filters take the whole mail for an attack. */
import { placeAt } from '../tags/place.ts'
import type { Attribute } from './attributes.ts'
import type { Reader } from './reader.ts'

export const activeHint = 'take it out: a mail shows text, images and links only'

const active = new Set(['script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base'])

export function checkActive(name: string, attributes: readonly Attribute[], offset: number, reader: Reader): void {
  const place = placeAt(reader.source, reader.sourceOffset(offset))
  const hint = activeHint
  const handler = attributes.find(attribute => /^on[a-z]/i.test(attribute.name))?.name
  const refresh =
    /^meta$/i.test(name) && attributes.some(one => /^http-equiv$/i.test(one.name) && /^refresh$/i.test(one.value ?? ''))
  const found = active.has(name.toLowerCase()) || refresh ? `<${name.toLowerCase()}>` : handler
  if (found === undefined) return
  reader.faults.push({ code: 'email.markup', message: `${found} would have filters refuse the mail`, place, hint })
}
