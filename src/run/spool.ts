/** A place for input that comes only once. It holds personal data: what a killed process left is removed by the next. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from '../ledger/index.ts'
import { type Modes, makeFolder } from '../lots/index.ts'

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
  const path = join(folder, `${prefix}${randomUUID()}`)
  const lock = takeLock(`${path}${lockSuffix}`)
  return {
    path,
    remove: () => {
      rmSync(path, { force: true })
      lock?.release()
      removeLock(path)
    },
  }
}

/** Removes every spool of a folder that no living process holds. */
export function sweepSpools(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(lockSuffix)) continue
    const lock = takeLock(join(folder, name), { patienceMs: 0 })
    if (lock === undefined) continue
    const path = join(folder, name.slice(0, -lockSuffix.length))
    rmSync(path, { force: true })
    lock.release()
    removeLock(path)
  }
}

function removeLock(path: string): void {
  for (const suffix of ['', '-journal']) rmSync(`${path}${lockSuffix}${suffix}`, { force: true })
}
