/** What must be parted is parted: cells by their lines, tied rows between rows where that can be, gaps anywhere. */
import { tolerance } from '../measure.ts'
import type { Room } from './compose.ts'
import { flowIn, placedIn } from './contents.ts'
import type { Cell, Cursor, Flow, Fragment, Side, Strip } from './strip.ts'
import { start } from './strip.ts'
import { partTied } from './tied.ts'

/** A strip in two: what is placed, and what is left of it. */
export interface Pieces {
  readonly done: Strip
  readonly rest?: Strip
  /** What rows that are done carry over, where the strip is several rows. */
  readonly carry?: string
}

export interface PartRoom {
  /** What is left of the page. */
  readonly height: number
  readonly room: Room
  /** Something has to be placed, even if it does not fit. */
  readonly must: boolean
  readonly fill: (flow: Flow, from: Cursor, room: Room) => Fragment
}

/** Undefined where nothing fits, or where it cannot be parted. */
export function part(strip: Strip, within: PartRoom): Pieces | undefined {
  const { content } = strip
  if (content.kind === 'gap') return partGap(strip, within)
  if (!(within.height > 0 || within.must)) return undefined
  if (content.kind === 'side') return partSide(strip, content, within)
  return content.kind === 'tied' ? partTied(strip, content, within) : undefined
}

/** What all pieces of a strip say of the whole. */
export function pieceOf(strip: Strip): Omit<Strip, 'height' | 'content'> {
  const { space, keep, force, frame, row, anchors, carry, continues } = strip
  return {
    space,
    keep,
    force,
    of: strip.of ?? strip,
    ...(frame !== undefined && { frame }),
    ...(row !== undefined && { row }),
    ...(anchors !== undefined && { anchors }),
    ...(carry !== undefined && { carry }),
    ...(continues !== undefined && { continues }),
  }
}

/** What is left; only composing can tell how high it is. */
export function restOf(strip: Strip, content: Strip['content']): Strip {
  const piece = pieceOf(strip)
  return { ...piece, space: 0, force: false, keep: false, continues: true, height: Number.POSITIVE_INFINITY, content }
}

function partGap(strip: Strip, { height }: PartRoom): Pieces | undefined {
  if (height < 1 || strip.height <= height) return undefined
  return {
    done: { ...pieceOf(strip), height, content: strip.content, goesOn: true },
    rest: { ...restOf(strip, strip.content), height: strip.height - height },
  }
}

function partSide(strip: Strip, side: Side, within: PartRoom): Pieces | undefined {
  const fragments = side.cells.map(cell => fillCell(cell, within.height - linesOf(side), within))
  const progress = fragments.some(fragment => fragment.placed.length > 0)
  const whole = fragments.every(fragment => fragment.next === undefined)
  if (!progress && !whole) return undefined
  if (whole && Number.isFinite(strip.height)) {
    const told = partTold(strip, side, fragments, within)
    if (told !== undefined) return told === 'next page' ? undefined : told
  }
  const tallest = Math.max(0, ...fragments.map((fragment, index) => fragment.height + paddingOf(side.cells[index]!)))
  const cells = side.cells.map((cell, index) => cellDone(cell, fragments[index]!, !whole))
  const height = tallest + linesOf(side)
  // Padding alone may be too much for what is left of a page.
  if (height > within.height + tolerance && !within.must) return undefined
  const done: Strip = { ...pieceOf(strip), height, content: { ...side, cells }, goesOn: !whole }
  if (whole) return { done }
  const left = side.cells.map((cell, index) => cellLeft(cell, fragments[index]!))
  return { done, rest: restOf(strip, { ...side, cells: left }) }
}

/** A row whose contents fit, and that was told to be higher: it moves to the next page, or goes on there as an empty space. */
function partTold(
  strip: Strip,
  side: Side,
  fragments: readonly Fragment[],
  { height, room, must }: PartRoom,
): Pieces | 'next page' | undefined {
  // Where its contents need more than it was told, their margins may fall away.
  if (side.told !== undefined && strip.height > side.told + tolerance) return undefined
  const tallest = Math.max(0, ...fragments.map((fragment, index) => fragment.height + paddingOf(side.cells[index]!)))
  const rest = restOfTold(side, { shown: tallest + linesOf(side), left: height })
  if (rest === undefined) return undefined
  if (!must && strip.height <= room.whole + tolerance) return 'next page'
  const cells = side.cells.map((cell, index) => cellDone(cell, fragments[index]!, true))
  const left = side.cells.map(cell => ({ ...cellLeft(cell, nowhere), placed: nowhere }))
  return {
    done: { ...pieceOf(strip), height: strip.height - rest, content: { ...side, cells }, goesOn: true },
    rest: { ...restOf(strip, { ...side, cells: left, told: rest }), height: rest },
  }
}

/**
 * What of a row's told height is left for the next page, if anything; some room for its lower lines, where the contents that are shown
 * leave it.
 */
export function restOfTold(side: Side, { shown, left }: { shown: number; left: number }): number | undefined {
  const { told } = side
  const lines = linesOf(side)
  if (told === undefined || told <= left + tolerance || left <= lines) return undefined
  return Math.max(lines, told - Math.max(shown, Math.min(left, told - Math.min(leastRest, told / 2))))
}

const leastRest = 12
const nowhere: Fragment = { placed: [], height: 0 }

/** What of a cell fits a height. */
export function fillCell(cell: Cell, height: number, { room, must, fill }: PartRoom): Fragment {
  const inner = Math.max(0, height - paddingOf(cell))
  const placed = placedIn(cell)
  if (placed !== undefined && placed.height <= inner) return placed
  return fill(flowIn(cell), cell.from, { ...room, height: inner, must, top: 0, forces: false })
}

/** A cell as it is placed; `goesOn` where its row does, even if the cell's own contents end. */
export function cellDone(cell: Cell, placed: Fragment, goesOn: boolean): Cell {
  return { ...cell, box: { ...cell.box, align: 'top' }, line: undefined, flow: flowIn(cell), placed, goesOn }
}

export function cellLeft(cell: Cell, { next }: Fragment): Cell {
  const { placed: _placed, goesOn: _goesOn, ...rest } = cell
  const left = { ...rest, line: undefined, continues: true }
  return next === undefined ? { ...left, flow: nothing, from: start } : { ...left, flow: flowIn(cell), from: next }
}

const nothing: Flow = { strips: [] }

/** What the lines above and below a row take. */
function linesOf({ borderTop, borderBottom }: Side): number {
  return (borderTop?.widthPt ?? 0) + (borderBottom?.widthPt ?? 0)
}

export function paddingOf({
  box: {
    padding: [top, , bottom],
  },
}: Cell): number {
  return top + bottom
}
