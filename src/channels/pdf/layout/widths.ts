/** Widths of columns: lengths first, then by content, then shares of what is left. */
import type { Element } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import type { Build } from './context.ts'
import { lineOptions } from './context.ts'
import { collectInline, inlineNames } from './inline.ts'
import { extent } from './lines.ts'
import type { Look } from './looks.ts'

export interface WidthOptions {
  readonly roomPt: number
  readonly gapPt: number
  /** For faults. */
  readonly element: Element
  readonly build: Build
}

/** An element that decides about the width of a column. */
export interface Sized {
  readonly element: Element
  readonly look: Look
}

interface Extent {
  /** What the longest word needs. */
  readonly least: number
  /** What the longest line would like. */
  readonly most: number
}

/** `cells` decide about each column; they are needed only where its width is by content. */
export function resolveWidths(
  widths: readonly Width[],
  cells: readonly (readonly Sized[])[],
  options: WidthOptions,
): number[] {
  const { roomPt, gapPt, element, build } = options
  const room = roomPt - gapPt * (widths.length - 1)
  const fixed = widths.reduce((sum, width) => sum + (width.kind === 'fixed' ? width.pt : 0), 0)
  const shares = widths.reduce((sum, width) => sum + (width.kind === 'share' ? width.share : 0), 0)
  const extents = widths.map((width, index) =>
    width.kind === 'auto' ? extentOf(cells[index] ?? [], build) : undefined,
  )
  const autos = distribute(extents, room - fixed, shares > 0)
  const left = room - fixed - autos.reduce((sum, pt) => sum + pt, 0)
  // A column narrower than a letter would set one letter a line for ever.
  const tooNarrow =
    room - fixed < -0.5 ||
    (shares > 0 && left < 1) ||
    extents.some((extent, index) => extent !== undefined && extent.most > 0 && autos[index]! < 1)
  if (tooNarrow) {
    const mm = (pt: number) => `${Math.round((pt / 72) * 254) / 10}mm`
    const message = `the columns need more than the ${mm(roomPt)} there are`
    build.fault('pdf.fit', message, element, 'make columns or gaps narrower, or leave one as *')
  }
  return widths.map((width, index) => {
    if (width.kind === 'fixed') return width.pt
    return Math.max(1, width.kind === 'auto' ? autos[index]! : (left * width.share) / shares)
  })
}

/** Columns by content get what they would like, or, where there is less, what they need and a fair part of the rest. */
function distribute(extents: readonly (Extent | undefined)[], room: number, shared: boolean): number[] {
  const sum = (of: (extent: Extent) => number) =>
    extents.reduce((total, one) => total + (one === undefined ? 0 : of(one)), 0)
  const least = sum(one => one.least)
  const most = sum(one => one.most)
  // Shares beside them get at least a fifth.
  const held = shared ? room * 0.8 : room
  return extents.map(one => {
    if (one === undefined) return 0
    if (most <= held) return shared || most === 0 ? one.most : one.most + ((held - most) * one.most) / most
    if (least >= held) return (one.least / least) * held
    return one.least + ((one.most - one.least) * (held - least)) / (most - least)
  })
}

function extentOf(cells: readonly Sized[], build: Build): Extent {
  let least = 0
  let most = 0
  for (const { element, look } of cells) {
    const size = contents(element, look, build)
    const around = sideways(look)
    least = Math.max(least, size.least + around)
    most = Math.max(most, size.most + around)
  }
  return { least, most }
}

function sideways({ padding, borders }: Look): number {
  return padding[1] + padding[3] + borders[1].widthPt + borders[3].widthPt
}

function contents(element: Element, look: Look, build: Build): Extent {
  let least = 0
  let most = 0
  const grow = (one: Extent, around: number) => {
    least = Math.max(least, one.least + around)
    most = Math.max(most, one.most + around)
  }
  const loose = element.children.filter(child => typeof child === 'string' || inlineNames.has(child.name))
  const inlines = collectInline(loose, { type: look.type, role: { name: element.name } }, build.looks)
  grow(extent(inlines, lineOptions(look.type, Number.POSITIVE_INFINITY, build)), 0)
  let beside: Extent = { least: 0, most: 0 }
  for (const child of element.children) {
    if (typeof child === 'string' || inlineNames.has(child.name)) continue
    const own = build.looks.of(child, look.type)
    if (own.fixed) continue
    const around = sideways(own) + own.margin[1] + own.margin[3]
    const size = child.name === 'image' ? imageExtent(child, own, build) : contents(child, own, build)
    const total = own.width ?? (own.columnWidth.kind === 'fixed' ? own.columnWidth.pt : undefined)
    const one = total === undefined || child.name === 'rule' ? size : { least: total, most: total }
    // Columns and cells stand beside one another, everything else below.
    if (child.name === 'column' || child.name === 'td' || child.name === 'th') {
      beside = {
        least: beside.least + one.least + around + look.columnGap,
        most: beside.most + one.most + around + look.columnGap,
      }
    } else grow(one, around)
  }
  grow(beside, 0)
  return { least, most }
}

function imageExtent(element: Element, look: Look, { brand }: Build): Extent {
  const { print } = brand.images[element.attributes['src']!.slice('brand:'.length)]!
  const natural = print.naturalWidthPx * 0.75
  const width = look.width ?? (look.height === undefined ? natural : (look.height * print.widthPx) / print.heightPx)
  return { least: Math.min(width, 20), most: width }
}
