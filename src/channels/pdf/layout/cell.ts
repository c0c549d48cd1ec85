/** Cells: columns and cells of tables, with their contents set. */
import type { Element } from '../markup/tree.ts'
import { endless, fill } from './compose.ts'
import type { Build } from './context.ts'
import type { Look } from './looks.ts'
import type { Role } from './page.ts'
import type { Cell } from './strip.ts'
import { start } from './strip.ts'

export interface CellPlace {
  readonly x: number
  readonly width: number
  readonly align: Cell['align']
}

/** A column or a cell of a table with its contents set. */
export function buildCell(element: Element, look: Look, place: CellPlace, outer: Role, build: Build): Cell {
  const { borders, radius, background } = look
  const padding = look.padding.map((side, index) => side + borders[index]!.widthPt) as unknown as Cell['padding']
  const role: Role = { name: element.name, parent: outer }
  const flow = build.flow(element.children, { type: look.type, role }, place.width - padding[1] - padding[3], build)
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
