/** What a file's columns and the job's do not have in common. Names are quoted only of what is a header: else they are customers' values. */
import { type Fault, type Place, quote } from '../model/index.ts'
import { hintKnown, hintNearest } from '../schema/index.ts'
import { looksLikeHeader } from './header.ts'
import type { Table } from './tables.ts'

export interface Found {
  /** As the header has them, or as rows were seen to have them. */
  readonly names: readonly string[]
  /** Columns that have to be among them. */
  readonly wanted: readonly string[]
  /** Line of the header, from 1; absent where the file has none. */
  readonly line?: number | undefined
}

/** Columns of the job that a file lacks. */
export function missingColumns(table: Table, { names, wanted, line }: Found): Fault[] {
  const missing = wanted.filter(column => !names.includes(column))
  if (missing.length === 0) return []
  const place = { file: table.shown, ...(line === undefined ? {} : { line }) }
  const delimited = line === undefined ? undefined : otherDelimiter(table, { names, missing }, place)
  if (delimited !== undefined) return [delimited]
  if (line === undefined) {
    // Without a header the names are the data's, and may be somebody's own: what is the job's word, or nearly, is told.
    const ours = names.filter(name => (table.all ? table.keys.has(name) : table.at.has(name)))
    const none = 'no name in the file is one that the job knows'
    return missing.map(column =>
      missingColumn(column, place, hintNearest(column, names) ?? hintKnown(column, ours, none)),
    )
  }
  if (looksLikeHeader(names, table.columns)) {
    const hint = (column: string): string =>
      hintKnown(
        column,
        names.filter(name => name !== ''),
      )
    return missing.map(column => missingColumn(column, place, hint(column)))
  }
  return [
    {
      code: 'intake.column',
      message: `the first line does not look like a header: none of its ${names.length} columns has a name that the job knows`,
      place,
      hint: `put a line with the names of the columns first: ${shortened(missing)}`,
    },
  ]
}

function missingColumn(column: string, place: Place, hint: string): Fault {
  return { code: 'intake.column', message: `the column ${column} is not in the file`, place, hint }
}

/** A header that is one column, and would be more with another delimiter. */
function otherDelimiter(
  { file, columns }: Table,
  { names, missing }: { readonly names: readonly string[]; readonly missing: readonly string[] },
  place: Place,
): Fault | undefined {
  const [only = ''] = names
  const pieces = (mark: string): number => only.split(mark).length
  const [mark] = [';', '\t', ',', '|']
    .filter(other => other !== file.delimiter && only.includes(other))
    .sort((a, b) => pieces(b) - pieces(a))
  if (names.length !== 1 || missing.length < 2 || mark === undefined) return undefined
  const shown = looksLikeHeader(only.split(mark), columns) ? ` (found ${quote(only)})` : ''
  return {
    code: 'intake.column',
    message: `the header is one column for the delimiter ${JSON.stringify(file.delimiter)}${shown}`,
    place,
    hint: `set delimiter: ${JSON.stringify(mark)} in the job`,
  }
}

function shortened(names: readonly string[]): string {
  return [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ')
}
