/** Where no line of a mail is broken: "482,50 грн", "№ 5", "10 kg" stay together as on paper, and so do numbers and ids with hyphens. */
import { type Brand, holdsBlank, literal } from '../../../model/index.ts'
import { maxHtmlBytes } from './limits.ts'

/** What tells which blanks hold: the language, and names of the brand that have blanks. */
export interface Held {
  readonly locale: string
  readonly names?: RegExp | undefined
}

/** Names that the brand spells one way, such as "Home 500"; undefined where none has a blank. */
export function namesHeld({ style = {} }: Brand): RegExp | undefined {
  const names = Object.values(style)
    .flatMap(({ spelling = [] }) => spelling)
    .filter(name => name.includes(' '))
  if (names.length === 0) return undefined
  const longestFirst = names.toSorted((a, b) => b.length - a.length).map(literal)
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
}

function holdNames(text: string, names: RegExp): string {
  return text.replace(names, name => name.replaceAll(' ', '\u00a0'))
}

/** Elements whose text is no text, or is meant as it is written. */
const opaqueNames = 'head|style|pre|title|svg'
const opaque = new RegExp(`^<(${opaqueNames})\\b`, 'i')

/** Less text than that has nothing to hold. */
const shortest = 3

/** Far more than mail programs show (limits.ts): it is refused, and expressions would have to remember too much of it. */
const longestHeld = 4 * maxHtmlBytes

/**
 * Merged HTML with no-break spaces where the language keeps words together, and numbers and ids with hyphens in a span that no line breaks;
 * attributes, comments, head and styles are left alone.
 */
export function holdTogether(html: string, { locale, names }: Held): string {
  if (html.length > longestHeld) return html
  let held = ''
  let from = 0
  let at = html.indexOf('<')
  while (at >= 0) {
    const start = behindTag(html, at)
    if (start < 0) break
    at = html.indexOf('<', start)
    const end = at < 0 ? html.length : at
    if (end - start < shortest) continue
    const text = html.slice(start, end)
    const kept = text.includes(' ') ? holdBlanks(names === undefined ? text : holdNames(text, names), locale) : text
    const whole = text.includes('-') ? kept.replace(hyphened, nowrap) : kept
    if (whole === text) continue
    held += html.slice(from, start) + whole
    from = end
  }
  return held + html.slice(from)
}

/** A number, day or id (`M-10266`) with hyphens, behind each of which programs would break the line; not in addresses, which may be long, nor words (`5-pack`). */
const hyphened =
  /(?<![\p{L}\p{N}@._%+/:&#=-])(?=[\p{Lu}-]*\d)[\p{Lu}\d]{1,12}(?:-[\p{Lu}\d]{1,12}){1,3}(?![\p{L}\p{N}@_/-]|\.\d)/gu

/** What is copied out of it has no sign too many, as it would have with another hyphen. */
const nowrap = (number: string): string => `<span style="white-space:nowrap">${number}</span>`

/** Where text may begin again; -1: nowhere. */
function behindTag(html: string, at: number): number {
  tags.lastIndex = at
  if (tags.test(html)) return tags.lastIndex
  const name = opaque.exec(html.slice(at, at + 8))?.[1]
  if (name !== undefined) return behind(html, '>', endOf(html, name, at))
  return behind(html, html.startsWith('<!--', at) ? '-->' : '>', at)
}

/** Where the closing tag of such an element begins; -1: nowhere. */
function endOf(html: string, name: string, at: number): number {
  const closing = new RegExp(`</${name}`, 'gi')
  closing.lastIndex = at
  return closing.exec(html)?.index ?? -1
}

/** A tag, over `>` in values of its attributes: as HTML reads it, a quote begins a value behind `=` alone. */
const tag = String.raw`<(?!!--|(?:${opaqueNames})\b)[^>=]*(?:=(?:(?!\s*["'])|\s*(?:"[^"]*"|'[^']*'))[^>=]*)*>`
const comment = '<!(?=--)[^-]*(?:-(?!->)[^-]*)*-->'
/** As many as stand one behind the other, with no text to speak of between them. */
const tags = new RegExp(`(?:(?:${tag}|${comment})[^<]{0,${shortest - 1}}(?=<))*(?:${tag}|${comment})`, 'iy')

function behind(html: string, sign: string, at: number): number {
  const found = at < 0 ? -1 : html.indexOf(sign, at)
  return found < 0 ? -1 : found + sign.length
}

/** Not between digits: only formats know whether it is one figure, and they have set it; "3 120,00" may be three for 120,00 each. */
function holdBlanks(text: string, locale: string): string {
  let held = ''
  let from = 0
  for (let at = text.indexOf(' ', 1); at > 0 && at < text.length - 1; at = text.indexOf(' ', at + 1)) {
    if (!mayHold(text, at) || !holdsBlank(text, at, at + 1, locale)) continue
    held += `${text.slice(from, at)}\u00a0`
    from = at + 1
  }
  return from === 0 ? text : held + text.slice(from)
}

/** Most blanks stand between two words, which is told at a glance. */
function mayHold(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at + 1)
  if (before <= blank || after <= blank) return false
  if (isDigit(before) || isDigit(after)) return !(isDigit(before) && isDigit(after))
  // Initials, a dash or №, or a word of one sign.
  const beforeThat = text.charCodeAt(at - 2)
  if (before === 0x2e || after > 0x2000) return true
  return !(beforeThat > 0x2f) || beforeThat > 0x2000 || opening.has(beforeThat)
}

/** `[{`, a no-break space and `«`: what may stand before a word and comes behind the signs. */
const opening = new Set([0x5b, 0x7b, 0xa0, 0xab])

const blank = 0x20

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
