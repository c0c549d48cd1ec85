/** Words that each message of a channel has to say: told once where only some branches say them; a message without them is a reject. */
import { type Data, type Fault, lookup, quote, wholly } from '../model/index.ts'
import type { Says, StyleRequest } from './lint.ts'
import { readings } from './readings.ts'

/** Where no branch says them, no message can be made, and each is told as a reject. */
export function demandedWords(request: StyleRequest): readonly Fault[] {
  const { template, channels, said, demanded = {} } = request
  return channels.flatMap((channel): readonly Fault[] => {
    const asked = demanded[channel.name]
    if (asked === undefined) return []
    return channel.files.flatMap(name => {
      const source = template.sources[name]
      const found = source === undefined ? undefined : said(source, channel, saysOf(asked.anyOf, request))
      if (source === undefined || found?.get(token) !== 'sometimes') return []
      return [
        {
          code: asked.code,
          message: `the template ${template.name} says ${asked.anyOf.map(quote).join(' or ')} on ${channel.name} only in some of its branches, which the data decides about`,
          place: { file: source.file },
          hint: 'say it outside of all blocks, or in each branch, {{else}} and choices of the wording too: a message without it is a reject',
        } as const,
      ]
    })
  })
}

/** No key of a wording. */
const token = '"demanded"'

/** A key says it that has it in one language at least: what is missing in another is seen in its messages. */
function saysOf(anyOf: readonly string[], { brand, template, partsOf }: StyleRequest): Says {
  const pattern = new RegExp(anyOf.map(wholly).join('|'), 'u')
  const texts = [...Object.values(template.wording), ...Object.values(brand.wording)].map(({ texts: all }) => all)
  const has = (text: string): boolean => pattern.test(text)
  return ({ kind, words }, ways) => {
    const spoken =
      kind === 'text'
        ? [[words]]
        : kind === 'path'
          ? [[String(lookup({ brand } as unknown as Data, words) ?? '')]]
          : texts.flatMap(all => (Object.hasOwn(all, words) ? [readings(partsOf(all[words] ?? ''))] : []))
    return spoken.some(all => (ways === 'every' ? all.every(has) : all.some(has))) ? [token] : []
  }
}
