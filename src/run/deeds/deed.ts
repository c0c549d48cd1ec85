/** What a person does to a run that is there: found by name, locked, and written down with who and why. */
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Ledger, takeLock } from '../../ledger/index.ts'
import type { Deed, Exit, Fault } from '../../model/index.ts'
import { elsewhere, isElsewhere } from '../marks.ts'
import { listRuns, names } from '../place.ts'
import { busy } from '../standing.ts'
import { type Ending, stop } from '../start.ts'
import { troubleOf } from '../trouble.ts'
import type { DeedRequest } from './asked.ts'

/** A run that is open to be changed. */
export interface OpenRun {
  readonly ledger: Ledger
  readonly out: string
  readonly name: string
  readonly folder: string
  readonly deed: Deed
}

/** Opens a run, and does something to it while no other process can. */
export async function changeRun(
  { out, run, why, by }: DeedRequest,
  clock: () => Date,
  work: (open: OpenRun) => Ending | Promise<Ending>,
  { refusedToo = false }: { readonly refusedToo?: boolean } = {},
): Promise<Ending> {
  const missing = noSuchRun(out, run)
  if (missing !== undefined) return stop(2, missing)
  if (why.trim() === '') {
    const hint = 'write --why "sent to the wrong month": it stands in the ledger and in the report'
    return stop(2, { code: 'usage.option', message: 'there is no reason', hint })
  }
  const folder = join(out, run)
  try {
    const lock = takeLock(join(folder, names.lock))
    if (lock === undefined) return stop(6, busy(run, folder))
    try {
      const ledger = new Ledger(join(folder, names.ledger))
      try {
        if (isElsewhere(ledger, run)) return stop(2, elsewhere(ledger, run, folder))
        const state = ledger.meta('state')
        if (!refusedToo && state !== 'allocated' && state !== 'done') return stop(2, neverIssued(run, folder))
        const deed = { at: clock().toISOString(), user: userName(), ...(by === undefined ? {} : { by }), why }
        return await work({ ledger, out, name: run, folder, deed })
      } finally {
        ledger.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return stop(trouble.exit as Exit, trouble.fault)
  }
}

/** A fault where there is no run of this name. */
export function noSuchRun(out: string, run: string): Fault | undefined {
  const known = listRuns(out)
  if (known.includes(run)) return undefined
  return {
    code: 'usage.option',
    message: `there is no run ${run} in ${out}`,
    hint: known.length === 0 ? 'there is none at all' : `there are ${known.join(', ')}`,
  }
}

/** The system's name for who does it; under a user without one, its number. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`
  }
}

/** The fault of a run that was refused, or killed before its allocation. */
export function neverIssued(run: string, folder: string): Fault {
  return {
    code: 'usage.option',
    message: `the run ${run} has issued nothing: it was refused, or never came to its allocation`,
    place: { file: folder },
    hint: 'there is nothing to do: the next start replaces it',
  }
}
