/** The linter: brand.yaml's rules of style against wording, partials and the text that templates bring themselves. */
import {
  type Brand,
  type Channel,
  type Demanded,
  type Fault,
  type Place,
  quote,
  type Source,
  type Template,
  type TextPart,
} from '../model/index.ts'
import { findAddress, formsOf } from './addressform.ts'
import { demandedWords } from './demanded.ts'
import { emptyLines, legalLines, replacedLines, unknownChannels } from './legal.ts'
import { passagesOf } from './owntext.ts'
import { placeOf } from './place.ts'
import { type MissingForm, missingForms } from './plurals.ts'
import { plurals, readings, slot } from './readings.ts'
import { ownRules, type Rules, rulesFor, unmetRules } from './rules.ts'
import { asSeen } from './seen.ts'
import { countWords, sentences } from './sentences.ts'
import type { Finding } from './terms.ts'

type Spoken = Pick<Channel, 'name' | 'files' | 'unread' | 'escape'>

/** Names of what a text, a key of the wording, or a path says, on every way through a template, or on any. */
export type Says = (
  piece: { readonly kind: 'text' | 'key' | 'path'; readonly words: string },
  ways: 'every' | 'any',
) => readonly string[]

export interface StyleRequest {
  readonly brand: Brand
  readonly template: Template
  /** All channels, with the files of a template that each takes. */
  readonly channels: readonly Spoken[]
  /** Keys of the wording that a source says on a channel: to all readers, only in some branches, or only where not all see it; undefined where it cannot be parsed. */
  readonly said: (
    source: Source,
    channel: Spoken,
    says?: Says,
  ) => ReadonlyMap<string, 'always' | 'sometimes' | 'hidden'> | undefined
  /** By the name of a channel: rules of style sheets that are taken to hide something and may not, with their places. */
  readonly guessed?: Readonly<Record<string, readonly string[]>>
  /** Words that messages of a channel have to say, by its name. */
  readonly demanded?: Readonly<Record<string, Demanded>>
  /** An ICU text as its parser reads it; one that is not well-formed as it stands, since template.wording says what is wrong with it. */
  readonly partsOf: (text: string) => readonly TextPart[]
  /** Locales of all wording: the brand's and that of each template. */
  readonly locales: ReadonlySet<string>
  /** The text of a file, by the name that faults give it: for lines. */
  readonly textOf: (file: string) => string | undefined
}

/** What does not go with the brand's rules, each a warning with its file and line: the brand's own texts first, then those of the template. */
export function lintStyle(request: StyleRequest): readonly Fault[] {
  const { brand } = request
  const { style = {} } = brand
  return [
    ...unmetRules(request),
    ...unknownChannels(request),
    ...Object.entries(style).flatMap(([language, { address }]) => unknownForm(language, address)),
    ...lintTexts(brand, request),
    ...emptyLines(request),
    ...Object.entries(brand.partials).flatMap(([name, source]) =>
      lintSource(ownRules(brand), { source, markup: isMarkup(name, request) }),
    ),
    ...lintTemplate(request),
    ...demandedWords(request),
  ]
}

/** The same of a template alone, one of those that speak for the same brand. */
export function lintTemplate(request: StyleRequest): readonly Fault[] {
  const { brand, template } = request
  return [
    ...lintTexts(template, request),
    ...replacedLines(request),
    ...sourcesOf(template, request).flatMap(source => lintSource(ownRules(brand), source)),
    ...legalLines(request),
  ]
}

/** The legal lines alone, on some channels: what a run sends without one cannot be called back. */
export function lintLegal(request: StyleRequest, made: readonly string[]): readonly Fault[] {
  const channels = request.channels.filter(({ name }) => made.includes(name))
  return [
    ...unknownChannels(request),
    ...emptyLines(request),
    ...replacedLines(request),
    ...legalLines({ ...request, channels }),
  ]
}

function lintTexts({ wording }: Brand | Template, request: StyleRequest): readonly Fault[] {
  const { style = {} } = request.brand
  return Object.entries(wording).flatMap(([locale, { file, texts }]) =>
    lintWording(rulesFor(style, locale, wording), { file, locale, texts }, request),
  )
}

function lintWording(
  { language, terms, address, mostWords }: Rules,
  {
    file,
    locale,
    texts,
  }: { readonly file: string; readonly locale: string; readonly texts: Readonly<Record<string, string>> },
  { partsOf, textOf }: StyleRequest,
): readonly Fault[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const place = placeOf(key, file, textOf)
    const parts = partsOf(text)
    const all = readings(parts).map(asSeen)
    const found = all.flatMap(reading => [
      ...terms(reading),
      ...(address === undefined ? [] : findAddress(reading, address, language)),
    ])
    return [
      ...unique(found).map(one => faultOf(one, `wording ${quote(key)}`, place)),
      ...firstOfEach(plurals(parts).flatMap(plural => missingForms(plural, locale))).map(missing =>
        withoutForm(missing, { key, locale, place }),
      ),
      ...(mostWords === undefined ? [] : longest(all, { what: `wording ${quote(key)}`, place, mostWords, language })),
    ]
  })
}

