/** Where inside an unbroken stretch a line could end after all: between syllables, with a hyphen, and at the joints of addresses. */
import { addressed } from './breaks.ts'
import type { Bit, Chunk } from './chunks.ts'
import { hyphenPoints } from './hyphenation.ts'

/** A place by its offset in the chunk's text. */
export interface Place {
  readonly at: number
  /** Shown there; absent at the joints of an address, where it would be taken for a part of it. */
  readonly hyphen: boolean
}

export interface PlaceOptions {
  /** The stretch is longer than any line: joints count, and so do syllables in text that is otherwise kept on one line. */
  readonly must: boolean
}

/** In order. Linear in the chunk. */
export function placesIn(chunk: Chunk, { must }: PlaceOptions): Place[] {
  const places = syllables(chunk, must)
  if (!must) return places
  const text = textOf(chunk)
  const closing = closingFrom(text)
  for (const { index, 0: joint } of text.matchAll(joints)) {
    const at = index + (afterIt.test(joint) ? joint.length : 0)
    if (at > 0 && at < closing) places.push({ at, hyphen: false })
  }
  return places.sort((a, b) => a.at - b.at)
}

/** After slashes and colons; before all else that joins the parts of addresses and identifiers. Numbers stay whole. */
const joints = /[/\\:|]+|[@?&#=%~_+]|(?<!\d)[-.,]|[-.,](?!\d)/g
const afterIt = /^[/\\:|]/

/** Where the marks at the end of a stretch begin, and the letter before them: no line begins there if that can be helped. */
export function closingFrom(text: string): number {
  let from = text.length
  while (from > 0 && !/[\p{L}\p{M}\p{N}\p{Cs}]/u.test(text[from - 1]!)) from -= 1
  if (from === 0 || from === text.length) return text.length
  return from - 1
}

/** How far around a chunk the words are looked at that it is a part of. */
const reach = 200

/** Digits, and whatever makes a word an address or an identifier. */
const noWord = new RegExp(`${addressed.source}|\\p{N}|[\\\\_=&#%~\\u00AD]|\\p{Ll}\\p{Lu}`, 'u')

function syllables({ bits, source, from }: Chunk, must: boolean): Place[] {
  const places: Place[] = []
  if (!bits.some(({ inline: { type } }) => type.hyphens === 'auto')) return places
  const to = from + bits.reduce((sum, bit) => sum + bit.text.length, 0)
  // Words are looked at as a whole, also where the chunk holds only a part of one.
  const left = Math.max(0, from - reach)
  const around = source.slice(left, to + reach)
  const bitAt = walker(bits)
  for (const token of around.matchAll(/\S+/g)) {
    if (noWord.test(token[0])) continue
    for (const word of token[0].matchAll(/[\p{L}\p{M}'’]+/gu)) {
      const start = left + token.index + word.index - from
      if (start >= to - from || start + word[0].length <= 0 || /\p{M}/u.test(word[0])) continue
      const { type } = bitAt(Math.max(0, start)).inline
      if (type.hyphens !== 'auto' || (type.whiteSpace === 'nowrap' && !must)) continue
      for (const point of hyphenPoints(word[0], type.lang)) {
        const at = start + point
        if (at > 0 && at < to - from) places.push({ at, hyphen: true })
      }
    }
  }
  return places
}

/** The bit at an offset; offsets are asked in order. */
function walker(bits: readonly Bit[]): (at: number) => Bit {
  let index = 0
  let end = bits[0]?.text.length ?? 0
  return at => {
    while (end <= at && index < bits.length - 1) {
      index += 1
      end += bits[index]!.text.length
    }
    return bits[index]!
  }
}

export function textOf({ bits }: Chunk): string {
  return bits.map(bit => bit.text).join('')
}
