/** Tables: columns, rows, what is repeated, and what is carried over pages. */
import type { Element } from '../markup/tree.ts'
import { childrenNamed, standsIn } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import { boxOf, buildCell, cellHeight } from './cell.ts'
import type { Build } from './context.ts'
import { FlowBuilder } from './flow.ts'
import type { Columns, RowForm } from './forms.ts'
import { cellsIn, Forms } from './forms.ts'
import type { CellDefaults, Look } from './looks.ts'
import { cellDefaults } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'
import type { RowSetter, SetRow, Tie } from './rows.ts'
import { keptRows, Shelf } from './rows.ts'
import type { Box, Cell, RowPart, Side, Strip, TableFlow, TiedRow } from './strip.ts'
import type { Section } from './survey.ts'
import { sectionsOf, survey } from './survey.ts'
import { settleRows } from './tied.ts'
import { resolveWidths, widen } from './widths.ts'

/** Where columns stand, and what their cells are built with. */
interface Grid {
  readonly x: number
  readonly width: number
  readonly gap: number
  /** Left edges of the columns, and where one more would begin. */
  readonly edges: readonly number[]
  readonly forms: Forms
  /** By column: each aligns on its own decimal mark. */
  readonly builds: readonly Build[]
}

export function addTable(builder: FlowBuilder, element: Element, look: Look, role: Role, outer: Build): void {
  const sections = sectionsOf(element, look, role, outer)
  let count = 0
  for (const { rows } of sections) count += rows.length
  if (count === 0) return
  const build: Build = { ...outer, decimal: undefined }
  const grid = gridOf(sections, element, look, builder, build)
  const head = sections.filter(isHead)
  const body = sections.filter(isBody)
  const foot = sections.filter(isFoot)

  // Rows of a long table in a cell would push the row that they stand in from the shelf, and be set anew with it.
  const shelf = count > keptRows && standsIn(element, 'td', 'th') ? new Shelf() : outer.shelf
  // Rows that are repeated are kept set anyway: where they first stand they need not be set once more.
  const kept = new Map<Element, SetRow>()
  const setter = new TableRows(shelf, kept, grid, build)
  const repeated: { head: Strip[]; foot: Strip[] } = { head: [], foot: [] }
  const aside = new FlowBuilder(builder.width)
  repeated.head = addSections(aside, head, { setter, table: repeated, keepFirst: true, keep: true, kept }, build)
  repeated.foot = addSections(
    aside,
    foot,
    { setter, table: repeated, keepFirst: true, keep: true, not: 'last', kept },
    build,
  )
  // The first row stays with the head, and the totals never stand alone.
  const from = builder.length
  const inside = () => builder.length > from
  addSections(builder, head, { setter, table: repeated, keepFirst: false, keep: true }, build)
  addSections(builder, body, { setter, table: repeated, keepFirst: inside() }, build)
  addSections(builder, foot, { setter, table: repeated, keepFirst: inside(), keep: true, not: 'not-last' }, build)
}

const isHead = ({ part }: Section): boolean => part === 'head'
const isBody = ({ part }: Section): boolean => part === 'body'
const isFoot = ({ part }: Section): boolean => part === 'foot'

class TableRows implements RowSetter {
  readonly shelf: Shelf
  readonly #kept: ReadonlyMap<Element, SetRow>
  readonly #grid: Grid
  readonly #build: Build

  constructor(shelf: Shelf, kept: ReadonlyMap<Element, SetRow>, grid: Grid, build: Build) {
    this.shelf = shelf
    this.#kept = kept
    this.#grid = grid
    this.#build = build
  }

  set(rows: Tie): SetRow {
    return this.#kept.get(rows.section.rows[rows.from]!) ?? setRows(rows, this.#grid, this.#build)
  }
}

interface RowsOptions {
  readonly setter: RowSetter
  readonly table: TableFlow
  /** Whether the first row stays with what is before; with `keep`, every row does. */
  readonly keepFirst: boolean
  readonly keep?: boolean
  /** Rows with this `on` are left out. */
  readonly not?: Look['on']
  /** Rows that are repeated, in whatever frame: set at once, and noted here by their first. */
  readonly kept?: Map<Element, SetRow>
}

function addSections(builder: FlowBuilder, sections: readonly Section[], options: RowsOptions, build: Build): Strip[] {
  const { setter, table, keep = false, not, kept: noted } = options
  const strips: Strip[] = []
  let keepNext = options.keepFirst
  for (const section of sections) {
    const { breaks, part } = section
    const plain: RowPart = { table, part }
    const from = builder.length
    if (breaks.breakBefore === 'page') builder.force()
    if (breaks.breakBefore === 'avoid') builder.keep()
    let next = 0
    for (const count of section.counts) {
      const tie = { section, from: next, count }
      next += count
      const lookOf = (index: number) => build.looks.of(section.rows[index]!, section.type)
      const upper = lookOf(tie.from)
      const { on, breakBefore } = upper
      const { breakAfter } = tie.count === 1 ? upper : lookOf(tie.from + tie.count - 1)
      if (not !== undefined && on === not) continue
      const row = on === undefined ? plain : { ...plain, on }
      const together = breaks.breakInside === 'avoid' && builder.length > from
      const kept = { row, keep: keepNext || together || breakBefore === 'avoid' }
      keepNext = keep
      if (breakBefore === 'page') builder.force()
      if (noted !== undefined) {
        const set = setter.set(tie)
        noted.set(section.rows[tie.from]!, set)
        strips.push(builder.add(set.content, set.height, kept))
      } else strips.push(builder.addRows(tie, setter, kept))
      if (breakAfter === 'page') builder.force()
      if (breakAfter === 'avoid') builder.keep()
    }
    if (breaks.breakAfter === 'page') builder.force()
    if (breaks.breakAfter === 'avoid') builder.keep()
  }
  return strips
}

