/** A drawing: what an SVG is read into, as paint wants it. Plain data that survives structured clone. */

/** In the drawing's own units, y downwards from its upper left corner; nothing is drawn outside `width` and `height`. */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** In the order of painting. */
  readonly items: readonly Item[]
}

export type Item = Shape | Group

export interface Shape {
  readonly kind: 'shape'
  readonly path: Path
  readonly fill?: Fill
  readonly stroke?: Stroke
  /** From the path's coordinates to the drawing's; absent: they are the same. */
  readonly matrix?: Matrix
}

/** Items that are clipped or made transparent together. */
export interface Group {
  readonly kind: 'group'
  /** 0 to 1. */
  readonly opacity: number
  /** Each takes away what is outside it. */
  readonly clips: readonly Clip[]
  readonly items: readonly Item[]
}

export interface Clip {
  readonly path: Path
  readonly rule: Rule
}

export type Rule = 'nonzero' | 'evenodd'

export interface Fill extends Ink {
  readonly rule: Rule
}

export interface Stroke extends Ink {
  readonly width: number
  readonly cap: 'butt' | 'round' | 'square'
  readonly join: 'miter' | 'round' | 'bevel'
  readonly miterLimit: number
  readonly dashes: readonly number[]
  /** Never negative. */
  readonly dashPhase: number
}

export interface Ink {
  /** `#RRGGBB`, or a gradient. */
  readonly color: string | Gradient
  /** 0 to 1. */
  readonly opacity: number
}

/** The colours go on beyond both ends. */
export interface Gradient {
  /** From point to point (x, y, x, y), or from circle to circle (x, y, radius, x, y, radius). */
  readonly between:
    | readonly [number, number, number, number]
    | readonly [number, number, number, number, number, number]
  /** At least two, offsets from 0 to 1, never falling. */
  readonly stops: readonly Stop[]
  /** From the gradient's coordinates to the drawing's. */
  readonly matrix: Matrix
}

export interface Stop {
  readonly offset: number
  /** `#RRGGBB` */
  readonly color: string
}

/** Moves, lines, curves and ends of subpaths, in absolute coordinates. */
export type Path = readonly Segment[]

export type Segment =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

/** a b c d e f, as in PDF and SVG: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number]
