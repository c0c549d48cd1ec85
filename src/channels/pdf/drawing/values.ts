/** Values of SVG: numbers, lengths and colours. */
import { type Color, readColor as colorOf } from '../../../schema/index.ts'
import { undrawable } from './undrawable.ts'

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** What is read by patterns is short, so that none of them takes long. */
const longest = 60

/** Beyond this, readers of PDF lose precision or refuse. */
export const largest = 1e6

export function readNumber(text: string): number {
  const value = text.length <= longest && number.test(text) ? Number(text) : Number.NaN
  return Math.abs(value) <= largest ? value : undrawable('a malformed or huge number')
}

/** Numbers parted by blanks and commas, or by their signs alone. */
export function readNumbers(text: string): number[] {
  const words = text.match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []
  if (text.replace(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi, '').replace(/[\s,]/g, '') !== '')
    undrawable('a malformed list of numbers')
  return words.map(readNumber)
}

/** CSS pixels in one of each unit. */
const pixels: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

/** A length in user units; percentages are of `whole`. */
export function readLength(text: string, whole: number): number {
  const trimmed = text.trim()
  if (trimmed.length > longest) undrawable('a malformed length')
  const [, amount = '', unit = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)(%|[a-z]*)$/i.exec(trimmed) ?? []
  if (unit === '%') return (readNumber(amount) / 100) * whole
  const factor = Object.hasOwn(pixels, unit) ? pixels[unit]! : undrawable(`a length in ${unit}`)
  return readNumber(amount) * factor
}

/** 0 to 1, also from a percentage. */
export function readShare(text: string): number {
  return Math.min(1, Math.max(0, readLength(text, 1)))
}

export function readColor(text: string): Color {
  return colorOf(text) ?? undrawable('a colour of another kind')
}
