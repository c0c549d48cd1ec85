/** The order of a list's rows: by columns, each as the numbers, dates or text that it holds. */
import type { DataFile } from '../model/index.ts'
import { decimal, readDate } from '../schema/index.ts'
import { type Cell, cellText, isTuple } from './cell.ts'
import { exactNumber } from './coerce.ts'
import type { OpenRow } from './openrow.ts'
import type { Shape } from './shape.ts'

export interface SortColumn {
  readonly column: string
  readonly shape: Shape | undefined
}

/**
 * Rows sorted, stable. A column is compared as its place in the schema says (numbers, dates); where the schema does not say, as numbers
 * if all its values are numbers, as dates if all are dates, else as text by code units. Rows without a value come first.
 */
export function sortRows(rows: readonly OpenRow[], columns: readonly SortColumn[], file: DataFile): readonly OpenRow[] {
  if (columns.length === 0 || rows.length < 2) return rows
  const compares = columns.map(column => compareBy(rows, column, file))
  return rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => {
      for (const compare of compares) {
        const order = compare(a.at, b.at)
        if (order !== 0) return order
      }
      return a.at - b.at
    })
    .map(({ row }) => row)
}

type Compare = (a: number, b: number) => number

function compareBy(rows: readonly OpenRow[], { column, shape }: SortColumn, file: DataFile): Compare {
  const cells = rows.map(row => row.cells?.[row.table.at.get(column) ?? -1] ?? null)
  const numbers = (): Compare | undefined => compareValues(cells, cell => exactNumber(cell, file), byNumber)
  const dates = (): Compare | undefined => compareValues(cells, cell => timeOf(cell, file), byCode)
  const text = (): Compare => compareValues(cells, cell => cellText(cell), byCode) as Compare
  const first = shape?.kind === 'date' || shape?.kind === 'date-time' ? dates() : undefined
  return first ?? numbers() ?? dates() ?? text()
}

/** A comparison of values that all can be read; undefined if one cannot. */
function compareValues(
  cells: readonly Cell[],
  read: (cell: Exclude<Cell, null>) => string | undefined,
  compare: (a: string, b: string) => number,
): Compare | undefined {
  const values = cells.map(cell => (cell === null ? null : read(cell)))
  if (values.includes(undefined)) return undefined
  return (a, b) => {
    const [left, right] = [values[a] as string | null, values[b] as string | null]
    if (left === null || right === null) return Number(left !== null) - Number(right !== null)
    return compare(left, right)
  }
}

function timeOf(cell: Exclude<Cell, null>, file: DataFile): string | undefined {
  const text = cellText(cell) as string
  const read = readDate(text, file.date) ?? (typeof cell !== 'string' && isTuple(cell) ? readDate(text) : undefined)
  return read === undefined ? undefined : `${read.date}T${read.time ?? ''}`
}

/** Never by locale: the order must not depend on the machine. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Up to 15 digits a double keeps apart what is different; beyond that only exact arithmetic does. */
function byNumber(a: string, b: string): number {
  return a.length <= 15 && b.length <= 15 ? Number(a) - Number(b) : decimal(a).cmp(b)
}
