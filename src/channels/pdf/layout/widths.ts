/** Widths of columns: lengths first, then by content, then shares of what is left. */

import type { Element } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import { inMillimetres } from '../measure.ts'
import type { Build } from './context.ts'
import { lineOptions } from './context.ts'
import { behindMark } from './decimal.ts'
import { collectInline, inlineNames } from './inline.ts'
import type { Line } from './lines.ts'
import { extent, setLines } from './lines.ts'
import type { Look } from './looks.ts'
import { phraseLines } from './phrase.ts'

export interface WidthOptions {
  readonly roomPt: number
  readonly gapPt: number
  /** For faults. */
  readonly element: Element
  readonly build: Build
}

/** What something needs in width. */
export interface Extent {
  /** What the longest word needs. */
  readonly least: number
  /** What the longest line would like. */
  readonly most: number
}

export const none: Extent = { least: 0, most: 0 }

export function larger(a: Extent, b: Extent): Extent {
  return { least: Math.max(a.least, b.least), most: Math.max(a.most, b.most) }
}

/** `needs` decide about columns by content. */
export function resolveWidths(
  widths: readonly Width[],
  needs: readonly (Extent | undefined)[],
  options: WidthOptions,
): number[] {
  const { roomPt, gapPt, element, build } = options
  const room = roomPt - gapPt * (widths.length - 1)
  const extents: (Extent | undefined)[] = []
  let [fixed, shares] = [0, 0]
  for (let index = 0; index < widths.length; index += 1) {
    const width = widths[index]!
    if (width.kind === 'fixed') fixed += width.pt
    if (width.kind === 'share') shares += width.share
    extents.push(width.kind === 'auto' ? (needs[index] ?? none) : undefined)
  }
  const autos = distribute(extents, Math.max(0, room - fixed), shares > 0)
  let taken = 0
  for (const pt of autos) taken += pt
  const left = room - fixed - taken
  // A column narrower than a letter would set one letter a line for ever.
  const tooNarrow =
    room < 0 ||
    room - fixed < -0.5 ||
    widths.some(one => one.kind === 'share' && (left * one.share) / shares < 1) ||
    extents.some((one, index) => one !== undefined && one.most >= 1 && autos[index]! < 1)
  if (tooNarrow) {
    const message = `the columns need more than the ${inMillimetres(roomPt)} there are`
    build.fault('pdf.fit', message, element, 'make columns or gaps narrower, or leave one as *')
  }
  // Lengths that were rounded up together still fit.
  const scale = fixed > room && !tooNarrow ? room / fixed : 1
  const resolved: number[] = []
  for (let index = 0; index < widths.length; index += 1) {
    const width = widths[index]!
    if (width.kind === 'fixed') resolved.push(width.pt * scale)
    // A column by content that has none takes no room.
    else if (width.kind === 'auto') resolved.push(Math.max(extents[index]!.most < 1 ? 0 : 1, autos[index]!))
    else resolved.push(Math.max(1, (left * width.share) / shares))
  }
  return resolved
}

/** What a cell over several columns lacks is given to those by content in equal parts; a share among them gets what is left anyway. */
export function widen(
  widths: readonly Width[],
  needs: readonly Extent[],
  spanning: readonly { readonly column: number; readonly colspan: number; readonly extent: Extent }[],
  gapPt: number,
): Extent[] {
  const wider = widths.map((_, index) => needs[index] ?? none)
  for (const { column, colspan, extent: wanted } of [...spanning].sort((a, b) => a.colspan - b.colspan)) {
    const covered = widths.slice(column, column + colspan)
    const autos = covered.flatMap((width, index) => (width.kind === 'auto' ? [column + index] : []))
    if (autos.length === 0 || covered.some(width => width.kind === 'share')) continue
    const fixed = covered.reduce((sum, width) => sum + (width.kind === 'fixed' ? width.pt : 0), gapPt * (colspan - 1))
    const lack = (side: keyof Extent) =>
      Math.max(0, wanted[side] - fixed - autos.reduce((sum, index) => sum + wider[index]![side], 0)) / autos.length
    const [least, most] = [lack('least'), lack('most')]
    for (const index of autos) {
      wider[index] = {
        least: wider[index]!.least + least,
        most: Math.max(wider[index]!.most + most, wider[index]!.least + least),
      }
    }
  }
  return wider
}

