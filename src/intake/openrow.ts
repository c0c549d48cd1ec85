/** Rows taken out of the scratch, with their cells read. */
import type { Place, StoredRow, StoredRun } from '../model/index.ts'
import { type Cell, readCells } from './cell.ts'
import type { Table } from './tables.ts'

/** A row with its cells read; no cells: it could not be read. */
export interface OpenRow {
  readonly stored: StoredRow
  readonly table: Table
  readonly cells: readonly Cell[] | undefined
}

/** The rows of some runs, in order. */
export function openRows(runs: readonly StoredRun[], table: Table): readonly OpenRow[] {
  const open: OpenRow[] = []
  for (const { rows, cells } of runs) {
    const all = cells === undefined ? undefined : readCells(cells)
    for (let at = 0; at < rows.length; at += 1) open.push({ stored: rows[at]!, table, cells: all?.[at] })
  }
  return open
}

/** The same one by one, whatever file they are of. */
export function* eachRow(runs: Iterable<StoredRun>, tables: readonly Table[]): Generator<OpenRow> {
  for (const run of runs) yield* openRows([run], tables[run.rows[0]?.place.file ?? 0] as Table)
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
