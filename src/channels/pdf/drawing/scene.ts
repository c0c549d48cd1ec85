/** What reading an SVG goes by: the names and rules of the whole, how an element is met, and how much may still be done. */
import type { Element } from '../markup/tree.ts'
import type { Matrix, Path, Rule } from './drawing.ts'
import type { Viewport } from './shapes.ts'
import type { Style, StyleSheet } from './style.ts'
import { undrawable } from './undrawable.ts'

/** Characters read, elements met (again by each use), rules tried and segments drawn: beyond these a raster is smaller and as good. */
export const most = { characters: 2_000_000, elements: 10_000, matches: 1_000_000, segments: 20_000, depth: 60 }

/** What is the same for the whole document; counts go down. */
export interface Scene {
  readonly ids: ReadonlyMap<string, Element>
  readonly sheet: StyleSheet
  readonly left: { characters: number; elements: number; matches: number; segments: number }
}

/** How an element is met. */
export interface Inside {
  /** From here to the drawing's coordinates. */
  readonly matrix: Matrix
  readonly style: Style
  readonly viewport: Viewport
  /** How many elements and uses it stands in. */
  readonly depth: number
}

/** Elements that show nothing where they stand. */
export const silent = new Set([
  'title',
  'desc',
  'metadata',
  'defs',
  'symbol',
  'style',
  'script',
  'linearGradient',
  'radialGradient',
  'clipPath',
])

/** Counts an element that is met, or ends the reading. */
export function meet({ attributes }: Element, depth: number, { left, sheet }: Scene): void {
  left.elements -= 1
  left.matches -= sheet.size
  for (const name in attributes) left.characters -= attributes[name]!.length
  if (left.elements < 0 || left.matches < 0 || left.characters < 0) undrawable('more elements than can be drawn')
  if (depth > most.depth) undrawable('elements nested too deep')
}

/** Counts what is drawn, or ends the reading. */
export function spend(path: Path, { left }: Scene): void {
  left.segments -= path.length
  if (left.segments < 0) undrawable('more paths than can be drawn')
}

/** The element that `href` names; one outside is never looked for. */
export function referred({ attributes }: Element, { ids }: Scene): Element | undefined {
  const href = (attributes['href'] ?? attributes['xlink:href'] ?? '').trim()
  if (!href.startsWith('#')) return undrawable('a reference to something outside')
  return ids.get(href.slice(1))
}

export function ruleOf(text: string): Rule {
  return text === 'evenodd' ? 'evenodd' : 'nonzero'
}
