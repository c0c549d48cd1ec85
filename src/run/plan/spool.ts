/** A place for input that comes only once. It holds personal data: what a killed process left is removed by the next. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Lock, takeLock } from '../../ledger/index.ts'
import { type Modes, makeFolder } from '../../lots/index.ts'

export interface Spool {
  /** The file to write. */
  readonly path: string
  readonly remove: () => void
}

const prefix = '.spool-'
const lockSuffix = '.lock'

/** Opens a spool in a folder, and removes those whose processes are gone: their locks are free. */
export function openSpool({ folder, modes }: { readonly folder: string; readonly modes: Modes }): Spool {
  makeFolder(folder, modes)
  sweepSpools(folder)
  for (;;) {
    const path = join(folder, `${prefix}${randomUUID()}`)
    const lock = takeLock(`${path}${lockSuffix}`)
    // Another start may have swept it between its making and its locking: a lock without a name keeps nobody out, and is never found.
    if (lock !== undefined && existsSync(`${path}${lockSuffix}`)) return { path, remove: () => drop(path, lock) }
    lock?.release()
  }
}

/** Removes every spool of a folder that no living process holds. */
export function sweepSpools(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || name.endsWith('-journal')) continue
    const path = join(folder, name.endsWith(lockSuffix) ? name.slice(0, -lockSuffix.length) : name)
    // One without a lock is nobody's: a spool is locked before it is written.
    if (!existsSync(`${path}${lockSuffix}`)) {
      rmSync(path, { force: true })
      continue
    }
    const lock = takeLock(`${path}${lockSuffix}`, { patienceMs: 0 })
    if (lock !== undefined) drop(path, lock)
  }
}

/** First the spool goes, then the lock's name, then the lock: who waits for it sees on getting it that it has no name any more. */
function drop(path: string, lock: Lock): void {
  rmSync(path, { force: true })
  for (const suffix of ['', '-journal']) rmSync(`${path}${lockSuffix}${suffix}`, { force: true })
  lock.release()
}
