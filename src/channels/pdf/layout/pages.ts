/** One page element -> as many pages as its contents need, with its headers, footers and fixed boxes. */
import type { Element } from '../markup/tree.ts'
import type { Room } from './compose.ts'
import { fill } from './compose.ts'
import type { Build, Inside } from './context.ts'
import { emit } from './emit.ts'
import type { Furniture, Wide } from './furniture.ts'
import { areaOf, furnish, manyPages } from './furniture.ts'
import { showsOn } from './on.ts'
import type { Anchor, Mark, Page } from './page.ts'
import { roleOf } from './page.ts'
import { stack } from './stack.ts'
import type { Cursor, Flow, Fragment } from './strip.ts'
import { start } from './strip.ts'

/** A page that is composed: what it shows, and the room in which its part of the text is filled once more when it is drawn. */
export interface Sheet {
  readonly widthPt: number
  readonly heightPt: number
  readonly left: number
  readonly body: Flow
  readonly room: Room
  /** The first of its page element: the text begins. */
  readonly begins: boolean
  readonly furniture: readonly Furniture[]
}

/** Less room than this is none: not even a line and its table's head would fit. */
const leastRoom = 24

export interface Composing {
  /** What the page element stands in. */
  readonly outer: Inside
  /** Those before it; its own are added. */
  readonly sheets: Sheet[]
  readonly most: number
  readonly build: Build
  /**
   * One for long page numbers, where their count is not known: if they move nothing, headers and footers are kept both ways, elsewhere
   * all is built for long ones.
   */
  readonly wide?: Wide | undefined
}

/** Composes until the text ends, or there are as many sheets as are wanted. */
export function composePages(page: Element, { outer, sheets, most, build: given, wide }: Composing): void {
  const look = given.looks.of(page, outer.type)
  const role = roleOf(page, outer.role)
  const inside: Inside = { type: look.type, role }
  const { widthPt, heightPt } = look.size
  const [, right, , left] = look.margin
  const width = widthPt - left - right
  if (width < leastRoom) {
    given.fault('pdf.fit', 'the margins leave no room for text', page, 'make margin smaller')
    return
  }
  const paper = { widthPt, heightPt, roomPt: heightPt }
  const furnished = furnish(page, inside, look, {
    build: { ...given, paper },
    wide: wide && { furniture: { ...wide.furniture, paper }, text: { ...wide.text, paper } },
  })
  const { furniture } = furnished
  const area = (first: boolean, last: boolean, number: number) => areaOf(look, furniture, { first, last, page: number })
  const middles = [sheets.length + 2, sheets.length + 3].map(number => area(false, false, number).height)
  const build = {
    ...furnished.build,
    paper: { ...paper, roomPt: Math.max(area(true, false, sheets.length + 1).height, ...middles) },
  }
  const body = build.flow(page.children, inside, width, build)

  let cursor: Cursor | undefined = start
  let first = true
  while (cursor !== undefined && sheets.length < most) {
    const number = sheets.length + 1
    const from: Cursor = cursor
    const going = area(first, false, number)
    const ending = area(first, true, number)
    const whole = Math.max(going.height, area(false, false, number + 1).height)
    const tried = (height: number, top: number) => trySheet(body, from, { height, top, whole, page: number })
    let chosen = tried(Math.max(going.height, 0), going.top)
    if (going.height < leastRoom || (chosen.placed.next === undefined && ending.height < leastRoom)) {
      build.fault('pdf.fit', 'header and footer leave no room for text', page, 'make them or the margins smaller')
      return
    }
    // The last page's header and footer may leave another height; only what fits beside them makes a page the last one.
    if (going.top !== ending.top || going.height !== ending.height) {
      if (chosen.placed.next === undefined || ending.height > going.height) {
        const asLast = tried(ending.height, ending.top)
        if (asLast.placed.next === undefined) chosen = asLast
        else if (chosen.placed.next === undefined) chosen = tried(Math.min(going.height, ending.height), going.top)
      }
    }
    const { placed, room } = chosen
    if (chosen.over) {
      const hint = 'make the type or the image smaller'
      build.fault('pdf.fit', 'something is taller than a page and cannot be parted', page, hint)
    }
    if (chosen.covered) {
      const hint = 'put address-window first in its page, or make what stands above it shorter'
      build.fault('pdf.fit', 'text before an address window reaches into it', page, hint)
    }
    const last = placed.next === undefined
    const shown = furniture.filter(one => showsOn(one.on, { first, last, page: number }))
    sheets.push({ widthPt, heightPt, left, body, room, begins: first, furniture: shown })
    if (placed.next !== undefined && placed.placed.length === 0) throw new Error('a page on which nothing was placed')
    cursor = placed.next
    first = false
  }
}

interface Tried {
  readonly room: Room
  readonly placed: Fragment
  /** Something is taller than a page and cannot be parted. */
  readonly over: boolean
  /** Text stands where an address window is. */
  readonly covered: boolean
}

function trySheet(body: Flow, from: Cursor, at: Pick<Room, 'height' | 'top' | 'whole' | 'page'>): Tried {
  const met = { over: false, covered: false }
  const room: Room = {
    ...at,
    must: true,
    forces: true,
    overflow: () => {
      met.over = true
    },
    covered: () => {
      met.covered = true
    },
  }
  const placed = fill(body, from, room)
  return { room, placed, ...met }
}

/** The last step, when the number of pages is known: each page is filled as it was composed, drawn, and let go. */
export function* emitPages(sheets: readonly Sheet[], { cells }: { readonly cells: boolean }): Generator<Page> {
  let cursor: Cursor | undefined
  for (const [index, sheet] of sheets.entries()) {
    const { widthPt, heightPt, left, body, room } = sheet
    const marks: Mark[] = []
    const anchors: Anchor[] = []
    const to = { marks, anchors, page: index + 1, count: sheets.length, artifact: false, cells }
    const draw = (kinds: readonly Furniture['kind'][]) => {
      for (const one of sheet.furniture) {
        if (!kinds.includes(one.kind)) continue
        // What stands on one page only is part of the text; what is repeated is not.
        const artifact = one.on !== 'first' && one.on !== 'last'
        const flow = sheets.length < manyPages ? one.flow : (one.wide ?? one.flow)
        const all = stack(flow, { page: index + 1, top: one.y })
        emit(all.placed, one.x, one.y, { ...to, artifact })
      }
    }
    draw(['header', 'box'])
    const placed = fill(body, sheet.begins || cursor === undefined ? start : cursor, room)
    cursor = placed.next
    emit(placed.placed, left, room.top, to)
    draw(['footer'])
    yield { widthPt, heightPt, marks, anchors }
  }
}
