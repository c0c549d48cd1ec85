/** The legal line: a wording that every template has to say on a channel, in each text of it that is read, whatever the data is, itself or in a partial. */
import type { Fault } from '../model/index.ts'
import type { StyleRequest } from './lint.ts'

export function legalLines({ brand, template, channels, said }: StyleRequest): readonly Fault[] {
  return Object.entries(brand.legal ?? {}).flatMap(([name, key]): readonly Fault[] => {
    const channel = channels.find(one => one.name === name)
    if (channel === undefined) return []
    return channel.files.flatMap(file => {
      const source = channel.unread?.includes(file) ? undefined : template.sources[file]
      const keys = source === undefined ? undefined : said(source, channel)
      const saying = keys?.get(key)
      // What cannot be read is told as such.
      if (source === undefined || keys === undefined || saying === 'always') return []
      const words = `the template ${template.name} ${saying === undefined ? 'does not say' : 'says'} ${key} on ${name}`
      return [
        {
          code: 'style.legal',
          message: saying === undefined ? words : `${words} only in some of its branches, which the data decides about`,
          place: { file: source.file },
          hint:
            saying === undefined
              ? `write {{t '${key}'}}, or include the partial that says it`
              : `write {{t '${key}'}} outside of all blocks, or in each branch, {{else}} too`,
        } as const,
      ]
    })
  })
}
