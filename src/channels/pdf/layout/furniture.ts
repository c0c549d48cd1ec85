/** Headers, footers and fixed boxes of a page element: what they show, where they stand, and what they leave to the text. */
import type { Element, Node } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Sides } from '../markup/values.ts'
import { addNodes, buildFixed } from './build.ts'
import type { Build, Inside } from './context.ts'
import { FlowBuilder, framed } from './flow.ts'
import type { Look, On } from './looks.ts'
import { showsOn } from './on.ts'
import { roleOf } from './page.ts'
import { stack } from './stack.ts'
import type { Flow } from './strip.ts'

/** From as many pages on their numbers need more room than two digits. */
export const manyPages = 100

/** A header, footer or fixed box, as it is drawn on each of its pages. */
export interface Furniture {
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

export interface Builds {
  readonly build: Build
  readonly wide?: Wide | undefined
}

/** Builds for long page numbers, where it is not known how long they will be. */
export interface Wide {
  readonly furniture: Build
  readonly text: Build
}

/**
 * The furniture of a page element, and what its text is built with: for long page numbers, where they move something, which they do in
 * the text itself and where they make a header or footer higher.
 */
export function furnish(
  page: Element,
  inside: Inside,
  look: Look,
  { build, wide }: Builds,
): { readonly furniture: readonly Furniture[]; readonly build: Build } {
  const short = furnitureOf(page, inside, look, build)
  if (wide === undefined) return { furniture: short, build }
  const long = furnitureOf(page, inside, look, wide.furniture)
  const moved = long.some((one, index) => one.edge !== short[index]!.edge)
  if (moved || page.children.some(numbersPages)) return { furniture: long, build: wide.text }
  return { furniture: short.map((one, index) => ({ ...one, wide: long[index]!.flow })), build }
}

/** Whether numbers of pages stand in the text. */
function numbersPages(node: Node): boolean {
  if (typeof node === 'string' || node.name === 'header' || node.name === 'footer') return false
  return node.name === 'page-number' || node.name === 'page-count' || node.children.some(numbersPages)
}

/** What furniture leaves to the text. */
export interface Area {
  readonly top: number
  readonly height: number
}

export function areaOf(
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
    const height = stack(flow, { page: 1, top: element.name === 'header' ? top : 0 }).height
    if (element.name === 'header')
      found.push({ kind: 'header', flow, x: left, y: top, edge: top + height + own.margin[2], ...on })
    else {
      const y = heightPt - (own.bottom ?? marginBottom) - height
      found.push({ kind: 'footer', flow, x: left, y, edge: y - own.margin[0], ...on })
    }
  }
  return found
}
