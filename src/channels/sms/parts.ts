/** Counts the parts of a text message exactly as phones are sent them (3GPP TS 23.038, concatenation of TS 23.040 §9.2.3.24.1). */
import { type Alphabet, alphabetsOf, gsm, isIn, nearest, type Shift } from './alphabet.ts'

export interface Parts {
  /** GSM-7 where every character is in an alphabet that may be used, else UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly parts: number
  /** Septets of GSM-7 or 16-bit units of UCS-2, without headers. */
  readonly units: number
  /** What as many parts hold at most, in the same units. */
  readonly room: number
  /** The first character that GSM-7 lacks. */
  readonly unlike?: string
  /** National tables that the gateway has to be told of. */
  readonly tables?: Alphabet['tables']
}

/** Units of UCS-2: a single message, and each part of a longer one beside its header of six octets. */
const wide = { alone: 70, each: 67 }

/**
 * Encoding and number of parts of a text; an empty text is one part. Line ends are single `\n`. With a language's national tables
 * (`shift`) the fewest parts count, and among equals the alphabet that every telephone reads.
 */
export function parts(text: string, shift?: Shift): Parts {
  let best: Parts | undefined
  for (const { septets, tables: named, alone, each } of alphabetsOf(shift)) {
    const units = septetsIn(text, septets)
    if (units < 0) continue
    const count = units <= alone ? 1 : fillSeptets(text, septets, each)
    if (best !== undefined && best.parts <= count) continue
    const room = count === 1 ? alone : count * each
    const tables = named.length === 0 ? {} : { tables: named }
    best = { encoding: 'GSM-7', parts: count, units, room, ...tables }
    if (count === 1) break
  }
  if (best !== undefined) return best
  const units = text.length
  const count = units <= wide.alone ? 1 : fillUnits(text, wide.each)
  const room = count === 1 ? wide.alone : count * wide.each
  const unlike = firstUnlike(text, nearest(text, shift)[0] ?? gsm)
  return { encoding: 'UCS-2', parts: count, units, room, ...(unlike === undefined ? {} : { unlike }) }
}

/** What so many parts hold at most, in the encoding and tables that a text was counted in. */
export function roomOf(count: number, counted: Parts, shift: Shift | undefined): number {
  const { alone, each } = counted.encoding === 'UCS-2' ? wide : alphabetOf(counted, shift)
  return count === 1 ? alone : count * each
}

/** The alphabet that a text of GSM-7 was counted in. */
export function alphabetOf({ tables = [] }: Parts, shift: Shift | undefined): Alphabet {
  return alphabetsOf(shift).find(({ tables: named }) => named.join() === tables.join()) ?? gsm
}

/** Septets of a text, or -1 where the alphabet lacks one of its characters. */
function septetsIn(text: string, septets: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < text.length; at += 1) {
    const size = septets[text.charCodeAt(at)]
    if (size === undefined || size === 0) return -1
    sum += size
  }
  return sum
}

/** An escape pair is never split: it moves whole into the next part. */
function fillSeptets(text: string, septets: Uint8Array, each: number): number {
  let count = 1
  let used = 0
  for (let at = 0; at < text.length; at += 1) {
    const size = septets[text.charCodeAt(at)] ?? 0
    if (used + size > each) {
      count += 1
      used = 0
    }
    used += size
  }
  return count
}

/** A surrogate pair is never split either. */
function fillUnits(text: string, each: number): number {
  let count = 1
  let used = 0
  for (let at = 0; at < text.length; ) {
    const size = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    if (used + size > each) {
      count += 1
      used = 0
    }
    used += size
    at += size
  }
  return count
}

function firstUnlike(text: string, alphabet: Alphabet): string | undefined {
  for (const character of text) if (!isIn(character, alphabet)) return character
  return undefined
}
