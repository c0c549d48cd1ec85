/** Placed strips -> marks at absolute places. */
import { tolerance } from '../measure.ts'
import { heightIn } from './contents.ts'
import { emitLine, partLast } from './emitline.ts'
import { emitFrame, emitGround, frameExtents, none, rect, unseen } from './ground.ts'
import { dropOf } from './hang.ts'
import type { Emission, Role } from './page.ts'
import { stack } from './stack.ts'
import type { Cell, Placed, Side, Strip, Tied, TiedRow } from './strip.ts'

export function emit(placed: readonly Placed[], x: number, y: number, to: Emission): void {
  // Most of what is placed are contents of cells, and stands in no frame.
  const extents = placed.some(one => one.strip.frame !== undefined) ? frameExtents(placed) : undefined
  for (let index = 0; index < placed.length; index += 1) {
    const one = placed[index]!
    if (extents !== undefined)
      for (const frame of unseen(one.strip.frame, extents)) emitFrame(frame, extents.get(frame)!, x, y, to)
    if (!one.repeated && one.strip.continues !== true)
      for (const { heading, ...place } of one.strip.anchors ?? []) {
        // What is repeated is led to where it first stands, and is no heading.
        to.anchors.push({ ...place, ...(heading !== undefined && !to.artifact && { heading }), y: y + one.y })
      }
    const { content } = one.strip
    const drop = content.kind === 'line' && content.hung ? dropOf(content.line, placed.slice(index, index + 9)) : 0
    emitStrip(one, x, y + one.y + drop, one.repeated ? { ...to, artifact: true } : to)
  }
}

function emitStrip({ strip, height, carry }: Placed, x: number, y: number, to: Emission): void {
  const { content } = strip
  switch (content.kind) {
    case 'line':
      for (const marker of content.markers ?? []) {
        // On one baseline with the line, whatever their leading.
        emitLine(marker.line, x + marker.x, y + content.line.baselinePt - marker.line.baselinePt, carry, to)
      }
      return emitLine(content.line, x + content.x, y, carry, to)
    case 'rule':
      return rect(x + content.x, y, content.width, strip.height, content.color, content.role, to)
    case 'image': {
      const { name, width, role } = content
      to.marks.push({
        kind: 'image',
        x: x + content.x,
        y,
        width,
        height: strip.height,
        name,
        role,
        artifact: to.artifact,
      })
      return
    }
    case 'side':
      return emitSide(content, strip, height, carry, x, y, to)
    case 'tied':
      return emitTied(content, carry, x, y, to)
    case 'pinned':
      return emit(stack(content.flow, { page: to.page, top: 0 }).placed, content.x, content.y, to)
    case 'gap':
      return
  }
}

function emitSide(side: Side, strip: Strip, height: number, carry: string, x: number, y: number, to: Emission): void {
  const extent = { x, y, height }
  emitRowGround(side, extent, to)
  if (strip.continues !== true) emitRowLine(side, 'borderTop', extent, to)
  const above = side.borderTop?.widthPt ?? 0
  const below = side.borderBottom?.widthPt ?? 0
  for (const cell of side.cells) emitCell(cell, x, y + above, height - above - below, carry, to)
  if (strip.goesOn !== true) emitRowLine(side, 'borderBottom', extent, to)
}

/** Grounds of all rows first, so that a cell over several rows stands on them. */
function emitTied({ rows }: Tied, carry: string, x: number, y: number, to: Emission): void {
  const edges = [y]
  for (const row of rows) edges.push(edges.at(-1)! + row.height)
  const extents = rows.map(({ height }, index) => ({ x, y: edges[index]!, height }))
  const crossed = crossings(rows)
  rows.forEach(({ side, continues }, index) => {
    emitRowGround(side, extents[index]!, to)
    if (continues !== true) emitRowLine(side, 'borderTop', extents[index]!, to, crossed[index])
  })
  rows.forEach(({ side, spans, goesOn }, index) => {
    const top = edges[index]! + (side.borderTop?.widthPt ?? 0)
    // Cells above say how many rows they cover: one that they cover all of is a row, too.
    if (to.cells && side.cells.length === 0) {
      const place = { x: x + side.x, y: edges[index]!, width: side.width, height: extents[index]!.height }
      to.marks.push({ kind: 'cell', ...place, role: side.role, artifact: to.artifact })
    }
    side.cells.forEach((cell, at) => {
      const last = Math.min(rows.length, index + spans[at]!)
      const bottom = edges[last]! - (rows[last - 1]!.side.borderBottom?.widthPt ?? 0)
      emitCell(cell, x, top, bottom - top, carry, to)
    })
    if (goesOn !== true) emitRowLine(side, 'borderBottom', extents[index]!, to, crossed[index + 1])
  })
}

