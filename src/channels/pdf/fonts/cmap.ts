/** Which characters a font has, and their glyphs, read out of its table (OpenType cmap, formats 4 and 12). */

export interface Cmap {
  /** All that the table maps, also to no glyph. */
  readonly codePoints: readonly number[]
  /** 0 for a character that the font has not. */
  readonly glyph: (codePoint: number) => number
}

/** Tables of Unicode, platform and encoding, in the order in which fontkit asks for them. */
const unicode = [
  [3, 10],
  [0, 6],
  [0, 4],
  [3, 1],
  [0, 3],
  [0, 2],
  [0, 1],
  [0, 0],
] as const

/** Undefined for a table of another format, or of no Unicode. Throws for one that leads out of itself. */
export function openCmap(table: DataView): Cmap | undefined {
  const entries = Array.from({ length: table.getUint16(2) }, (_, index) => 4 + index * 8)
  for (const [platform, encoding] of unicode) {
    const found = entries.find(at => table.getUint16(at) === platform && table.getUint16(at + 2) === encoding)
    if (found === undefined) continue
    const at = table.getUint32(found + 4)
    const format = table.getUint16(at)
    return format === 4 ? openSegments(table, at) : format === 12 ? openGroups(table, at) : undefined
  }
  return undefined
}

/** Format 4. */
function openSegments(table: DataView, at: number): Cmap {
  const size = table.getUint16(at + 6)
  const count = size >> 1
  const [ends, starts, deltas, offsets] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size].map(from => at + from) as [
    number,
    number,
    number,
    number,
  ]
  const end = at + table.getUint16(at + 2)
  return {
    codePoints: rangesOf(count, index => [table.getUint16(starts + 2 * index), table.getUint16(ends + 2 * index)]),
    glyph(code) {
      const index = search(count, at => {
        if (code < table.getUint16(starts + 2 * at)) return -1
        return code > table.getUint16(ends + 2 * at) ? 1 : 0
      })
      if (index === undefined) return 0
      const delta = table.getInt16(deltas + 2 * index)
      const offset = table.getUint16(offsets + 2 * index)
      if (offset === 0) return (code + delta) & 0xffff
      const place = offsets + 2 * index + offset + 2 * (code - table.getUint16(starts + 2 * index))
      const glyph = place + 2 <= end ? table.getUint16(place) : 0
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    },
  }
}

/** Format 12. */
function openGroups(table: DataView, at: number): Cmap {
  const count = table.getUint32(at + 12)
  const groups = at + 16
  return {
    codePoints: rangesOf(count, index => [
      table.getUint32(groups + 12 * index),
      table.getUint32(groups + 12 * index + 4),
    ]),
    glyph(code) {
      const index = search(count, at => {
        if (code < table.getUint32(groups + 12 * at)) return -1
        return code > table.getUint32(groups + 12 * at + 4) ? 1 : 0
      })
      if (index === undefined) return 0
      return table.getUint32(groups + 12 * index + 8) + code - table.getUint32(groups + 12 * index)
    },
  }
}

const lastCodePoint = 0x10ffff

function rangesOf(count: number, range: (index: number) => readonly [first: number, last: number]): number[] {
  const all: number[] = []
  let before = -1
  for (let index = 0; index < count; index += 1) {
    const [first, last] = range(index)
    // In order, as they are searched: else a few bytes could name any number of characters.
    if (first <= before || last > lastCodePoint) throw new RangeError('characters that are out of order, or none')
    before = last
    for (let code = first; code <= last; code += 1) all.push(code)
  }
  return all
}

/** The place that is told to be the one; `side`: negative where it lies before. */
function search(count: number, side: (at: number) => number): number | undefined {
  let [low, high] = [0, count - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = side(middle)
    if (found === 0) return middle
    if (found < 0) high = middle - 1
    else low = middle + 1
  }
  return undefined
}
