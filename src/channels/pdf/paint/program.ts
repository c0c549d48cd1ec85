/**
 * TrueType programs of some glyphs of a face (ISO 32000-1 §9.9), compressed. Each glyph is read out of the font's file and coded once; a
 * document's program is its glyphs joined, a function of the face and the glyphs alone.
 */
import type { Face } from '../fonts/face.ts'
import { tablesOf } from '../fonts/tables.ts'
import { type Coder, chained, join, openCoder, type Piece } from './huffman.ts'

export interface Programs {
  /** The zlib stream of a program of these glyphs, in this order and from 0, and how long the program is. */
  readonly of: (stretches: readonly Stretch[]) => { readonly bytes: Uint8Array; readonly length: number }
  /** Some of a program's glyphs. Once `kept`, its outlines are one piece for all programs that have it. */
  readonly stretch: (glyphs: readonly number[], kept?: 'kept') => Stretch
}

/** Glyphs that follow each other in a program. */
export interface Stretch {
  readonly glyphs: readonly number[]
  /** Their outlines as one; absent where some are put together from others, which go by their places in the whole program. */
  readonly whole: { readonly piece: Piece; readonly ends: readonly number[]; readonly checksum: number } | undefined
}

interface Outline {
  readonly bytes: Uint8Array
  readonly piece: Piece
  readonly checksum: number
  /** Where glyphs are named that it is put together from. */
  readonly parts: readonly number[]
}

const kept = ['cvt ', 'fpgm', 'prep'] as const
const known = new WeakMap<Face, Programs | undefined>()

/** Undefined for a face without TrueType outlines. Outlines are remembered for as long as the face is: each at most once. */
export function programsOf(face: Face): Programs | undefined {
  if (!known.has(face)) known.set(face, openPrograms(face.bytes))
  return known.get(face)
}

/** Letters whose outlines say what bytes the font's outlines are made of. */
const sampled = 400

