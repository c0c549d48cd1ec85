/** Placed strips -> marks at absolute places; here page numbers and carried values become text. */
import type { Glyphs } from '../fonts/face.ts'
import type { Sides } from '../markup/values.ts'
import { endless, fill } from './compose.ts'
import { shift } from './context.ts'
import { behindMark } from './decimal.ts'
import type { Atom } from './inline.ts'
import type { Line, Run } from './lines.ts'
import type { Anchor, Mark, Role, Round, TextMark } from './page.ts'
import type { Cell, Frame, Placed, Side, Strip, Tied, TiedRow } from './strip.ts'
import { start } from './strip.ts'

export interface Emission {
  readonly marks: Mark[]
  readonly anchors: Anchor[]
  readonly page: number
  readonly count: number
  readonly artifact: boolean
}

export function emit(placed: readonly Placed[], x: number, y: number, to: Emission): void {
  const extents = frameExtents(placed)
  for (const one of placed) {
    for (const frame of unseen(one.strip.frame, extents)) emitFrame(frame, extents.get(frame)!, x, y, to)
    if (!one.repeated && !to.artifact && one.strip.continues !== true)
      for (const anchor of one.strip.anchors ?? []) to.anchors.push({ ...anchor, y: y + one.y })
    emitStrip(one, x, y + one.y, one.repeated ? { ...to, artifact: true } : to)
  }
}

interface FrameExtent {
  readonly top: number
  bottom: number
  readonly begins: boolean
  ends: boolean
  seen: boolean
}

/** Strips of a frame follow each other, so each frame is met once where it begins and once where it ends. */
function frameExtents(placed: readonly Placed[]): Map<Frame, FrameExtent> {
  const extents = new Map<Frame, FrameExtent>()
  const open: Frame[] = []
  const leave = (until: Frame | undefined, { strip, y, height }: Placed) => {
    while (open.length > 0 && open.at(-1) !== until) {
      const frame = open.pop()!
      const extent = extents.get(frame)!
      extent.bottom = y + height
      extent.ends = frame.last === (strip.of ?? strip) && strip.goesOn !== true
    }
  }
  let before: Placed | undefined
  for (const one of placed) {
    const { strip, y } = one
    if (before === undefined || strip.frame !== before.strip.frame) {
      const entered: Frame[] = []
      let frame = strip.frame
      for (; frame !== undefined && !extents.has(frame); frame = frame.outer) entered.push(frame)
      if (before !== undefined) leave(frame, before)
      for (const inner of entered.reverse()) {
        const begins = inner.first === (strip.of ?? strip) && strip.continues !== true
        extents.set(inner, { top: y, bottom: y, begins, ends: false, seen: false })
        open.push(inner)
      }
    }
    before = one
  }
  if (before !== undefined) leave(undefined, before)
  return extents
}

/** Frames that begin with this strip, the outermost first. */
function unseen(frame: Frame | undefined, extents: ReadonlyMap<Frame, FrameExtent>): Frame[] {
  const found: Frame[] = []
  for (let at = frame; at !== undefined; at = at.outer) {
    const extent = extents.get(at)!
    if (extent.seen) break
    extent.seen = true
    found.unshift(at)
  }
  return found
}

function emitFrame(frame: Frame, { top, bottom, begins, ends }: FrameExtent, x: number, y: number, to: Emission): void {
  const [above, right, below, left] = frame.borders
  const borders = [begins ? above : none, right, ends ? below : none, left] as const
  const corners = { above: begins, below: ends }
  emitGround({ ...frame, borders, corners, x: x + frame.x, y: y + top, height: bottom - top }, frame.role, to)
}

const none = { widthPt: 0, color: '' }

interface Ground {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly background?: string
  readonly borders: Cell['borders']
  readonly radius: number
  /** Where it goes on over pages, its corners there are square. Absent: it begins and ends here. */
  readonly corners?: { readonly above: boolean; readonly below: boolean }
}

/** A ground and the lines around it, which lie inside its edges. */
function emitGround(ground: Ground, role: Role, to: Emission): void {
  const { x, y, width, height, background, borders } = ground
  if (ground.radius > 0) return emitRound(ground, role, to)
  const [above, right, below, left] = borders
  if (background !== undefined) rect(x, y, width, height, background, role, to)
  if (above.widthPt > 0) rect(x, y, width, above.widthPt, above.color, role, to)
  if (below.widthPt > 0) rect(x, y + height - below.widthPt, width, below.widthPt, below.color, role, to)
  if (left.widthPt > 0) rect(x, y, left.widthPt, height, left.color, role, to)
  if (right.widthPt > 0) rect(x + width - right.widthPt, y, right.widthPt, height, right.color, role, to)
}

/** Lines are the same on all sides that have one; checking has seen to that. */
function emitRound(ground: Ground, role: Role, to: Emission): void {
  const { x, y, width, height, background, borders, radius, corners = { above: true, below: true } } = ground
  const most = Math.min(width / 2, corners.above && corners.below ? height / 2 : height)
  const round: Round = {
    upper: corners.above ? Math.min(radius, most) : 0,
    lower: corners.below ? Math.min(radius, most) : 0,
  }
  const mark = { kind: 'rect', x, y, width, height, role, artifact: to.artifact } as const
  if (background !== undefined) to.marks.push({ ...mark, color: background, round })
  const line = borders.map(border => border.widthPt) as unknown as Sides
  // The sides are there on every page, above and below perhaps not.
  if (line[1] > 0) to.marks.push({ ...mark, color: borders[1].color, round: { ...round, line } })
}

