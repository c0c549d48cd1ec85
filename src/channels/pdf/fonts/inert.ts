/** Characters that a face sets one by one: no rule of the font that is always on begins with their glyphs (OpenType GSUB, GPOS). */
import type { Font } from 'fontkit'
import { positionTypes } from './lookups.ts'

/** Scripts whose letters are taken one by one, and characters of none: blanks, digits, signs. */
export type Script = 'none' | 'latn' | 'cyrl'

export interface Inert {
  readonly glyph: number
  readonly script: Script
  /** Glyphs that it may join to a ligature: before one of them it is not inert. Absent: before none. */
  readonly joins?: ReadonlySet<number> | undefined
}

interface Coverage {
  readonly version: number
  readonly glyphs: readonly number[]
  readonly rangeRecords: readonly { readonly start: number; readonly end: number }[]
}

interface Table {
  readonly lookupType?: number
  readonly extension?: Table
  readonly coverage?: Coverage
  readonly coverages?: readonly Coverage[]
  readonly inputCoverage?: readonly Coverage[]
  readonly backtrackCoverage?: readonly Coverage[]
  readonly lookaheadCoverage?: readonly Coverage[]
  readonly ligatureSets?: { readonly length: number; get?(index: number): unknown }
}

interface Layout {
  readonly featureList: readonly {
    readonly tag: string
    readonly feature: { readonly lookupListIndexes: readonly number[] }
  }[]
  readonly scriptList: readonly {
    readonly script: { readonly defaultLangSys?: { readonly featureIndexes: readonly number[] } | null }
  }[]
  readonly lookupList: { get(index: number): Lookup }
}

interface Lookup {
  readonly lookupType: number
  readonly flags: { readonly flags: { readonly ignoreBaseGlyphs?: boolean; readonly ignoreLigatures?: boolean } }
  readonly subTables: Iterable<Table>
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

/** Features of fractions are set in motion by a fraction slash (U+2044) only, which is no candidate. */
const dormant = new Set(['frac', 'numr', 'dnom'])
/** What fontkit applies unasked (DefaultShaper), and what it could: a font may want its features in any script. */
const unasked = new Set(['rvrn', 'ltra', 'ltrm', 'ccmp', 'locl', 'rlig', 'calt', 'clig', 'liga', 'rclt'])

/**
 * By UTF-16 code. A text of these alone is shaped as its characters' own glyphs and what pairs of them are kerned by: glyphs that no
 * substitution begins with are never replaced, nor are those that begin ligatures only and stand before none of their second parts; and
 * positions depend on neighbours only. Rules of single languages (the letters of Serbian, the l of Catalan) are asked for by nobody.
 */
export function inertOf(font: Font, bytes: Uint8Array): ReadonlyMap<number, Inert> {
  const found = new Map<number, Inert>()
  const tables = font as unknown as { readonly GSUB?: Layout; readonly GPOS?: Layout; readonly morx?: unknown }
  if (tables.morx !== undefined && tables.morx !== null) return found
  const glyphs = new Map<number, number>()
  for (const [from, to] of candidates) {
    for (let code = from; code <= to; code += 1) {
      if (font.hasGlyphForCodePoint(code)) glyphs.set(code, font.glyphForCodePoint(code).id)
    }
  }
  const possible = new Set(glyphs.values())
  const active = new Set<number>()
  const joins = new Map<number, Set<number>>()
  try {
    if (tables.GSUB !== undefined && tables.GSUB !== null) {
      addStarters(tables.GSUB, tag => unasked.has(tag) && !dormant.has(tag), {
        possible,
        active,
        joins,
      })
    }
    if (tables.GPOS !== undefined && tables.GPOS !== null) {
      const types = positionTypes(font, bytes)
      // Single and pair adjustments look at neighbours only; marks are no candidates.
      const isDormant = (lookup: number): boolean => [1, 2, 4, 5, 6].includes(types[lookup] ?? 0)
      addStarters(tables.GPOS, () => true, { possible, active, joins, isDormant })
    }
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
  /** Of positions: whether a lookup, by its number, touches no candidate. Absent: substitutions. */
  readonly isDormant?: (lookup: number) => boolean
}

/** Adds the glyphs that any of the wanted features' rules begin with. */
function addStarters(layout: Layout, wanted: (tag: string) => boolean, search: Search): void {
  const indexes = new Set<number>()
  const unlocalized = new Set(layout.scriptList.flatMap(({ script }) => script.defaultLangSys?.featureIndexes ?? []))
  for (const at of unlocalized) {
    const { tag, feature } = layout.featureList[at]!
    if (wanted(tag)) for (const index of feature.lookupListIndexes) indexes.add(index)
  }
  for (const index of indexes) {
    if (search.isDormant?.(index) === true) continue
    const { lookupType, flags, subTables } = layout.lookupList.get(index)
    // Only marks, which are no candidates, may stand between the parts of a ligature.
    const beside = flags.flags.ignoreBaseGlyphs !== true && flags.flags.ignoreLigatures !== true
    for (const outer of subTables) {
      const table = outer.extension ?? outer
      const type = outer.extension === undefined ? lookupType : outer.lookupType!
      if (search.isDormant === undefined && type === 4 && beside) addLigatures(table, search)
      else addTable(table, search)
    }
  }
}

function addTable(table: Table, { possible, active }: Search): void {
  const around = [table.inputCoverage, table.backtrackCoverage, table.lookaheadCoverage, table.coverages].flatMap(
    coverages => coverages ?? [],
  )
  if (around.some(coverage => !glyphsOf(coverage).some(glyph => possible.has(glyph)))) return
  const first = table.coverage ?? table.inputCoverage?.[0] ?? table.coverages?.[0]
  if (first === undefined) throw new Error('a rule without a coverage')
  for (const glyph of glyphsOf(first)) active.add(glyph)
}

function addLigatures(table: Table, { possible, active, joins }: Search): void {
  if (table.coverage === undefined) throw new Error('a rule without a coverage')
  glyphsOf(table.coverage).forEach((glyph, index) => {
    for (const parts of ligaturesOf(table, index)) {
      if (!parts.every(part => possible.has(part))) continue
      const [second] = parts
      if (second === undefined) active.add(glyph)
      else joins.set(glyph, (joins.get(glyph) ?? new Set()).add(second))
    }
  })
}

function glyphsOf({ version, glyphs, rangeRecords }: Coverage): number[] {
  if (version === 1) return [...glyphs]
  return [...rangeRecords].flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, at) => start + at))
}

/** What has to follow the glyph at this place of the coverage, for each ligature that begins with it. */
function ligaturesOf({ ligatureSets }: Table, index: number): number[][] {
  const set = (ligatureSets?.get?.(index) ?? (ligatureSets as unknown as readonly unknown[])[index]) as Iterable<{
    readonly components: Iterable<number>
  }>
  return [...set].map(({ components }) => [...components])
}
