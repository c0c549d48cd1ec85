/** Versions of run.db: an older one is brought up when it is opened to be written, and seen as if it were when it is only read. */
import type { DatabaseSync } from 'node:sqlite'
import { codes } from '../model/index.ts'
import { commit, one } from './database.ts'
import { ledgerSchema } from './schema.ts'

/**
 * What `PRAGMA user_version` says of a ledger; those of version 1 say 0. 2: a piece has its codes in a column of their own. 3: only pieces say
 * in which lot a communication is.
 */
const present = 3

/** Makes the tables of a new ledger, or brings an older one up, all of it or nothing. Throws for one of a later Platen. */
export function bringUp(database: DatabaseSync): void {
  const version = versionOf(database)
  if (version === present) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have been first while this one waited.
    if (versionOf(database) !== present) {
      const hasNoCodes = lacksCodes(database)
      database.exec(ledgerSchema)
      if (hasNoCodes) {
        teachCodes(database)
        database.exec(`ALTER TABLE piece ADD COLUMN codes TEXT; UPDATE piece SET codes = codes_in(outcome, reason)`)
      }
      database.exec(`PRAGMA user_version = ${present}`)
    }
    commit(database)
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Lays what an older ledger lacks over it, for this connection alone. Throws for one of a later Platen. */
export function seeAsPresent(database: DatabaseSync): void {
  if (!lacksCodes(database)) return
  teachCodes(database)
  database.exec('CREATE TEMP VIEW piece AS SELECT *, codes_in(outcome, reason) AS codes FROM main.piece')
}

/** Whether a database was opened for the first time and no more. */
export function hasNoTables(database: DatabaseSync): boolean {
  return one(database.prepare('SELECT 1 FROM main.sqlite_schema LIMIT 1')) === undefined
}

function versionOf(database: DatabaseSync): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version > present)
    throw Object.assign(new Error(`the ledger has version ${version}, and ${present} is known`), {
      code: 'LATER_LEDGER',
      path: database.location(),
    })
  return version
}

/** Whether it is of version 1, and has pieces. */
function lacksCodes(database: DatabaseSync): boolean {
  if (versionOf(database) >= 2) return false
  return one(database.prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'piece'")) !== undefined
}

function teachCodes(database: DatabaseSync): void {
  database.function('codes_in', { deterministic: true }, (outcome, reason) =>
    typeof reason === 'string' ? codesIn(String(outcome), reason) : null,
  )
}

/** The codes that ledgers of version 1 had in words alone, as JSON: `run.fact: …; run.unread: …`, `pdf.fit at pdf.hbs:3, pdf.image`. */
function codesIn(outcome: string, reason: string): string | null {
  if (outcome !== 'held' && outcome !== 'failed') return null
  const found = reason.matchAll(/(?:^|; |, )([a-z]+\.[a-z]+)(?=: | at |, |$)/g)
  const known = [...new Set([...found].map(([, code = '']) => code))].filter(code => Object.hasOwn(codes, code))
  return known.length === 0 ? null : JSON.stringify(known)
}
