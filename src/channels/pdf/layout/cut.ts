/** Stretches that do not fit: parted at the last good place before the end of the line, else cut between graphemes. Linear in their length. */
import type { Bit, Chunk, LineOptions } from './chunks.ts'
import { bitOf, epsilon, hyphenOf } from './chunks.ts'
import type { Place } from './places.ts'
import { closingFrom, placesIn, textOf } from './places.ts'

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Whether more than one grapheme is there to be parted. */
export function canCut({ bits }: Chunk): boolean {
  if (bits.length > 1) return true
  const only = bits[0]
  if (only === undefined || only.inline.atom !== undefined) return false
  const found = graphemes.segment(only.text)[Symbol.iterator]()
  found.next()
  return found.next().done !== true
}

/** What of a stretch fits at a good place into what is left of a line, and the rest; undefined where nothing does. */
export function partAt(chunk: Chunk, leftPt: number, options: LineOptions): [Chunk, Chunk] | undefined {
  const places = placesIn(chunk, { must: chunk.width > options.roomPt + epsilon })
  const most = within(chunk, leftPt)
  for (let index = places.length - 1; index >= 0; index -= 1) {
    const place = places[index]!
    if (place.at > most) continue
    const [head, tail] = split(chunk, place, options)
    if (head.width + (head.hyphen?.width ?? 0) <= leftPt + epsilon) return [head, tail]
  }
  return undefined
}

/** Offset of the end of the bit that reaches over the room: nothing beyond it fits. */
function within({ bits }: Chunk, roomPt: number): number {
  let width = 0
  let end = 0
  for (const bit of bits) {
    end += bit.text.length
    width += bit.width
    if (width > roomPt) break
  }
  return end
}

function split(chunk: Chunk, { at, hyphen }: Place, options: LineOptions): [Chunk, Chunk] {
  const before: Bit[] = []
  const after: Bit[] = []
  let offset = 0
  for (const bit of chunk.bits) {
    const end = offset + bit.text.length
    if (end <= at) before.push(bit)
    else if (offset >= at || bit.inline.atom !== undefined) after.push(bit)
    else {
      before.push(bitOf(bit.text.slice(0, at - offset), bit.inline, options))
      after.push(bitOf(bit.text.slice(at - offset), bit.inline, options))
    }
    offset = end
  }
  const shown = hyphen ? { hyphen: hyphenOf(before.at(-1)!.inline, options) } : {}
  const { source, from } = chunk
  return [
    { bits: before, width: sum(before), ends: false, source, from, ...shown },
    { ...chunk, bits: after, width: sum(after), from: from + at },
  ]
}

function sum(bits: readonly Bit[]): number {
  return bits.reduce((width, bit) => width + bit.width, 0)
}

/** A grapheme, or an atom, of one of the chunk's bits. */
interface Unit {
  readonly bit: Bit
  readonly letter: Bit
  /** Offset of its end in the chunk's text. */
  readonly end: number
}

/** A line shorter than this part of its room is rather filled by cutting a word anywhere. */
const leastFilled = 0.3

/** An overlong chunk in pieces that each fit the room. */
export function cut(chunk: Chunk, options: LineOptions): Chunk[] {
  const { roomPt } = options
  const places = placesIn(chunk, { must: true })
  const pieces: Chunk[] = []
  let units: Unit[] = []
  let width = 0
  let from = chunk.from
  let next = 0
  /** The last good place: how many units stand before it. */
  let good: { readonly count: number; readonly hyphen?: Bit } | undefined

  const end = (count: number, hyphen: Bit | undefined) => {
    const head = joined(units.slice(0, count), options)
    pieces.push({ ...head, ends: false, source: chunk.source, from, ...(hyphen && { hyphen }) })
    from = chunk.from + units[count - 1]!.end
    units = units.slice(count)
    width = units.reduce((total, unit) => total + unit.letter.width, 0)
    good = undefined
  }
  const closing = closingFrom(textOf(chunk))
  /** All letters that fit, but that closing marks keep two letters with them where that leaves any. */
  const anywhere = (next: Unit) => {
    const beyond = next.end - next.letter.text.length
    if (beyond < closing) return units.length
    const before = units.findLastIndex(unit => unit.end < closing)
    return before < 0 ? units.length : before + 1
  }
  for (const unit of unitsOf(chunk, options)) {
    if (width + unit.letter.width > roomPt && units.length > 0) end(good?.count ?? anywhere(unit), good?.hyphen)
    // What was kept of the line before may itself be too wide for this letter.
    if (width + unit.letter.width > roomPt && units.length > 0) end(units.length, undefined)
    units.push(unit)
    width += unit.letter.width
    while (next < places.length && places[next]!.at < unit.end) next += 1
    const place = places[next]
    if (place?.at !== unit.end || width < roomPt * leastFilled) continue
    const hyphen = place.hyphen ? hyphenOf(unit.bit.inline, options) : undefined
    if (width + (hyphen?.width ?? 0) <= roomPt + epsilon) good = { count: units.length, ...(hyphen && { hyphen }) }
  }
  if (units.length > 0) pieces.push({ ...chunk, ...joined(units, options), from })
  return pieces
}

function* unitsOf({ bits }: Chunk, options: LineOptions): Generator<Unit> {
  let end = 0
  for (const bit of bits) {
    if (bit.inline.atom !== undefined) {
      end += bit.text.length
      yield { bit, letter: bit, end }
      continue
    }
    for (const { segment } of graphemes.segment(bit.text)) {
      end += segment.length
      yield { bit, letter: bitOf(segment, bit.inline, options), end }
    }
  }
}

/** Units of one bit are shaped as a whole, unless kerning makes that wider than its letters. */
function joined(units: readonly Unit[], options: LineOptions): { readonly bits: Bit[]; readonly width: number } {
  const bits: Bit[] = []
  let width = 0
  let from = 0
  for (let to = 1; to <= units.length; to += 1) {
    const { bit } = units[from]!
    if (to < units.length && units[to]!.bit === bit) continue
    const letters = units.slice(from, to).map(unit => unit.letter)
    const whole =
      bit.inline.atom === undefined ? bitOf(letters.map(letter => letter.text).join(''), bit.inline, options) : bit
    const apart = sum(letters)
    bits.push(...(whole.width <= apart + epsilon ? [whole] : letters))
    // A rounding error must not make a piece that is cut again, for ever.
    width += Math.min(whole.width, apart)
    from = to
  }
  return { bits, width }
}
