/** Characters that a face sets one by one: no rule of the font that is always on begins with their glyphs (OpenType GSUB, GPOS). */
import { applied } from './fontkit.ts'
import { coverageOf, ignoreBases, ignoreLigatures, numbersAt, type Rules, rulesOf } from './tables.ts'

/** Scripts whose letters are taken one by one, and characters of none: blanks, digits, signs. */
export type Script = 'none' | 'latn' | 'cyrl'

export interface Inert {
  readonly glyph: number
  readonly script: Script
  /** Glyphs that it may join to a ligature: before one of them it is not inert. Absent: before none. */
  readonly joins?: ReadonlySet<number> | undefined
}

/** What may be inert: assigned, of one glyph, and in every font of ours of a script without rules of its own for joining letters. */
const candidates: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x24f],
  [0x400, 0x482],
  [0x48a, 0x4ff],
  [0x2010, 0x2015],
  [0x2018, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x202f, 0x202f],
  [0x20ac, 0x20ac],
  [0x20b4, 0x20b4],
  [0x2116, 0x2116],
  [0x2212, 0x2212],
]

/**
 * By UTF-16 code. A text of these alone is shaped as its characters' own glyphs and what pairs of them are kerned by: glyphs that no
 * substitution begins with are never replaced, nor are those that begin ligatures only and stand before none of their second parts; and
 * positions depend on neighbours only. Rules of single languages (the letters of Serbian, the l of Catalan) are asked for by nobody.
 */
export function inertOf(
  glyphOf: (codePoint: number) => number,
  tables: ReadonlyMap<string, DataView>,
): ReadonlyMap<number, Inert> {
  const found = new Map<number, Inert>()
  if (tables.has('morx')) return found
  const glyphs = new Map<number, number>()
  for (const [from, to] of candidates) {
    for (let code = from; code <= to; code += 1) {
      const glyph = glyphOf(code)
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
  const possible = new Set(glyphs.values())
  const active = new Set<number>()
  const joins = new Map<number, Set<number>>()
  const [substitutions, positions] = [tables.get('GSUB'), tables.get('GPOS')]
  try {
    if (substitutions !== undefined) {
      addStarters(rulesOf(substitutions, 7), tag => applied.has(tag), { possible, active, joins, contextual: [5, 6] })
    }
    if (positions !== undefined)
      addStarters(rulesOf(positions, 9), () => true, { possible, active, joins, contextual: [7, 8] })
  } catch {
    // A table that cannot be read to its end: the shaper alone knows what it makes of it.
    return found
  }
  for (const [code, glyph] of glyphs) {
    if (active.has(glyph)) continue
    found.set(code, { glyph, script: scriptOf(String.fromCharCode(code)), joins: joins.get(glyph) })
  }
  return found
}

function scriptOf(character: string): Script {
  if (/\p{Script=Latin}/u.test(character)) return 'latn'
  return /\p{Script=Cyrillic}/u.test(character) ? 'cyrl' : 'none'
}

interface Search {
  /** Glyphs of all candidates: a rule that needs any other never comes to pass. */
  readonly possible: ReadonlySet<number>
  readonly active: Set<number>
  /** By the first glyph of ligatures, what follows it in them. */
  readonly joins: Map<number, Set<number>>
  /** Numbers of the lookups with a context: 5 and 6 in GSUB, 7 and 8 in GPOS. */
  readonly contextual: readonly [context: number, chained: number]
}

/** Adds the glyphs that any of the wanted features' rules begin with. */
function addStarters(rules: Rules, wanted: (tag: string) => boolean, search: Search): void {
  const indexes = new Set<number>()
  const unlocalized = new Set(rules.scripts.flatMap(({ features }) => features ?? []))
  for (const at of unlocalized) {
    const { tag, lookups } = rules.feature(at)
    if (wanted(tag)) for (const index of lookups) indexes.add(index)
  }
  const positions = search.contextual[0] === 7
  for (const index of indexes) {
    const { flags, subtables } = rules.lookup(index)
    // Only marks, which are no candidates, may stand between the parts of a ligature.
    const beside = (flags & (ignoreBases | ignoreLigatures)) === 0
    for (const { type, at } of subtables) {
      // Single and pair adjustments look at neighbours only; marks are no candidates.
      if (positions && (type === 1 || type === 2 || (type >= 4 && type <= 6))) continue
      if (!positions && type === 4 && beside) addLigatures(rules.view, at, search)
      else addTable(coveragesOf(rules.view, at, { type, search }), search)
    }
  }
}

/** Coverages of a rule: what it begins with, and all that it needs. */
interface Covers {
  readonly first: readonly number[]
  readonly needed: readonly (readonly number[])[]
}

function coveragesOf(
  view: DataView,
  at: number,
  { type, search }: { readonly type: number; readonly search: Search },
): Covers {
  const [context, chained] = search.contextual
  const read = (place: number): number[] => coverageOf(view, at, place)
  const list = (place: number): number[][] =>
    Array.from({ length: view.getUint16(place) }, (_, index) => read(place + 2 + index * 2))
  const inThree = (type === context || type === chained) && view.getUint16(at) === 3
  if (inThree && type === context) {
    const needed = Array.from({ length: view.getUint16(at + 2) }, (_, index) => read(at + 6 + index * 2))
    return coversOf(needed[0], needed)
  }
  if (inThree) {
    const before = list(at + 2)
    const inputAt = at + 4 + before.length * 2
    const input = list(inputAt)
    return coversOf(input[0], [...input, ...before, ...list(inputAt + 2 + input.length * 2)])
  }
  const first = read(at + 2)
  // Substitutions from the end (type 8): what stands around is listed behind the coverage.
  if (type !== 8 || chained === 8) return coversOf(first, [])
  const before = list(at + 4)
  return coversOf(first, [...before, ...list(at + 6 + before.length * 2)])
}

function coversOf(first: readonly number[] | undefined, needed: Covers['needed']): Covers {
  if (first === undefined) throw new Error('a rule without a coverage')
  return { first, needed }
}

function addTable({ first, needed }: Covers, { possible, active }: Search): void {
  if (needed.some(glyphs => !glyphs.some(glyph => possible.has(glyph)))) return
  for (const glyph of first) active.add(glyph)
}

function addLigatures(view: DataView, at: number, { possible, active, joins }: Search): void {
  coverageOf(view, at, at + 2).forEach((glyph, index) => {
    const set = at + view.getUint16(at + 6 + index * 2)
    for (const offset of numbersAt(view, set)) {
      const parts = Array.from({ length: view.getUint16(set + offset + 2) - 1 }, (_, part) =>
        view.getUint16(set + offset + 4 + part * 2),
      )
      if (!parts.every(part => possible.has(part))) continue
      const [second] = parts
      if (second === undefined) active.add(glyph)
      else joins.set(glyph, (joins.get(glyph) ?? new Set()).add(second))
    }
  })
}