function setRows({ section, from, count }: Tie, grid: Grid, build: Build): SetRow {
  const { rows, type } = section
  if (count === 1) {
    const { side, least } = setRow(rows[from]!, grid.forms.of(rows[from]!, type), section, grid)
    const lines = (side.borderTop?.widthPt ?? 0) + (side.borderBottom?.widthPt ?? 0)
    let tallest = 0
    for (const cell of side.cells) tallest = Math.max(tallest, cellHeight(cell))
    return { content: side, height: Math.max(least, lines + tallest) }
  }
  const tied = rows.slice(from, from + count)
  const forms = grid.forms.tied(tied, type, build)
  const set = tied.map((row, index) => setRow(row, forms[index]!, section, grid))
  const parts = set.every(row => row.side.parts)
  const settled = settleRows(set)
  return { content: { kind: 'tied', rows: settled.rows, parts }, height: settled.height }
}

/** A row with its contents set; how high it is depends on the rows it is tied to. */
function setRow(element: Element, form: RowForm, section: Section, grid: Grid): TiedRow {
  const { look, spans } = form
  const role = roleOf(element, section.role)
  const boxes = boxesOf(form, grid)
  const elements = cellsIn(element)
  const cells = new Array<Cell>(boxes.length)
  for (let at = 0; at < cells.length; at += 1) {
    const { look: own, column, colspan } = form.cells[at]!
    cells[at] = buildCell(elements[at]!, own, boxes[at]!, role, grid.builds[column + colspan - 1]!)
  }
  const [borderTop, , borderBottom] = look.borders
  const side: Side = {
    kind: 'side',
    cells,
    parts: look.breakInside === 'auto',
    x: grid.x,
    width: grid.width,
    role,
    background: look.background,
    borderTop: borderTop.widthPt > 0 ? borderTop : undefined,
    borderBottom: borderBottom.widthPt > 0 ? borderBottom : undefined,
    gap: grid.gap,
    told: look.height === undefined ? undefined : look.height + borderTop.widthPt + borderBottom.widthPt,
  }
  const carry = section.part === 'body' ? element.attributes['carry'] : undefined
  const least = (look.height ?? 0) + borderTop.widthPt + borderBottom.widthPt
  return { side, spans, height: 0, least, ...(carry !== undefined && { carry }) }
}

function boxesOf(form: RowForm, { x, edges, gap }: Grid): readonly Box[] {
  form.boxes ??= form.cells.map(({ look, column, colspan }) => {
    const left = edges[column]!
    const align = look.verticalAlign ?? form.look.verticalAlign ?? 'top'
    return boxOf(look, { x: x + left, width: edges[column + colspan]! - gap - left, align })
  })
  return form.boxes
}

function gridOf(sections: readonly Section[], table: Element, look: Look, builder: FlowBuilder, build: Build): Grid {
  const { x, width } = builder
  const gap = look.columnGap
  const { columns, declared } = columnsOf(table, look, build)
  const options = { roomPt: width, gapPt: gap, element: table, build }
  // Without columns by content the widths are known before any row is read.
  const known = declared?.some(isAuto) === false ? resolveWidths(declared, [], options) : undefined
  const forms = new Forms(build.looks, columns)
  const { needs, spanning, widest, carry } = survey(sections, { forms, declared, known, widthPt: width }, build)
  const widths = declared ?? []
  if (declared !== undefined && needs.length > declared.length) {
    const message = `a row has ${needs.length} columns, its table ${declared.length}`
    build.fault('pdf.fit', message, widest, `give columns of the table ${needs.length} widths`)
  }
  const all: Width[] = []
  while (all.length < Math.max(1, widths.length, needs.length)) all.push(widths[all.length] ?? auto)
  const resolved = known?.length === all.length ? known : resolveWidths(all, widen(all, needs, spanning, gap), options)
  const edges = [0]
  for (const one of resolved) edges.push(edges.at(-1)! + one + gap)
  // `carry` gets the room of the widest text that any row carries.
  const inner: Build = { ...build, reserve: (atom, offset) => (atom === 'carry' ? carry : build.reserve(atom, offset)) }
  const builds: Build[] = []
  for (let index = 0; index < all.length; index += 1) {
    const behindPt = needs[index]?.behind ?? 0
    builds.push(behindPt === 0 ? inner : { ...inner, decimal: { mark: build.mark, behindPt } })
  }
  // Lines and grounds of rows reach as far as the columns do.
  return { x, width: Math.min(width, edges.at(-1)! - gap), gap, edges, forms, builds }
}

const auto: Width = { kind: 'auto' }
const isAuto = ({ kind }: Width): boolean => kind === 'auto'

/** Columns as the table says them: widths, if it says any, and what their cells begin with. */
function columnsOf(
  table: Element,
  look: Look,
  { looks }: Build,
): { columns: Columns; declared: readonly Width[] | undefined } {
  const plain = cellDefaults(look.cellPadding)
  const columns: CellDefaults[] = []
  const own: (Width | undefined)[] = []
  for (const col of childrenNamed(table, 'col')) {
    const { span = '1', width } = col.attributes
    for (let count = Number(span); count > 0; count -= 1) {
      columns.push(cellDefaults(look.cellPadding, col.attributes))
      own.push(width === undefined ? undefined : looks.of(col, look.type).columnWidth)
    }
  }
  if (look.columns === undefined && own.length === 0) return { columns: [plain], declared: undefined }
  const count = Math.max(look.columns?.length ?? 0, own.length)
  const declared: Width[] = []
  while (declared.length < count) declared.push(own[declared.length] ?? look.columns?.[declared.length] ?? auto)
  columns.push(plain)
  return { columns, declared }
}
