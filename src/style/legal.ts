/** The legal line: a wording that every template has to say on a channel, itself or in a partial. */
import type { Fault } from '../model/index.ts'
import type { StyleRequest } from './lint.ts'
import { literal } from './literal.ts'

export function legalLines({ brand, template, channels }: StyleRequest): readonly Fault[] {
  return Object.entries(brand.legal ?? {}).flatMap(([name, key]): readonly Fault[] => {
    const channel = channels.find(one => one.name === name)
    const [file = ''] = channel?.files ?? []
    const source = template.sources[file]
    if (source === undefined) return []
    const said = new RegExp(`[{(]\\s*t\\s+(['"])${literal(key)}\\1`)
    if (reached(source.text, name, brand.partials).some(text => said.test(text))) return []
    return [
      {
        code: 'style.legal',
        message: `the template ${template.name} does not say ${key} on ${name}`,
        place: { file: source.file },
        hint: `write {{t '${key}'}}, or include the partial that says it`,
      },
    ]
  })
}

/** A text and those of the partials that it includes, on the way that they are included. */
function reached(text: string, channel: string, partials: StyleRequest['brand']['partials']): readonly string[] {
  const texts: string[] = [text]
  const seen = new Set<string>()
  for (const one of texts) {
    for (const [, name = ''] of one.matchAll(/\{\{#?>\s*([\w-]+)/g)) {
      const partial = partials[`${name}.${channel}`] ?? partials[name]
      if (partial === undefined || seen.has(name)) continue
      seen.add(name)
      texts.push(partial.text)
    }
  }
  return texts
}
