/** How a run stands before it is started: what its folder and ledger say. Reads only, and takes no lock. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Issued, isLocked, Ledger } from '../ledger/index.ts'
import type { Fault } from '../model/index.ts'
import { readReport } from './account/report.ts'
import type { Found } from './find.ts'
import { voidedBy } from './marks.ts'
import { hasLots, names } from './place.ts'

/**
 * Whether the claims of a run are free for others: it is void, or was killed between its claims and its allocation. A ledger that is older
 * than the claims, out of a backup, knows nothing of what became of them: they stay.
 */
export function hasFreeClaims(
  ledger: Ledger,
  { name, folder }: Pick<Found, 'name' | 'folder'>,
  issued: Issued,
): boolean {
  return voidedBy(ledger) !== undefined || (!isAllocated(ledger) && !isOlder(ledger, { name, folder }, issued))
}

/** Whether a run has come to its allocation: from there on it counts. */
export function isAllocated(ledger: Ledger): boolean {
  return ['allocated', 'done'].includes(ledger.meta('state') ?? '')
}

/** Whether a ledger without allocation stands beside what only an allocation leads to, or beside claims of another start. */
function isOlder(
  ledger: Ledger,
  { name, folder }: Pick<Found, 'name' | 'folder'>,
  issued: Issued | undefined,
): boolean {
  const { report } = readReport(folder)
  const hasEnded = report !== undefined && [0, 3, 4].includes(report.exit)
  return hasLots(folder) || hasEnded || (issued?.holds(name) === true && !issued.areOf(name, ledger.meta('start')))
}

/** The same of a run by its folder. One that a process holds, or whose ledger is gone, keeps them. */
export function wouldFree({ name, folder }: Pick<Found, 'name' | 'folder'>, issued: Issued): boolean {
  const path = join(folder, names.ledger)
  if (!existsSync(path) || isLocked(join(folder, names.lock))) return false
  const ledger = new Ledger(path, { readOnly: true })
  try {
    return hasFreeClaims(ledger, { name, folder }, issued)
  } finally {
    ledger.close()
  }
}

/** Whether a run that is there has documents and is not at its end. */
export function isOpen(folder: string): boolean {
  const path = join(folder, names.ledger)
  if (!existsSync(path)) return false
  if (isLocked(join(folder, names.lock))) return true
  const ledger = new Ledger(path, { readOnly: true })
  try {
    return ledger.meta('state') === 'allocated'
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

/** Whether documents were issued under the name of a run that does not know of its allocation: its ledger is gone, or older than they are. */
export function isLost({ name, folder }: Pick<Found, 'name' | 'folder'>, issued: Issued | undefined): boolean {
  const path = join(folder, names.ledger)
  if (!existsSync(path)) return issued?.holds(name) === true || (existsSync(folder) && hasLots(folder))
  const ledger = new Ledger(path, { readOnly: true })
  try {
    return !isAllocated(ledger) && isOlder(ledger, { name, folder }, issued)
  } finally {
    ledger.close()
  }
}

export function ledgerLost({ name, folder }: Pick<Found, 'name' | 'folder'>): Fault {
  return {
    code: 'run.lost',
    message: `the run ${name} has issued documents, and its ledger is gone or older than they are`,
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
