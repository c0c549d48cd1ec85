/** Rejects on disk: the original lines of each input file, byte for byte, and a list of reasons to read. */

import { basename, join } from 'node:path'
import { copyRows, csvCell, dataFiles, reasonLines, reasonsHeader } from '../intake/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { makeFolder, openDurably, remove, writeDurably } from '../lots/index.ts'
import type { InputSummary } from '../model/index.ts'
import { names } from './place.ts'
import type { Start } from './start.ts'

/** Writes `rejects/<input file>` and `rejects.csv`; nothing where nothing was rejected. */
export async function writeRejectFiles({ job, folder, modes, inputs }: Start, ledger: Ledger): Promise<void> {
  const summary = JSON.parse(ledger.meta('summary') ?? 'null') as InputSummary | null
  if (summary === null) return
  const files = dataFiles(job)
  const ranges = new Map<number, { readonly start: number; readonly end: number }[]>()
  const list = openDurably(join(folder, names.rejectList), modes)
  list.write(reasonsHeader)
  for (const reject of ledger.rejects()) {
    list.write(reasonLines(reject, inputs.shown))
    for (const { file, start, end } of reject.rows) {
      const known = ranges.get(file)
      if (known === undefined) ranges.set(file, [{ start, end }])
      else known.push({ start, end })
    }
  }
  if (ranges.size === 0) return list.discard()
  list.commit()
  makeFolder(join(folder, names.rejects), modes)
  for (const [at, rows] of ranges) {
    rows.sort((a, b) => a.start - b.start)
    const target = openDurably(
      join(folder, names.rejects, rejectName(inputs.shown, at, files[at]?.format ?? 'csv')),
      modes,
    )
    const path = inputs.paths[at] ?? ''
    await copyRows({
      path,
      headerEnd: summary.files[at]?.headerEnd ?? 0,
      rows,
      list: files[at]?.format === 'json',
      write: target.write,
    })
    target.commit()
  }
}

/** Writes `failed.csv`: pieces that failed or are held, with the id and the reason in words; nothing where there are none. */
export function writeFailures({ folder, modes }: Pick<Start, 'folder' | 'modes'>, ledger: Ledger): void {
  const path = join(folder, names.failures)
  const lines = [...ledger.unrendered()].map(
    ({ id, channel, outcome, reason, detail }) =>
      `${[id, channel, outcome, reason, detail].map(csvCell).join(',')}\r\n`,
  )
  if (lines.length === 0) remove(path)
  else writeDurably(path, `id,channel,outcome,reason,detail\r\n${lines.join('')}`, modes)
}

/** The input file's own name; a number before it where two files share one. */
function rejectName(shown: readonly string[], at: number, format: string): string {
  const name = (path: string): string => (path === 'stdin' ? `stdin.${format}` : basename(path))
  const own = name(shown[at] ?? 'input')
  const first = shown.findIndex(path => name(path) === own)
  return first === at ? own : `${at + 1}-${own}`
}
