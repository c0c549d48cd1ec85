/** What intake puts into run.db: communications and rejects, many in one transaction, and the gates' second thoughts about them. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Fault, RowPlace } from '../model/index.ts'
import { commit, inPages, inTransaction, one } from './database.ts'
import { packOrigin, unpackOrigin } from './origin.ts'

/** What intake puts in: a communication as text, and where it came from. */
export interface Staged {
  readonly seq: number
  readonly id: string
  /** The communication as JSON text: what a worker is handed. */
  readonly text: string
  readonly rows: readonly RowPlace[]
  readonly sums: Readonly<Record<string, string>>
}

export interface Rejected {
  readonly seq: number
  readonly id?: string
  /** Rejected because another run has issued it: not counted against the allowance. */
  readonly issued: boolean
  readonly faults: readonly Fault[]
  readonly rows: readonly RowPlace[]
  /** How many of them count as rows of the batch; absent: all. Rows that are only looked at (n:1) do not. */
  readonly counted?: number
  readonly sums: Readonly<Record<string, string>>
}

/** A staged communication that a gate refuses. */
export interface Refused {
  readonly seq: number
  readonly issued: boolean
  readonly faults: readonly Fault[]
}

/** How many communications, staged or rejected, are written in one transaction. */
const batch = 2_000

/** The open end of intake: what is staged is on disk once it is flushed. */
export class Staging {
  readonly #database: DatabaseSync
  readonly #putCommunication: StatementSync
  readonly #putReject: StatementSync
  #pending = 0

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#putCommunication = database.prepare(
      'INSERT INTO communication (seq, id, text, origin, rows, sums) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#putReject = database.prepare(
      'INSERT INTO reject (seq, id, issued, faults, origin, rows, sums) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
  }

  stage({ seq, id, text, rows, sums }: Staged): void {
    this.#begin()
    this.#putCommunication.run(seq, id, text, packOrigin(rows), rows.length, JSON.stringify(sums))
  }

  reject({ seq, id, issued, faults, rows, counted = rows.length, sums }: Rejected): void {
    this.#begin()
    this.#insertReject({
      seq,
      id,
      issued,
      faults,
      origin: packOrigin(rows),
      rows: counted,
      sums: JSON.stringify(sums),
    })
  }

  /** Turns staged communications into rejects, all or none: what a gate found. May be read from what is staged meanwhile. */
  rejectStaged(refused: Iterable<Refused>): void {
    this.flush()
    const read = this.#database.prepare('SELECT id, origin, rows, sums FROM communication WHERE seq = ?')
    const remove = this.#database.prepare('DELETE FROM communication WHERE seq = ?')
    inTransaction(this.#database, () => {
      for (const { seq, issued, faults } of refused) {
        const row = one<{ id: string; origin: string; rows: number; sums: string }>(read, seq)
        if (row === undefined) throw new Error(`communication ${seq} is not staged`)
        remove.run(seq)
        this.#insertReject({ seq, issued, faults, ...row })
      }
    })
  }

  /** Commits what was staged so far. */
  flush(): void {
    if (this.#pending === 0) return
    this.#pending = 0
    commit(this.#database)
  }

  #begin(): void {
    if (this.#pending === 0) this.#database.exec('BEGIN IMMEDIATE')
    this.#pending += 1
    if (this.#pending > batch) {
      commit(this.#database)
      this.#database.exec('BEGIN IMMEDIATE')
      this.#pending = 1
    }
  }

  #insertReject(row: {
    readonly seq: number
    readonly id?: string | undefined
    readonly issued: boolean
    readonly faults: readonly Fault[]
    readonly origin: string
    readonly rows: number
    readonly sums: string
  }): void {
    const { seq, id, issued, faults, origin, rows, sums } = row
    this.#putReject.run(seq, id ?? null, issued ? 1 : 0, JSON.stringify(faults), origin, rows, sums)
  }
}

/** How many communications are read at once: a page lives until its last one is worked through. What its length costs: bench/NOTES.md. */
const textsAtOnce = 32
const idsAtOnce = 500

/** Staged communications in input order; they may be rejected on the way. */
export function readStaged(
  database: DatabaseSync,
): Generator<{ readonly seq: number; readonly id: string; readonly text: string }> {
  return inPages(database, 'SELECT seq, id, text FROM communication WHERE seq > ?', textsAtOnce)
}

/** Their numbers and ids alone, in input order. */
export function readStagedIds(database: DatabaseSync): Generator<{ readonly seq: number; readonly id: string }> {
  return inPages(database, 'SELECT seq, id FROM communication WHERE seq > ?', idsAtOnce)
}

/** Rejects in the order of their first rows, with the places of all. The ledger is not to be written meanwhile. */
export function* readRejects(database: DatabaseSync): Generator<Rejected> {
  const rows = database
    .prepare(
      "SELECT seq, id, issued, faults, origin, sums FROM reject ORDER BY json_extract(origin, '$[0][0]'), json_extract(origin, '$[0][2]'), seq",
    )
    .iterate() as Iterable<RejectRow>
  for (const { seq, id, issued, faults, origin, sums } of rows) {
    yield {
      seq,
      ...(id === null ? {} : { id }),
      issued: issued === 1,
      faults: JSON.parse(faults) as Fault[],
      rows: unpackOrigin(origin),
      sums: JSON.parse(sums) as Record<string, string>,
    }
  }
}

interface RejectRow {
  readonly seq: number
  readonly id: string | null
  readonly issued: number
  readonly faults: string
  readonly origin: string
  readonly sums: string
}
