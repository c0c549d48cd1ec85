/** A text as identities are looked for in it: one line of words, in one spelling. */
import { fold, inBlanks, isLead, isTrail, isWordSign, isWordUnit } from './tokens.ts'

/** Folded, in lower case, on one line; a word that goes on behind a hyphen at a line's end is put together. */
export const canonical = (text: string): string => inBlanks(inLowerCase(fold(text)))

const inLowerCase = (folded: string): string => folded.toLowerCase().replaceAll('-\n', '-')

/** Holds until the next text is parted. */
export interface Words {
  /** The same, but for its line ends, tabs and no-break blanks: these are left, since few texts show anything that is looked for. */
  readonly text: string
  /** On one line, unit by unit; what is left of longer texts stands behind. */
  readonly units: Uint16Array
  readonly count: number
  /** Where each word begins and ends; what is left of longer texts stands behind. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** All texts come through the same memory, one after the other, but for very long ones. */
const room = new Uint16Array(64 * 1024)
const [starts, ends]: [number[], number[]] = [[], []]

const [blank, tab, lineEnd, noBreak] = [0x20, 0x09, 0x0a, 0xa0]

/** An array is asked for a unit in a fifth of the time that a string takes. */
function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  const units = text.length <= room.length ? room : new Uint16Array(text.length)
  Buffer.from(units.buffer).write(text, 'utf16le')
  return units
}

/** Of a folded text. */
export function wordsOf(folded: string): Words {
  const text = inLowerCase(folded)
  const units = unitsOf(text)
  if (starts.length > room.length) starts.length = ends.length = 0
  let count = 0
  let inside = false
  for (let at = 0; at < text.length; at += 1) {
    const unit = units[at]!
    const isWord = isWordUnit(unit) ?? isWordSign(text, at)
    if (isWord !== inside) {
      inside = isWord
      if (isWord) starts[count] = at
      else {
        ends[count] = at
        count += 1
      }
    }
    if (unit === lineEnd || unit === tab || unit === noBreak) units[at] = blank
    else if (isLead(unit) && at + 1 < text.length && isTrail(units[at + 1]!)) at += 1
  }
  if (inside) {
    ends[count] = text.length
    count += 1
  }
  return { text, units, count, starts, ends }
}
