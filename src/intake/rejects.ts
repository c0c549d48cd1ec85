/** What people get back of rejects: their original lines byte for byte, and a list of reasons to read in a spreadsheet. */
import { open } from 'node:fs/promises'
import type { Fault, Reject, RowPlace } from '../model/index.ts'

/** The parts of rows that copying needs. */
export type Range = Pick<RowPlace, 'start' | 'end'>

export interface CopyRequest {
  readonly path: string
  /** Bytes of the header; see FileFigures. */
  readonly headerEnd: number
  /** Rows of this file, by `start`, each once; neighbours in one range or in several, but for elements of a list. */
  readonly rows: Iterable<Range> | AsyncIterable<Range>
  /** For `.json`: elements are put into a list again. */
  readonly list?: boolean
  readonly write: (bytes: Uint8Array) => unknown
}

/**
 * Copies the header and the rows of one input file as they are, to be mended and fed back in. Returns how many ranges; undefined where
 * the file has become shorter since it was read.
 */
export async function copyRows({
  path,
  headerEnd,
  rows,
  list = false,
  write,
}: CopyRequest): Promise<number | undefined> {
  const handle = await open(path, 'r')
  try {
    const copy = async (start: number, end: number): Promise<boolean> => {
      const step = 1024 * 1024
      for (let at = start; at < end; at += step) {
        const buffer = Buffer.allocUnsafeSlow(Math.min(step, end - at))
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
        if (bytesRead < buffer.length) return false
        await write(buffer)
      }
      return true
    }
    if (!(await copy(0, headerEnd))) return undefined
    let count = 0
    for await (const { start, end } of rows) {
      if (list) await write(Buffer.from(count === 0 ? '[\n' : ',\n'))
      if (!(await copy(start, end))) return undefined
      count += 1
    }
    if (list) await write(Buffer.from(count === 0 ? '[]\n' : '\n]\n'))
    return count
  } finally {
    await handle.close()
  }
}

/** First line of rejects.csv. */
export const reasonsHeader = 'file,line,id,code,reason\r\n'

/** The lines of rejects.csv for one reject, one for each reason (RFC 4180). `shown` names the files by their position in the job. */
export function reasonLines({ id, faults, rows }: Reject, shown: readonly string[]): string {
  const [first] = rows
  return faults
    .map(({ code, message, hint, place }: Fault) => {
      const file = place?.file ?? shown[first?.file ?? 0] ?? ''
      const line = place?.line ?? (place === undefined ? first?.line : undefined)
      const reason = hint === undefined ? message : `${message}; ${hint}`
      return `${[file, line === undefined ? '' : String(line), id ?? '', code, reason].map(csvCell).join(',')}\r\n`
    })
    .join('')
}

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(text: string): string {
  const safe = disarm(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Puts an apostrophe before what a spreadsheet would take for a formula: `= + - @`, also in their full-width forms, behind blanks, and at
 * the start of each line of a cell; and before a leading tab or carriage return.
 */
export function disarm(text: string): string {
  return text
    .split(/(\r\n|\n|(?<!^)\r)/)
    .map((part, at) => (at % 2 === 0 && (/^\s*[=+\-@＝＋－＠]/.test(part) || /^[\t\r]/.test(part)) ? `'${part}` : part))
    .join('')
}
