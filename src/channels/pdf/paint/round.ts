/** Rectangles with rounded corners, whole or as the line around them (ISO 32000-1 §8.5.2). */
import type { RectMark } from '../layout/page.ts'
import { number } from './strings.ts'

/** How far the control points of a quarter of a circle lie from the corner, as a share of the radius. */
const corner = 1 - 0.5522847498

/** Operators that fill the mark. A line is what lies between two outlines; where it is open, one outline goes around both its sides. */
export function roundContent({ x, y, width, height, round }: RectMark): string {
  const { upper, lower, line } = round!
  if (line === undefined) return `${outline(x, y, width, height, upper, lower)} f`
  const [top, right, bottom, left] = line
  if (top === 0 && bottom === 0) return `${at(x, y, left, height)} re ${at(x + width - right, y, right, height)} re f`
  if (top === 0 || bottom === 0) {
    const radius = Math.max(upper, lower)
    const from = top === 0 ? { y, down: height, thick: bottom } : { y: y + height, down: -height, thick: top }
    return `${channel({ ...from, x, width, radius, side: left })} f`
  }
  const within = [x + left, y + top, width - left - right, height - top - bottom] as const
  const inner = outline(...within, Math.max(0, upper - left), Math.max(0, lower - left))
  return `${outline(x, y, width, height, upper, lower)} ${inner} f*`
}

function at(...values: readonly number[]): string {
  return values.map(number).join(' ')
}

interface Channel {
  /** The open end: its left corner, and how far it is from there to the other end, upwards negative. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly down: number
  readonly radius: number
  /** Thickness at the sides, and at the end that is closed. */
  readonly side: number
  readonly thick: number
}

/** A line around three sides: along its outer edge and back along the inner one. */
function channel({ x, y, width, down, radius, side, thick }: Channel): string {
  const sign = Math.sign(down)
  const bend = (edge: number, end: number, r: number, into: 1 | -1, inward: boolean): string => {
    const v = end - sign * r
    const c = r * corner
    const straight = [edge + into * r, end] as const
    if (r === 0) return `${at(edge, end)} l`
    return inward
      ? `${at(...straight)} l ${at(edge + into * c, end, edge, end - sign * c, edge, v)} c`
      : `${at(edge, v)} l ${at(edge, end - sign * c, edge + into * c, end, ...straight)} c`
  }
  const right = x + width
  const end = y + down
  const inner = Math.max(0, radius - side)
  const [innerLeft, innerRight, innerEnd] = [x + side, right - side, end - sign * thick]
  return [
    `${at(right, y)} m`,
    bend(right, end, radius, -1, false),
    bend(x, end, radius, 1, true),
    `${at(x, y)} l ${at(innerLeft, y)} l`,
    bend(innerLeft, innerEnd, inner, 1, false),
    bend(innerRight, innerEnd, inner, -1, true),
    `${at(innerRight, y)} l h`,
  ].join(' ')
}

/** Clockwise from the upper left. */
function outline(x: number, y: number, width: number, height: number, upper: number, lower: number): string {
  const [right, bottom] = [x + width, y + height]
  const [u, l] = [upper * corner, lower * corner]
  const parts = [`${at(x + upper, y)} m`, `${at(right - upper, y)} l`]
  if (upper > 0) parts.push(`${at(right - u, y, right, y + u, right, y + upper)} c`)
  parts.push(`${at(right, bottom - lower)} l`)
  if (lower > 0) parts.push(`${at(right, bottom - l, right - l, bottom, right - lower, bottom)} c`)
  parts.push(`${at(x + lower, bottom)} l`)
  if (lower > 0) parts.push(`${at(x + l, bottom, x, bottom - l, x, bottom - lower)} c`)
  parts.push(`${at(x, y + upper)} l`)
  if (upper > 0) parts.push(`${at(x, y + u, x + u, y, x + upper, y)} c`)
  return `${parts.join(' ')} h`
}
