/** Rejects on disk: the original lines of each input file, byte for byte, and a list of reasons to read. */

import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { copyRows, csvCell, dataFiles, reasonLines, reasonsHeader } from '../../intake/index.ts'
import { type Ledger, readUnrendered } from '../../ledger/index.ts'
import { type DurableFile, makeFolder, openDurably, remove, writeDurably } from '../../lots/index.ts'
import { done, failed, type InputSummary, type Result } from '../../model/index.ts'
import { names } from '../place.ts'
import { changedFile, digestFile } from '../plan/inputs.ts'
import type { Start } from '../start.ts'

/** Hex SHA-256 by path inside the run's folder. */
export type Digests = Readonly<Record<string, string>>

/**
 * Writes `rejects/<input file>` and `rejects.csv`; nothing where nothing was rejected. Gives back what they are known by. Fault: a file
 * that is not what it was when its rows were read; then none is left.
 */
export async function writeRejectFiles(start: Start, ledger: Ledger): Promise<Result<Digests>> {
  const { job, folder, modes, inputs, request } = start
  const summary = JSON.parse(ledger.meta('summary') ?? 'null') as InputSummary | null
  if (summary === null) return done({})
  const files = dataFiles(job)
  const ranges = new Map<number, { readonly start: number; end: number }[]>()
  const list = digesting(openDurably(join(folder, names.rejectList), modes))
  list.write(reasonsHeader)
  for (const reject of ledger.rejects()) {
    list.write(reasonLines(reject, inputs.shown))
    for (const { file, start, end } of reject.rows) {
      const known = ranges.get(file)
      const last = known?.at(-1)
      if (known === undefined) ranges.set(file, [{ start, end }])
      // What is rejected as a whole is one range, however many lines it has.
      else if (last?.end === start) last.end = end
      else known.push({ start, end })
    }
  }
  if (ranges.size === 0) {
    list.discard()
    return done({})
  }
  const digests: Record<string, string> = { [names.rejectList]: list.commit() }
  const rejects = join(folder, names.rejects)
  makeFolder(rejects, modes)
  for (const [at, rows] of ranges) {
    rows.sort((a, b) => a.start - b.start)
    const name = rejectName(inputs.shown, at, files[at]?.format ?? 'csv')
    const target = digesting(openDurably(join(rejects, name), modes))
    const path = inputs.paths[at] ?? ''
    const copied = await copyRows({
      path,
      headerEnd: summary.files[at]?.headerEnd ?? 0,
      rows,
      list: files[at]?.format === 'json',
      write: target.write,
    })
    // Copied after it was read: only the same bytes have the same rows in these places.
    if (copied === undefined || (await digestFile(path, { signal: request.signal })) !== inputs.digests[at]) {
      target.discard()
      remove(rejects)
      remove(join(folder, names.rejectList))
      return failed(changedFile(inputs.shown[at] ?? path))
    }
    digests[`${names.rejects}/${name}`] = target.commit()
  }
  return done(digests)
}

/** A file whose bytes are hashed as they are written. */
function digesting(file: DurableFile): Pick<DurableFile, 'write' | 'discard'> & { readonly commit: () => string } {
  const hash = createHash('sha256')
  return {
    ...file,
    write: bytes => {
      hash.update(bytes)
      file.write(bytes)
    },
    commit: () => {
      file.commit()
      return hash.digest('hex')
    },
  }
}

/** Writes `failed.csv`: pieces that failed or are held, with the id and the reason in words; nothing where there are none. */
export function writeFailures({ folder, modes }: Pick<Start, 'folder' | 'modes'>, ledger: Ledger): void {
  const path = join(folder, names.failures)
  const text = failuresText(ledger)
  if (text === '') remove(path)
  else writeDurably(path, text, modes)
}

/** `failed.csv` as it is written; empty where there are none. */
export function failuresText(ledger: Ledger): string {
  const lines = [...readUnrendered(ledger)].map(
    ({ id, channel, outcome, reason, detail }) =>
      `${[id, channel, outcome, reason, detail].map(csvCell).join(',')}\r\n`,
  )
  return lines.length === 0 ? '' : `id,channel,outcome,reason,detail\r\n${lines.join('')}`
}

/** The input file's own name; a number before it where two files share one. */
function rejectName(shown: readonly string[], at: number, format: string): string {
  const name = (path: string): string => (path === 'stdin' ? `stdin.${format}` : basename(path))
  const own = name(shown[at] ?? 'input')
  const first = shown.findIndex(path => name(path) === own)
  return first === at ? own : `${at + 1}-${own}`
}