function openPrograms(file: Uint8Array): Programs | undefined {
  const tables = tablesOf(file)
  const [head, hhea, maxp, hmtx, loca, glyf] = ['head', 'hhea', 'maxp', 'hmtx', 'loca', 'glyf'].map(tag =>
    tables.get(tag),
  )
  if (!head || !hhea || !maxp || !hmtx || !loca || !glyf) return undefined
  const numGlyphs = maxp.getUint16(4)
  const metrics = hhea.getUint16(34)
  const long = head.getInt16(50) === 1
  const offset = (glyph: number) => (long ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2)
  const raw = (glyph: number): Uint8Array => {
    const [from, to] = [offset(glyph), offset(glyph + 1)]
    return new Uint8Array(glyf.buffer, glyf.byteOffset + from, Math.max(0, to - from))
  }
  const sample = Array.from({ length: Math.min(sampled, numGlyphs) }, (_, glyph) => raw(glyph))
  const coder = openCoder(sample)
  const outlines: Outline[] = []
  const outlineOf = (glyph: number): Outline => {
    outlines[glyph] ??= read(raw(glyph), coder)
    return outlines[glyph]
  }
  const metric = (glyph: number): number => {
    const advance = hmtx.getUint16(Math.min(glyph, metrics - 1) * 4)
    const bearing = hmtx.getUint16(glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2)
    return advance * 0x10000 + bearing
  }
  const constants = kept.flatMap(tag => {
    const table = tables.get(tag)
    if (table === undefined) return []
    const bytes = padded(bytesOf(table))
    return [{ tag, length: table.byteLength, checksum: checksum(bytes, 0, bytes.length), piece: coder.piece(bytes) }]
  })
  const constantPieces = constants.map(pieceOf)
  const fixed = [head, hhea, maxp].map(table => padded(bytesOf(table))) as [Uint8Array, Uint8Array, Uint8Array]
  const order = [...madeHere, ...constants.map(({ tag }) => tag), 'glyf']
  const ranks = [...order].sort().map(tag => order.indexOf(tag))

  return {
    stretch(glyphs, kept) {
      const own = kept === undefined ? [] : glyphs.map(outlineOf)
      if (own.length === 0 || own.some(isPutTogether)) return { glyphs, whole: undefined }
      const ends: number[] = []
      let [at, sum] = [0, 0]
      for (const { bytes, checksum: one } of own) {
        at += bytes.length
        ends.push(at)
        sum = (sum + one) >>> 0
      }
      return { glyphs, whole: { piece: chained(own.map(pieceOf)), ends, checksum: sum } }
    },
    of(stretches) {
      const { glyphs, pieces, ends, sum: outlines } = new Gathering(outlineOf, coder).of(stretches)
      const length = ends.at(-1)!
      const short = length < 0x20000
      const lengths = [
        head.byteLength,
        hhea.byteLength,
        glyphs.length * 4,
        ends.length * (short ? 2 : 4),
        maxp.byteLength,
      ]
      // The directory, then what is made for this document; behind them what is always the same, and the outlines.
      const starts: number[] = []
      let at = 12 + order.length * 16
      for (const one of lengths) {
        starts.push(at)
        at += roundUp(one)
      }
      const front = new Uint8Array(at)
      const view = new DataView(front.buffer)
      const [headAt, hheaAt, hmtxAt, locaAt, maxpAt] = starts as [number, number, number, number, number]
      front.set(fixed[0], headAt)
      front.set(fixed[1], hheaAt)
      front.set(fixed[2], maxpAt)
      view.setUint32(headAt + 8, 0)
      view.setInt16(headAt + 50, short ? 0 : 1)
      view.setUint16(hheaAt + 34, glyphs.length)
      view.setUint16(maxpAt + 4, glyphs.length)
      for (let index = 0; index < glyphs.length; index += 1) view.setUint32(hmtxAt + index * 4, metric(glyphs[index]!))
      for (let index = 0; index < ends.length; index += 1) {
        if (short) view.setUint16(locaAt + index * 2, ends[index]! / 2)
        else view.setUint32(locaAt + index * 4, ends[index]!)
      }
      const entries: Entry[] = []
      for (let index = 0; index < lengths.length; index += 1) {
        const [start, own] = [starts[index]!, lengths[index]!]
        entries.push({ tag: madeHere[index]!, at: start, length: own, checksum: checksum(front, start, roundUp(own)) })
      }
      for (const { tag, length: own, checksum: sum } of constants) {
        entries.push({ tag, at, length: own, checksum: sum })
        at += roundUp(own)
      }
      entries.push({ tag: 'glyf', at, length, checksum: outlines })
      writeDirectory(view, entries, ranks)
      let whole = checksum(front, 0, 12 + order.length * 16)
      for (const entry of entries) whole = (whole + entry.checksum) >>> 0
      view.setUint32(headAt + 8, (0xb1b0afba - whole) >>> 0)
      const all = [coder.piece(front), ...constantPieces, ...pieces]
      return { bytes: join(coder, all), length: at + length }
    },
  }
}

const isPutTogether = ({ parts }: Outline): boolean => parts.length > 0
const pieceOf = ({ piece }: { readonly piece: Piece }): Piece => piece

/** The outlines of the glyphs of one program, and of those that they are put together from. */
class Gathering {
  readonly #outlineOf: (glyph: number) => Outline
  readonly #coder: Coder
  readonly #places = new Map<number, number>()
  readonly glyphs: number[] = []
  readonly pieces: Piece[] = []
  readonly ends: number[] = [0]
  #length = 0
  sum = 0

  constructor(outlineOf: (glyph: number) => Outline, coder: Coder) {
    this.#outlineOf = outlineOf
    this.#coder = coder
  }

