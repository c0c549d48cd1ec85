/** Tables of a font's file, read where they stand (OpenType 1.9): fontkit makes objects of all of a table to tell one thing of it. */

/** By tag. Throws where the directory, or a table, leads out of the file. */
export function tablesOf(file: Uint8Array): ReadonlyMap<string, DataView> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = new Map<string, DataView>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16
    const [from, length] = [view.getUint32(at + 8), view.getUint32(at + 12)]
    if (from + length > file.byteLength) throw new RangeError('a table that leads out of the file')
    tables.set(tagAt(view, at), new DataView(file.buffer, file.byteOffset + from, length))
  }
  return tables
}

/** How far glyphs move the pen by themselves, in font units (hmtx). */
export function advancesOf(tables: ReadonlyMap<string, DataView>): ((glyph: number) => number) | undefined {
  const [hhea, hmtx] = [tables.get('hhea'), tables.get('hmtx')]
  if (hhea === undefined || hmtx === undefined) return undefined
  const last = hhea.getUint16(34) - 1
  if (last < 0 || hmtx.byteLength < (last + 1) * 4) return undefined
  return glyph => hmtx.getUint16(Math.min(glyph, last) * 4)
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

/** Rules of a GSUB or GPOS table. */
export interface Rules {
  readonly view: DataView
  /** Scripts that it names, in order; `features`: numbers of those on by themselves, absent where a script has no such list. */
  readonly scripts: readonly { readonly tag: string; readonly features?: readonly number[] }[]
  readonly feature: (index: number) => { readonly tag: string; readonly lookups: readonly number[] }
  readonly lookup: (index: number) => Lookup
}

export interface Lookup {
  readonly flags: number
  /** Where each stands in the table, with the type of the lookup; extensions are followed. */
  readonly subtables: readonly { readonly type: number; readonly at: number }[]
}

/** Flags of lookups: glyphs of these kinds are passed over. */
export const ignoreBases = 2
export const ignoreLigatures = 4

/** `extension`: the type of lookups that stand elsewhere, 7 in GSUB and 9 in GPOS. */
export function rulesOf(view: DataView, extension: number): Rules {
  const [scriptList, featureList, lookupList] = [view.getUint16(4), view.getUint16(6), view.getUint16(8)]
  const scripts = upTo(view.getUint16(scriptList), index => {
    const at = scriptList + 2 + index * 6
    const script = scriptList + view.getUint16(at + 4)
    const language = view.getUint16(script)
    const tag = tagAt(view, at)
    return language === 0 ? { tag } : { tag, features: numbersAt(view, script + language + 4) }
  })
  return {
    view,
    scripts,
    feature(index) {
      const at = featureList + 2 + index * 6
      return { tag: tagAt(view, at), lookups: numbersAt(view, featureList + view.getUint16(at + 4) + 2) }
    },
    lookup(index) {
      const at = lookupList + view.getUint16(lookupList + 2 + index * 2)
      const type = view.getUint16(at)
      const subtables = numbersAt(view, at + 4).map(offset => {
        const own = at + offset
        return type === extension
          ? { type: view.getUint16(own + 2), at: own + view.getUint32(own + 4) }
          : { type, at: own }
      })
      return { flags: view.getUint16(at + 2), subtables }
    },
  }
}

/** A count, and as many numbers of two bytes. */
export function numbersAt(view: DataView, at: number): number[] {
  return upTo(view.getUint16(at), index => view.getUint16(at + 2 + index * 2))
}

function upTo<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Glyphs of the coverage that is named at this place of a table, by index. Throws where there is none. */
export function coverageOf(view: DataView, table: number, place: number): number[] {
  const offset = view.getUint16(place)
  if (offset === 0) throw new Error('a rule without a coverage')
  const at = table + offset
  if (view.getUint16(at) === 1) return numbersAt(view, at + 2)
  return upTo(view.getUint16(at + 2), index => {
    const [start, end] = [view.getUint16(at + 4 + index * 6), view.getUint16(at + 6 + index * 6)]
    return upTo(Math.max(0, end - start + 1), step => start + step)
  }).flat()
}

/** The class that a class definition gives a glyph; 0 for those that it does not name. */
export function classAt(view: DataView, at: number, glyph: number): number {
  const count = view.getUint16(at + 2)
  if (view.getUint16(at) === 1) {
    const place = glyph - count
    return place >= 0 && place < view.getUint16(at + 4) ? view.getUint16(at + 6 + place * 2) : 0
  }
  let [low, high] = [0, count - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = at + 4 + middle * 6
    if (glyph < view.getUint16(range)) high = middle - 1
    else if (glyph > view.getUint16(range + 2)) low = middle + 1
    else return view.getUint16(range + 4)
  }
  return 0
}
