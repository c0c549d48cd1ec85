/** A row taken out of the scratch, with its cells read. */
import type { Place, StoredRow } from '../model/index.ts'
import { type Cell, readCells } from './cell.ts'
import type { Table } from './tables.ts'

/** A row with its cells read; no cells: it could not be read. */
export interface OpenRow {
  readonly stored: StoredRow
  readonly table: Table
  readonly cells: readonly Cell[] | undefined
}

export function openRow(stored: StoredRow, table: Table): OpenRow {
  return { stored, table, cells: stored.cells === undefined ? undefined : readCells(stored.cells) }
}

export function placeOf({ stored, table }: OpenRow): Place {
  return { file: table.shown, line: stored.place.line }
}

/** The text of a column; undefined where it is absent, or no text. */
export function textOf(row: OpenRow, column: string): string | undefined {
  const cell = row.cells?.[row.table.at.get(column) ?? -1]
  return cell === null || cell === undefined
    ? undefined
    : typeof cell === 'string'
      ? cell
      : 'json' in cell
        ? undefined
        : cell[0]
}
