/** Text -> stretches that are not broken: blanks collapsed as in HTML, parted where lines may end, held together where they should not. */

import { holdsBlank } from '../../../model/index.ts'
import { readAs } from '../fonts/face.ts'
import type { Word } from '../fonts/typeface.ts'
import { breaksOf } from './breaks.ts'
import type { Decimal } from './decimal.ts'
import type { Atom, Inline } from './inline.ts'
import type { TypeStyle } from './looks.ts'
import type { Role } from './page.ts'

export interface LineOptions {
  /** The paragraph's own style: how its lines are aligned, and their least height. */
  readonly type: TypeStyle
  readonly roomPt: number
  /** How lines are aligned on their decimal mark, if they are. */
  readonly decimal?: Decimal | undefined
  /** The longest text that an atom is expected to become. */
  readonly reserve: (atom: Atom, offset?: number) => string
  /** A shorter text for a page number whose longest one has no room; told what it would need. Absent: there is none. */
  readonly squeeze?: (inline: Inline, widthPt: number) => string
  /** Told of characters that no font has. */
  readonly missing: (characters: readonly string[], role: Role) => void
  /** Told of a number that has to be cut between its digits where numbers are aligned: it would read as two. */
  readonly torn?: (widthPt: number, role: Role) => void
}

/** A stretch that is not broken, and the blank after it. */
export interface Chunk {
  readonly bits: readonly Bit[]
  readonly width: number
  readonly blank?: Bit
  /** Shown if a line ends here: the hyphen of a soft hyphen, or of a word that was parted. */
  readonly hyphen?: Bit
  /** The line ends here whatever follows. */
  readonly ends: boolean
  /** What follows stays on its line, if there is room for both on one: `white-space: nowrap`, and blanks that hold. */
  readonly glued?: boolean
  /** The paragraph's text, and where in it this begins; the bits follow one another in it. */
  readonly source: string
  readonly from: number
}

export interface Bit {
  readonly inline: Inline
  /** As it stands in the paragraph's text. */
  readonly text: string
  readonly word: Word
  readonly width: number
}

/** Widths are sums of floats; a line is not full for a rounding error. */
export const epsilon = 0.001

/** Chunks that are to stay together are together, unless that would be longer than any line. */
export function chunksOf(inlines: readonly Inline[], options: LineOptions): Chunk[] {
  return joinGlued(part(inlines, options), options.roomPt)
}

function part(inlines: readonly Inline[], options: LineOptions): Chunk[] {
  const { text, ends } = collapse(inlines)
  if (text === '') return []
  const chunks: Chunk[] = []
  let from = 0
  let at = 0
  for (const to of breaksOf(text)) {
    const body = endOfBody(text, from, to)
    const forced = isLineEnd(text.charCodeAt(to - 1))
    let bits: Bit[] | undefined
    let width = 0
    let start = from
    while (start < body) {
      while (ends[at]! <= start) at += 1
      const end = Math.min(ends[at]!, body)
      const found = bitsOf(text.slice(start, end), inlines[at]!, options)
      for (const bit of found) {
        width += bit.width
        bits?.push(bit)
      }
      bits ??= found
      start = end
    }
    while (at < ends.length - 1 && ends[at]! <= body) at += 1
    const after = inlines[at]!
    const last = bits?.at(-1)?.inline ?? after
    const blank = text[body] === ' ' && body < to ? bitOf(' ', after, options) : undefined
    // A soft hyphen before a blank is not where the word is parted.
    const hyphen = body === to && text[to - 1] === '\u00AD' ? hyphenOf(last, options) : undefined
    const glued =
      !forced &&
      to < text.length &&
      ((last.type.whiteSpace === 'nowrap' && after.type.whiteSpace === 'nowrap') ||
        (blank !== undefined && body > from && holdsBlank(text, body, to, last.type.lang)))
    chunks.push({
      bits: bits ?? [],
      width,
      ends: forced,
      source: text,
      from,
      ...(blank && { blank }),
      ...(hyphen && { hyphen }),
      ...(glued && { glued }),
    })
    from = to
  }
  return chunks
}

