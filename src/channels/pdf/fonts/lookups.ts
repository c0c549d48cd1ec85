/**
 * Types of the lookups of a font's positions (OpenType, GPOS header and lookup list), extensions looked through. They are read from the
 * file, since fontkit decodes a lookup as a whole and keeps it: the anchors of marks are 4 MB a face in Noto Sans.
 */
import type { Font } from 'fontkit'

/** Of a lookup whose tables lie further away than it can say itself: each tells the type of what it leads to. */
const extension = 9

/** By the number of the lookup. Empty where there are none. Throws for a table that ends before they do. */
export function positionTypes(font: Font, bytes: Uint8Array): readonly number[] {
  const { GPOS: table } = (font as unknown as { directory: { tables: Record<string, { offset: number } | undefined> } })
    .directory.tables
  if (table === undefined) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const list = table.offset + view.getUint16(table.offset + 8)
  return Array.from({ length: view.getUint16(list) }, (_, index) => {
    const lookup = list + view.getUint16(list + 2 + 2 * index)
    const type = view.getUint16(lookup)
    if (type !== extension || view.getUint16(lookup + 4) === 0) return type
    return view.getUint16(lookup + view.getUint16(lookup + 6) + 2)
  })
}
