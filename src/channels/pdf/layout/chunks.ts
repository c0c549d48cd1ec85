/** Text -> stretches that are not broken: blanks collapsed as in HTML, parted where UAX #14 allows, and cut where they must be. Home of linebreak. */
import LineBreaker from 'linebreak'
import type { Word } from '../fonts/typeface.ts'
import type { Decimal } from './decimal.ts'
import type { Atom, Inline } from './inline.ts'
import type { TypeStyle } from './looks.ts'
import type { Role } from './page.ts'

export interface LineOptions {
  /** The paragraph's own style: how its lines are aligned, and their least height. */
  readonly type: TypeStyle
  readonly roomPt: number
  /** How lines are aligned on their decimal mark, if they are. */
  readonly decimal?: Decimal
  /** The longest text that an atom is expected to become. */
  readonly reserve: (atom: Atom) => string
  /** Told of characters that no font has. */
  readonly missing: (characters: readonly string[], role: Role) => void
}

/** A stretch that is not broken, and the blank after it. */
export interface Chunk {
  readonly bits: readonly Bit[]
  readonly width: number
  readonly blank?: Bit
  /** Shown if a line ends here: the hyphen of a soft hyphen. */
  readonly hyphen?: Bit
  /** The line ends here whatever follows. */
  readonly ends: boolean
  /** What follows stays on its line, if there is room for both on one: `white-space: nowrap`. */
  readonly glued?: boolean
}

export interface Bit {
  readonly inline: Inline
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
  const breaker = new LineBreaker(text)
  let from = 0
  let at = 0
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const to = next.position
    const stretch = text.slice(from, to)
    const forced = /[\n\u0085\u2028\u2029]$/.test(stretch)
    const body = stretch.replace(/[ \n\u0085\u2028\u2029]+$/, '')
    const bits: Bit[] = []
    let start = from
    while (start < from + body.length) {
      while (ends[at]! <= start) at += 1
      const end = Math.min(ends[at]!, from + body.length)
      bits.push(...bitsOf(text.slice(start, end), inlines[at]!, options))
      start = end
    }
    while (at < ends.length - 1 && ends[at]! <= from + body.length) at += 1
    const after = inlines[at]!
    const blank = stretch[body.length] === ' ' ? bitOf(' ', after, options) : undefined
    // A soft hyphen before a blank is not where the word is parted.
    const hyphen = stretch.endsWith('\u00AD') ? hyphenOf(bits.at(-1)?.inline ?? after, options) : undefined
    const width = bits.reduce((sum, bit) => sum + bit.width, 0)
    const glued =
      !forced &&
      to < text.length &&
      (bits.at(-1)?.inline ?? after).type.whiteSpace === 'nowrap' &&
      after.type.whiteSpace === 'nowrap'
    chunks.push({
      bits,
      width,
      ends: forced,
      ...(blank && { blank }),
      ...(hyphen && { hyphen }),
      ...(glued && { glued }),
    })
    from = to
  }
  return chunks
}

function joinGlued(chunks: readonly Chunk[], roomPt: number): Chunk[] {
  const joined: Chunk[] = []
  let group: Chunk[] = []
  for (const chunk of chunks) {
    group.push(chunk)
    if (chunk.glued === true) continue
    const bits = group.flatMap((one, index) => [
      ...one.bits,
      ...(one.blank !== undefined && index < group.length - 1 ? [one.blank] : []),
    ])
    const width = bits.reduce((sum, bit) => sum + bit.width, 0)
    if (group.length === 1 || width > roomPt + epsilon) joined.push(...group)
    else joined.push({ ...chunk, bits, width })
    group = []
  }
  return joined
}

