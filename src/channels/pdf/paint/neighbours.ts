/** The codes of a font sixteen by sixteen: what documents show of sixteen neighbours hardly differs, and is made once. */
import type { Ink } from './ink.ts'
import type { Stretch } from './outlines.ts'
import type { Programs } from './program.ts'

/** Some take some 2 KB. */
const mostNeighbours = 128

/** What of sixteen neighbours a font uses, as it is embedded. */
export interface Neighbours {
  readonly codes: readonly number[]
  readonly stretch: Stretch
  /** As they stand in an array of widths behind the bracket before the first. */
  readonly widths: string
}

const remembered = new WeakMap<Ink, Map<number, Neighbours>>()

/** Codes of characters that are used, from a bit for each: for each sixteen that have some their number, and their bits. */
export function setsOf(used: Uint16Array): number[] {
  const sets: number[] = []
  for (let block = 0; block < used.length; block += 1) if (used[block] !== 0) sets.push(block, used[block]!)
  return sets
}

/** Codes of characters have the same glyph in all documents, so the codes tell all of it. */
export function neighboursOf(sets: readonly number[], ink: Ink, programs: Programs): Neighbours[] {
  const known = remembered.get(ink) ?? new Map<number, Neighbours>()
  remembered.set(ink, known)
  const out: Neighbours[] = []
  for (let at = 0; at < sets.length; at += 2) {
    const [block, which] = [sets[at]!, sets[at + 1]!]
    const key = block * 0x10000 + which
    let one = known.get(key)
    if (one === undefined) {
      one = makeNeighbours(block, which, ink, programs)
      if (known.size >= mostNeighbours) known.clear()
      known.set(key, one)
    }
    out.push(one)
  }
  return out
}

function makeNeighbours(block: number, which: number, ink: Ink, programs: Programs): Neighbours {
  const codes = Array.from({ length: 16 }, (_, bit) => block * 16 + bit).filter(code => (which >> (code & 15)) & 1)
  const glyphs = codes.map(ink.glyph)
  const first = String(ink.width(glyphs[0]!))
  const rest = codes.slice(1).map((code, at) => behind(codes[at]!, code) + ink.width(glyphs[at + 1]!))
  return { codes, stretch: programs.stretch(glyphs, 'kept'), widths: first + rest.join('') }
}

/** What stands before the width of a code in an array of them (ISO 32000-1 §9.7.4.3): it says a code where one is left out. */
export function behind(before: number, code: number): string {
  return code === before + 1 ? ' ' : `] ${code} [`
}

/** How many a face has, for the test that they are bounded. */
export function rememberedNeighbours(ink: Ink): number {
  return remembered.get(ink)?.size ?? 0
}
