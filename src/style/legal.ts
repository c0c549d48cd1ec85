/** The legal line: a wording that every template has to say on a channel, in each text of it that is read, to every reader whatever the data is, itself or in a partial; in the brand's own words. */
import { type Brand, type Fault, hintGuessed, quote, type TextPart } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import type { StyleRequest } from './lint.ts'
import { placeOf } from './place.ts'
import { readings, slot } from './readings.ts'

const inWords = {
  hidden: 'only where not every reader sees it',
  sometimes: 'only in some of its branches, which the data decides about',
}

export function legalLines({ brand, template, channels, said, guessed = {} }: StyleRequest): readonly Fault[] {
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
          message: saying === undefined ? words : `${words} ${inWords[saying]}`,
          place: { file: source.file },
          hint: `${hintFor(key, saying)}${saying === 'hidden' ? hintGuessed(guessed[name]) : ''}`,
        } as const,
      ]
    })
  })
}

/** Legal lines of a channel that there is not, so that no template would be asked for them. */
export function unknownChannels({ brand, channels }: Pick<StyleRequest, 'brand' | 'channels'>): readonly Fault[] {
  const known = channels.map(({ name }) => name)
  return Object.keys(brand.legal ?? {})
    .filter(name => !known.includes(name))
    .map(name => ({
      code: 'style.legal',
      message: `legal names ${name}, which is no channel`,
      place: { file: 'assets/brand.yaml' },
      hint: hintKnown(name, known),
    }))
}

function hintFor(key: string, saying: 'sometimes' | 'hidden' | undefined): string {
  if (saying === undefined) return `write {{t '${key}'}}, or include the partial that says it`
  if (saying === 'sometimes') return `write {{t '${key}'}} outside of all blocks, or in each branch, {{else}} too`
  return `write {{t '${key}'}} in the text of every page: not in a preview, an attribute, an argument, a closed accordion, what a style hides at some width, or what shows on="not-first"`
}

/** Legal lines of the brand that come to no words. */
export function emptyLines({
  brand,
  partsOf,
  textOf,
}: Pick<StyleRequest, 'brand' | 'partsOf' | 'textOf'>): readonly Fault[] {
  return Object.values(brand.wording).flatMap(({ file, texts }) =>
    legalKeys(brand).flatMap(key => {
      const text = Object.hasOwn(texts, key) ? texts[key] : undefined
      return text === undefined || saysSomething(partsOf(text)) ? [] : [withoutWords(key, { file, textOf })]
    }),
  )
}

/** Legal lines for which a template has words of its own: those go before the brand's, on every channel. */
export function replacedLines({ brand, template, partsOf, textOf }: StyleRequest): readonly Fault[] {
  return Object.entries(template.wording).flatMap(([locale, { file, texts }]) =>
    legalKeys(brand).flatMap((key): readonly Fault[] => {
      const text = Object.hasOwn(texts, key) ? texts[key] : undefined
      if (text === undefined || text === brand.wording[locale]?.texts[key]) return []
      const known = Object.values(brand.wording).some(own => Object.hasOwn(own.texts, key))
      if (!known) return saysSomething(partsOf(text)) ? [] : [withoutWords(key, { file, textOf })]
      return [
        {
          code: 'style.legal',
          message: `the template ${template.name} says the legal line ${key} in words of its own: ${quote(text)}`,
          place: placeOf(key, file, textOf),
          hint: `take ${quote(key)} out: the brand's is in assets/text, and belongs there in every language`,
        },
      ]
    }),
  )
}

const legalKeys = ({ legal = {} }: Brand): readonly string[] => [...new Set(Object.values(legal))]

/** Whether every reading of a text has letters, or a value. */
function saysSomething(parts: readonly TextPart[]): boolean {
  return readings(parts).every(reading => words.test(reading))
}

const words = new RegExp(`[\\p{L}\\p{N}${slot}]`, 'u')

function withoutWords(
  key: string,
  { file, textOf }: { readonly file: string; readonly textOf: StyleRequest['textOf'] },
): Fault {
  return {
    code: 'style.legal',
    message: `the legal line ${key} has no words`,
    place: placeOf(key, file, textOf),
    hint: 'write them, in every choice of the text; or take the key out of legal: in brand.yaml',
  }
}
