/** SVG -> drawing, where all of it can be drawn as vectors. Loads nothing, sets no text, and takes only so much time. */
import { parseXml } from '../markup/parse.ts'
import type { Element } from '../markup/tree.ts'
import { clipsOf } from './clip.ts'
import type { Clip, Drawing, Group, Ink, Item, Matrix, Shape } from './drawing.ts'
import { inkOf, scaled, strokeOf } from './ink.ts'
import { fitBox, identity, readTransform, readViewBox, scaleOf, times } from './matrix.ts'
import { boundsOf, movePath } from './path.ts'
import type { Inside, Scene } from './scene.ts'
import { meet, most, referred, ruleOf, silent, spend } from './scene.ts'
import type { Viewport } from './shapes.ts'
import { outlineOf, rectangle, shapeNames } from './shapes.ts'
import { initialStyle, readStyleSheet } from './style.ts'
import { Undrawable, undrawable } from './undrawable.ts'
import { largest, readLength, readShare } from './values.ts'

/** Longer files are not read. */
const longest = 1_000_000

/** The drawing, or why there is none: then the picture made of dots is shown. */
export function readDrawing(svg: string): { readonly drawing: Drawing } | { readonly why: string } {
  try {
    return { drawing: read(svg) }
  } catch (error) {
    if (error instanceof Undrawable) return { why: error.message }
    throw error
  }
}

function read(svg: string): Drawing {
  if (svg.length > longest) undrawable('more than a million characters')
  const { root, errors } = parseXml(svg.replace(/^\uFEFF/, ''), { fragment: false })
  if (errors[0] !== undefined) undrawable(`not well-formed: ${errors[0].message}`)
  const top = root.children.find((child): child is Element => typeof child !== 'string')
  if (top?.name !== 'svg') return undrawable('no svg element outermost')
  const scene: Scene = { ...survey(top), left: { ...most } }
  const { width, height, matrix } = sizeOf(top)
  const inside: Inside = { matrix, style: initialStyle, viewport: viewportOf(top, width, height), depth: 0 }
  const drawing: Drawing = { width, height, items: itemsOf(top, inside, scene, { svg: true }) }
  if (!measured(drawing)) undrawable('a malformed or huge number')
  return drawing
}

/** Whether all numbers are ones that PDF can hold: transforms may have made them grow. */
function measured(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= largest
  return typeof value !== 'object' || Object.values(value as object).every(measured)
}

/** Names and style sheets are found wherever they stand. */
function survey(top: Element): Pick<Scene, 'ids' | 'sheet'> {
  const ids = new Map<string, Element>()
  let css = ''
  const walk = (element: Element) => {
    const { id } = element.attributes
    if (id !== undefined && !ids.has(id)) ids.set(id, element)
    if (element.name === 'style') css += `${element.children.filter(child => typeof child === 'string').join('')}\n`
    for (const child of element.children) if (typeof child !== 'string') walk(child)
  }
  walk(top)
  return { ids, sheet: readStyleSheet(css) }
}

/** The drawing's size in CSS pixels: its own, else that of its view box. */
function sizeOf({ attributes }: Element): Viewport & { readonly matrix: Matrix } {
  const box = readViewBox(attributes['viewBox'])
  const side = (name: 'width' | 'height', own: number | undefined) => {
    const text = attributes[name]
    if (text === undefined || text === 'auto' || text.endsWith('%')) return own
    return readLength(text, 0)
  }
  const ratio = box === undefined ? undefined : box.width / box.height
  const wide = side('width', undefined)
  const high = side('height', undefined)
  const width = wide ?? (high !== undefined && ratio !== undefined ? high * ratio : box?.width)
  const height = high ?? (wide !== undefined && ratio !== undefined ? wide / ratio : box?.height)
  if (width === undefined || height === undefined || !(width > 0 && height > 0)) return undrawable('no size')
  const matrix = box === undefined ? identity : fitBox(box, width, height, attributes['preserveAspectRatio'])
  return { width, height, matrix }
}

function viewportOf({ attributes }: Element, width: number, height: number): Viewport {
  return readViewBox(attributes['viewBox']) ?? { width, height }
}

/** What an element shows: its own outline, its children, or what it uses. */
function itemsOf(element: Element, outer: Inside, scene: Scene, how: { readonly svg?: boolean } = {}): Item[] {
  const { name } = element
  if (silent.has(name) || name.includes(':')) return []
  meet(element, outer.depth, scene)
  const style = scene.sheet.of(element, outer.style)
  if (style['display'] === 'none') return []
  const matrix = how.svg ? outer.matrix : times(outer.matrix, readTransform(element.attributes['transform']))
  const inside: Inside = { ...outer, style, matrix, depth: outer.depth + 1 }
  if (shapeNames.has(name)) return shapeItems(element, inside, scene)
  const items = containerItems(element, inside, scene, how)
  return grouped(items, readShare(style['opacity']!), clipsOf(inside, undefined, scene))
}

