/** One page element -> as many pages as its contents need, with its headers, footers and fixed boxes. */

import type { Element, Node } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Sides } from '../markup/values.ts'
import { addNodes, buildFixed } from './build.ts'
import type { Room } from './compose.ts'
import { endless, fill } from './compose.ts'
import type { Build, Inside } from './context.ts'
import { emit } from './emit.ts'
import { FlowBuilder, framed } from './flow.ts'
import type { Look, On } from './looks.ts'
import { showsOn } from './on.ts'
import type { Anchor, Mark, Page } from './page.ts'
import { roleOf } from './page.ts'
import type { Cursor, Flow } from './strip.ts'
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

/** A header, footer or fixed box, as it is drawn on each of its pages. */
interface Furniture {
  readonly kind: 'header' | 'footer' | 'box'
  readonly on?: On
  readonly flow: Flow
  /** The same with room for long page numbers, where the document may turn out to need it. */
  readonly wide?: Flow
  readonly x: number
  readonly y: number
  /** Where the text may begin at the earliest, or must end at the latest. */
  readonly edge: number
}

/** Less room than this is none: not even a line and its table's head would fit. */
const leastRoom = 24

/** From as many pages on their numbers need more room than two digits. */
export const manyPages = 100

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
  readonly wide?: Build | undefined
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
  const { furniture, outerBuild } = furnish(page, inside, look, { ...given, paper }, wide && { ...wide, paper })
  const area = (first: boolean, last: boolean, number: number) => areaOf(look, furniture, { first, last, page: number })
  const middles = [sheets.length + 2, sheets.length + 3].map(number => area(false, false, number).height)
  const build = {
    ...outerBuild,
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
    if (Math.min(going.height, ending.height) < leastRoom) {
      build.fault('pdf.fit', 'header and footer leave no room for text', page, 'make them or the margins smaller')
      return
    }
    const tried = (heightPt: number, top: number) => {
      let over = false
      let covered = false
      const room: Room = {
        height: heightPt,
        whole,
        top,
        page: number,
        must: true,
        forces: true,
        overflow: () => {
          over = true
        },
        covered: () => {
          covered = true
        },
      }
      return { room, placed: fill(body, from, room), over: () => over, covered: () => covered }
    }
    let chosen = tried(going.height, going.top)
    // The last page's header and footer may leave another height; only what fits beside them makes a page the last one.
    if (going.top !== ending.top || going.height !== ending.height) {
      if (chosen.placed.next === undefined || ending.height > going.height) {
        const asLast = tried(ending.height, ending.top)
        if (asLast.placed.next === undefined) chosen = asLast
        else if (chosen.placed.next === undefined) chosen = tried(Math.min(going.height, ending.height), going.top)
      }
    }
    const { placed, room } = chosen
    if (chosen.over()) {
      const hint = 'make the type or the image smaller'
      build.fault('pdf.fit', 'something is taller than a page and cannot be parted', page, hint)
    }
    if (chosen.covered()) {
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

interface Furnished {
  readonly furniture: readonly Furniture[]
  /** What the text is built with. */
  readonly outerBuild: Build
}

/** Long page numbers move something where they stand in the text, or make a header or footer higher. */
function furnish(page: Element, inside: Inside, look: Look, build: Build, wide: Build | undefined): Furnished {
  const short = furnitureOf(page, inside, look, build)
  if (wide === undefined) return { furniture: short, outerBuild: build }
  const long = furnitureOf(page, inside, look, wide)
  const moved = long.some((one, index) => one.edge !== short[index]!.edge)
  if (moved || page.children.some(numbersPages)) return { furniture: long, outerBuild: wide }
  return { furniture: short.map((one, index) => ({ ...one, wide: long[index]!.flow })), outerBuild: build }
}

/** Whether numbers of pages stand in the text. */
function numbersPages(node: Node): boolean {
  if (typeof node === 'string' || node.name === 'header' || node.name === 'footer') return false
  return node.name === 'page-number' || node.name === 'page-count' || node.children.some(numbersPages)
}

interface Area {
  readonly top: number
  readonly height: number
}

function areaOf(
  look: Look,
  furniture: readonly Furniture[],
  standing: { first: boolean; last: boolean; page: number },
): Area {
  const [marginTop, , marginBottom] = look.margin
  let top = marginTop
  let bottom = look.size.heightPt - marginBottom
  for (const one of furniture) {
    if (!showsOn(one.on, standing)) continue
    if (one.kind === 'header') top = Math.max(top, one.edge)
    if (one.kind === 'footer') bottom = Math.min(bottom, one.edge)
  }
  return { top, height: bottom - top }
}

function furnitureOf(page: Element, inside: Inside, look: Look, build: Build): Furniture[] {
  const [marginTop, right, marginBottom, left] = look.margin as Sides
  const { widthPt, heightPt } = look.size
  const found: Furniture[] = []
  for (const element of childrenNamed(page, 'header', 'footer', 'box')) {
    const own = build.looks.of(element, inside.type)
    const on = own.on === undefined ? {} : { on: own.on }
    const role = roleOf(element, inside.role)
    if (element.name === 'box') {
      if (!own.fixed || own.on === undefined) continue
      const { flow, x, y } = buildFixed(element, own, { ...role, name: 'fixed box' }, build)
      found.push({ kind: 'box', flow, x, y, edge: 0, ...on })
      continue
    }
    const builder = new FlowBuilder(widthPt - left - right)
    framed(builder, own, role, () => addNodes(builder, element.children, { type: own.type, role }, build))
    const flow = builder.flow()
    // Heights of pinned blocks count from the page's edge, so the place is needed first.
    const top = own.top ?? marginTop
    const height = fill(flow, start, { ...endless(), top: element.name === 'header' ? top : 0 }).height
    if (element.name === 'header')
      found.push({ kind: 'header', flow, x: left, y: top, edge: top + height + own.margin[2], ...on })
    else {
      const y = heightPt - (own.bottom ?? marginBottom) - height
      found.push({ kind: 'footer', flow, x: left, y, edge: y - own.margin[0], ...on })
    }
  }
  return found
}

/** The last step, when the number of pages is known: each page is filled as it was composed, drawn, and let go. */
export function* emitPages(sheets: readonly Sheet[]): Generator<Page> {
  let cursor: Cursor | undefined
  for (const [index, sheet] of sheets.entries()) {
    const { widthPt, heightPt, left, body, room } = sheet
    const marks: Mark[] = []
    const anchors: Anchor[] = []
    const to = { marks, anchors, page: index + 1, count: sheets.length, artifact: false }
    const draw = (kinds: readonly Furniture['kind'][]) => {
      for (const one of sheet.furniture) {
        if (!kinds.includes(one.kind)) continue
        // What stands on one page only is part of the text; what is repeated is not.
        const artifact = one.on !== 'first' && one.on !== 'last'
        const flow = sheets.length < manyPages ? one.flow : (one.wide ?? one.flow)
        const all = fill(flow, start, { ...endless(index + 1), top: one.y })
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
