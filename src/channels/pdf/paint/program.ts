/**
 * TrueType programs of some glyphs of a face (ISO 32000-1 §9.9), compressed. Each glyph is read out of the font's file and coded once; a
 * document's program is its glyphs joined, a function of the face and the glyphs alone.
 */
import type { Face } from '../fonts/face.ts'
import { tablesOf } from '../fonts/tables.ts'
import { Joining, openCoder } from './coder.ts'
import { Directory } from './directory.ts'
import { Gathering } from './gathering.ts'
import {
  type Composite,
  checksum,
  inRuns,
  isRun,
  padded,
  type Run,
  readOutline,
  roundUp,
  type Stretch,
} from './outlines.ts'

export interface Programs {
  /** The zlib stream of a program of these glyphs, in this order and from 0, and how long the program is. */
  readonly of: (stretches: readonly Stretch[]) => { readonly bytes: Uint8Array; readonly length: number }
  /** Some of a program's glyphs. Once `kept`, its outlines are as few pieces as can be for all programs that have it. */
  readonly stretch: (glyphs: readonly number[], kept?: 'kept') => Stretch
}

const kept = ['cvt ', 'fpgm', 'prep'] as const
const gathering = new Gathering()
const known = new WeakMap<Face, Programs | undefined>()

/** Undefined for a face without TrueType outlines. Outlines are remembered for as long as the face is: each at most once. */
export function programsOf(face: Face): Programs | undefined {
  if (!known.has(face)) known.set(face, openPrograms(face.bytes))
  return known.get(face)
}

/** Letters whose outlines say what bytes the font's outlines are made of. */
const sampled = 400

/** Tables that are made for each document, in the order in which they stand. */
const madeHere = ['head', 'hhea', 'hmtx', 'loca', 'maxp'] as const

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
  const outlines: (Run | Composite)[] = []
  const outlineOf = (glyph: number): Run | Composite => {
    outlines[glyph] ??= readOutline(raw(glyph), coder)
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
    const sum = checksum(new DataView(bytes.buffer), 0, bytes.length)
    return [{ tag, length: table.byteLength, checksum: sum, piece: coder.piece(bytes) }]
  })
  const [ownHead, ownHhea, ownMaxp] = [head, hhea, maxp].map(table => padded(bytesOf(table))) as Three
  const directory = new Directory([...madeHere, ...constants.map(({ tag }) => tag), 'glyf'])
  /** The directory and what is made for each document, in front of what is always the same. */
  let view = new DataView(new ArrayBuffer(1024))

  return {
    stretch(glyphs, kept) {
      const own = glyphs.map(outlineOf)
      return { glyphs, outlines: kept === undefined ? own : inRuns(own, coder) }
    },
    of(stretches) {
      const { glyphs, count, ends, outlines: own, checksum: outlined } = gathering.of(stretches, outlineOf)
      const outlinesLength = ends[count]!
      const short = outlinesLength < 0x20000
      const lengths = [head.byteLength, hhea.byteLength, count * 4, (count + 1) * (short ? 2 : 4), maxp.byteLength]
      const starts = [directory.length]
      for (const length of lengths) starts.push(starts.at(-1)! + roundUp(length))
      const [headAt, hheaAt, hmtxAt, locaAt, maxpAt, frontLength] = starts as [
        number,
        number,
        number,
        number,
        number,
        number,
      ]
      if (frontLength > view.byteLength) view = new DataView(new ArrayBuffer(2 * frontLength))
      const front = bytesOf(view)
      directory.begin(front)
      front.set(ownHead, headAt)
      front.set(ownHhea, hheaAt)
      front.set(ownMaxp, maxpAt)
      view.setUint32(headAt + 8, 0)
      view.setInt16(headAt + 50, short ? 0 : 1)
      view.setUint16(hheaAt + 34, count)
      view.setUint16(maxpAt + 4, count)
      for (let index = 0; index < count; index += 1) view.setUint32(hmtxAt + index * 4, metric(glyphs[index]!))
      // What fills its last four bytes is 0.
      view.setUint32(maxpAt - 4, 0)
      for (let index = 0; index <= count; index += 1) {
        if (short) view.setUint16(locaAt + index * 2, ends[index]! / 2)
        else view.setUint32(locaAt + index * 4, ends[index]!)
      }
      let whole = 0
      let table = 0
      const enter = (at: number, length: number, sum: number): void => {
        directory.enter(view, table++, at, length, sum)
        whole = (whole + sum) >>> 0
      }
      for (let index = 0; index < lengths.length; index += 1) {
        const [at, length] = [starts[index]!, lengths[index]!]
        enter(at, length, checksum(view, at, roundUp(length)))
      }
      let at = frontLength
      for (const { length, checksum: sum } of constants) {
        enter(at, length, sum)
        at += roundUp(length)
      }
      enter(at, outlinesLength, outlined)
      whole += checksum(view, 0, directory.length)
      view.setUint32(headAt + 8, (0xb1b0afba - whole) >>> 0)
      const joining = new Joining(coder).begin().code(front, frontLength)
      for (const { piece } of constants) joining.add(piece)
      for (const outline of own) {
        if (isRun(outline)) joining.add(outline.piece)
        else joining.code(outline.bytes)
      }
      return { bytes: joining.stream(), length: at + outlinesLength }
    },
  }
}

type Three = [Uint8Array, Uint8Array, Uint8Array]

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
