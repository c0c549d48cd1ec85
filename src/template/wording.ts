/** Wording: which texts a locale is served by, template before brand, and whether they are all there. */
import { type Brand, type Fault, type Place, quote, type Template, type Wording } from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import { foreignMarks, marksOfHtml } from './foreignmarks.ts'
import { type Formats, Unshowable } from './formats.ts'
import { compileMessage, inspectMessage, type Message } from './message.ts'

/** Where one text stands. */
export interface Text {
  readonly text: string
  /** The wording's own locale: its plurals count by it. */
  readonly locale: string
  readonly file: string
  readonly place: Place
}

export interface WordingIndex {
  /** Locales that have wording of their own: those of the template, else of the brand. Empty: the template says nothing by itself. */
  readonly locales: readonly string[]
  /** Whether a reader of this locale finds wording in the language. */
  readonly serves: (locale: string) => boolean
  /** The text of a key: exact locale, then its language; at each step the template's before the brand's. Never another language. */
  readonly find: (locale: string, key: string) => Text | undefined
  /** All keys that a locale can say. */
  readonly keys: (locale: string) => readonly string[]
}

/** Looks wording up as RFC 4647 §3.4 does, by cutting subtags off the end; a region alone is served by another region of its language. */
export function indexWording(template: Pick<Template, 'wording'>, brand: Pick<Brand, 'wording'>): WordingIndex {
  const own = Object.keys(template.wording)
  const locales = own.length > 0 ? own : Object.keys(brand.wording)
  const all = new Set([...own, ...Object.keys(brand.wording)])
  const chains = new Map<string, readonly string[]>()
  const chainOf = (locale: string): readonly string[] => {
    let chain = chains.get(locale)
    if (chain === undefined) {
      chain = makeChain(locale, locales, all)
      if (chains.size >= 256) chains.clear()
      chains.set(locale, chain)
    }
    return chain
  }
  const find = (locale: string, key: string): Text | undefined => {
    for (const step of chainOf(locale)) {
      for (const wording of [template.wording, brand.wording]) {
        const texts = Object.hasOwn(wording, step) ? wording[step] : undefined
        if (texts === undefined || !Object.hasOwn(texts.texts, key)) continue
        return { text: texts.texts[key] as string, locale: step, file: texts.file, place: placeOf(texts, key) }
      }
    }
    return undefined
  }
  return {
    locales: [...locales].sort(),
    serves: locale => locales.length === 0 || chainOf(locale).some(step => locales.includes(step)),
    find,
    keys: locale =>
      chainOf(locale).flatMap(step =>
        [template.wording[step], brand.wording[step]].flatMap(texts => Object.keys(texts?.texts ?? {})),
      ),
  }
}

function makeChain(locale: string, locales: readonly string[], all: ReadonlySet<string>): readonly string[] {
  const chain: string[] = []
  for (let step = locale; step !== ''; step = step.includes('-') ? step.slice(0, step.lastIndexOf('-')) : '') {
    if (all.has(step)) chain.push(step)
  }
  if (chain.some(step => locales.includes(step))) return chain
  const language = new Intl.Locale(locale).language
  const cousin = [...locales].sort().find(other => new Intl.Locale(other).language === language)
  return cousin === undefined ? chain : [...chain, cousin]
}

/** Says a key with its arguments. Throws `Unshowable` for a key without wording, or an argument that is missing. */
export type Say = (key: string, values: Readonly<Record<string, unknown>>) => string

/** What each locale says; texts are compiled when first said, and forgotten with the formats they were compiled for. */
export function openSpeakers(wording: WordingIndex): (formats: Formats) => Say {
  const speakers = new WeakMap<Formats, Say>()
  return formats => {
    let say = speakers.get(formats)
    if (say === undefined) {
      say = openSpeaker(wording, formats)
      speakers.set(formats, say)
    }
    return say
  }
}

function openSpeaker(wording: WordingIndex, formats: Formats): Say {
  const messages = new Map<string, Message>()
  return (key, values) => {
    let message = messages.get(key)
    if (message === undefined) {
      const found = wording.find(formats.locale, key)
      if (found === undefined) throw new Unshowable(`has no wording in ${formats.locale}`)
      message = compileMessage(found.text, found.locale, formats)
      messages.set(key, message)
    }
    return message(values)
  }
}

