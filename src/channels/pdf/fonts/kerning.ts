/** How pairs of inert glyphs are kerned (OpenType GPOS), read out of the font's own table. */
import { applied } from './fontkit.ts'
import { classAt, coverageOf, ignoreBases, ignoreLigatures, type Rules, rulesOf } from './tables.ts'

/** What is added to the advance of a glyph that stands before another one, or at the end; undefined where the shaper has to be asked. */
export type Kerning = (one: number, next: number | undefined) => number | undefined

/** Where fontkit looks for a script that a font does not name. */
const usualScripts = ['DFLT', 'dflt', 'latn']

/** By the tag of a script, as OpenType has it. Undefined for fonts that are shaped by more than this table. */
export function openKerning(tables: ReadonlyMap<string, DataView>): ((script: string) => Kerning) | undefined {
  const view = tables.get('GPOS')
  if (view === undefined || tables.has('fvar') || tables.has('morx')) return undefined
  const rules = rulesOf(view, 9)
  const known = new Map<string, Kerning>()
  return script => {
    const kerning = known.get(script) ?? kerningOf(rules, script, tables.has('kern'))
    known.set(script, kerning)
    return kerning
  }
}

const unknown: Kerning = () => undefined

/** `older`: the font has a table of pairs besides, which counts where this one has no such feature. */
function kerningOf(rules: Rules, tag: string, older: boolean): Kerning {
  const found = [tag, ...usualScripts].map(name => rules.scripts.find(script => script.tag === name)).find(Boolean)
  if (found === undefined) return unknown
  // The last of a name is the one that counts.
  const features = new Map(
    (found.features ?? []).map(index => [rules.feature(index).tag, rules.feature(index).lookups]),
  )
  if (older && !features.has('kern')) return unknown
  const indexes = [...features].flatMap(([name, lookups]) => (applied.has(name) ? lookups : []))
  if (new Set(indexes).size < indexes.length) return unknown
  const pairs: PairTable[][] = []
  const others = new Set<number>()
  for (const index of indexes.sort((one, other) => one - other)) {
    const { flags, subtables } = rules.lookup(index)
    // Rules with a context begin with glyphs that are not inert.
    const plain = subtables.filter(({ type }) => type !== 7 && type !== 8)
    const kerned = plain.filter(({ type }) => type === 2)
    if (kerned.length > 0 && (flags & (ignoreBases | ignoreLigatures)) !== 0) return unknown
    if (kerned.length > 0) pairs.push(kerned.map(({ at }) => openPairs(rules.view, at)))
    // Whatever is moved by itself, or hung on another glyph.
    for (const { type, at } of plain)
      if (type !== 2) for (const glyph of coverageOf(rules.view, at, at + 2)) others.add(glyph)
  }
  return (one, next) => {
    if (others.has(one) || (next !== undefined && others.has(next))) return undefined
    if (next === undefined) return 0
    let sum = 0
    for (const tables of pairs) {
      for (const table of tables) {
        const added = table(one, next)
        if (added === 'other') return undefined
        if (added === 'none') continue
        sum += added
        break
      }
    }
    return sum
  }
}

/** What a table adds to the first advance of a pair; `none`: the pair is not in it; `other`: it does more, or something else. */
type PairTable = (one: number, next: number) => number | 'none' | 'other'

/** PairPos, by glyph and by class. */
function openPairs(view: DataView, at: number): PairTable {
  const covered = new Map<number, number>()
  coverageOf(view, at, at + 2).forEach((glyph, place) => {
    if (!covered.has(glyph)) covered.set(glyph, place)
  })
  const [first, second] = [view.getUint16(at + 4), view.getUint16(at + 6)]
  const size = 2 * (countBits(first) + countBits(second))
  const valueAt = (record: number): number | 'other' => {
    const [own, more] = [readValue(view, record, first), readValue(view, record + 2 * countBits(first), second)]
    return own.moves || more.moves || more.advance !== 0 ? 'other' : own.advance
  }
  if (view.getUint16(at) === 1) {
    return (one, next) => {
      const place = covered.get(one)
      if (place === undefined) return 'none'
      const set = at + view.getUint16(at + 10 + place * 2)
      for (let index = 0; index < view.getUint16(set); index += 1) {
        const record = set + 2 + index * (2 + size)
        if (view.getUint16(record) === next) return valueAt(record + 2)
      }
      return 'none'
    }
  }
  const [firsts, seconds] = [at + view.getUint16(at + 8), at + view.getUint16(at + 10)]
  const [rows, columns] = [view.getUint16(at + 12), view.getUint16(at + 14)]
  return (one, next) => {
    if (!covered.has(one)) return 'none'
    const [row, column] = [classAt(view, firsts, one), classAt(view, seconds, next)]
    return row < rows && column < columns ? valueAt(at + 16 + (row * columns + column) * size) : 'other'
  }
}

/** A value record: fields of two bytes, each there if its bit is set. */
function readValue(view: DataView, at: number, format: number): { readonly advance: number; readonly moves: boolean } {
  const field = (bit: number): number =>
    (format & bit) === 0 ? 0 : view.getInt16(at + 2 * countBits(format & (bit - 1)))
  return { advance: field(4), moves: field(1) !== 0 || field(2) !== 0 }
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1
  return count
}