/** For each edge between rows the cells that reach over it, from left to right: lines of rows do not run through them. */
function crossings(rows: readonly TiedRow[]): Cell[][] {
  const crossed: Cell[][] = [...rows, undefined].map(() => [])
  rows.forEach(({ side, spans }, index) => {
    side.cells.forEach((cell, at) => {
      for (let edge = index + 1; edge < Math.min(rows.length, index + spans[at]!); edge += 1) crossed[edge]!.push(cell)
    })
  })
  return crossed.map(cells => cells.sort((a, b) => a.box.x - b.box.x))
}

interface RowExtent {
  readonly x: number
  readonly y: number
  readonly height: number
}

function emitRowGround({ background, x: left, width, role }: Side, { x, y, height }: RowExtent, to: Emission): void {
  if (background !== undefined) rect(x + left, y, width, height, background, role, to)
}

/** The line above or below a row, but not where cells cross it. */
function emitRowLine(
  side: Side,
  which: 'borderTop' | 'borderBottom',
  { x, y, height }: RowExtent,
  to: Emission,
  crossing: readonly Cell[] = nobody,
): void {
  const border = side[which]
  if (border === undefined) return
  const top = which === 'borderTop' ? y : y + height - border.widthPt
  const draw = (from: number, until: number, least = 0) => {
    if (until - from > least + tolerance) rect(x + from, top, until - from, border.widthPt, border.color, side.role, to)
  }
  if (crossing.length === 0) return draw(side.x, side.x + side.width)
  let from = side.x
  crossing.forEach((cell, index) => {
    draw(from, cell.box.x, index === 0 ? 0 : side.gap)
    from = cell.box.x + cell.box.width
  })
  draw(from, side.x + side.width)
}

const nobody: readonly Cell[] = []

/** A cell in the height that its row leaves it. */
function emitCell(cell: Cell, x: number, y: number, height: number, carry: string, to: Emission): void {
  const { role, line, placed } = cell
  const { borders, background, radius, padding, align, width } = cell.box
  const left = x + cell.box.x
  const [above, right, below, before] = borders
  if (background !== undefined || above.widthPt + right.widthPt + below.widthPt + before.widthPt > 0) {
    // Of a cell that goes on before any of its text was placed, nothing may reach out of its row.
    const begins = cell.continues !== true && (cell.goesOn !== true || height + tolerance > above.widthPt)
    const shown = [begins ? above : none, right, cell.goesOn ? none : below, before] as const
    const corners = { above: cell.continues !== true, below: cell.goesOn !== true }
    emitGround({ x: left, y, width, height, background, radius, borders: shown, corners }, role, to)
  }
  const tabular = isTabular(role)
  if (to.cells && tabular) to.marks.push({ kind: 'cell', x: left, y, width, height, role, artifact: to.artifact })
  if (line === undefined && placed === undefined) return
  const rest = Math.max(0, height - padding[0] - padding[2] - heightIn(cell))
  const top = y + padding[0] + (align === 'top' ? 0 : align === 'bottom' ? rest : rest / 2)
  if (line !== undefined) emitLine(line, left + padding[3], top, carry, to)
  else emitContents(placed!.placed, left + padding[3], top, carry, to)
  // Cells are elements of their own; columns beside each other are parted by nothing but their place.
  if (!tabular) partLast(to)
}

/** Columns look like cells and are none. */
function isTabular({ name }: Role): boolean {
  return name === 'td' || name === 'th'
}

/** Cells of a repeated row show what is carried on the page, which their own flow knows nothing of. */
function emitContents(placed: readonly Placed[], x: number, y: number, carry: string, to: Emission): void {
  emit(carry === '' ? placed : placed.map(one => (one.carry === '' ? { ...one, carry } : one)), x, y, to)
}