/** Columns by content get what they would like, or, where there is less, what they need and a fair part of the rest. */
function distribute(extents: readonly (Extent | undefined)[], room: number, shared: boolean): number[] {
  let [least, most] = [0, 0]
  for (const one of extents) {
    least += one?.least ?? 0
    most += one?.most ?? 0
  }
  // Shares beside them get at least a fifth.
  const held = shared ? room * 0.8 : room
  const widths: number[] = []
  for (const one of extents) {
    if (one === undefined) widths.push(0)
    else if (most <= held) widths.push(shared || most === 0 ? one.most : one.most + (held - most) * (one.most / most))
    else if (least >= held) widths.push(least === 0 ? 0 : (one.least / least) * held)
    else widths.push(one.least + (one.most - one.least) * ((held - least) / (most - least)))
  }
  return widths
}

/** What a column or cell needs, its padding and lines included. */
export function extentOf(element: Element, look: Look, build: Build): Extent {
  const size = contents(element, look, build)
  const around = sideways(look)
  return { least: size.least + around, most: Math.max(size.least, size.most) + around }
}

/** What a cell that is aligned on the decimal mark needs before it and behind it. */
export function decimalExtent(element: Element, look: Look, build: Build) {
  let before = 0
  let behind = 0
  const visit = (inner: Element, own: Look) => {
    for (const { runs, widthPt } of looseLines(inner, own, build)) {
      const after = behindMark(runs, build.mark)
      if (after === undefined) continue
      before = Math.max(before, widthPt - after)
      behind = Math.max(behind, after)
    }
    for (const child of inner.children) {
      if (typeof child === 'string' || child.name !== 'p') continue
      visit(child, build.looks.of(child, own.type))
    }
  }
  visit(element, look)
  return { before, behind, around: sideways(look) }
}

/** The lines of what an element says itself, outside its blocks, where there is no end of room. */
function looseLines({ name, children }: Element, { type }: Look, build: Build): readonly Line[] {
  const inside = { type, role: { name } }
  const phrase = phraseLines(children, inside, Number.POSITIVE_INFINITY, build)
  if (phrase !== undefined) return phrase
  const loose = children.filter(child => typeof child === 'string' || inlineNames.has(child.name))
  return setLines(collectInline(loose, inside, build.looks), lineOptions(type, Number.POSITIVE_INFINITY, build))
}

function sideways({ padding, borders }: Look): number {
  return padding[1] + padding[3] + borders[1].widthPt + borders[3].widthPt
}

const thinnest: Extent = { least: 1, most: 1 }

function contents(element: Element, look: Look, build: Build): Extent {
  let size = none
  const grow = (one: Extent, around: number) => {
    size = larger(size, { least: one.least + around, most: one.most + around })
  }
  const loose = element.children.filter(child => typeof child === 'string' || inlineNames.has(child.name))
  const inlines = collectInline(loose, { type: look.type, role: { name: element.name } }, build.looks)
  grow(extent(inlines, lineOptions(look.type, Number.POSITIVE_INFINITY, build)), 0)
  let beside: Extent = none
  for (const child of element.children) {
    if (typeof child === 'string' || inlineNames.has(child.name)) continue
    const own = build.looks.of(child, look.type)
    if (own.fixed) continue
    const around = sideways(own) + own.margin[1] + own.margin[3]
    const size = sizeOf(child, own, build)
    const total = own.width ?? (own.columnWidth.kind === 'fixed' ? own.columnWidth.pt : undefined)
    // A line across takes what room there is, but some.
    const one = child.name === 'rule' ? thinnest : total === undefined ? size : { least: total, most: total }
    // Columns and cells stand beside one another, everything else below.
    if (child.name === 'column' || child.name === 'td' || child.name === 'th') {
      beside = {
        least: beside.least + one.least + around + look.columnGap,
        most: beside.most + one.most + around + look.columnGap,
      }
    } else grow(one, around)
  }
  grow(beside, 0)
  return size
}

/** Tables in tables are asked once by each table around them, so what they answer is remembered. */
function sizeOf(element: Element, look: Look, build: Build): Extent {
  if (element.name === 'image') return imageExtent(element, look, build)
  if (element.name !== 'table' && element.name !== 'columns') return contents(element, look, build)
  const known = build.extents.get(element)
  if (known !== undefined) return known
  const size = contents(element, look, build)
  build.extents.set(element, size)
  return size
}

function imageExtent(element: Element, look: Look, { brand }: Build): Extent {
  const { print } = brand.images[element.attributes['src']!.slice('brand:'.length)]!
  const natural = print.naturalWidthPx * 0.75
  const width = look.width ?? (look.height === undefined ? natural : (look.height * print.widthPx) / print.heightPx)
  return { least: Math.min(width, 20), most: width }
}
