/** How a shape is painted: its fill and its stroke (SVG 1.1 §11). */
import type { Ink, Stroke } from './drawing.ts'
import { gradientOf } from './gradient.ts'
import type { Bounds } from './path.ts'
import type { Inside, Scene } from './scene.ts'
import { initialStyle } from './style.ts'
import { undrawable } from './undrawable.ts'
import { readColor, readLength, readNumber, readShare } from './values.ts'

/** A fill or stroke as paint; undefined where none is seen. */
export function inkOf(
  text: string,
  opacity: number,
  bounds: Bounds | undefined,
  inside: Inside,
  scene: Scene,
): Ink | undefined {
  const [, id, otherwise = 'none'] = /^url\(\s*["']?#([^"')]+?)["']?\s*\)\s*(.*)$/.exec(text) ?? []
  if (id === undefined && text.startsWith('url(')) return undrawable('a reference to something outside')
  const target = id === undefined ? undefined : scene.ids.get(id)
  let paint: Ink | undefined
  if (target !== undefined) {
    if (target.name !== 'linearGradient' && target.name !== 'radialGradient')
      return undrawable(`the element ${target.name}`)
    paint = gradientOf(target, {
      find: name => scene.ids.get(name),
      styleOf: element => scene.sheet.of(element, scene.sheet.of(element.parent ?? element, initialStyle)),
      viewport: inside.viewport,
      bounds,
      matrix: inside.matrix,
    })
  } else {
    const said = id === undefined ? text : otherwise.trim() || 'none'
    if (said !== 'none') paint = readColor(/^currentcolor$/i.test(said) ? inside.style['color']! : said)
  }
  if (paint === undefined || paint.opacity * opacity === 0) return undefined
  return { color: paint.color, opacity: paint.opacity * opacity }
}

export function strokeOf(bounds: Bounds | undefined, inside: Inside, scene: Scene): Stroke | undefined {
  const { style, viewport } = inside
  const diagonal = Math.hypot(viewport.width, viewport.height) / Math.SQRT2
  const ink = inkOf(style['stroke']!, readShare(style['stroke-opacity']!), bounds, inside, scene)
  if (ink === undefined) return undefined
  const width = readLength(style['stroke-width']!, diagonal)
  // In PDF a line without width is as thin as the printer can draw it; in SVG there is none.
  if (!(width > 0)) return undefined
  const dashed = style['stroke-dasharray']!
  let dashes =
    dashed === 'none'
      ? []
      : dashed
          .split(/[\s,]+/)
          .filter(word => word !== '')
          .map(word => readLength(word, diagonal))
  if (dashes.some(dash => dash < 0)) undrawable('a dash shorter than nothing')
  if (dashes.length % 2 === 1) dashes = [...dashes, ...dashes]
  const sum = dashes.reduce((total, dash) => total + dash, 0)
  if (sum === 0) dashes = []
  const offset = readLength(style['stroke-dashoffset']!, diagonal)
  return {
    ...ink,
    width,
    cap: wordOf(style['stroke-linecap']!, ['butt', 'round', 'square']),
    join: wordOf(style['stroke-linejoin']!, ['miter', 'round', 'bevel']),
    miterLimit: Math.max(1, readNumber(style['stroke-miterlimit']!)),
    dashes,
    dashPhase: sum === 0 ? 0 : ((offset % sum) + sum) % sum,
  }
}

function wordOf<const T extends string>(text: string, words: readonly T[]): T {
  return words.find(word => word === text) ?? undrawable(`the value ${text.slice(0, 20)}`)
}

export function scaled(stroke: Stroke, scale: number): Stroke {
  const { width, dashes, dashPhase } = stroke
  return { ...stroke, width: width * scale, dashes: dashes.map(dash => dash * scale), dashPhase: dashPhase * scale }
}
