/** Status: what the ledgers of an out folder say. Reads only, also while a run is going. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, counts, Ledger } from '../ledger/index.ts'
import type { Report } from '../model/index.ts'
import { readReport } from './finish.ts'
import { listRuns, names } from './place.ts'

export interface RunStatus {
  readonly run: string
  readonly folder: string
  /** `staging`: before its allocation; `allocated`: pressing, or interrupted; `done`; `refused`: before its allocation, with a report. */
  readonly state: 'staging' | 'refused' | 'allocated' | 'done'
  readonly template: string
  readonly date: string
  readonly exit?: number
  readonly counts: Counts
  readonly lots: { readonly published: number; readonly planned: number }
  readonly report?: Report
}

/** All runs of an out folder, in the order of names. */
export function statusOfAll(out: string): readonly RunStatus[] {
  return listRuns(out).map(run => readStatus(out, run))
}

/** One run; undefined where there is none of this name. */
export function statusOf(out: string, run: string): RunStatus | undefined {
  return existsSync(join(out, run, names.ledger)) ? readStatus(out, run) : undefined
}

function readStatus(out: string, run: string): RunStatus {
  const folder = join(out, run)
  const ledger = new Ledger(join(folder, names.ledger))
  try {
    const { report } = readReport(folder)
    const state = (ledger.meta('state') ?? 'staging') as 'staging' | 'allocated' | 'done'
    const lots = ledger.lots()
    const exit = ledger.meta('exit')
    return {
      run,
      folder,
      state: state === 'staging' && report?.exit === 5 ? 'refused' : state,
      template: ledger.meta('template') ?? '',
      date: ledger.meta('date') ?? '',
      ...(exit === undefined ? {} : { exit: Number(exit) }),
      counts: counts(ledger),
      lots: {
        published: lots.filter(lot => lot.state === 'published').length,
        planned: lots.filter(lot => lot.state === 'planned').length,
      },
      // While a retry presses, the report is that of the run before it.
      ...(report === undefined || state === 'allocated' ? {} : { report }),
    }
  } finally {
    ledger.close()
  }
}
