/** Characters that a face sets one by one, unless a neighbour calls for a rule of the font that is always on (OpenType GSUB, GPOS). */
import type { Font } from 'fontkit'

/** Scripts whose letters are taken one by one, and characters of none: blanks, digits, signs. */
export type Script = 'none' | 'latn' | 'cyrl'

export interface Inert {
  readonly glyph: number
  readonly script: Script
  /** What its glyph begins, where there is anything. */
  readonly rules?: readonly Rule[]
}

/** Which glyphs have to stand right beside for a rule to apply; without either, any may. */
interface Rule {
  readonly before?: ReadonlySet<number>
  readonly behind?: ReadonlySet<number>
}

/** Whether any rule that a character begins may apply between these glyphs. */
export function mayApply(rules: readonly Rule[], before: number | undefined, behind: number | undefined): boolean {
  return rules.some(
    rule =>
      (rule.before === undefined || (before !== undefined && rule.before.has(before))) &&
      (rule.behind === undefined || (behind !== undefined && rule.behind.has(behind))),
  )
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
  readonly scriptList: Iterable<{
    readonly script: { readonly defaultLangSys?: { readonly featureIndexes: Iterable<number> } | null }
  }>
  readonly featureList: readonly {
    readonly tag: string
    readonly feature: { readonly lookupListIndexes: readonly number[] }
  }[]
  readonly lookupList: {
    get(index: number): {
      readonly lookupType: number
      readonly flags: { readonly flags: { readonly ignoreBaseGlyphs: boolean; readonly ignoreLigatures: boolean } }
      readonly subTables: Iterable<Table>
    }
  }
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
 * By UTF-16 code. A text of these alone, of which none stands where a rule of its own may apply, is shaped as its characters' own glyphs
 * and what pairs of them are kerned by: no glyph is replaced, and positions depend on neighbours only.
 */
export function inertOf(font: Font): ReadonlyMap<number, Inert> {
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
  const rules = new Map<number, Rule[]>()
  try {
    if (tables.GSUB !== undefined && tables.GSUB !== null) {
      addStarters(tables.GSUB, tag => unasked.has(tag) && !dormant.has(tag), { possible, rules, contextual: [5, 6] })
    }
    if (tables.GPOS !== undefined && tables.GPOS !== null) {
      addStarters(tables.GPOS, () => true, { possible, rules, contextual: [7, 8] })
    }
  } catch {
    // A table that cannot be read to its end: the shaper alone knows what it makes of it.
    return found
  }
  for (const [code, glyph] of glyphs) {
    const own = rules.get(glyph)
    if (own?.some(({ before, behind }) => before === undefined && behind === undefined) === true) continue
    found.set(code, { glyph, script: scriptOf(String.fromCharCode(code)), ...(own && { rules: own }) })
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
  readonly rules: Map<number, Rule[]>
  /** Numbers of the lookups with a context: 5 and 6 in GSUB, 7 and 8 in GPOS. */
  readonly contextual: readonly [context: number, chained: number]
}

/** Adds the glyphs that any of the wanted features' rules begin with. */
function addStarters(layout: Layout, wanted: (tag: string) => boolean, search: Search): void {
  const indexes = new Set<number>()
  for (const { script } of layout.scriptList) {
    // We name no language to the shaper: what a font has for one (locl) is never applied.
    for (const place of script.defaultLangSys?.featureIndexes ?? []) {
      const { tag, feature } = layout.featureList[place]!
      if (wanted(tag)) for (const index of feature.lookupListIndexes) indexes.add(index)
    }
  }
  const positions = search.contextual[0] === 7
  for (const index of indexes) {
    const { lookupType, flags, subTables } = layout.lookupList.get(index)
    // Of what is passed over, only marks are no candidates: neighbours may be further away.
    const far = flags.flags.ignoreBaseGlyphs || flags.flags.ignoreLigatures
    for (const outer of subTables) {
      const table = outer.extension ?? outer
      const type = outer.extension === undefined ? lookupType : outer.lookupType!
      // Single and pair adjustments look at neighbours only; marks are no candidates.
      if (positions && (type === 1 || type === 2 || (type >= 4 && type <= 6))) continue
      addTable(table, { ...search, ligatures: !positions && type === 4, far })
    }
  }
}

function addTable(
  table: Table,
  { possible, rules, ligatures, far }: Search & { readonly ligatures: boolean; readonly far: boolean },
): void {
  const { inputCoverage, backtrackCoverage, lookaheadCoverage, coverages } = table
  const around = [inputCoverage, backtrackCoverage, lookaheadCoverage, coverages].flatMap(several => several ?? [])
  if (around.some(coverage => !glyphsOf(coverage).some(glyph => possible.has(glyph)))) return
  const input = inputCoverage ?? coverages
  const first = table.coverage ?? input?.[0]
  if (first === undefined) throw new Error('a rule without a coverage')
  const add = (glyph: number, rule: Rule): void => {
    const known = rules.get(glyph)
    if (known === undefined) rules.set(glyph, [rule])
    else known.push(rule)
  }
  const rule = table.coverage === undefined ? contextOf(input, backtrackCoverage, lookaheadCoverage) : {}
  for (const [index, glyph] of glyphsOf(first).entries()) {
    if (far) add(glyph, {})
    else if (!ligatures) add(glyph, rule)
    else
      for (const parts of ligaturesOf(table, index).filter(all => all.every(part => possible.has(part))))
        add(glyph, parts[0] === undefined ? {} : { behind: new Set([parts[0]]) })
  }
}

/** What has to stand right beside the first glyph of a rule with a context; what stands before is listed from the nearest on. */
function contextOf(
  input: readonly Coverage[] | undefined,
  [before]: readonly Coverage[] = [],
  [ahead]: readonly Coverage[] = [],
): Rule {
  const behind = input?.[1] ?? ahead
  return {
    ...(before && { before: new Set(glyphsOf(before)) }),
    ...(behind && { behind: new Set(glyphsOf(behind)) }),
  }
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
