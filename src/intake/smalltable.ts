/** A table of CSV that is small enough to be read at once: its records with their lines, by the rules of data files. */
import { Cutter } from './cut.ts'
import { splitRecords } from './split.ts'

const dialect = { delimiter: ',', quote: '"' }

export interface TableRecord {
  /** The first of its lines, from 1. */
  readonly line: number
  /** Undefined where its quotes do not go together. */
  readonly fields: readonly string[] | undefined
}

/** `columns`: how many fields a record has that goes over several lines. */
export function readSmallTable(text: string, columns: number): readonly TableRecord[] {
  const bytes = Buffer.from(text)
  const cutter = new Cutter({ ...dialect, longest: bytes.length + 1 })
  cutter.expect(columns)
  cutter.push(bytes)
  cutter.push(undefined)
  return cutter.take().map(({ start, end, line, blank, flaw }) => {
    if (blank || flaw !== undefined) return { line, fields: blank ? [] : undefined }
    return { line, fields: splitRecords(bytes.toString('utf8', start, end), 1, dialect)[0] }
  })
}