function firstOfEach(missing: readonly MissingForm[]): readonly MissingForm[] {
  return missing.filter(({ form }, at) => missing.findIndex(one => one.form === form) === at)
}

function withoutForm(
  { form, example }: MissingForm,
  { key, locale, place }: { readonly key: string; readonly locale: string; readonly place: Place },
): Fault {
  return {
    code: 'style.plural',
    message: `wording ${quote(key)} has no form ${form}, which ${locale} needs for ${example}`,
    place,
    hint: `write ${form} {…} beside the others: without it ${example} is read with the form of other`,
  }
}

/** The longest sentence of a text, where it is longer than the brand wants. */
function longest(
  all: readonly string[],
  {
    what,
    place,
    mostWords,
    language,
  }: { readonly what: string; readonly place: Place; readonly mostWords: number; readonly language: string },
): readonly Fault[] {
  const counted = all
    .flatMap(text => sentences(text, language))
    .map(sentence => ({ sentence, words: countWords(sentence) }))
  const most = counted.reduce((a, b) => (b.words > a.words ? b : a), { sentence: '', words: 0 })
  if (most.words <= mostWords) return []
  return [
    {
      code: 'style.length',
      message: `${what} has a sentence of ${most.words} words, ${most.words - mostWords} more than the brand wants: ${quote(most.sentence.replaceAll(slot, '…'))}`,
      place,
      hint: 'make two sentences of it, or leave something out',
    },
  ]
}

interface Written {
  readonly source: Source
  readonly markup: boolean
}

function sourcesOf(template: Template, request: StyleRequest): readonly Written[] {
  const { channels } = request
  const files = new Set(channels.flatMap(({ files, unread = [] }) => files.filter(file => !unread.includes(file))))
  return Object.entries(template.sources).flatMap(([name, source]) =>
    files.has(name) ? [{ source, markup: isMarkup(name, request) }] : [],
  )
}

/** Whether a file of a template, or a partial (`legal.sms`), is markup: by its channel, which may have a bare text beside it (`email.txt.hbs`). */
function isMarkup(name: string, { channels }: StyleRequest): boolean {
  const channel = channels.find(({ name: own, files }) => files.includes(name) || name.endsWith(`.${own}`))
  return channel?.escape !== 'none' && !/(^|\.)txt(\.hbs)?$/.test(name)
}

/** What a source brings itself is read in every language: terms of all of them count, address and length of the brand's own. */
function lintSource({ language, terms, address, mostWords }: Rules, { source, markup }: Written): readonly Fault[] {
  const { file } = source
  const faults = passagesOf(source.text, { markup }).flatMap(({ text, lineAt }) => {
    const found = [...terms(text), ...(address === undefined ? [] : findAddress(text, address, language))]
    const place = (words: string): Place => ({ file, line: lineAt(Math.max(text.indexOf(words), 0)) })
    return [
      ...unique(found).map(one => faultOf(one, 'the template', place(one.found))),
      ...(mostWords === undefined
        ? []
        : longest([text.replace(/\s+/g, ' ')], {
            what: 'the template',
            place: place(text.trim()),
            mostWords,
            language,
          })),
    ]
  })
  return toldOnce(faults)
}

/** What stands beside branches is in a passage with each of them: what is found in a line is told once. */
function toldOnce(faults: readonly Fault[]): readonly Fault[] {
  const key = ({ code, message, place, hint }: Fault): string => `${code} ${place?.line} ${message} ${hint}`
  return [...new Map(faults.map(fault => [key(fault), fault])).values()]
}

function unknownForm(language: string, address: string | undefined): readonly Fault[] {
  if (address === undefined) return []
  const known = formsOf(language.split('-')[0] ?? '')
  if (known.includes(address)) return []
  return [
    {
      code: 'style.address',
      message: `style.${language}.address is ${quote(address)}, which nothing is known of`,
      place: { file: 'assets/brand.yaml' },
      hint:
        known.length === 0 ? `take it out, and list words under style.${language}.avoid` : `known: ${known.join(', ')}`,
    },
  ]
}

function faultOf({ code, found, hint }: Finding, what: string, place: Place): Fault {
  const verb = code === 'style.spelling' ? 'writes' : 'says'
  return { code, message: `${what} ${verb} ${quote(found.replace(/\s+/g, ' '))}`, place, hint }
}

function unique(found: readonly Finding[]): readonly Finding[] {
  return [...new Map(found.map(one => [`${one.code} ${one.found} ${one.hint}`, one])).values()]
}
