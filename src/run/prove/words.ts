/** A text as identities are looked for in it: one line of words, in one spelling. */
import { fold, inBlanks, isLead, isTrail, isWordSign, isWordUnit } from './tokens.ts'

/** Folded, in lower case, on one line; a word that goes on behind a hyphen at a line's end is put together. */
export const canonical = (text: string): string => inBlanks(inLowerCase(fold(text)))

const inLowerCase = (folded: string): string => folded.toLowerCase().replaceAll('-\n', '-')

/** Holds until the next text is parted. */
export interface Words {
  /** With its line ends, tabs and no-break blanks, and mostly with its capitals: few texts show anything that is looked for. */
  readonly text: string
  /** In lower case and on one line, unit by unit; what is left of longer texts stands behind. */
  readonly units: Uint16Array
  readonly count: number
  /** Where each word begins and ends; what is left of longer texts stands behind. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** All texts come through the same memory, one after the other, but for very long ones. */
const room = new Uint16Array(64 * 1024)
const roomBytes = Buffer.from(room.buffer)
const [starts, ends]: [number[], number[]] = [[], []]

const [blank, tab, lineEnd, noBreak, hyphen] = [0x20, 0x09, 0x0a, 0xa0, 0x2d]

/** An array is asked for a unit in a fifth of the time that a string takes. */
function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  if (text.length <= room.length) {
    roomBytes.write(text, 'utf16le')
    return room
  }
  const units = new Uint16Array(text.length)
  Buffer.from(units.buffer).write(text, 'utf16le')
  return units
}

/** Of a folded text. */
export function wordsOf(folded: string): Words {
  return wordsIn(folded, { isLower: false }) ?? (wordsIn(inLowerCase(folded), { isLower: true }) as Words)
}

/** Undefined where lower case is not told unit by unit, or a word goes on behind a line's end. */
function wordsIn(text: string, { isLower }: { readonly isLower: boolean }): Words | undefined {
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
    const plain = plainUnits[unit] || plainUnit(unit)
    if (plain !== inContext) units[at] = plain
    else if (!isLower) return undefined
    else if (isLead(unit) && at + 1 < text.length && isTrail(units[at + 1]!)) at += 1
    if (unit === lineEnd && !isLower && at > 0 && units[at - 1] === hyphen) return undefined
  }
  if (inside) {
    ends[count] = text.length
    count += 1
  }
  return { text, units, count, starts, ends }
}

/** Each unit in lower case, with a blank for what parts words; 0: not asked yet. */
const plainUnits = new Uint16Array(0x10000)
/** A unit whose lower case hangs on its neighbours, or is longer; no sign of any text. */
const inContext = 0xffff

function plainUnit(unit: number): number {
  const sign = String.fromCharCode(unit)
  const lower = sign.toLowerCase()
  if (unit === lineEnd || unit === tab || unit === noBreak) plainUnits[unit] = blank
  else if (isLead(unit) || isTrail(unit) || sign === '\u03a3' || lower.length > 1) plainUnits[unit] = inContext
  else plainUnits[unit] = lower.charCodeAt(0)
  return plainUnits[unit]!
}
