/** A lock on a run that the kernel frees when its holder dies, however it dies: no pid files, nothing to clean up. */
import { chmodSync, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

export interface Lock {
  readonly release: () => void
}

/** How long a starting process waits for one that is just ending. */
const usualPatienceMs = 400

/** Takes the lock held in this file; undefined while another process, or another run in this one, has it. */
export function takeLock(
  path: string,
  { patienceMs = usualPatienceMs }: { readonly patienceMs?: number } = {},
): Lock | undefined {
  const isNew = !existsSync(path)
  return heldBy(new DatabaseSync(path, { timeout: patienceMs }), database => {
    if (isNew) chmodSync(path, 0o600)
    database.exec('BEGIN EXCLUSIVE')
  })
}

/**
 * Keeps the lock in this file from being taken, as others who look may do at the same time; undefined while somebody has it. Writes
 * nothing: where there is no such file there is nothing to keep.
 */
export function keepStill(
  path: string,
  { patienceMs = usualPatienceMs }: { readonly patienceMs?: number } = {},
): Lock | undefined {
  if (!existsSync(path)) return { release: () => {} }
  return heldBy(new DatabaseSync(path, { readOnly: true, timeout: patienceMs }), database => {
    // A transaction that has read keeps its shared lock until it ends.
    database.exec('BEGIN')
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
  })
}

/** A lock that lasts as long as the database is open; undefined where another has it. */
function heldBy(database: DatabaseSync, take: (database: DatabaseSync) => void): Lock | undefined {
  try {
    take(database)
  } catch (error) {
    database.close()
    const { code, errcode = 0 } = error as { code?: string; errcode?: number }
    // A file that is swept as soon as it is made is in other hands, too.
    if ((errcode & 0xff) === sqliteBusy || code === 'ENOENT') return undefined
    throw error
  }
  return { release: () => database.close() }
}

/** Whether somebody holds the lock in this file. Takes nothing: who asks may be told no a moment too early. */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false
  const database = new DatabaseSync(path, { readOnly: true, timeout: 0 })
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return false
  } catch (error) {
    const { errcode = 0 } = error as { errcode?: number }
    if ((errcode & 0xff) === sqliteBusy) return true
    throw error
  } finally {
    database.close()
  }
}

const sqliteBusy = 5
