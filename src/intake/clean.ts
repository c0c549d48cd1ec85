/** Runs a file's clean.js over one row, and holds it to its contract: a row of text, or null for filtered. */
import type { Fault, Source, Value } from '../model/index.ts'
import {
  type Decimal,
  date,
  decimal,
  isDecimal,
  isObject,
  plainValue,
  type Script,
  threwAt,
  unrepeatable,
} from '../schema/index.ts'
import type { Cell } from './cell.ts'
import { changedJson } from './changed.ts'
import { asksElsewhere } from './steady.ts'

/** A row by column; undefined where it has no such column. */
export type Cells = (column: string) => Cell | undefined

/** What became of a row. `faults` beside a row: clean.js rejected it, but its values are legible. */
export type Cleaned =
  | {
      readonly kind: 'row'
      readonly cells: Cells
      /** The columns it has now. */
      readonly names: () => readonly string[]
      readonly faults: Fault[]
    }
  | { readonly kind: 'filtered'; readonly touched: Cells }
  | { readonly kind: 'damaged'; readonly touched: Cells; readonly faults: readonly Fault[] }

export interface CleanRequest {
  readonly script: Script
  readonly source: Source
  /** The row's columns, and its values. */
  readonly names: readonly string[]
  readonly raw: Cells
  readonly file: string
  readonly line: number
  /** Columns whose values no message may carry. */
  readonly secret: ReadonlySet<string>
}

/** `clean(row, { decimal, date, file, line, reject })`. Throws FaultError where the script asks the clock or chance, and for nothing else that it does. */
export function cleanRow({ script, source, names, raw, file, line, secret }: CleanRequest): Cleaned {
  const row = toRow(names, raw)
  const faults: Fault[] = []
  const place = { file, line }
  const hide = (words: string): string | undefined => {
    for (const column of secret) {
      const value = raw(column)
      const text = typeof value === 'string' ? value : Array.isArray(value) ? String(value[0]) : ''
      if (text.trim() !== '' && words.includes(text.trim())) return undefined
    }
    return words
  }
  const reject = (message: unknown, path?: unknown): void => {
    const words = hide(String(message)) ?? 'rejected by clean.js, with a private value in the reason'
    faults.push({
      code: 'clean.rejected',
      message: words.slice(0, 500),
      place: { ...place, ...(path === undefined ? {} : { path: String(path) }) },
      hint: `${source.file} wants it so: mend the row, or the script`,
    })
  }
  let result: unknown
  try {
    result = script(row, { decimal, date, file, line, reject })
  } catch (error) {
    const { line: at } = threwAt(error, source)
    const asked = unrepeatable(error)
    if (asked !== undefined)
      throw asksElsewhere({ file: source.file, ...(at === undefined ? {} : { line: at }) }, asked, place)
    const words = hide(error instanceof Error ? error.message : String(error))
    const thrown =
      words === undefined || words === '' ? (error instanceof Error ? error.name : 'an error') : words.slice(0, 200)
    faults.push({
      code: 'clean.threw',
      message: `${source.file}${at === undefined ? '' : `:${at}`} threw at this row: ${thrown}`,
      place,
      hint: 'mend the script, or let it call reject() with a reason',
    })
    return { kind: 'damaged', touched: legible(row, raw), faults }
  }
  if (result === null) {
    return faults.length === 0
      ? { kind: 'filtered', touched: legible(row, raw) }
      : { kind: 'damaged', touched: legible(row, raw), faults }
  }
  if (!isObject(result) || typeof (result as { then?: unknown }).then === 'function') {
    const found =
      result === undefined
        ? 'nothing'
        : Array.isArray(result)
          ? 'a list'
          : isObject(result)
            ? 'a promise'
            : `a ${typeof result}`
    faults.push({
      code: 'clean.value',
      message: `${source.file} returned ${found} for this row`,
      place,
      hint: 'return the row, or null to filter it; it may not be async',
    })
    return { kind: 'damaged', touched: legible(row, raw), faults }
  }
  const kept = result as Readonly<Record<string, unknown>>
  return {
    kind: 'row',
    names: () => Object.keys(kept),
    faults,
    cells(column) {
      if (!Object.hasOwn(kept, column)) return undefined
      const cell = toCell(kept[column], raw(column))
      if (cell !== undefined) return cell
      faults.push({
        code: 'clean.value',
        message: `${source.file} set ${column} to something that is neither text, a number nor a decimal`,
        place,
        hint: 'dates are text too: 2026-03-23',
      })
      return null
    },
  }
}

/** Text by column. Without Object's prototype, so that no column name is special; from a constructor, so that all rows share one layout. */
const Row = function Row() {} as unknown as new () => Record<string, unknown>
Row.prototype = Object.create(null)

function toRow(names: readonly string[], raw: Cells): Record<string, unknown> {
  const row = new Row()
  for (const name of names) row[name] = shown(raw(name))
  return row
}

function shown(cell: Cell | undefined): unknown {
  if (cell === null || cell === undefined || typeof cell === 'string') return cell
  return 'json' in cell ? plainValue(cell.json) : cell[0]
}

/** A value that a script left or set; undefined for what is no value. What it did not change stays what it was. */
function toCell(value: unknown, before: Cell | undefined): Cell | undefined {
  if (value === null || value === undefined) return null
  if (before !== undefined && before !== null && value === shown(before)) return before
  if (typeof value === 'string') return [value]
  if (typeof value === 'boolean') return [String(value), 1]
  if (typeof value === 'number') {
    const text = Number.isFinite(value) ? numberText(value) : undefined
    return text === undefined ? undefined : [text, 1]
  }
  if (isExact(value)) return [value.toString(), 1]
  return isJson(value) ? changedJson(value, before) : undefined
}

function numberText(value: number): string | undefined {
  const text = Object.is(value, -0) ? '0' : String(value)
  return isDecimal(text) ? text : undefined
}

function isExact(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'plus' in value && 'round' in value && isDecimal(String(value))
}

function isJson(value: unknown): value is Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value !== 'object') return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isJson)
}

/** A row as a script left it behind, for finding out whose it was. */
function legible(row: Readonly<Record<string, unknown>>, raw: Cells): Cells {
  return column => (Object.hasOwn(row, column) ? (toCell(row[column], raw(column)) ?? null) : undefined)
}