  of(stretches: readonly Stretch[]): this {
    const { glyphs, pieces, ends } = this
    for (const stretch of stretches) for (const glyph of stretch.glyphs) glyphs.push(glyph)
    let at = 0
    for (const { glyphs: own, whole } of stretches) {
      at += own.length
      if (whole === undefined) for (const glyph of own) this.#add(glyph)
      else {
        pieces.push(whole.piece)
        for (const end of whole.ends) ends.push(this.#length + end)
        this.sum = (this.sum + whole.checksum) >>> 0
        this.#length = ends.at(-1)!
      }
    }
    for (; at < glyphs.length; at += 1) this.#add(glyphs[at]!)
    return this
  }

  #add(glyph: number): void {
    let { bytes, piece, checksum: own, parts } = this.#outlineOf(glyph)
    if (parts.length > 0) {
      bytes = this.#placed(bytes, parts)
      piece = this.#coder.piece(bytes)
      own = checksum(bytes, 0, bytes.length)
    }
    this.pieces.push(piece)
    this.sum = (this.sum + own) >>> 0
    this.#length += bytes.length
    this.ends.push(this.#length)
  }

  /** A glyph whose parts go by their places in this program. */
  #placed(outline: Uint8Array, parts: readonly number[]): Uint8Array {
    const [places, glyphs] = [this.#places, this.glyphs]
    if (places.size === 0)
      for (let place = 0; place < glyphs.length; place += 1)
        if (!places.has(glyphs[place]!)) places.set(glyphs[place]!, place)
    const bytes = outline.slice()
    const view = new DataView(bytes.buffer)
    for (const part of parts) {
      const one = view.getUint16(part)
      if (!places.has(one)) places.set(one, glyphs.push(one) - 1)
      view.setUint16(part, places.get(one)!)
    }
    return bytes
  }
}

/** Tables that are made for each document, in the order in which they stand. */
const madeHere = ['head', 'hhea', 'hmtx', 'loca', 'maxp'] as const

/** A table as the directory names it. */
interface Entry {
  readonly tag: string
  readonly at: number
  readonly length: number
  readonly checksum: number
}

/** The table directory, by tags in order; the tables themselves stand in the order they are given in. */
function writeDirectory(view: DataView, entries: readonly Entry[], ranks: readonly number[]): void {
  const power = 2 ** Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x10000)
  view.setUint16(4, entries.length)
  view.setUint16(6, power * 16)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, (entries.length - power) * 16)
  for (let index = 0; index < ranks.length; index += 1) {
    const { tag, at, length, checksum: sum } = entries[ranks[index]!]!
    const place = 12 + index * 16
    for (let letter = 0; letter < 4; letter += 1) view.setUint8(place + letter, tag.charCodeAt(letter))
    view.setUint32(place + 4, sum)
    view.setUint32(place + 8, at)
    view.setUint32(place + 12, length)
  }
}

function read(bytes: Uint8Array, coder: Coder): Outline {
  const own = padded(bytes)
  return { bytes: own, piece: coder.piece(own), checksum: checksum(own, 0, own.length), parts: partsOf(own) }
}

/** Where a composite glyph names the glyphs it is put together from (OpenType, glyf: flags, then the glyph). */
function partsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 10 || view.getInt16(0) >= 0) return []
  const parts: number[] = []
  for (let at = 10; ; ) {
    const flags = view.getUint16(at)
    parts.push(at + 2)
    at += 4 + (flags & 0x1 ? 4 : 2)
    at += flags & 0x8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0
    if ((flags & 0x20) === 0) return parts
  }
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

function roundUp(length: number): number {
  return (length + 3) & ~3
}

/** In an array of its own, up to a multiple of four: checksums are sums of 32-bit numbers. */
function padded(bytes: Uint8Array): Uint8Array {
  const own = new Uint8Array(roundUp(bytes.length))
  own.set(bytes)
  return own
}

function checksum(bytes: Uint8Array, from: number, length: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, length)
  let sum = 0
  for (let at = 0; at < length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
