/** Gradients: found by their names, with what they take from one another (SVG 1.1 §13.2). */
import type { Element } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Gradient, Matrix, Stop } from './drawing.ts'
import { readTransform, times } from './matrix.ts'
import type { Bounds } from './path.ts'
import type { Viewport } from './shapes.ts'
import type { Style } from './style.ts'
import { undrawable } from './undrawable.ts'
import { readColor, readLength, readShare } from './values.ts'

export interface GradientOptions {
  readonly find: (id: string) => Element | undefined
  readonly styleOf: (element: Element) => Style
  readonly viewport: Viewport
  /** Of what is painted, in its own coordinates. */
  readonly bounds: Bounds | undefined
  /** From those coordinates to the drawing's. */
  readonly matrix: Matrix
}

/** What is painted: a gradient, one colour where it comes to that, or nothing. */
export type Painted = { readonly color: string | Gradient; readonly opacity: number } | undefined

/** How many gradients may take from one another. */
const longestChain = 16

export function gradientOf(element: Element, options: GradientOptions): Painted {
  const chain = chainOf(element, options.find)
  const said = (name: string, own: 'all' | 'alike' = 'alike') =>
    chain.find(one => one.attributes[name] !== undefined && (own === 'all' || one.name === element.name))?.attributes[
      name
    ]
  const { stops, opacity } = stopsOf(chain, options)
  const last = stops.at(-1)
  if (last === undefined || opacity === 0) return undefined
  const spread = said('spreadMethod', 'all') ?? 'pad'
  const inBox = (said('gradientUnits', 'all') ?? 'objectBoundingBox') === 'objectBoundingBox'
  const { bounds } = options
  const wide = bounds !== undefined && bounds.right > bounds.left && bounds.bottom > bounds.top
  // Without a width or a height there is no box to measure by.
  if (inBox && !wide) return undefined
  const whole = inBox ? { width: 1, height: 1 } : options.viewport
  const x = (name: string, otherwise: string) => readLength(said(name) ?? otherwise, whole.width)
  const y = (name: string, otherwise: string) => readLength(said(name) ?? otherwise, whole.height)
  const box: Matrix = [1, 0, 0, 1, 0, 0]
  const unit: Matrix =
    inBox && bounds !== undefined
      ? [bounds.right - bounds.left, 0, 0, bounds.bottom - bounds.top, bounds.left, bounds.top]
      : box
  const matrix = times(times(options.matrix, unit), readTransform(said('gradientTransform', 'all')))
  const flat = { color: last.color, opacity }
  let between: Gradient['between']
  if (element.name === 'linearGradient') {
    between = [x('x1', '0%'), y('y1', '0%'), x('x2', '100%'), y('y2', '0%')]
    if (between[0] === between[2] && between[1] === between[3]) return flat
  } else {
    const cx = x('cx', '50%')
    const cy = y('cy', '50%')
    const diagonal = Math.hypot(whole.width, whole.height) / Math.SQRT2
    const radius = readLength(said('r') ?? '50%', diagonal)
    const fx = said('fx') === undefined ? cx : x('fx', '')
    const fy = said('fy') === undefined ? cy : y('fy', '')
    const fr = readLength(said('fr') ?? '0', diagonal)
    if (!(radius > 0)) return flat
    if (fr < 0 || Math.hypot(fx - cx, fy - cy) + fr >= radius) return undrawable('a focus outside its circle')
    between = [fx, fy, fr, cx, cy, radius]
  }
  if (stops.length < 2) return flat
  if (spread !== 'pad') return undrawable(`spreadMethod ${spread}`)
  return { color: { between, stops, matrix }, opacity }
}

/** The gradient and those it takes from, by `href`. */
function chainOf(element: Element, find: (id: string) => Element | undefined): Element[] {
  const chain = [element]
  for (let at: Element | undefined = element; at !== undefined; ) {
    const href: string | undefined = at.attributes['href'] ?? at.attributes['xlink:href']
    if (href === undefined) break
    if (!href.startsWith('#')) return undrawable('a reference to something outside')
    at = find(href.slice(1))
    if (at !== undefined && /^(linear|radial)Gradient$/.test(at.name)) chain.push(at)
    if (chain.length > longestChain) return undrawable('gradients that take from one another without end')
  }
  return chain
}

/** The stops of the first that has any. One opacity for all: fading ones would need a mask. */
function stopsOf(chain: readonly Element[], { styleOf }: GradientOptions): { stops: Stop[]; opacity: number } {
  const elements = chain.map(one => childrenNamed(one, 'stop')).find(stops => stops.length > 0) ?? []
  const opacities = new Set<number>()
  let least = 0
  const stops = elements.map((element): Stop => {
    const style = styleOf(element)
    const said = style['stop-color']!
    const { color, opacity } = readColor(said === 'currentColor' ? style['color']! : said)
    opacities.add(opacity * readShare(style['stop-opacity']!))
    least = Math.max(least, readShare(element.attributes['offset'] ?? '0'))
    return { offset: least, color }
  })
  if (opacities.size > 1) return undrawable('a gradient that fades')
  return { stops, opacity: [...opacities][0] ?? 0 }
}
