/** Whether a batch is what earlier runs had rejected, mended and fed back in: then it is a part of theirs, and small by nature. */
import { join } from 'node:path'
import { counts, Ledger } from '../../ledger/index.ts'
import { foldName, type Report } from '../../model/index.ts'
import { names } from '../place.ts'

/** A run of the job that was done. */
export interface EarlierRun {
  readonly run: string
  readonly report: Report
}

/**
 * The runs that this batch mends rejects of; none where it is a batch of its own. With a period: all runs of it, where they had as many
 * rejects as there are communications now (a mended row may have got another id, or its first). Without one, where every run stands
 * alone: the latest that had rejected each of these ids.
 */
export function runsMended(
  runs: readonly EarlierRun[],
  { period, out, ledger }: { readonly period: string | undefined; readonly out: string; readonly ledger: Ledger },
): readonly EarlierRun[] {
  const { made, rejected } = counts(ledger).communications
  const now = made + rejected
  if (period !== undefined) {
    const same = runs.filter(({ report }) => report.period === period)
    return now <= same.reduce((sum, { report }) => sum + rejectsOf(report), 0) ? same : []
  }
  const ids = new Set([...ledger.stagedIds()].map(({ id }) => foldName(id)))
  for (const { id } of ledger.rejects()) ids.add(id === undefined ? '' : foldName(id))
  const able = runs.filter(({ report }) => report.purged === null && rejectsOf(report) >= now)
  const latest = able.toSorted((a, b) => (a.report.timing.finishedAt < b.report.timing.finishedAt ? 1 : -1))
  const mended = latest.find(({ run }) => hasRejected(join(out, run, names.ledger), ids))
  return mended === undefined ? [] : [mended]
}

/** What another run has issued is nothing to mend. */
function rejectsOf({ communications: { rejected, alreadyIssued } }: Report): number {
  return rejected - alreadyIssued
}

function hasRejected(path: string, ids: ReadonlySet<string>): boolean {
  const ledger = new Ledger(path, { readOnly: true })
  try {
    const rejected = new Set<string>()
    for (const { id, issued } of ledger.rejects()) if (id !== undefined && !issued) rejected.add(foldName(id))
    return [...ids].every(id => rejected.has(id))
  } finally {
    ledger.close()
  }
}
