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

/** Reads a header line's fields. Nameless columns are let pass at the end only: no job can name them. */
export function readHeader(fields: readonly string[], place: Place): Header {
  const names = fields.map(columnName)
  const faults: Fault[] = []
  const filled = names.findLastIndex(name => name !== '') + 1
  if (filled === 0) {
    return {
      names,
      faults: [{ code: 'intake.header', message: 'the header names no columns', place, hint: headerHint }],
    }
  }
  if (names.some(name => name.includes('\0'))) {
    const message = 'the names of the columns have zero bytes between their letters'
    return { names, faults: [{ code: 'intake.header', message, place, hint: 'set encoding: utf-16le in the job' }] }
  }
  const seen = new Map<string, number>()
  names.slice(0, filled).forEach((name, at) => {
    const column = at + 1
    if (name === '')
      faults.push({ code: 'intake.header', message: `column ${column} has no name`, place, hint: headerHint })
    else if (/\p{Cc}/u.test(name)) {
      faults.push({
        code: 'intake.header',
        message: `the name of column ${column} has a control character in it (found ${quote(name)})`,
        place,
        hint: headerHint,
      })
    } else if (seen.has(name)) {
      faults.push({
        code: 'intake.header',
        message: `columns ${seen.get(name)} and ${column} have the same name (found ${quote(name)})`,
        place,
        hint: 'give each column a name of its own',
      })
    } else seen.set(name, column)
  })
  return { names, faults }
}

const headerHint = 'the first line of the file has to name its columns'
