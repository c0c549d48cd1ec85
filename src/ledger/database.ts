/** SQLite as the house uses it: durable settings, one writer, and a version that does not corrupt. The one home of node:sqlite. */
import { chmodSync, existsSync, statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { announce } from '../model/index.ts'

/** The first SQLite without the WAL-reset corruption (https://sqlite.org/releaselog/3_51_3.html). */
const oldestSafe = [3, 51, 3]

/** How long another process may hold a database before we give up. */
const busyTimeoutMs = 10_000

/**
 * Opens a database file with its tables, made readable by its owner only, with full durability; an empty path is a private temporary one.
 * `pageBytes`: of a file that is made, a power of two.
 */
export function openDatabase(
  path: string,
  makeTables: (database: DatabaseSync) => void,
  { pageBytes = 4096 }: { readonly pageBytes?: number } = {},
): DatabaseSync {
  const isNew = path !== '' && !existsSync(path)
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
  if (isNew) chmodSync(path, 0o600)
  refuseUnsafe(database)
  const kept =
    path === ''
      ? 'journal_mode=off; PRAGMA synchronous=off'
      : `page_size=${pageBytes}; PRAGMA journal_mode=wal; PRAGMA synchronous=full`
  closedOnError(database, () =>
    patiently(() => {
      database.exec(`PRAGMA ${kept}; PRAGMA foreign_keys=on; PRAGMA secure_delete=on; PRAGMA trusted_schema=off;`)
      if (path !== '') announce('commit', path)
      makeTables(database)
    }),
  )
  return database
}

/** Opens a database file to be read, also while another process writes it. Makes and changes nothing in it; `look` may lay a view over it. */
export function openReader(path: string, look: (database: DatabaseSync) => void = () => {}): DatabaseSync {
  // Not as SQLite's read-only mode has it: that leaves its -wal and -shm behind.
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
  closedOnError(database, () => {
    database.exec('PRAGMA trusted_schema=off')
    // For SQLite a temporary view is a change, too.
    look(database)
    database.exec('PRAGMA query_only=on')
  })
  return database
}

/**
 * Opens a database file that nobody writes, and leaves nothing behind, not even for a moment; what a crash left in its -wal is read,
 * and stays there.
 */
export function openStill(path: string, look: (database: DatabaseSync) => void = () => {}): DatabaseSync {
  const wal = `${path}-wal`
  const url = pathToFileURL(path)
  url.search = '?immutable=1'
  const database =
    existsSync(wal) && statSync(wal).size > 0
      ? new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs })
      : new DatabaseSync(url, { readOnly: true })
  closedOnError(database, () => look(database))
  return database
}

/** Does what a database is not open without. */
function closedOnError(database: DatabaseSync, work: () => void): void {
  try {
    work()
  } catch (error) {
    database.close()
    throw error
  }
}

/** Two processes that make the same database at once: SQLite does not wait for a change of journal mode, whatever its timeout. */
function patiently(work: () => void): void {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return work()
    } catch (error) {
      const { errcode = 0 } = error as { errcode?: number }
      if ((errcode & 0xff) !== sqliteBusy || waitedMs >= busyTimeoutMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
    }
  }
}

const sqliteBusy = 5
const pauseMs = 20

/** Runs work inside one transaction: all of it is on disk afterwards, or none. Inside another, it becomes part of that one. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work()
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    commit(database)
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** The same for work that takes turns of the event loop. Whatever else is written on this connection meanwhile becomes part of it. */
export async function overTurns<T>(database: DatabaseSync, work: () => Promise<T>): Promise<T> {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    commit(database)
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/**
 * The same for questions, and for temporary tables, which are this connection's alone: nobody is kept waiting, and nothing is to be on disk
 * afterwards. A question by itself costs more than its answer: the file is locked and let go of for each.
 */
export function inPassing<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Ends a transaction: from here on its work is on disk. */
export function commit(database: DatabaseSync): void {
  const path = database.location()
  if (path !== null) announce('commit', path)
  database.exec('COMMIT')
}

/** Rows of a query, typed by the caller who wrote its columns. */
export function all<T>(statement: StatementSync, ...values: readonly (string | number | null)[]): readonly T[] {
  return statement.all(...values) as unknown as T[]
}

/** The first row of a query. */
export function one<T>(statement: StatementSync, ...values: readonly (string | number | null)[]): T | undefined {
  return statement.get(...values) as T | undefined
}

function refuseUnsafe(database: DatabaseSync): void {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  const found = version.split('.').map(Number)
  const difference = oldestSafe.map((part, at) => (found[at] ?? 0) - part).find(step => step !== 0) ?? 0
  if (difference < 0)
    throw new Error(
      `SQLite ${version} can corrupt a ledger; Node with SQLite ${oldestSafe.join('.')} or later is needed`,
    )
}

/** Rows in the order of their numbers, a page at a time, so that what was read may be changed meanwhile. `query` asks for those behind a number (`seq > ?`). */
export function* inPages<Row extends { readonly seq: number }>(
  database: DatabaseSync,
  query: string,
  atOnce: number,
): Generator<Row> {
  const page = database.prepare(`${query} ORDER BY seq LIMIT ${atOnce}`)
  for (let last = 0; ; ) {
    const rows = all<Row>(page, last)
    yield* rows
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.seq
  }
}