/** Where the blanks and line ends at the end of a stretch begin. */
function endOfBody(text: string, from: number, to: number): number {
  let end = to
  while (end > from && (text[end - 1] === ' ' || isLineEnd(text.charCodeAt(end - 1)))) end -= 1
  return end
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x85 || code === 0x2028 || code === 0x2029
}

function joinGlued(chunks: readonly Chunk[], roomPt: number): Chunk[] {
  const joined: Chunk[] = []
  let group: Chunk[] = []
  for (const chunk of chunks) {
    if (group.length === 0 && chunk.glued !== true) {
      joined.push(chunk)
      continue
    }
    group.push(chunk)
    if (chunk.glued === true) continue
    const bits = group.flatMap((one, index) => [
      ...one.bits,
      ...(one.blank !== undefined && index < group.length - 1 ? [one.blank] : []),
    ])
    const width = bits.reduce((sum, bit) => sum + bit.width, 0)
    if (width > roomPt + epsilon) joined.push(...group)
    else joined.push({ ...chunk, bits, width, source: group[0]!.source, from: group[0]!.from })
    group = []
  }
  return joined
}

/** One text for all pieces, and where each of them ends in it. Linear: the text so far is never looked through again. */
function collapse(inlines: readonly Inline[]): { text: string; ends: number[] } {
  const pieces: string[] = []
  const ends: number[] = []
  let length = 0
  let last = ''
  for (const inline of inlines) {
    let piece = inline.text
    if (inline.atom === undefined) {
      if (inline.type.whiteSpace === 'pre-line') {
        piece = piece.replace(/[ \t\f]*(\r\n|\r|\n)[ \t\f]*/g, '\n').replace(/[ \t\f]+/g, ' ')
        // A blank before a forced end would only widen the line.
        if (piece.startsWith('\n') && last === ' ') {
          let back = pieces.length - 1
          while (pieces[back] === '') back -= 1
          pieces[back] = pieces[back]!.slice(0, -1)
          length -= 1
          for (let at = ends.length - 1; at >= 0 && ends[at]! > length; at -= 1) ends[at] = length
        }
      } else piece = piece.replace(/[ \t\r\n\f]+/g, ' ')
      if (piece.startsWith(' ') && (last === '' || last === ' ' || last === '\n')) piece = piece.slice(1)
    }
    pieces.push(piece)
    length += piece.length
    ends.push(length)
    if (piece !== '') last = piece[piece.length - 1]!
  }
  return { text: pieces.join(''), ends }
}

/** Longer stretches are shaped in pieces, so that no word can make shaping slow; between letters, or after so many marks that it is no letter. */
const longest = 64
const longestLetter = 256

function bitsOf(text: string, inline: Inline, options: LineOptions): Bit[] {
  if (inline.atom !== undefined) return [{ ...reserved(inline.atom, inline, options), text }]
  if (text.length <= longest) return [bitOf(text, inline, options)]
  const bits: Bit[] = []
  let piece = ''
  for (const character of text) {
    if (piece.length >= longest && (piece.length >= longestLetter || !/\p{M}/u.test(character))) {
      bits.push(bitOf(piece, inline, options))
      piece = ''
    }
    piece += character
  }
  bits.push(bitOf(piece, inline, options))
  return bits
}

function reserved(atom: Atom, inline: Inline, options: LineOptions): Bit {
  const bit = bitOf(options.reserve(atom, inline.offset), inline, options)
  if (atom === 'carry' || options.squeeze === undefined || bit.width <= options.roomPt + epsilon) return bit
  return bitOf(options.squeeze(inline, bit.width), inline, options)
}

export function bitOf(text: string, inline: Inline, options: LineOptions): Bit {
  const word = inline.type.typeface.shape(text)
  if (word.missing.length > 0) options.missing(word.missing, inline.role)
  return { inline, text, word, width: word.width * inline.type.sizePt }
}

/** A hyphen that reads as the soft hyphen it is, so that copied words are whole (ISO 32000-1 §14.8.2.2.3). */
export function hyphenOf(inline: Inline, options: LineOptions): Bit {
  const bit = bitOf('-', inline, options)
  const parts = bit.word.parts.map(part => ({ ...part, glyphs: readAs(part.glyphs, '\u00AD') }))
  return { ...bit, text: '', word: { ...bit.word, parts } }
}
