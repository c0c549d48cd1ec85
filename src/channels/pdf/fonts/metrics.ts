/** What a font says of itself as a whole, read out of its tables (OpenType head, hhea, maxp, OS/2, post, name). */

/** Lengths in font units. */
export interface Metrics {
  readonly unitsPerEm: number
  readonly numGlyphs: number
  /** Above the baseline. */
  readonly ascent: number
  /** Below the baseline, negative. */
  readonly descent: number
  /** 0 where the font does not say. */
  readonly xHeight: number
  /** 0 where the font does not say. */
  readonly capHeight: number
  /** What all its glyphs together take. */
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
  /** Degrees, counted against the clock. */
  readonly italicAngle: number
  readonly isFixedPitch: boolean
  readonly isItalic: boolean
  /** Its maker lets nobody embed it (OS/2 fsType). */
  readonly isRestricted: boolean
}

/** The versions of OS/2 that are known; from the second on it says how high letters are. */
const latestOs2 = 5

/** Undefined where tables are missing, cut short or of later versions, or where what they say can be varied. */
export function metricsOf(tables: ReadonlyMap<string, DataView>): Metrics | undefined {
  const [head, hhea, maxp, post] = ['head', 'hhea', 'maxp', 'post'].map(tag => tables.get(tag))
  if (!head || !hhea || !maxp || !post || tables.has('fvar')) return undefined
  if (head.byteLength < 54 || hhea.byteLength < 36 || maxp.byteLength < 6 || post.byteLength < 32) return undefined
  const os2 = tables.get('OS/2')
  const version = os2 === undefined ? 0 : os2.getUint16(0)
  if (os2 !== undefined && (version > latestOs2 || os2.byteLength < (version >= 2 ? 96 : 68))) return undefined
  const fsType = os2?.getUint16(8) ?? 0
  const heights = version >= 2 ? os2 : undefined
  return {
    unitsPerEm: head.getUint16(18),
    numGlyphs: maxp.getUint16(4),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    xHeight: heights?.getInt16(86) ?? 0,
    capHeight: heights?.getInt16(88) ?? 0,
    bbox: { minX: head.getInt16(36), minY: head.getInt16(38), maxX: head.getInt16(40), maxY: head.getInt16(42) },
    italicAngle: post.getInt32(4) / 0x10000,
    isFixedPitch: post.getUint32(12) !== 0,
    isItalic: (head.getUint16(44) & 2) !== 0,
    isRestricted: (fsType & 0x202) !== 0,
  }
}

const postScriptName = 6

/** The font's PostScript name; undefined where it has none in plain English letters, or several. */
export function nameOf(table: DataView): string | undefined {
  const strings = table.getUint16(4)
  let name: string | undefined
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const at = 6 + index * 12
    if (table.getUint16(at + 6) !== postScriptName) continue
    const [platform, language] = [table.getUint16(at), table.getUint16(at + 4)]
    const width = platform === 3 && language === 0x409 ? 2 : platform === 1 && language === 0 ? 1 : 0
    if (width === 0) return undefined
    const [length, from] = [table.getUint16(at + 8), strings + table.getUint16(at + 10)]
    let text = ''
    for (let place = from; place < from + length; place += width)
      text += String.fromCharCode(width === 2 ? table.getUint16(place) : table.getUint8(place))
    if (!/^[!-~]+$/.test(text) || (name !== undefined && name !== text)) return undefined
    name = text
  }
  return name
}
