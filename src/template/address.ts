/** Address blocks: the parts of an address as lines, in the order of its country, with the country's name where it goes abroad. */
import { type Brand, countryOfLocale } from '../model/index.ts'
import { countryOf } from '../schema/index.ts'
import { type Order, orderOf, placedParts } from './addressorder.ts'
import { Unshowable } from './formats.ts'

/** Names of the parts, as they stand in data. `country` is an ISO 3166-1 alpha-2 code; all others are printed as they are. */
export const addressParts = [...placedParts, 'country'] as const
type AddressPart = (typeof addressParts)[number]

export interface AddressOptions {
  /** The country, where the parts do not name it, or where the address is a list of lines. */
  readonly country?: unknown
  readonly brand: Brand
  /** The language of the country's name; absent: the sender's own, for the post (UPU). */
  readonly locale?: string
}

/**
 * The lines of an address: a list of lines or a text of several stays as it is, parts are put in order. Absent and empty values make no
 * line. Without a country it is the sender's own. Throws `Unshowable` for what is no address.
 */
export function addressLines(
  value: unknown,
  { country, brand, locale = brand.locale }: AddressOptions,
): readonly string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string' || Array.isArray(value)) {
    const lines = linesOf(value)
    const code = codeOf(textOf(country))
    const abroad = abroadFrom(brand, code, locale)
    const named = [abroad, abroadFrom(brand, code, brand.locale)].some(name => names(lines.at(-1), name, brand))
    return lines.length === 0 || abroad === undefined || named ? lines : [...lines, abroad]
  }
  if (typeof value !== 'object') throw new Unshowable('is not an address')
  const parts = partsOf(value as Readonly<Record<string, unknown>>)
  const code = codeOf(parts.get('country') ?? textOf(country))
  parts.delete('country')
  if (parts.size === 0) return []
  const abroad = abroadFrom(brand, code, locale)
  const order = orderOf(code ?? homeOf(brand) ?? '', new Set(placedParts.filter(part => parts.has(part))))
  const lines = order.lines.map(line => write(line, parts))
  if (abroad === undefined) return lines
  return [...(order.largeFirst ? smallFirst(lines, parts.get('postcode')) : lines), abroad]
}

/** As an address is written abroad: from the small to the large, before the country (UPU S42). */
function smallFirst(lines: readonly string[], postcode: string | undefined): readonly string[] {
  const [first, ...rest] = lines.toReversed()
  if (first === undefined) return lines
  return first === postcode ? [...rest, first] : [first, ...rest]
}

function codeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const code = countryOf(text)
  if (code === undefined)
    throw new Unshowable(
      'has a country that is not an ISO 3166-1 code',
      'write DE, not Germany; clean.js can translate',
    )
  return code
}

/** The sender's own country; undefined where the brand's locale names none. */
function homeOf({ locale }: Brand): string | undefined {
  return countryOfLocale(locale)
}

/** The country's name if it is not the sender's own, in capitals, as the UPU asks. */
function abroadFrom(brand: Brand, code: string | undefined, locale: string): string | undefined {
  if (code === undefined || code === homeOf(brand)) return undefined
  return nameOf(code, locale).toLocaleUpperCase(locale)
}

const displays = new Map<string, Intl.DisplayNames>()

function nameOf(code: string, locale: string): string {
  let display = displays.get(locale)
  if (display === undefined) {
    if (displays.size >= 32) displays.clear()
    display = new Intl.DisplayNames(locale, { type: 'region' })
    displays.set(locale, display)
  }
  return display.of(code) ?? code
}

/** Whether a line already is the country's name. */
function names(line: string | undefined, country: string | undefined, { locale }: Brand): boolean {
  return country !== undefined && line?.trim().toLocaleUpperCase(locale) === country
}

function linesOf(value: string | readonly unknown[]): readonly string[] {
  const lines = typeof value === 'string' ? value.split(/\r\n|[\n\r]/) : value
  return lines.flatMap(line => {
    const text = typeof line === 'number' ? String(line) : line
    if (text === null || text === undefined) return []
    if (typeof text !== 'string') throw new Unshowable('has a line that is not text')
    return text.trim() === '' ? [] : [text]
  })
}

function partsOf(value: Readonly<Record<string, unknown>>): Map<AddressPart, string> {
  const parts = new Map<AddressPart, string>()
  for (const name of Object.keys(value)) {
    const part = addressParts.find(known => known === name)
    const text = textOf(value[name])
    if (text !== undefined && part === undefined)
      throw new Unshowable('has a field that is no part of an address', `parts are ${addressParts.join(', ')}`)
    if (text !== undefined && part !== undefined) parts.set(part, text)
  }
  return parts
}

/** One line of text; undefined for what is empty. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new Unshowable('has a part of an address that is not text')
  const text = String(value).replace(/\s+/g, ' ').trim()
  return text === '' ? undefined : text
}

/** One line; a full stop that the order asks for is not set twice. */
function write(line: Order['lines'][number], parts: ReadonlyMap<AddressPart, string>): string {
  return line.reduce((so, token) => {
    if ('part' in token) return so + (parts.get(token.part) ?? '')
    return token.text === '.' && so.endsWith('.') ? so : so + token.text
  }, '')
}
