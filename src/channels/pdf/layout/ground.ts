/** Frames and grounds: backgrounds of boxes, columns and cells, and the lines around them. */
import type { Sides } from '../markup/values.ts'
import type { Emission, Role, Round } from './page.ts'
import type { Box, Frame, Placed } from './strip.ts'

export interface FrameExtent {
  readonly top: number
  bottom: number
  readonly begins: boolean
  ends: boolean
  seen: boolean
}

/** Strips of a frame follow each other, so each frame is met once where it begins and once where it ends. */
export function frameExtents(placed: readonly Placed[]): Map<Frame, FrameExtent> {
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
export function unseen(frame: Frame | undefined, extents: ReadonlyMap<Frame, FrameExtent>): Frame[] {
  const found: Frame[] = []
  for (let at = frame; at !== undefined; at = at.outer) {
    const extent = extents.get(at)!
    if (extent.seen) break
    extent.seen = true
    found.unshift(at)
  }
  return found
}

export function emitFrame(
  frame: Frame,
  { top, bottom, begins, ends }: FrameExtent,
  x: number,
  y: number,
  to: Emission,
): void {
  const [above, right, below, left] = frame.borders
  const borders = [begins ? above : none, right, ends ? below : none, left] as const
  const corners = { above: begins, below: ends }
  emitGround({ ...frame, borders, corners, x: x + frame.x, y: y + top, height: bottom - top }, frame.role, to)
}

export const none = { widthPt: 0, color: '' }

export interface Ground {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly background?: string | undefined
  readonly borders: Box['borders']
  readonly radius: number
  /** Where it goes on over pages, its corners there are square. Absent: it begins and ends here. */
  readonly corners?: { readonly above: boolean; readonly below: boolean }
}

/** A ground and the lines around it, which lie inside its edges. */
export function emitGround(ground: Ground, role: Role, to: Emission): void {
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

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
  role: Role,
  to: Emission,
): void {
  to.marks.push({ kind: 'rect', x, y, width, height, color, role, artifact: to.artifact })
}
