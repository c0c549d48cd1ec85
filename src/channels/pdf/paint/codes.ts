/** Codes of characters, the same in all documents and fonts: a word is written in the same way wherever it stands. */

/** Characters from here to there, and the code of the first. What all of Europe's letters need comes first: maps end with the last code used. */
const ranges: readonly (readonly [from: number, to: number, code: number])[] = [
  [0x20, 0x7e, 0x20],
  [0xa0, 0xff, 0xa0],
  [0x400, 0x45f, 0x100],
  [0x490, 0x491, 0x160],
  [0x100, 0x17f, 0x170],
]

/** Dashes, quotation marks, signs: below the blank. */
const signs =
  '\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201A\u201C\u201D\u201E\u2022\u2026\u202F\u20AC\u20B4\u2116\u2212\u2009\u2039\u203A\u2122'

/** Codes from here on are given out by each document, for glyphs that are no single character's own. */
export const firstOther = 0x200

const codes = new Uint16Array(0x2300)
const characters: string[] = new Array<string>(firstOther).fill('')

for (const [from, to, code] of ranges) for (let at = from; at <= to; at += 1) know(at, code + at - from)
Array.from(signs, (sign, index) => know(sign.charCodeAt(0), index + 1))

function know(character: number, code: number): void {
  codes[character] = code
  characters[code] = String.fromCharCode(character)
}

/** The code of a text of one character; 0 where it has none of its own. */
export function codeOf(text: string): number {
  return text.length === 1 ? codeOfUnit(text.charCodeAt(0)) : 0
}

/** The same for a UTF-16 code. */
export function codeOfUnit(unit: number): number {
  return codes[unit] ?? 0
}

/** The character of a code below `firstOther`; empty where it is none's. */
export function characterOf(code: number): string {
  return characters[code]!
}

const writtenCodes: string[] = []

/** A code as two bytes of a literal string (ISO 32000-1 §7.3.4.2). */
export function writtenCode(code: number): string {
  writtenCodes[code] ??= byte(code >> 8) + byte(code & 0xff)
  return writtenCodes[code]
}

function byte(value: number): string {
  const character = String.fromCharCode(value)
  if (value === 0x0d) return '\\r'
  return value === 0x28 || value === 0x29 || value === 0x5c ? `\\${character}` : character
}

/** What all fonts say of these codes, as sections of a ToUnicode CMap (§9.10.3). */
export function knownSections(): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  const whole = ranges.map(([from, to, code]) => `<${hex(code)}> <${hex(code + to - from)}> <${hex(from)}>\n`)
  const single = Array.from(signs, (sign, index) => `<${hex(index + 1)}> <${hex(sign.charCodeAt(0))}>\n`)
  return `${whole.length} beginbfrange\n${whole.join('')}endbfrange\n${single.length} beginbfchar\n${single.join('')}endbfchar\n`
}
