/** The legal line: a wording that every template has to say on a channel, in each text of it that is read, itself or in a partial. */
import type { Fault } from '../model/index.ts'
import type { StyleRequest } from './lint.ts'

export function legalLines({ brand, template, channels, said }: StyleRequest): readonly Fault[] {
  return Object.entries(brand.legal ?? {}).flatMap(([name, key]): readonly Fault[] => {
    const channel = channels.find(one => one.name === name)
    if (channel === undefined) return []
    return channel.files.flatMap(file => {
      const source = channel.unread?.includes(file) ? undefined : template.sources[file]
      // What cannot be read is told as such.
      if (source === undefined || said(source, channel)?.has(key) !== false) return []
      return [
        {
          code: 'style.legal',
          message: `the template ${template.name} does not say ${key} on ${name}`,
          place: { file: source.file },
          hint: `write {{t '${key}'}}, or include the partial that says it`,
        } as const,
      ]
    })
  })
}
