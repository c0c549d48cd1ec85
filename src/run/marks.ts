/** What was declared of a run as a whole: that it is void, that it was purged, that it had to be stopped. */
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

/** That a run was stopped, since a piece shows what identifies another communication. It stays so, whatever becomes of the piece. */
export interface Stop {
  /** ISO 8601. */
  readonly at: string
  /** The lot that the piece was made in. */
  readonly lot: number
}

/** When a run was stopped; undefined for one that was not. */
export function stopOf(ledger: Ledger): Stop | undefined {
  const text = ledger.meta('stopped')
  return text === undefined ? undefined : (JSON.parse(text) as Stop)
}

/** Writes down that a run is stopped, with the communications whose pieces did it. Part of the caller's transaction. */
export function markStopped(ledger: Ledger, { at, lot }: Stop, communications: readonly number[]): void {
  if (stopOf(ledger) === undefined) ledger.setMeta({ stopped: JSON.stringify({ at, lot } satisfies Stop) })
  ledger.record('stopped', at, { lot, communications, reason: 'run.identity' })
}

export function isStopped(name: string, folder: string): Fault {
  return {
    code: 'run.identity',
    message: `the run ${name} was stopped: a piece shows what identifies another communication`,
    place: { file: folder },
    hint: 'send nothing of it, and void it: none of its pieces can be released or discarded',
  }
}

/** Whether a folder holds the run of another name: claims go by the run's own name, and are not this folder's to free. */
export function isElsewhere(ledger: Ledger, name: string): boolean {
  return (ledger.meta('run') ?? name) !== name
}

export function elsewhere(ledger: Ledger, name: string, folder: string): Fault {
  return {
    code: 'run.unclaimed',
    message: `the folder ${name} holds the run ${ledger.meta('run')}: it was copied or renamed`,
    place: { file: folder },
    hint: 'take a copy out of the out folder; give a folder that was renamed its name back',
  }
}
