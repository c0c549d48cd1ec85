/** Where a communication's rows stand, packed: neighbouring rows of one file become one range. */
import type { RowPlace } from '../model/index.ts'

/** `[file, line, start, end]` for each range, as JSON text. */
export function packOrigin(rows: readonly RowPlace[]): string {
  const ranges: [number, number, number, number][] = []
  for (const { file, line, start, end } of rows) {
    const last = ranges.at(-1)
    if (last !== undefined && last[0] === file && last[3] === start) last[3] = end
    else ranges.push([file, line, start, end])
  }
  return JSON.stringify(ranges)
}

/** The ranges of packed origin, as row places; one may now cover several rows. */
export function unpackOrigin(text: string): readonly RowPlace[] {
  return (JSON.parse(text) as [number, number, number, number][]).map(([file, line, start, end]) => ({
    file,
    line,
    start,
    end,
  }))
}

/** Line of a communication's first row, in SQL; 0 where its rows are purged. */
export const firstLine = (table: string): string =>
  `CASE WHEN json_valid(${table}.origin) THEN coalesce(json_extract(${table}.origin, '$[0][1]'), 0) ELSE 0 END`
