/** The names of a file's columns: trimmed, NFC, each once, readable. */
import { type Fault, type Place, quote } from '../model/index.ts'

export interface Header {
  /** Column names; empty ones only at the end, where a file carries a trailing delimiter. */
  readonly names: readonly string[]
  readonly faults: readonly Fault[]
}

/** How a column's name is compared: header and job alike. */
export function columnName(text: string): string {
  return text.trim().normalize('NFC')
}

/**
 * Whether one of these names is a column that the job knows, be it in capitals or with other marks. If none is, the line may be no
 * header at all, and what stands in it somebody's name: it is not to be quoted.
 */
export function looksLikeHeader(names: readonly string[], known: Iterable<string>): boolean {
  const folded = new Set([...known].map(fold))
  return names.some(name => fold(name) !== '' && folded.has(fold(name)))
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Reads a header line's fields. Nameless columns are let pass at the end only: no job can name them. `known`: columns of the job. */
export function readHeader(fields: readonly string[], place: Place, known: Iterable<string>): Header {
  const names = fields.map(columnName)
  const isHeader = looksLikeHeader(names, known)
  const filled = names.findLastIndex(name => name !== '') + 1
  const headerHint = `${isHeader || filled === 0 ? '' : 'this does not look like a header: '}the first line of the file has to name its columns`
  const found = (name: string): string => (isHeader ? ` (found ${quote(name)})` : '')
  const faults: Fault[] = []
  const fault = (message: string, hint = headerHint): void => {
    faults.push({ code: 'intake.header', message, place, hint })
  }
  if (filled === 0) fault('the header names no columns')
  if (names.some(name => name.includes('\0'))) {
    fault('the names of the columns have zero bytes between their letters', 'set encoding: utf-16le in the job')
    return { names, faults }
  }
  const seen = new Map<string, number>()
  names.slice(0, filled).forEach((name, at) => {
    const column = at + 1
    if (name === '') fault(`column ${column} has no name`)
    else if (names.length === 1 && name.includes('\t')) {
      fault('the header is one column, with tabs in it', 'set delimiter: "\\t" in the job')
    } else if (/\p{Cc}/u.test(name)) {
      fault(`the name of column ${column} has a control character in it${found(name)}`)
    } else if (seen.has(name)) {
      const hint = isHeader ? 'give each column a name of its own' : headerHint
      fault(`columns ${seen.get(name)} and ${column} have the same name${found(name)}`, hint)
    } else seen.set(name, column)
  })
  return { names, faults }
}
