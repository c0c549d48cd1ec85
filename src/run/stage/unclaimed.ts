/** Documents that were issued and that issued.db does not know: it was deleted, or is older than the runs beside it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasMade, Issued, Ledger } from '../../ledger/index.ts'
import type { Fault } from '../../model/index.ts'
import { voidedBy } from '../marks.ts'
import { hasLots, listRuns, names } from '../place.ts'

/** Runs of an out folder that have issued documents without a claim on record. While there are any, nothing new may be issued. */
export function unclaimedRuns(out: string, issued: Issued | undefined, except: string): readonly string[] {
  return listRuns(out).filter(run => run !== except && isUnclaimed(join(out, run), run, issued))
}

/** Whether a run has issued documents, and issued.db does not say so. */
export function lacksClaims(out: string, run: string): boolean {
  const path = join(out, names.issued)
  const issued = existsSync(path) ? new Issued(path) : undefined
  try {
    return isUnclaimed(join(out, run), run, issued)
  } finally {
    issued?.close()
  }
}

function isUnclaimed(folder: string, run: string, issued: Issued | undefined): boolean {
  const holds = (): boolean => issued?.holds(run) === true
  // Asked again at the end: another process may have claimed and allocated between the two looks.
  return !holds() && hasIssued(folder) && !holds()
}

/** Whether a run that holds has come to its allocation with a piece to be made, or made. A ledger that cannot be read may have. */
function hasIssued(folder: string): boolean {
  try {
    const ledger = new Ledger(join(folder, names.ledger), { readOnly: true })
    try {
      if (voidedBy(ledger) !== undefined) return false
      const state = ledger.meta('state')
      return state === 'allocated' || state === 'done' ? hasMade(ledger) : hasLots(folder)
    } finally {
      ledger.close()
    }
  } catch {
    return true
  }
}

export function unclaimed(out: string, runs: readonly string[]): Fault {
  const shown = runs.slice(0, 5).join(', ')
  return {
    code: 'run.unclaimed',
    message: `issued.db does not know what ${shown}${runs.length > 5 ? ' and others' : ''} issued`,
    place: { file: join(out, names.issued) },
    hint: 'restore it from the same backup as the runs: without it documents would be issued twice; runs that are none of this out folder have to leave it',
  }
}
