/** Strips below one another where there is no end of room: for measuring, for furniture, and for cells that are not parted. */
import { showsOn } from './on.ts'
import type { Flow, Fragment, Placed, RowPart, Strip, TableFlow } from './strip.ts'

/** Which page it stands on, from 1, and how far from its upper edge. */
export interface Standing {
  readonly page: number
  readonly top: number
}

/** As `fill` (compose.ts) places them in room that never ends, which measures each cell: a change to one is a change to both, and a property holds them together. */
export function stack({ strips }: Flow, { page, top }: Standing = nowhere): Fragment {
  const placed: Placed[] = []
  let y = 0
  let carry = ''
  let table: TableFlow | undefined
  for (const strip of strips) {
    const { row } = strip
    if (row?.table !== table) {
      table = row?.table
      carry = ''
    }
    if (!shows(row, 1, row?.part === 'foot', page)) continue
    y += strip.space
    const height = heightOf(strip, y, top)
    placed.push({ strip, y, height, carry, repeated: false })
    y += height
    if (strip.carry !== undefined) carry = strip.carry
  }
  return { placed, height: y }
}

const nowhere: Standing = { page: 1, top: 0 }

/** Whether a row shows: `first` and `last` mean the table's own pages, `odd` and `even` those of the document. */
export function shows(row: RowPart | undefined, fragment: number, last: boolean, page: number): boolean {
  return row?.on === undefined || showsOn(row.on, { first: fragment === 1, last, page })
}

/** Of a strip at this height of room that begins so far from the page's upper edge. */
export function heightOf(strip: Strip, y: number, top: number): number {
  if (strip.row !== undefined || strip.content.kind !== 'pinned') return strip.height
  return strip.content.below === undefined ? 0 : Math.max(0, strip.content.below - top - y)
}
