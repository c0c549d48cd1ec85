/** The notation of one value while it waits in the scratch: text as the file has it, or marked with where it came from. */
import type { Value } from '../model/index.ts'
import { isObject } from '../schema/index.ts'

/**
 * `null`: absent. Text: as in the file, in its conventions. `[text]`: text that clean.js set: the file's conventions, else canonical.
 * `[text, 1]`: a number or truth value that was never text (JSON, or a decimal of clean.js): canonical. `{ json }`: a list or group of JSON.
 */
export type Cell =
  | null
  | string
  | readonly [text: string]
  | readonly [text: string, canonical: 1]
  | { readonly json: Value }

/** A cell's text for comparing and for keys; undefined where it is absent. */
export function cellText(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined
  if (typeof cell === 'string') return cell
  return isTuple(cell) ? cell[0] : JSON.stringify(cell.json)
}

export function isTuple(cell: Cell): cell is readonly [string] | readonly [string, 1] {
  return Array.isArray(cell)
}

/** The cell of a value of JSON. Undefined for null: it is absent. */
export function jsonCell(value: Value | undefined): Cell {
  if (value === null || value === undefined) return null
  if (Array.isArray(value) || isObject(value)) return { json: value }
  return [String(value), 1]
}
