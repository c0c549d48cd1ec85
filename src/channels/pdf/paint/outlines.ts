/** Outlines of a face's glyphs (OpenType, glyf), read out of the font's file and coded once each, and in a row where they come again. */
import { type Coder, chained, type Piece } from './coder.ts'

/** Glyphs that follow each other in a program. */
export interface Stretch {
  readonly glyphs: readonly number[]
  /** Their outlines, in this order. */
  readonly outlines: readonly (Run | Composite)[]
}

/** Outlines that are the same in every program. */
export interface Run {
  readonly piece: Piece
  /** Where each ends. */
  readonly ends: readonly number[]
  readonly checksum: number
}

/** One that is put together from others and names them by their places: each program writes its own into the same bytes. */
export interface Composite {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly parts: readonly Part[]
}

interface Part {
  /** Where it is named. */
  readonly at: number
  readonly glyph: number
}

export function isRun(outline: Run | Composite): outline is Run {
  return 'piece' in outline
}

/** A glyph's outline as it stands in the font. */
export function readOutline(bytes: Uint8Array, coder: Coder): Run | Composite {
  const own = padded(bytes)
  const view = new DataView(own.buffer)
  const parts = partsOf(view)
  if (parts.length > 0) return { bytes: own, view, parts }
  return { piece: coder.piece(own), ends: [own.length], checksum: checksum(view, 0, own.length) }
}

/** Neighbours that are the same in every program as one. */
export function inRuns(outlines: readonly (Run | Composite)[], coder: Coder): (Run | Composite)[] {
  const out: (Run | Composite)[] = []
  for (let at = 0; at < outlines.length; ) {
    const one = outlines[at]!
    const next = outlines.findIndex((outline, index) => index > at && !isRun(outline))
    const until = !isRun(one) ? at + 1 : next < 0 ? outlines.length : next
    out.push(until === at + 1 ? one : asOne(outlines.slice(at, until) as readonly Run[], coder))
    at = until
  }
  return out
}

function asOne(runs: readonly Run[], coder: Coder): Run {
  const ends: number[] = []
  let [at, sum] = [0, 0]
  for (const run of runs) {
    for (const end of run.ends) ends.push(at + end)
    at = ends.at(-1)!
    sum = (sum + run.checksum) >>> 0
  }
  const pieces = runs.map(({ piece }) => piece)
  return { piece: chained(coder, pieces), ends, checksum: sum }
}

/** Where a composite glyph names the glyphs it is put together from: flags, then the glyph. */
function partsOf(view: DataView): Part[] {
  if (view.byteLength < 10 || view.getInt16(0) >= 0) return []
  const parts: Part[] = []
  for (let at = 10; ; ) {
    const flags = view.getUint16(at)
    parts.push({ at: at + 2, glyph: view.getUint16(at + 2) })
    at += 4 + (flags & 0x1 ? 4 : 2)
    at += flags & 0x8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0
    if ((flags & 0x20) === 0) return parts
  }
}

export function roundUp(length: number): number {
  return (length + 3) & ~3
}

/** In an array of its own, up to a multiple of four: checksums are sums of 32-bit numbers. */
export function padded(bytes: Uint8Array): Uint8Array {
  const own = new Uint8Array(roundUp(bytes.length))
  own.set(bytes)
  return own
}

export function checksum(view: DataView, from: number, length: number): number {
  let sum = 0
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
