/** Where no line of a mail is broken: "482,50 грн", "№ 5", "10 kg" stay together as on paper, and so do numbers and ids with hyphens. */
import { type Brand, holdsBlank, literal } from '../../../model/index.ts'
import type { Piece } from './pieces.ts'

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

/** A mail with no-break spaces where the language keeps words together, and numbers and ids with hyphens in a span that no line breaks. */
export function holdTogether(pieces: readonly Piece[], { locale, names }: Held): readonly Piece[] {
  return pieces.map(piece => {
    const { text, words } = piece
    if (!words) return piece
    const kept = holdBlanks(names === undefined ? text : holdNames(text, names), locale)
    const whole = text.includes('-') ? kept.replace(hyphened, nowrap) : kept
    return whole === text ? piece : { text: whole, words }
  })
}

/** The most signs that a mail has once it is held together: the shortest number with a hyphen has three, and is put in a span. */
export function longestHeld(pieces: readonly Piece[]): number {
  let signs = 0
  for (const { text, words } of pieces)
    signs += words && text.includes('-') ? Math.ceil(text.length / 3) * nowrap('1-2').length : text.length
  return signs
}

/** A number, day or id (`M-10266`) with hyphens, behind each of which programs would break the line; not in addresses, which may be long, nor words (`5-pack`). */
const hyphened =
  /(?<![\p{L}\p{N}@._%+/:&#=-])(?=[\p{Lu}-]*\d)[\p{Lu}\d]{1,12}(?:-[\p{Lu}\d]{1,12}){1,3}(?![\p{L}\p{N}@_/-]|\.\d)/gu

/** What is copied out of it has no sign too many, as it would have with another hyphen. */
const nowrap = (number: string): string => `<span style="white-space:nowrap">${number}</span>`

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
