/** Basic shapes as paths (SVG 1.1 §9). */
import type { Element } from '../markup/tree.ts'
import type { Path, Segment } from './drawing.ts'
import { readPath } from './path.ts'
import { undrawable } from './undrawable.ts'
import { readLength, readNumbers } from './values.ts'

export interface Viewport {
  readonly width: number
  readonly height: number
}

/** The elements that are shapes. */
export const shapeNames: ReadonlySet<string> = new Set([
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
])

/** The outline of a shape; empty where nothing is drawn. */
export function outlineOf({ name, attributes }: Element, { width, height }: Viewport): Path {
  const read = (attribute: string, whole: number) => readLength(attributes[attribute] ?? '0', whole)
  const x = (attribute: string) => read(attribute, width)
  const y = (attribute: string) => read(attribute, height)
  const diagonal = Math.hypot(width, height) / Math.SQRT2
  switch (name) {
    case 'path':
      return readPath(attributes['d'] ?? '')
    case 'line':
      return [
        ['M', x('x1'), y('y1')],
        ['L', x('x2'), y('y2')],
      ]
    case 'polyline':
    case 'polygon':
      return polygon(readNumbers(attributes['points'] ?? ''), name === 'polygon')
    case 'circle': {
      const radius = read('r', diagonal)
      return ellipse(x('cx'), y('cy'), radius, radius)
    }
    case 'ellipse':
      return ellipse(x('cx'), y('cy'), radiusOf(attributes, 'rx', 'ry', x), radiusOf(attributes, 'ry', 'rx', y))
    default:
      return rectangle(
        x('x'),
        y('y'),
        x('width'),
        y('height'),
        radiusOf(attributes, 'rx', 'ry', x),
        radiusOf(attributes, 'ry', 'rx', y),
      )
  }
}

/** A radius that is not said, or is auto, is that of the other direction. */
function radiusOf(
  attributes: Element['attributes'],
  own: string,
  other: string,
  read: (name: string) => number,
): number {
  const said = (name: string) => attributes[name] !== undefined && attributes[name] !== 'auto'
  return said(own) ? read(own) : said(other) ? read(other) : 0
}

function polygon(numbers: readonly number[], close: boolean): Path {
  if (numbers.length % 2 === 1) undrawable('an odd number of coordinates')
  const path: Segment[] = []
  for (let at = 0; at < numbers.length; at += 2) path.push([at === 0 ? 'M' : 'L', numbers[at]!, numbers[at + 1]!])
  if (close && path.length > 0) path.push(['Z'])
  return path
}

/** How far the control points of a quarter of a circle lie from its ends, as a share of the radius. */
const kappa = 0.5522847498

function ellipse(x: number, y: number, rx: number, ry: number): Path {
  if (!(rx > 0 && ry > 0)) return []
  return rectangle(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry)
}

/** Clockwise from the upper left; radii at most half of the sides. */
export function rectangle(x: number, y: number, width: number, height: number, rx = 0, ry = 0): Path {
  if (!(width > 0 && height > 0)) return []
  const right = x + width
  const bottom = y + height
  const h = Math.min(rx, width / 2)
  const v = Math.min(ry, height / 2)
  if (!(h > 0 && v > 0)) return [['M', x, y], ['L', right, y], ['L', right, bottom], ['L', x, bottom], ['Z']]
  const i = h * (1 - kappa)
  const j = v * (1 - kappa)
  return [
    ['M', x + h, y],
    ['L', right - h, y],
    ['C', right - i, y, right, y + j, right, y + v],
    ['L', right, bottom - v],
    ['C', right, bottom - j, right - i, bottom, right - h, bottom],
    ['L', x + h, bottom],
    ['C', x + i, bottom, x, bottom - j, x, bottom - v],
    ['L', x, y + v],
    ['C', x, y + j, x + i, y, x + h, y],
    ['Z'],
  ]
}
