/** Outlines that may meet -> one path that holds what any of them holds, where they are simple enough to tell. */
import type { Path, Segment } from './drawing.ts'

/**
 * Outlines that turn one way all around (rectangles, ellipses, convex polygons) hold each point once; turned the same way they hold
 * together, by the nonzero rule, what any of them holds. Undefined where an outline is of another kind.
 */
export function union(outlines: readonly Path[]): Path | undefined {
  const turned: Segment[] = []
  for (const outline of outlines) {
    const way = wayOf(outline)
    if (way === undefined) return undefined
    turned.push(...(way > 0 ? outline : reversed(outline)))
  }
  return turned
}

/** 1 or -1 for an outline that is convex: its corners and control points turn one way, and once around. */
function wayOf(outline: Path): 1 | -1 | undefined {
  if (outline.slice(1).some(([command]) => command === 'M')) return undefined
  const corners = outline.flatMap(pointsOf)
  const edges: Point[] = []
  corners.forEach(([x, y], index) => {
    const [toX, toY] = corners[(index + 1) % corners.length]!
    if (Math.hypot(toX - x, toY - y) > 1e-9) edges.push([toX - x, toY - y])
  })
  let around = 0
  let least = 0
  let most = 0
  edges.forEach(([x, y], index) => {
    const [nextX, nextY] = edges[(index + 1) % edges.length]!
    const turn = Math.atan2(x * nextY - y * nextX, x * nextX + y * nextY)
    around += turn
    least = Math.min(least, turn)
    most = Math.max(most, turn)
  })
  if (Math.abs(Math.abs(around) - 2 * Math.PI) > 1e-6) return undefined
  if (least < -1e-6 && most > 1e-6) return undefined
  return around > 0 ? 1 : -1
}

type Point = readonly [number, number]

function pointsOf([, ...at]: Segment): Point[] {
  const points: Point[] = []
  for (let index = 0; index < at.length; index += 2) points.push([at[index] as number, at[index + 1] as number])
  return points
}

/** The same outline, drawn the other way around. */
function reversed(outline: Path): Path {
  const points = outline.flatMap(pointsOf).reverse()
  const lengths = outline.flatMap(([command]) => (command === 'C' ? [3] : command === 'L' ? [1] : [])).reverse()
  const path: Segment[] = [['M', ...points[0]!]]
  let at = 1
  for (const length of lengths) {
    const next = points.slice(at, at + length).flat()
    path.push([length === 3 ? 'C' : 'L', ...next] as unknown as Segment)
    at += length
  }
  return [...path, ['Z']]
}
