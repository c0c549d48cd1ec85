/** The glyphs of a program in stretches of sixteen codes: what documents show of sixteen neighbours hardly differs, and is joined once. */
import { firstOther } from './codes.ts'
import type { Programs, Stretch } from './program.ts'
import type { Used } from './subset.ts'

/** A stretch takes some 2 KB, and as much again for each bit that it was begun at. */
const mostStretches = 128

const remembered = new WeakMap<Programs, Map<number, Stretch>>()

/** Begins with glyph 0, as every program does. Codes of characters have the same glyph in all documents, so the codes tell the stretch. */
export function stretchesOf(used: readonly Used[], programs: Programs): Stretch[] {
  const known = remembered.get(programs) ?? new Map<number, Stretch>()
  remembered.set(programs, known)
  const stretches = [programs.stretch([0])]
  let at = 0
  while (at < used.length && used[at]!.code < firstOther) {
    const from = at
    const block = used[at]!.code >> 4
    let which = 0
    for (; at < used.length && used[at]!.code >> 4 === block; at += 1) which |= 1 << (used[at]!.code & 15)
    const key = block * 0x10000 + which
    let stretch = known.get(key)
    if (stretch === undefined) {
      stretch = programs.stretch(glyphsOf(used.slice(from, at)), 'kept')
      if (known.size >= mostStretches) known.clear()
      known.set(key, stretch)
    }
    stretches.push(stretch)
  }
  if (at < used.length) stretches.push(programs.stretch(glyphsOf(used.slice(at))))
  return stretches
}

function glyphsOf(used: readonly Used[]): number[] {
  return used.map(({ glyph }) => glyph)
}

/** How many a face has, for the test that they are bounded. */
export function rememberedStretches(programs: Programs): number {
  return remembered.get(programs)?.size ?? 0
}