/** Faults of the wording files themselves: texts that are not ICU MessageFormat, wherever they are used. */
export function inspectWording(wordings: readonly Template['wording'][]): readonly Fault[] {
  return wordings.flatMap(wording =>
    Object.values(wording).flatMap(locale =>
      Object.entries(locale.texts).flatMap(([key, text]) => {
        const inspected = inspectMessage(text)
        if (inspected.ok) return []
        return inspected.faults.map(fault => ({
          ...fault,
          message: `wording ${quote(key)}: ${fault.message}`,
          place: placeOf(locale, key),
        }))
      }),
    ),
  )
}

function placeOf({ file, places = {} }: Wording[string], key: string): Place {
  return { file, ...(Object.hasOwn(places, key) ? places[key] : { path: key }) }
}

/** Warnings about marks of other systems in texts, which nothing fills in. */
export function markedTexts(wordings: readonly Wording[]): readonly Fault[] {
  return wordings.flatMap(wording =>
    Object.values(wording).flatMap(locale =>
      Object.entries(locale.texts).flatMap(([key, text]) => [
        ...foreignMarks(text)
          .filter(({ certain }) => certain)
          .map(({ found }) => ({
            code: 'template.braces' as const,
            message: `wording ${quote(key)}: ${found} is read as it stands`,
            place: placeOf(locale, key),
            hint: `write {name}, and hand it in: {{t '${key}' name=…}}`,
          })),
        ...marksOfHtml(text).map(found => ({
          code: 'template.braces' as const,
          message: `wording ${quote(key)}: ${found} is read as it stands`,
          place: placeOf(locale, key),
          hint: 'wording is no HTML: write the signs themselves, and what is bold or a link in the template, around {{t …}}',
        })),
      ]),
    ),
  )
}

/** Warnings about texts that one language leaves empty and another does not: what it says would be missing there, and nobody told. */
export function emptyTexts(wordings: readonly Wording[]): readonly Fault[] {
  return wordings.flatMap(wording => {
    const locales = Object.entries(wording).sort(([one], [other]) => (one < other ? -1 : 1))
    return locales.flatMap(([locale, own]) =>
      Object.entries(own.texts).flatMap(([key, text]): readonly Fault[] => {
        if (text.trim() !== '') return []
        const others = locales.filter(([, { texts }]) => Object.hasOwn(texts, key) && texts[key]?.trim() !== '')
        if (others.length === 0) return []
        return [
          {
            code: 'template.empty',
            message: `wording ${quote(key)} is empty in ${locale}, and not in ${others.map(([name]) => name).join(', ')}`,
            place: placeOf(own, key),
            hint: 'write it, or take it out of the template and of every language',
          },
        ]
      }),
    )
  })
}

/** Names of all arguments that some text takes. */
export function argumentNames({ locales, keys, find }: WordingIndex): ReadonlySet<string> {
  const names = new Set<string>()
  for (const locale of locales) {
    for (const key of keys(locale)) {
      const inspected = inspectMessage(find(locale, key)?.text ?? '')
      if (inspected.ok) for (const name of inspected.value) names.add(name)
    }
  }
  return names
}

/** What is wrong with saying a key with these arguments, in every locale that has wording. Each problem once per locale. */
export function inspectUse(
  wording: WordingIndex,
  key: string,
  given: ReadonlySet<string>,
): readonly { readonly message: string; readonly hint: string }[] {
  if (wording.locales.length === 0) {
    return [
      {
        message: `wording ${quote(key)} is missing: there are no wording files`,
        hint: 'write text/<locale>.json beside the template',
      },
    ]
  }
  return wording.locales.flatMap(locale => {
    const found = wording.find(locale, key)
    if (found === undefined) {
      const hint = hintNearest(key, wording.keys(locale)) ?? `add it to text/${locale}.json`
      return [{ message: `wording ${quote(key)} is missing in ${locale}`, hint }]
    }
    const inspected = inspectMessage(found.text)
    if (!inspected.ok) return []
    return [...inspected.value]
      .filter(name => !given.has(name))
      .map(name => ({
        message: `wording ${quote(key)} in ${locale} takes {${name}}, which is not given`,
        hint: `write ${name}=… behind the key`,
      }))
  })
}
