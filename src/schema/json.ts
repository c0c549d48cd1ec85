/** JSON text to values: numbers keep their digits, duplicate keys are faults, mistakes have a line and a column. */
import { type Data, done, type Fault, failed, quote, type Result, type Source, type Value } from '../model/index.ts'
import { deepest, findMistake, type Mistake } from './mistake.ts'

/**
 * Parses JSON (RFC 8259). A number that a double would change stays exact, as decimal text; so does any number with a fraction,
 * as it was written (`12.50` stays `12.50`). Integers that a double holds exactly become numbers. With `numbers: 'double'` all
 * numbers become doubles, as JSON Schemas want them.
 */
export function parseJson(
  source: Source,
  { numbers = 'exact' }: { readonly numbers?: 'exact' | 'double' } = {},
): Result<Value> {
  return parseWith<Value>(source, numbers === 'double' ? undefined : exactNumber)
}

/** Parses JSON with numbers made of their text in the file; absent: doubles. */
export function parseWith<T>(source: Source, number?: (digits: string) => unknown): Result<T> {
  const mistake = findMistake(source.text)
  if (mistake !== undefined) return failed(mistakeFault(source, mistake))
  return done(reviveJson(source.text, number) as T)
}

/** The source text comes with each primitive: so nothing is lost that a double would lose. */
export function reviveJson(text: string, number?: (digits: string) => unknown): unknown {
  if (number === undefined) return JSON.parse(text)
  const revive = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? number(context.source) : value
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown)
}

/** A number where a double holds it exactly and it is whole, else its decimal text. -0 is 0, as it is once it was written again. */
export function exactNumber(digits: string): number | string {
  if (/^-?\d+$/.test(digits)) return Number.isSafeInteger(Number(digits)) ? Number(digits) + 0 : digits
  return /^-?\d+\.\d+$/.test(digits) ? digits : plainText(digits)
}

/** `1.5e3` -> `1500`: exponents written out, so that decimals are decimals everywhere. Too long ones stay as they were. */
function plainText(source: string): string | number {
  const found = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(source)
  if (found === null) return source
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = found
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > 100) return source
  const digits = whole + fraction
  const point = whole.length + exponent
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(at)
  const text = `${sign}${integer}${rest === '' ? '' : `.${rest}`}`
  return rest === '' && Number.isSafeInteger(Number(text)) ? Number(text) : text
}

function mistakeFault({ file, text }: Source, { offset, twice, deep }: Mistake): Fault {
  const place = { file, ...position(text, offset) }
  if (twice !== undefined) {
    const message = `the key ${quote(twice)} stands twice in one object`
    return { code: 'schema.json', message, place, hint: 'remove one of the two' }
  }
  if (deep === true) {
    const message = `lists and groups are nested more than ${deepest} deep`
    return { code: 'schema.json', message, place, hint: 'draw the data flatter' }
  }
  return {
    code: 'schema.json',
    message: text.trim() === '' ? 'the file is empty where JSON is expected' : 'this is not JSON',
    place,
    hint: 'look for a missing comma, quote or bracket at or before this place',
  }
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** Whether a value is an object: neither null nor a list. */
export function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
