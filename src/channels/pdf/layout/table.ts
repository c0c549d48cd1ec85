/** Tables: columns, rows, what is repeated, and what is carried over pages. */

import type { Element } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import { buildCell, cellHeight } from './cell.ts'
import type { Build } from './context.ts'
import { FlowBuilder } from './flow.ts'
import type { Look, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'
import type { RowPart, Side, Strip, TableFlow } from './strip.ts'
import type { Sized } from './widths.ts'
import { resolveWidths } from './widths.ts'

/** A row as found: its part of the table, and its cells. */
interface Row {
  readonly element: Element
  readonly part: RowPart['part']
  readonly look: Look
  readonly cells: readonly Sized[]
  readonly role: Role
}

/** Where columns stand, and how wide they are. */
interface Grid {
  readonly x: number
  readonly width: number
  readonly gap: number
  readonly widths: readonly number[]
}

export function addTable(builder: FlowBuilder, element: Element, look: Look, role: Role, outer: Build): void {
  const rows = collectRows(element, look, role, outer)
  if (rows.length === 0) return
  const build = { ...outer, reserve: reserveFor(rows, outer) }
  const { x, width } = builder
  const gap = look.columnGap
  const columns = columnsOf(rows, look, build)
  const widths = resolveWidths(columns, cellsByColumn(rows, columns), { roomPt: width, gapPt: gap, element, build })
  const grid: Grid = { x, width, gap, widths }
  const [head, body, foot] = (['head', 'body', 'foot'] as const).map(part => rows.filter(row => row.part === part)) as [
    Row[],
    Row[],
    Row[],
  ]

  const repeated: { head: Strip[]; foot: Strip[] } = { head: [], foot: [] }
  const aside = new FlowBuilder(width)
  for (const row of head) repeated.head.push(addRow(aside, row, grid, { table: repeated, keep: true }, build))
  for (const row of foot) {
    if (row.look.on !== 'last') repeated.foot.push(addRow(aside, row, grid, { table: repeated, keep: true }, build))
  }
  // The first row stays with the head, and the totals never stand alone.
  for (const row of head) addRow(builder, row, grid, { table: repeated, keep: row !== head[0] }, build)
  for (const row of body)
    addRow(builder, row, grid, { table: repeated, keep: row === body[0] && head.length > 0 }, build)
  for (const row of foot) {
    if (row.look.on !== 'not-last') addRow(builder, row, grid, { table: repeated, keep: row !== rows[0] }, build)
  }
}

function addRow(
  to: FlowBuilder,
  row: Row,
  grid: Grid,
  { table, keep }: { table: TableFlow; keep: boolean },
  build: Build,
): Strip {
  const { look, role } = row
  let column = 0
  let x = grid.x
  const cells = row.cells.map(({ element, look: own }) => {
    const covered = grid.widths.slice(column, column + own.colspan)
    const width = covered.reduce((sum, one) => sum + one, 0) + grid.gap * (covered.length - 1)
    const cell = buildCell(
      element,
      own,
      { x, width, align: own.verticalAlign ?? look.verticalAlign ?? 'top' },
      role,
      build,
    )
    x += width + grid.gap
    column += own.colspan
    return cell
  })
  const [borderTop, , borderBottom] = look.borders
  const content: Side = {
    kind: 'side',
    cells,
    parts: look.breakInside === 'auto',
    x: grid.x,
    width: grid.width,
    role,
    ...(look.background !== undefined && { background: look.background }),
    ...(borderTop.widthPt > 0 && { borderTop }),
    ...(borderBottom.widthPt > 0 && { borderBottom }),
  }
  const height = Math.max(look.height ?? 0, ...cells.map(cellHeight)) + borderTop.widthPt + borderBottom.widthPt
  const carry = row.part === 'body' ? row.element.attributes['carry'] : undefined
  const part: RowPart = {
    table,
    part: row.part,
    ...(look.on !== undefined && { on: look.on }),
    ...(carry !== undefined && { carry }),
  }
  if (look.breakBefore === 'page') to.force()
  const strip = to.add(content, height, { row: part, keep: keep || look.breakBefore === 'avoid' })
  if (look.breakAfter === 'page') to.force()
  if (look.breakAfter === 'avoid') to.keep()
  return strip
}

const partOf: Readonly<Record<string, RowPart['part']>> = { thead: 'head', tbody: 'body', tfoot: 'foot' }

function collectRows(table: Element, look: Look, role: Role, build: Build): Row[] {
  const rows: Row[] = []
  const add = (element: Element, part: RowPart['part'], inherited: TypeStyle, outer: Role) => {
    const own = build.looks.of(element, inherited)
    const cells = childrenNamed(element, 'td', 'th').map(cell => {
      return { element: cell, look: build.looks.of(cell, own.type, { padding: look.cellPadding }) }
    })
    rows.push({ element, part, look: own, cells, role: roleOf(element, outer) })
  }
  for (const child of table.children) {
    if (typeof child === 'string') continue
    const part = partOf[child.name]
    if (part === undefined) add(child, 'body', look.type, role)
    else {
      const { type } = build.looks.of(child, look.type)
      const inner = roleOf(child, role)
      for (const row of childrenNamed(child, 'tr')) add(row, part, type, inner)
    }
  }
  return rows
}

/** The columns as declared, or as many as the widest row has, by content. */
function columnsOf(rows: readonly Row[], look: Look, build: Build): readonly Width[] {
  let most = 1
  let widest = rows[0]!
  for (const row of rows) {
    const count = row.cells.reduce((sum, cell) => sum + cell.look.colspan, 0)
    if (count > most) {
      most = count
      widest = row
    }
  }
  const auto = (count: number) => Array.from({ length: count }, (): Width => ({ kind: 'auto' }))
  if (look.columns === undefined) return auto(most)
  if (most <= look.columns.length) return look.columns
  const message = `a row has ${most} columns, its table ${look.columns.length}`
  build.fault('pdf.fit', message, widest.element, `give columns of the table ${most} widths`)
  return [...look.columns, ...auto(most - look.columns.length)]
}

/** The cells that stand in one column alone, for columns that are as wide as their contents. */
function cellsByColumn(rows: readonly Row[], columns: readonly Width[]): Sized[][] {
  const cells: Sized[][] = columns.map(() => [])
  if (!columns.some(column => column.kind === 'auto')) return cells
  for (const row of rows) {
    let column = 0
    for (const cell of row.cells) {
      if (cell.look.colspan === 1) cells[column]?.push(cell)
      column += cell.look.colspan
    }
  }
  return cells
}

/** `carry` gets the room of the longest text that any row carries. */
function reserveFor(rows: readonly Row[], { reserve }: Build): Build['reserve'] {
  let longest = ''
  for (const { element } of rows) {
    const carry = element.attributes['carry'] ?? ''
    if (carry.length > longest.length) longest = carry
  }
  return atom => (atom === 'carry' ? longest : reserve(atom))
}