/** One text for all pieces, and where each of them ends in it. */
function collapse(inlines: readonly Inline[]): { text: string; ends: number[] } {
  // Pieces are joined at the end: looking at the end of a text that grows would copy all of it each time.
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
          const at = pieces.findLastIndex(one => one !== '')
          pieces[at] = pieces[at]!.slice(0, -1)
          length -= 1
          for (let back = ends.length - 1; back >= 0 && ends[back]! > length; back -= 1) ends[back] = length
        }
      } else piece = piece.replace(/[ \t\r\n\f]+/g, ' ')
      if (piece.startsWith(' ') && (length === 0 || last === ' ' || last === '\n')) piece = piece.slice(1)
    }
    pieces.push(piece)
    length += piece.length
    if (piece !== '') last = piece.at(-1)!
    ends.push(length)
  }
  return { text: pieces.join(''), ends }
}

/** Longer stretches are shaped in pieces, so that no word can make shaping slow. */
const longest = 64

function bitsOf(text: string, inline: Inline, options: LineOptions): Bit[] {
  if (inline.atom !== undefined) return [bitOf(options.reserve(inline.atom), inline, options)]
  if (text.length <= longest) return [bitOf(text, inline, options)]
  const bits: Bit[] = []
  let piece = ''
  for (const character of text) {
    // Marks stay with their letter, but not thousands of them.
    if (piece.length >= longest && (!/\p{M}/u.test(character) || piece.length >= 4 * longest)) {
      bits.push(bitOf(piece, inline, options))
      piece = ''
    }
    piece += character
  }
  bits.push(bitOf(piece, inline, options))
  return bits
}

function bitOf(text: string, inline: Inline, options: LineOptions): Bit {
  const word = inline.type.typeface.shape(text)
  if (word.missing.length > 0) options.missing(word.missing, inline.role)
  return { inline, word, width: word.width * inline.type.sizePt }
}

/** A hyphen that reads as the soft hyphen it is, so that copied words are whole (ISO 32000-1 §14.8.2.2.3). */
function hyphenOf(inline: Inline, options: LineOptions): Bit {
  const bit = bitOf('-', inline, options)
  const parts = bit.word.parts.map(part => ({ ...part, glyphs: { ...part.glyphs, texts: ['\u00AD'] } }))
  return { ...bit, word: { ...bit.word, parts } }
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

function textOfBit({ word }: Bit): string {
  return word.parts.map(part => part.glyphs.texts.join('')).join('')
}

/** Whether more than one grapheme is there to be parted. */
export function canCut({ bits }: Chunk): boolean {
  if (bits.length > 1) return true
  const only = bits[0]
  return only !== undefined && only.inline.atom === undefined && [...graphemes.segment(textOfBit(only))].length > 1
}

/** An overlong chunk in pieces that each fit the room, cut between graphemes; linear in its length. */
export function cut(chunk: Chunk, options: LineOptions): Chunk[] {
  const pieces: Chunk[] = []
  let bits: Bit[] = []
  let width = 0
  const end = () => {
    if (bits.length > 0) pieces.push({ bits, width, ends: false })
    bits = []
    width = 0
  }
  for (const bit of chunk.bits) {
    if (bit.inline.atom !== undefined) {
      if (width + bit.width > options.roomPt) end()
      bits.push(bit)
      width += bit.width
      continue
    }
    let held: Bit[] = []
    let text = ''
    let advance = 0
    const close = () => {
      if (text === '') return
      // Shaped as a whole, unless kerning makes it wider than its letters.
      const whole = bitOf(text, bit.inline, options)
      bits.push(...(whole.width <= advance + epsilon ? [whole] : held))
      width += Math.min(whole.width, advance)
      held = []
      text = ''
      advance = 0
    }
    for (const { segment } of graphemes.segment(textOfBit(bit))) {
      const letter = bitOf(segment, bit.inline, options)
      if (width + advance + letter.width > options.roomPt && (bits.length > 0 || text !== '')) {
        close()
        end()
      }
      held.push(letter)
      text += segment
      advance += letter.width
    }
    close()
  }
  const last = bits
  const { bits: _cut, width: _width, ...after } = chunk
  if (last.length > 0) pieces.push({ ...after, bits: last, width })
  return pieces
}
