/**
 * TrueType programs of some glyphs of a face (ISO 32000-1 §9.9), compressed. Each glyph is read out of the font's file and coded once; a
 * document's program is its glyphs joined, a function of the face and the glyphs alone.
 */
import type { Face } from '../fonts/face.ts'
import { type Coder, join, openCoder, type Piece } from './huffman.ts'

export interface Programs {
  /** The zlib stream of a program of these glyphs, in this order and from 0, and how long the program is. */
  readonly of: (glyphs: readonly number[]) => { readonly bytes: Uint8Array; readonly length: number }
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
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = readDirectory(file, view)
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
  const constant = kept.flatMap(tag => {
    const table = tables.get(tag)
    return table === undefined ? [] : [{ tag, bytes: padded(bytesOf(table)), length: table.byteLength }]
  })
  const constants = constant.map(({ tag, bytes, length }) => ({
    tag,
    length,
    checksum: checksum(bytes),
    piece: coder.piece(bytes),
  }))

  return {
    of(asked) {
      const glyphs = [...asked]
      const places = new Map<number, number>()
      const pieces: Piece[] = []
      let glyfSum = 0
      const ends: number[] = [0]
      let length = 0
      for (let at = 0; at < glyphs.length; at += 1) {
        let { bytes, piece, checksum: sum, parts } = outlineOf(glyphs[at]!)
        if (parts.length > 0) {
          // Its parts go by their places in this program.
          if (places.size === 0) glyphs.forEach((glyph, place) => void (places.has(glyph) || places.set(glyph, place)))
          bytes = bytes.slice()
          const own = new DataView(bytes.buffer)
          for (const part of parts) {
            const glyph = own.getUint16(part)
            if (!places.has(glyph)) places.set(glyph, glyphs.push(glyph) - 1)
            own.setUint16(part, places.get(glyph)!)
          }
          piece = coder.piece(bytes)
          sum = checksum(bytes)
        }
        pieces.push(piece)
        glyfSum = (glyfSum + sum) >>> 0
        length += bytes.length
        ends.push(length)
      }
      const short = length < 0x20000
      const [ownHead, ownHhea, ownMaxp] = [head, hhea, maxp].map(table => padded(bytesOf(table))) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ]
      const headView = new DataView(ownHead.buffer)
      headView.setUint32(8, 0)
      headView.setInt16(50, short ? 0 : 1)
      new DataView(ownHhea.buffer).setUint16(34, glyphs.length)
      new DataView(ownMaxp.buffer).setUint16(4, glyphs.length)
      const ownLoca = new Uint8Array(roundUp(ends.length * (short ? 2 : 4)))
      const locaView = new DataView(ownLoca.buffer)
      ends.forEach((end, at) => void (short ? locaView.setUint16(at * 2, end / 2) : locaView.setUint32(at * 4, end)))
      const ownHmtx = new Uint8Array(glyphs.length * 4)
      const hmtxView = new DataView(ownHmtx.buffer)
      glyphs.forEach((glyph, at) => void hmtxView.setUint32(at * 4, metric(glyph)))

      const made = [
        { tag: 'head', bytes: ownHead, length: head.byteLength },
        { tag: 'hhea', bytes: ownHhea, length: hhea.byteLength },
        { tag: 'hmtx', bytes: ownHmtx, length: ownHmtx.length },
        { tag: 'loca', bytes: ownLoca, length: ends.length * (short ? 2 : 4) },
        { tag: 'maxp', bytes: ownMaxp, length: maxp.byteLength },
      ]
      // Behind the directory: what is made for this document, what is always the same, then the outlines.
      const entries = [
        ...made.map(({ tag, bytes, length }) => ({ tag, length, checksum: checksum(bytes) })),
        ...constants,
        { tag: 'glyf', length, checksum: glyfSum },
      ]
      const directory = writeDirectory(entries)
      const whole = entries.reduce((sum, entry) => (sum + entry.checksum) >>> 0, checksum(directory))
      headView.setUint32(8, (0xb1b0afba - whole) >>> 0)
      const front = coder.piece(Buffer.concat([directory, ...made.map(({ bytes }) => bytes)]))
      const all = [front, ...constants.map(({ piece }) => piece), ...pieces]
      return { bytes: join(coder, all), length: all.reduce((sum, piece) => sum + piece.length, 0) }
    },
  }
}

function readDirectory(file: Uint8Array, view: DataView): Map<string, DataView> {
  const tables = new Map<string, DataView>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16
    const tag = String.fromCharCode(...file.subarray(at, at + 4))
    tables.set(tag, new DataView(file.buffer, file.byteOffset + view.getUint32(at + 8), view.getUint32(at + 12)))
  }
  return tables
}

/** The table directory, by tags in order; the tables themselves stand in the order they are given in. */
function writeDirectory(entries: readonly { readonly tag: string; length: number; checksum: number }[]): Uint8Array {
  const bytes = new Uint8Array(12 + entries.length * 16)
  const view = new DataView(bytes.buffer)
  const power = 2 ** Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x10000)
  view.setUint16(4, entries.length)
  view.setUint16(6, power * 16)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, (entries.length - power) * 16)
  let offset = bytes.length
  const placed = entries.map(entry => {
    const at = offset
    offset += roundUp(entry.length)
    return { ...entry, at }
  })
  placed.sort((a, b) => (a.tag < b.tag ? -1 : 1))
  placed.forEach(({ tag, length, checksum, at }, index) => {
    const entry = 12 + index * 16
    for (let letter = 0; letter < 4; letter += 1) view.setUint8(entry + letter, tag.charCodeAt(letter))
    view.setUint32(entry + 4, checksum)
    view.setUint32(entry + 8, at)
    view.setUint32(entry + 12, length)
  })
  return bytes
}

function read(bytes: Uint8Array, coder: Coder): Outline {
  const own = padded(bytes)
  return { bytes: own, piece: coder.piece(own), checksum: checksum(own), parts: partsOf(own) }
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

function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
