/** Paths: read from `d`, moved by matrices, and measured. Home of svgpath. */
import svgpath from 'svgpath'
import type { Matrix, Path, Segment } from './drawing.ts'
import { undrawable } from './undrawable.ts'

/** Path data (SVG 1.1 §8.3) as moves, lines and curves; arcs become curves. A path that ends in an error is not drawn in part. */
export function readPath(data: string): Path {
  // Shorthands first: after an arc, the first control point of S is where the arc ends.
  const read = svgpath(data).abs().unshort().unarc() as ReturnType<typeof svgpath> & { readonly err?: string }
  if (read.err) return undrawable('a malformed path')
  const path: Segment[] = []
  let x = 0
  let y = 0
  let from: readonly [number, number] = [0, 0]
  let closed = false
  const add = (segment: Segment) => {
    // PDF is not clear about what follows the end of a subpath, so the next one says where it begins.
    if (closed && segment[0] !== 'M' && segment[0] !== 'Z') path.push(['M', x, y])
    closed = segment[0] === 'Z'
    path.push(segment)
    const { length } = segment
    if (length === 1) [x, y] = from
    else {
      x = segment[length - 2] as number
      y = segment[length - 1] as number
      if (segment[0] === 'M') from = [x, y]
    }
  }
  read.iterate(([command, ...at]) => {
    const [p = 0, q = 0, r = 0, s = 0, t = 0, u = 0] = at as number[]
    if (command === 'M' || command === 'L') add([command, p, q])
    else if (command === 'H') add(['L', p, y])
    else if (command === 'V') add(['L', x, p])
    else if (command === 'C') add(['C', p, q, r, s, t, u])
    // A quadratic curve as a cubic one: control points two thirds of the way to its own.
    else if (command === 'Q')
      add(['C', x + ((p - x) * 2) / 3, y + ((q - y) * 2) / 3, r + ((p - r) * 2) / 3, s + ((q - s) * 2) / 3, r, s])
    else add(['Z'])
  })
  return path
}

export function movePath(path: Path, [a, b, c, d, e, f]: Matrix): Path {
  return path.map(([command, ...at]) => {
    const moved: number[] = []
    for (let index = 0; index < at.length; index += 2) {
      const x = at[index]!
      const y = at[index + 1]!
      moved.push(a * x + c * y + e, b * x + d * y + f)
    }
    return [command, ...moved] as unknown as Segment
  })
}

export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The box that holds the path itself, not only its control points; undefined for one without points. */
export function boundsOf(path: Path): Bounds | undefined {
  const xs: number[] = []
  const ys: number[] = []
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  let before: readonly [number, number] = [0, 0]
  for (const segment of path) {
    if (segment[0] === 'Z') continue
    xs.length = 0
    ys.length = 0
    if (segment[0] === 'C') {
      const [, p, q, r, s, t, u] = segment
      extremes(before[0], p, r, t, xs)
      extremes(before[1], q, s, u, ys)
      before = [t, u]
    } else before = [segment[1], segment[2]]
    xs.push(before[0])
    ys.push(before[1])
    left = Math.min(left, ...xs)
    right = Math.max(right, ...xs)
    top = Math.min(top, ...ys)
    bottom = Math.max(bottom, ...ys)
  }
  return left === Infinity ? undefined : { left, top, right, bottom }
}

/** Where a cubic curve turns back in one direction: the roots of its derivative between its ends. */
function extremes(p0: number, p1: number, p2: number, p3: number, into: number[]): void {
  const a = p3 - p0 + 3 * (p1 - p2)
  const b = 2 * (p0 - 2 * p1 + p2)
  const c = p1 - p0
  const root = Math.sqrt(b * b - 4 * a * c)
  const turns = Math.abs(a) < 1e-12 ? [-c / b] : [(-b + root) / (2 * a), (-b - root) / (2 * a)]
  for (const t of turns) {
    if (!(t > 0 && t < 1)) continue
    const left = 1 - t
    into.push(left ** 3 * p0 + 3 * left * left * t * p1 + 3 * left * t * t * p2 + t ** 3 * p3)
  }
}
