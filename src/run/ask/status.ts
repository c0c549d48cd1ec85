/** Status: what the ledgers of an out folder say. Reads only, also while a run is going. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { counts, isLocked, Ledger } from '../../ledger/index.ts'
import { type Deed, FaultError, type RunStatus, type UnreadableRun } from '../../model/index.ts'
import { exitOf, readReport } from '../account/report.ts'
import { purgedBy, stopOf, voidedBy } from '../marks.ts'
import { listRuns, names } from '../place.ts'
import { countLots } from '../standing.ts'
import { unreadableRun } from '../trouble.ts'

/** All runs of an out folder, in the order of names. One that cannot be read does not keep the others from being told. */
export function statusOfAll(out: string): readonly (RunStatus | UnreadableRun)[] {
  return listRuns(out).map(run => readOrTell(out, run))
}

/** One run; undefined where there is none of this name. */
export function statusOf(out: string, run: string): RunStatus | UnreadableRun | undefined {
  return existsSync(join(out, run, names.ledger)) ? readOrTell(out, run) : undefined
}

function readOrTell(out: string, run: string): RunStatus | UnreadableRun {
  try {
    return readStatus(out, run)
  } catch (error) {
    const folder = join(out, run)
    return { run, folder, state: 'unreadable', fault: unreadableRun(folder, error) }
  }
}

function readStatus(out: string, run: string): RunStatus {
  const folder = join(out, run)
  const ledger = new Ledger(join(folder, names.ledger), { readOnly: true })
  try {
    const { report, fault } = readReport(folder)
    if (fault !== undefined) throw new FaultError([fault])
    const state = (ledger.meta('state') ?? 'staging') as 'staging' | 'allocated' | 'done'
    const exit = exitOf(ledger)
    return {
      run,
      folder,
      state: state === 'staging' && report?.exit === 5 ? 'refused' : state,
      busy: isLocked(join(folder, names.lock)),
      template: ledger.meta('template') ?? '',
      date: ledger.meta('date') ?? '',
      ...(exit === undefined ? {} : { exit }),
      ...(stopOf(ledger) === undefined ? {} : { stopped: true }),
      ...(voidedBy(ledger) === undefined ? {} : { voided: voidedBy(ledger) as Deed }),
      ...(purgedBy(ledger) === undefined ? {} : { purged: purgedBy(ledger) as Deed }),
      counts: counts(ledger),
      lots: countLots(ledger),
      // While a retry presses, the report is that of the run before it.
      ...(report === undefined || state === 'allocated' ? {} : { report }),
    }
  } finally {
    ledger.close()
  }
}