function containerItems(element: Element, inside: Inside, scene: Scene, how: { readonly svg?: boolean }): Item[] {
  const { name } = element
  if (name === 'use') return useItems(element, inside, scene)
  if (name === 'svg' && !how.svg) return viewportItems(element, element, inside, scene)
  if (name !== 'g' && name !== 'a' && name !== 'svg') return undrawable(`the element ${name}`)
  return childItems(element, inside, scene)
}

function childItems(element: Element, inside: Inside, scene: Scene): Item[] {
  return element.children.flatMap(child => (typeof child === 'string' ? [] : itemsOf(child, inside, scene)))
}

function useItems(element: Element, inside: Inside, scene: Scene): Item[] {
  const target = referred(element, scene)
  if (target === undefined) return []
  const { attributes } = element
  const x = readLength(attributes['x'] ?? '0', inside.viewport.width)
  const y = readLength(attributes['y'] ?? '0', inside.viewport.height)
  const moved = { ...inside, matrix: times(inside.matrix, [1, 0, 0, 1, x, y]) }
  if (target.name !== 'symbol' && target.name !== 'svg') return itemsOf(target, moved, scene)
  const style = scene.sheet.of(target, inside.style)
  if (style['display'] === 'none' && target.name === 'svg') return []
  const within = { ...moved, style, depth: inside.depth + 1 }
  const items = viewportItems(target, element, within, scene)
  return grouped(items, readShare(style['opacity']!), clipsOf(within, undefined, scene))
}

/** Contents of an inner `svg` or a `symbol`, in a viewport of their own that nothing leaves. `sized` says its size. */
function viewportItems(element: Element, sized: Element, inside: Inside, scene: Scene): Item[] {
  const side = (name: 'width' | 'height') => {
    const text = sized.attributes[name] ?? element.attributes[name]
    return text === undefined || text === 'auto' ? inside.viewport[name] : readLength(text, inside.viewport[name])
  }
  const [width, height] = [side('width'), side('height')]
  if (!(width > 0 && height > 0)) return []
  const place = element.name === 'svg' ? element.attributes : {}
  const x = readLength(place['x'] ?? '0', inside.viewport.width)
  const y = readLength(place['y'] ?? '0', inside.viewport.height)
  const at = times(inside.matrix, [1, 0, 0, 1, x, y])
  const box = readViewBox(element.attributes['viewBox'])
  const matrix =
    box === undefined ? at : times(at, fitBox(box, width, height, element.attributes['preserveAspectRatio']))
  const items = childItems(element, { ...inside, matrix, viewport: box ?? { width, height } }, scene)
  if (inside.style['overflow'] === 'visible' || inside.style['overflow'] === 'auto') return items
  return grouped(items, 1, [{ path: movePath(rectangle(0, 0, width, height), at), rule: 'nonzero' }])
}

/** Groups inside one another that clip or fade: viewers keep 28 states at least, and archives no more (ISO 19005-3 §6.1.13). */
const mostGroups = 20

function depthOf(items: readonly Item[]): number {
  return Math.max(0, ...items.map(item => (item.kind === 'group' ? 1 + depthOf(item.items) : 0)))
}

function grouped(items: Item[], opacity: number, clips: readonly Clip[]): Item[] {
  if (items.length === 0 || opacity === 0) return []
  if (opacity === 1 && clips.length === 0) return items
  if (depthOf(items) >= mostGroups) undrawable('groups inside one another, more than 20 that clip or fade')
  const group: Group = { kind: 'group', opacity, clips, items }
  return [group]
}

function shapeItems(element: Element, inside: Inside, scene: Scene): Item[] {
  const { style, matrix } = inside
  const path = outlineOf(element, inside.viewport)
  if (path.length === 0 || style['visibility'] !== 'visible') return []
  spend(path, scene)
  const bounds = boundsOf(path)
  const fill = inkOf(style['fill']!, readShare(style['fill-opacity']!), bounds, inside, scene)
  const stroke = strokeOf(bounds, inside, scene)
  if (fill === undefined && stroke === undefined) return []
  const opacity = readShare(style['opacity']!)
  const clips = clipsOf(inside, bounds, scene)
  // One layer of ink fades by itself; two have to fade together.
  const alone = fill === undefined || stroke === undefined
  const faded = <T extends Ink>(ink: T): T => (alone ? { ...ink, opacity: ink.opacity * opacity } : ink)
  const scale = stroke === undefined ? 1 : scaleOf(matrix)
  const shape: Shape = {
    kind: 'shape',
    path: scale === undefined ? path : movePath(path, matrix),
    ...(fill !== undefined && { fill: { ...faded(fill), rule: ruleOf(style['fill-rule']!) } }),
    ...(stroke !== undefined && { stroke: faded(scaled(stroke, scale ?? 1)) }),
    ...(scale === undefined && { matrix }),
  }
  return grouped([shape], alone ? (opacity === 0 ? 0 : 1) : opacity, clips)
}
