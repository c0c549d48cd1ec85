/** What was declared of a run as a whole: that it is void, that it was purged. */
import type { Ledger } from '../ledger/index.ts'
import type { Deed, Fault } from '../model/index.ts'

/** When, by whom and why a run was declared void; undefined for one that holds. */
export function voidedBy(ledger: Ledger): Deed | undefined {
  const text = ledger.meta('voided')
  return text === undefined ? undefined : (JSON.parse(text) as Deed)
}

export function isVoid(name: string, folder: string): Fault {
  return {
    code: 'run.voided',
    message: `the run ${name} is void`,
    place: { file: folder },
    hint: 'its documents are free: issue them with another run, named with --run; platen status says who declared it void, and why',
  }
}

export function isPurged(name: string, folder: string): Fault {
  return {
    code: 'run.purged',
    message: `the run ${name} was purged: its data and pieces are gone`,
    place: { file: folder },
    hint: 'platen status tells what is still known; to make its documents again, declare it void and run the data anew',
  }
}

/** When and by whom a run was purged; undefined while all of it is there. */
export function purgedBy(ledger: Ledger): Deed | undefined {
  const text = ledger.meta('purged')
  return text === undefined ? undefined : (JSON.parse(text) as Deed)
}
