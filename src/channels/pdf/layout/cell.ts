/** Cells: columns and cells of tables, with their contents set. */
import type { Element } from '../markup/tree.ts'
import { endless, fill } from './compose.ts'
import type { Build } from './context.ts'
import type { Look } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'
import type { Cell } from './strip.ts'
import { start } from './strip.ts'
import { extentOf } from './widths.ts'

export interface CellPlace {
  readonly x: number
  readonly width: number
  readonly align: Cell['align']
}

/** A column or a cell of a table with its contents set. */
export function buildCell(element: Element, look: Look, place: CellPlace, outer: Role, build: Build): Cell {
  const { borders, radius, background } = look
  const padding = look.padding.map((side, index) => side + borders[index]!.widthPt) as unknown as Cell['padding']
  const role = cellRole(element, look, outer)
  const room = place.width - padding[1] - padding[3]
  // A column by content that has nothing of any width is as wide as its padding.
  if (room < 1 && extentOf(element, look, build).least > padding[1] + padding[3] + 0.5) {
    build.fault('pdf.fit', `the padding of ${element.name} leaves no room for text`, element, 'make padding smaller')
  }
  const flow = build.flow(element.children, { type: look.type, role }, room, build)
  const placed = fill(flow, start, endless())
  return {
    ...place,
    padding,
    borders,
    radius,
    role,
    flow,
    from: start,
    placed,
    ...(background !== undefined && { background }),
  }
}

export function cellHeight({ padding: [top, , bottom], placed }: Cell): number {
  return top + bottom + (placed?.height ?? 0)
}

/** Cells of tables say what they name and cover; columns look like cells and are none. */
function cellRole(element: Element, { colspan, rowspan }: Look, outer: Role): Role {
  const role = roleOf(element, outer)
  const { name, attributes } = element
  if (name !== 'td' && name !== 'th') return role
  const scope = attributes['scope'] ?? (isHead(outer) ? 'col' : 'row')
  return {
    ...role,
    ...(name === 'th' && { scope: scope as 'col' | 'row' }),
    ...(colspan > 1 && { colspan }),
    ...(rowspan > 1 && { rowspan }),
  }
}

/** Whether a row stands at the head of its table. */
function isHead(row: Role): boolean {
  return row.parent?.name === 'thead'
}
