/** Transforms: products of matrices, the `transform` attribute, and how a view box is fitted into its place (SVG 1.1 §7). */
import type { Matrix } from './drawing.ts'
import { undrawable } from './undrawable.ts'
import { readNumbers } from './values.ts'

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function times([a, b, c, d, e, f]: Matrix, [k, l, m, n, o, p]: Matrix): Matrix {
  return [a * k + c * l, b * k + d * l, a * m + c * n, b * m + d * n, a * o + c * p + e, b * o + d * p + f]
}

/** By how much lengths grow, where it is the same in all directions; else undefined. */
export function scaleOf([a, b, c, d]: Matrix): number | undefined {
  const across = Math.hypot(a, b)
  const along = Math.hypot(c, d)
  const skew = Math.abs(a * c + b * d)
  const same = Math.abs(across - along) <= 1e-6 * across && skew <= 1e-6 * across * along
  return same ? across : undefined
}

/** The `transform` attribute: the leftmost is the outermost. */
export function readTransform(text: string | undefined): Matrix {
  let matrix = identity
  if (text === undefined || text.trim() === '' || text.trim() === 'none') return matrix
  if (text.length > 2_000) undrawable('a long transform')
  let rest = text.trim()
  while (rest !== '') {
    const [whole, name, list] = /^([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*/.exec(rest) ?? undrawable('a malformed transform')
    matrix = times(matrix, transformation(name!, readNumbers(list!)))
    rest = rest.slice(whole.length)
  }
  return matrix
}

function transformation(name: string, numbers: readonly number[]): Matrix {
  const [x = 0, y, z, , ,] = numbers
  const count = numbers.length
  const radians = (x / 180) * Math.PI
  if (name === 'matrix' && count === 6) return numbers as unknown as Matrix
  if (name === 'translate' && (count === 1 || count === 2)) return [1, 0, 0, 1, x, y ?? 0]
  if (name === 'scale' && (count === 1 || count === 2)) return [x, 0, 0, y ?? x, 0, 0]
  if (name === 'skewX' && count === 1) return [1, 0, Math.tan(radians), 1, 0, 0]
  if (name === 'skewY' && count === 1) return [1, Math.tan(radians), 0, 1, 0, 0]
  if (name === 'rotate' && (count === 1 || count === 3)) {
    const turned: Matrix = [Math.cos(radians), Math.sin(radians), -Math.sin(radians), Math.cos(radians), 0, 0]
    if (count === 1) return turned
    return times(times([1, 0, 0, 1, y!, z!], turned), [1, 0, 0, 1, -y!, -z!])
  }
  return undrawable('a malformed transform')
}

export interface ViewBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function readViewBox(text: string | undefined): ViewBox | undefined {
  if (text === undefined) return undefined
  const [x = 0, y = 0, width = 0, height = 0, more] = readNumbers(text)
  if (more !== undefined || !(width > 0 && height > 0)) return undrawable('a malformed viewBox')
  return { x, y, width, height }
}

/** The matrix that fits a view box into a viewport at 0, 0, as `preserveAspectRatio` says. */
export function fitBox(box: ViewBox, width: number, height: number, aspect = 'xMidYMid meet'): Matrix {
  const [, align, how = 'meet'] =
    /^\s*(none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s+(meet|slice))?\s*$/.exec(aspect) ??
    undrawable('a malformed preserveAspectRatio')
  let scaleX = width / box.width
  let scaleY = height / box.height
  let shiftX = 0
  let shiftY = 0
  if (align !== 'none') {
    scaleX = scaleY = how === 'meet' ? Math.min(scaleX, scaleY) : Math.max(scaleX, scaleY)
    const share = (word: string) => (word === 'Min' ? 0 : word === 'Mid' ? 0.5 : 1)
    shiftX = (width - box.width * scaleX) * share(align!.slice(1, 4))
    shiftY = (height - box.height * scaleY) * share(align!.slice(5, 8))
  }
  return [scaleX, 0, 0, scaleY, shiftX - box.x * scaleX, shiftY - box.y * scaleY]
}
