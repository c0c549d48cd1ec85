/** Clipping paths: what `clip-path` leaves to be seen (SVG 1.1 §14.3). */
import type { Element } from '../markup/tree.ts'
import type { Clip } from './drawing.ts'
import { readTransform, times } from './matrix.ts'
import type { Bounds } from './path.ts'
import { boundsOf, movePath } from './path.ts'
import type { Inside, Scene } from './scene.ts'
import { meet, referred, ruleOf, silent, spend } from './scene.ts'
import { outlineOf, shapeNames } from './shapes.ts'
import { initialStyle } from './style.ts'
import { undrawable } from './undrawable.ts'
import { union } from './union.ts'
import { readLength } from './values.ts'

/** The outlines of `clip-path`. Those of several shapes are one where the shapes do not meet, or are convex. */
export function clipsOf(inside: Inside, bounds: Bounds | undefined, scene: Scene): Clip[] {
  const said = inside.style['clip-path']!
  if (said === 'none') return []
  const [, id] = /^url\(\s*["']?#([^"')]+?)["']?\s*\)$/.exec(said) ?? undrawable('a clip-path of another kind')
  const target = scene.ids.get(id!)
  if (target === undefined) return []
  if (target.name !== 'clipPath') return undrawable(`clip-path by the element ${target.name}`)
  let matrix = times(inside.matrix, readTransform(target.attributes['transform']))
  if (target.attributes['clipPathUnits'] === 'objectBoundingBox') {
    if (bounds === undefined) return undrawable('a group clipped by its own size')
    const { left, top, right, bottom } = bounds
    matrix = times(matrix, [right - left, 0, 0, bottom - top, left, top])
  }
  const style = scene.sheet.of(target, initialStyle)
  if (style['clip-path'] !== 'none') undrawable('a clip-path that is clipped')
  const outlines = target.children.flatMap(child =>
    typeof child === 'string' ? [] : clipOutlines(child, { ...inside, matrix, style, depth: 0 }, scene),
  )
  if (outlines.length === 0) return [{ path: [['M', 0, 0], ['Z']], rule: 'nonzero' }]
  const rule = outlines[0]!.rule
  if (outlines.length > 1 && (outlines.some(one => one.rule !== rule) || overlap(outlines))) {
    const path = union(outlines.map(one => one.path))
    return [{ path: path ?? undrawable('a clip-path of shapes that meet'), rule: 'nonzero' }]
  }
  return [{ path: outlines.flatMap(one => one.path), rule }]
}

function clipOutlines(element: Element, outer: Inside, scene: Scene): Clip[] {
  const { name, attributes } = element
  if (silent.has(name) || name.includes(':')) return []
  meet(element, outer.depth, scene)
  const style = scene.sheet.of(element, outer.style)
  if (style['display'] === 'none') return []
  if (style['clip-path'] !== 'none') undrawable('a clip-path that is clipped')
  const matrix = times(outer.matrix, readTransform(attributes['transform']))
  const inside = { ...outer, style, matrix, depth: outer.depth + 1 }
  if (name === 'use') {
    const target = referred(element, scene)
    if (target === undefined) return []
    if (!shapeNames.has(target.name)) return undrawable(`the element ${target.name} in a clip-path`)
    const x = readLength(attributes['x'] ?? '0', outer.viewport.width)
    const y = readLength(attributes['y'] ?? '0', outer.viewport.height)
    return clipOutlines(target, { ...inside, matrix: times(matrix, [1, 0, 0, 1, x, y]) }, scene)
  }
  if (!shapeNames.has(name)) return undrawable(`the element ${name} in a clip-path`)
  const path = outlineOf(element, outer.viewport)
  if (path.length === 0 || style['visibility'] !== 'visible') return []
  spend(path, scene)
  return [{ path: movePath(path, matrix), rule: ruleOf(style['clip-rule']!) }]
}

function overlap(outlines: readonly Clip[]): boolean {
  const boxes = outlines.flatMap(({ path }) => boundsOf(path) ?? []).sort((one, other) => one.left - other.left)
  if (boxes.length > 100) return true
  return boxes.some((one, index) =>
    boxes.slice(index + 1).some(other => other.left < one.right && other.top < one.bottom && one.top < other.bottom),
  )
}
