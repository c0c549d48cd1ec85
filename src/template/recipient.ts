/** The recipient of a communication, and the locale that they are written to in. */
import { type Brand, type Data, lookup, type Recipient, type Template } from '../model/index.ts'
import { addressLines } from './address.ts'
import { Unshowable } from './formats.ts'
import { indexWording, type WordingIndex } from './wording.ts'

export interface Mapped {
  readonly recipient: Recipient
  /** BCP 47, canonical. */
  readonly locale: string
  /** The locale that was asked for and that no wording serves (or that is none): the brand's stands instead. Counted in the report. */
  readonly fallback?: string
}

/**
 * Reads the recipient where template.yaml says it stands; blank values are absent, an address is cut into lines. Their locale is
 * kept if there is wording in its language, else it is the brand's.
 */
export function mapRecipient(template: Template, data: Data, brand: Brand): Mapped {
  const { name, address, email, phone, locale } = template.recipient
  const lines = linesAt(data, address, brand)
  const asked = textAt(data, locale)
  const recipient: Recipient = {
    ...optional('name', textAt(data, name)),
    ...(lines.length === 0 ? {} : { address: lines }),
    ...optional('email', textAt(data, email)),
    ...optional('phone', textAt(data, phone)),
    ...optional('locale', asked),
  }
  if (asked === undefined) return { recipient, locale: brand.locale }
  const wanted = canonicalLocale(asked)
  if (wanted !== undefined && indexOf(template, brand).serves(wanted)) return { recipient, locale: wanted }
  return { recipient, locale: brand.locale, fallback: asked }
}

/**
 * `uk_UA` and `uk-ua` are `uk-UA`; undefined for what is no BCP 47 tag of a known language (`english` would pass for one). Extensions
 * are dropped: they would change calendars and digits.
 */
export function canonicalLocale(text: string): string | undefined {
  if (canonicals.has(text)) return canonicals.get(text)
  const canonical = readLocale(text)
  if (canonicals.size >= mostCanonicals) canonicals.clear()
  canonicals.set(text, canonical)
  return canonical
}

function readLocale(text: string): string | undefined {
  try {
    const { baseName, language } = new Intl.Locale(text.replaceAll('_', '-'))
    return isLanguage(language) ? baseName : undefined
  } catch {
    return undefined
  }
}

/** It is asked for every communication, and a batch has few; but it is data, and may be anything. */
const canonicals = new Map<string, string | undefined>()
const mostCanonicals = 256

/** Languages that are asked for most: the names of all take longer to load than a letter takes to make. */
const usual = new Set('bg cs da de el en es et fi fr hr hu it lt lv nb nl no pl pt ro ru sk sl sr sv tr uk'.split(' '))
let languages: Intl.DisplayNames | undefined

function isLanguage(code: string): boolean {
  if (usual.has(code)) return true
  languages ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  return languages.of(code) !== undefined
}

/** Made once for a template and a brand, since this is asked for every communication. */
const indexes = new WeakMap<Template, { readonly brand: Brand; readonly index: WordingIndex }>()

function indexOf(template: Template, brand: Brand): WordingIndex {
  const known = indexes.get(template)
  if (known?.brand === brand) return known.index
  const index = indexWording(template, brand)
  indexes.set(template, { brand, index })
  return index
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [name in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: string }
}

function textAt(data: Data, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : lookup(data, path)
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  return text.trim() === '' ? undefined : text
}

function linesAt(data: Data, path: string | undefined, brand: Brand): readonly string[] {
  const value = path === undefined ? undefined : lookup(data, path)
  try {
    return addressLines(value, { brand })
  } catch (error) {
    if (!(error instanceof Unshowable)) throw error
    // The helper in the template says what is wrong; here nothing of it is lost.
    const texts = typeof value === 'object' && value !== null ? Object.values(value) : []
    return texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
  }
}