function rect(x: number, y: number, width: number, height: number, color: string, role: Role, to: Emission): void {
  to.marks.push({ kind: 'rect', x, y, width, height, color, role, artifact: to.artifact })
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
      return emit(fill(content.flow, start, endless(to.page)).placed, content.x, content.y, to)
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
    if (side.cells.length === 0) {
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
  return crossed.map(cells => cells.sort((a, b) => a.x - b.x))
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
  crossing: readonly Cell[] = [],
): void {
  const border = side[which]
  if (border === undefined) return
  const top = which === 'borderTop' ? y : y + height - border.widthPt
  const draw = (from: number, until: number) => {
    if (until - from > 0.01) rect(x + from, top, until - from, border.widthPt, border.color, side.role, to)
  }
  let from = side.x
  for (const cell of crossing) {
    draw(from, cell.x)
    from = cell.x + cell.width
  }
  draw(from, side.x + side.width)
}

/** A cell in the height that its row leaves it. */
function emitCell(cell: Cell, x: number, y: number, height: number, carry: string, to: Emission): void {
  const [above, right, below, left] = cell.borders
  const borders = [cell.continues ? none : above, right, cell.goesOn ? none : below, left] as const
  const corners = { above: cell.continues !== true, below: cell.goesOn !== true }
  const place = { x: x + cell.x, y, width: cell.width, height }
  emitGround({ ...cell, ...place, borders, corners }, cell.role, to)
  if (isTabular(cell.role)) to.marks.push({ kind: 'cell', ...place, role: cell.role, artifact: to.artifact })
  if (cell.placed === undefined) return
  const [top, , bottom, inset] = cell.padding
  const rest = Math.max(0, height - top - bottom - cell.placed.height)
  const down = cell.align === 'top' ? 0 : cell.align === 'bottom' ? rest : rest / 2
  emitContents(cell.placed.placed, x + cell.x + inset, y + top + down, carry, to)
  // Cells are elements of their own; columns beside each other are parted by nothing but their place.
  if (!isTabular(cell.role)) partLast(to)
}

/** Columns look like cells and are none. */
function isTabular({ name }: Role): boolean {
  return name === 'td' || name === 'th'
}

/** Cells of a repeated row show what is carried on the page, which their own flow knows nothing of. */
function emitContents(placed: readonly Placed[], x: number, y: number, carry: string, to: Emission): void {
  emit(carry === '' ? placed : placed.map(one => (one.carry === '' ? { ...one, carry } : one)), x, y, to)
}

function emitLine(line: Line, x: number, y: number, carry: string, to: Emission): void {
  const atoms = line.runs.some(run => run.atom !== undefined)
  const runs = atoms ? line.runs.map(run => withAtom(run, carry, to)) : line.runs
  const widthPt = atoms ? widthOfLine(runs) : line.widthPt
  let at = x + Math.max(0, shift(line.align, line.roomPt - widthPt) - lackBehind(line, runs))
  for (const run of runs) at = emitRun(run, at, y, line, to)
  if (line.parted === true) partLast(to)
}

/** Words of two lines stay two words for who hears or copies them (ISO 32000-1 §14.8.2.5). */
function partLast({ marks }: Emission): void {
  const index = marks.findLastIndex(({ kind }) => kind === 'text')
  const mark = marks[index]
  if (mark?.kind === 'text') marks[index] = { ...mark, parted: true }
}

/** How much less stands behind a line's decimal mark than behind the longest of its column. */
function lackBehind({ decimal }: Line, runs: readonly Run[]): number {
  const behind = decimal === undefined ? undefined : behindMark(runs, decimal.mark)
  return behind === undefined ? 0 : Math.max(0, decimal!.behindPt - behind)
}

function withAtom(run: Run, carry: string, to: Emission): Run {
  if (run.atom === undefined) return run
  return { ...run, words: [run.type.typeface.shape(atomText(run.atom, carry, run.offset ?? 0, to))] }
}

function atomText(atom: Atom, carry: string, offset: number, { page, count }: Emission): string {
  return atom === 'carry' ? carry : String(atom === 'page-number' ? page + offset : count)
}

function widthOfLine(runs: readonly Run[]): number {
  const last = runs.at(-1)?.type
  const trailing = last === undefined ? 0 : last.typeface.spacing * last.sizePt
  return runs.reduce((sum, run) => sum + widthOf(run), 0) - trailing
}

function widthOf({ words, type }: Run): number {
  return words.reduce((sum, word) => sum + word.width, 0) * type.sizePt
}

/** One mark for as long as the face stays the same. Returns where the next run begins. */
function emitRun({ words, type, role, href }: Run, x: number, y: number, line: Line, to: Emission): number {
  let at = x
  let text = ''
  let open: { mark: Omit<TextMark, 'glyphs'>; glyphs: Glyphs[]; scale: number } | undefined
  for (const word of words) {
    for (const { face, scale, glyphs } of word.parts) {
      if (open === undefined || open.mark.face !== face || open.scale !== scale) {
        const baseline = y + line.baselinePt
        const mark = {
          kind: 'text',
          x: at,
          y: baseline,
          face,
          sizePt: type.sizePt * scale,
          color: type.color,
          ...(type.risePt !== 0 && { rise: type.risePt }),
          ...(type.letterSpacingPt !== 0 && { spacing: type.typeface.spacing * type.sizePt }),
          role,
          artifact: to.artifact,
        } as const
        open = { mark, glyphs: [], scale }
        to.marks.push({ ...mark, glyphs: open.glyphs })
      }
      open.glyphs.push(glyphs)
      at += (glyphs.width / face.unitsPerEm) * type.sizePt * scale
      if (href !== undefined) text += glyphs.texts.join('')
    }
  }
  if (href !== undefined && at > x) {
    to.marks.push({ kind: 'link', x, y, width: at - x, height: line.heightPt, href, text, role, artifact: to.artifact })
  }
  return at
}
