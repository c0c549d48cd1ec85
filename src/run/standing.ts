/** How a run stands before it is started: what its folder and ledger say. Reads only, and takes no lock. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Issued, isLocked, Ledger } from '../ledger/index.ts'
import type { Exit, Fault } from '../model/index.ts'
import type { Found } from './find.ts'
import { voidedBy } from './marks.ts'
import { hasLots, names } from './place.ts'

export type Standing =
  /** `none`: not there, or refused or killed before its allocation, so that a start begins it. */
  | { readonly state: 'none' }
  | { readonly state: 'busy' }
  | {
      readonly state: 'allocated' | 'done'
      /** Digest of the data that it was started with. */
      readonly digest: string
      /** How it ended, once it is done. */
      readonly exit: Exit
      /** Declared void: nothing can be made in it. */
      readonly voided: boolean
      readonly lots: { readonly published: number; readonly planned: number }
    }

export function standingOf(folder: string): Standing {
  if (isLocked(join(folder, names.lock))) return { state: 'busy' }
  const path = join(folder, names.ledger)
  if (!existsSync(path)) return { state: 'none' }
  const ledger = new Ledger(path, { readOnly: true })
  try {
    const state = ledger.meta('state')
    if (state !== 'allocated' && state !== 'done') return { state: 'none' }
    return {
      state,
      digest: ledger.meta('digest') ?? '',
      voided: ledger.meta('voided') !== undefined,
      exit: Number(ledger.meta('exit') ?? 0) as Exit,
      lots: countLots(ledger),
    }
  } finally {
    ledger.close()
  }
}

/** Whether the claims of a run are free for others: it is void, or was killed between its claims and its allocation. */
export function hasFreeClaims(ledger: Ledger): boolean {
  const state = ledger.meta('state')
  return voidedBy(ledger) !== undefined || (state !== 'allocated' && state !== 'done')
}

/** The same of a run by its folder. One that a process holds, or whose ledger is gone, keeps them. */
export function wouldFree(folder: string): boolean {
  const path = join(folder, names.ledger)
  if (!existsSync(path) || isLocked(join(folder, names.lock))) return false
  const ledger = new Ledger(path, { readOnly: true })
  try {
    return hasFreeClaims(ledger)
  } finally {
    ledger.close()
  }
}

/** Lots by whether they are there. */
export function countLots(ledger: Ledger): { readonly published: number; readonly planned: number } {
  const lots = ledger.lots()
  const published = lots.filter(({ state }) => state === 'published').length
  return { published, planned: lots.length - published }
}

/** Whether documents were issued under the name of a run whose ledger is gone. */
export function isLost({ name, folder }: Pick<Found, 'name' | 'folder'>, issued: Issued | undefined): boolean {
  if (existsSync(join(folder, names.ledger))) return false
  return issued?.holds(name) === true || (existsSync(folder) && hasLots(folder))
}

export function ledgerLost({ name, folder }: Pick<Found, 'name' | 'folder'>): Fault {
  return {
    code: 'run.lost',
    message: `the run ${name} has issued documents, and its ledger is gone`,
    place: { file: folder },
    hint: 'restore the out folder from a backup; to issue other documents, name another run with --run',
  }
}

export function busy(name: string, folder: string): Fault {
  const hint = 'wait until it ends; platen status tells how far it is'
  return { code: 'run.busy', message: `another process has the run ${name}`, place: { file: folder }, hint }
}

export function linked(path: string): Fault {
  const hint = 'put the folder itself there, or remove the link; for another disk, link the out folder as a whole'
  return {
    code: 'run.machine',
    message: 'a link stands where the run has a folder of its own',
    place: { file: path },
    hint,
  }
}

export function otherData(name: string, folder: string): Fault {
  const message = `the run ${name} exists with other data`
  const hint = 'a mended or additional file is a new run: name it with --run'
  return { code: 'run.data', message, place: { file: folder }, hint }
}
