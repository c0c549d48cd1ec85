/** The notation of one value while it waits in the scratch: text as the file has it, or marked with where it came from. */
import { type Data, lookup } from '../model/index.ts'
import { isGroup, reviveWritten, type Written, type WrittenGroup, WrittenNumber } from '../schema/index.ts'
import { columnName } from './header.ts'

/**
 * `null`: absent. Text: as in the file, in its conventions, be the file CSV or JSON. `[text]`: text that clean.js set: the file's
 * conventions, else canonical. `[text, 1]`: a number or truth value that was never text (of JSON, or of clean.js): canonical.
 * `{ json }`: a list or group of JSON, in which text and numbers are told apart likewise; `clean`: clean.js changed it.
 */
export type Cell =
  | null
  | string
  | readonly [text: string]
  | readonly [text: string, canonical: 1]
  | { readonly json: Written; readonly clean?: true }

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
function jsonCell(value: Written | undefined): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof WrittenNumber) return [value.text, 1]
  if (Array.isArray(value) || isGroup(value)) return { json: value }
  return [String(value), 1]
}

/** A JSON object by column; a column may also be the dotted path of something deeper. */
export function objectCells(object: WrittenGroup, columns: readonly string[]): ReadonlyMap<string, Cell> {
  const cells = new Map(Object.entries(object).map(([name, value]) => [columnName(name), jsonCell(value)]))
  for (const column of columns) {
    if (cells.has(column) || !column.includes('.')) continue
    const value = lookup(object as unknown as Data, column) as unknown as Written | undefined
    if (value !== undefined) cells.set(column, jsonCell(value))
  }
  return cells
}

/** Cells of some rows out of the scratch. Only a list or group has numbers that matter; it stands behind a mark that no text can have. */
export function readCells(text: string): Cell[][] {
  return (text.includes('{"json":') ? reviveWritten(text) : JSON.parse(text)) as Cell[][]
}
