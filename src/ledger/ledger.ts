/** run.db: what must exist, what exists, what happened. One writer; what is committed is on disk. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Data, Fault, Receipt, RowPlace } from '../model/index.ts'
import { all, inTransaction, one, openDatabase, openReader } from './database.ts'
import { packOrigin, unpackOrigin } from './origin.ts'
import {
  type Allotment,
  countWork,
  type LotState,
  type PieceOnRecord,
  planAgain,
  planPieces,
  readLots,
  readPieces,
  readUnproved,
  readWork,
  toMakeAgain,
  type Unproved,
  type Work,
  writeReceipts,
} from './pieces.ts'
import { ledgerSchema } from './schema.ts'

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

/** How many communications, staged or rejected, are written in one transaction. */
const batch = 2_000

export class Ledger {
  readonly #database: DatabaseSync
  readonly #putCommunication: StatementSync
  readonly #putReject: StatementSync
  #pending = 0

  /** Opens or makes a ledger; an empty path is a private temporary one, gone when closed. `readOnly`: one that is there, to be read. */
  constructor(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.#database = readOnly ? openReader(path) : openDatabase(path, ledgerSchema)
    this.#putCommunication = this.#database.prepare(
      'INSERT INTO communication (seq, id, text, origin, rows, sums) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#putReject = this.#database.prepare(
      'INSERT INTO reject (seq, id, issued, faults, origin, rows, sums) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
  }

  meta(name: string): string | undefined {
    return one<{ value: string }>(this.#database.prepare('SELECT value FROM meta WHERE name = ?'), name)?.value
  }

  setMeta(values: Readonly<Record<string, string>>): void {
    this.flush()
    inTransaction(this.#database, () => this.#putMeta(values))
  }

  /** Writes what happened. `body` holds no personal data. */
  record(kind: string, at: string, body: Data = {}): void {
    this.#database.prepare('INSERT INTO event (at, kind, body) VALUES (?, ?, ?)').run(at, kind, JSON.stringify(body))
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

  /** Turns staged communications into rejects: what a gate found. */
  rejectStaged(
    refused: readonly { readonly seq: number; readonly issued: boolean; readonly faults: readonly Fault[] }[],
  ): void {
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
    this.#database.exec('COMMIT')
  }

  /** Staged communications in input order, read in pages so that they may be rejected on the way. */
  *staged(): Generator<{ readonly seq: number; readonly id: string; readonly text: string }> {
    this.flush()
    const page = this.#database.prepare('SELECT seq, id, text FROM communication WHERE seq > ? ORDER BY seq LIMIT 500')
    for (let last = 0; ; ) {
      const rows = all<{ seq: number; id: string; text: string }>(page, last)
      yield* rows
      const end = rows.at(-1)
      if (end === undefined) return
      last = end.seq
    }
  }

  /** Their numbers and ids alone, in input order. */
  *stagedIds(): Generator<{ readonly seq: number; readonly id: string }> {
    this.flush()
    const page = this.#database.prepare('SELECT seq, id FROM communication WHERE seq > ? ORDER BY seq LIMIT 5000')
    for (let last = 0; ; ) {
      const rows = all<{ seq: number; id: string }>(page, last)
      yield* rows
      const end = rows.at(-1)
      if (end === undefined) return
      last = end.seq
    }
  }

  /** How many communications there are. */
  communicationCount(): number {
    const { n } = this.#database.prepare('SELECT count(*) AS n FROM communication').get() as { n: number }
    return n
  }

  /** What stands at some paths of each communication's data, as text, with its id and what prepare.js brought in. */
  *identities(
    paths: readonly string[],
  ): Generator<{ readonly id: string; readonly values: readonly string[]; readonly brought: readonly string[] }> {
    const columns = paths.map((_, at) => `json_extract(text, ?) AS v${at}`).join(', ')
    const rows = this.#database
      .prepare(`SELECT id, json_extract(text, '$.brought') AS brought, ${columns} FROM communication`)
      .iterate(...paths.map(dataPath)) as Iterable<Record<string, unknown>>
    for (const row of rows) {
      const values = paths.map((_, at) => row[`v${at}`]).filter(value => value !== null && value !== undefined)
      const brought = typeof row['brought'] === 'string' ? (JSON.parse(row['brought']) as string[]) : []
      yield { id: row['id'] as string, values: values.map(String), brought }
    }
  }

  /** Rejects in the order of their first rows, with the places of all. The ledger is not to be written meanwhile. */
  *rejects(): Generator<Rejected> {
    this.flush()
    const rows = this.#database
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

  /** Fixes lots and pieces, and the run's state with them, in one transaction: from here on the run counts. */
  allocate(
    allotments: Iterable<Allotment>,
    { kit, meta }: { readonly kit: number; readonly meta: Readonly<Record<string, string>> },
  ): void {
    this.flush()
    inTransaction(this.#database, () => {
      planPieces(this.#database, allotments, kit)
      this.#putMeta(meta)
    })
  }

  /** Puts every communication with a failed piece into new lots, pressed with another kit. Gives back how many there are. */
  reallocate(kit: number, lotSize: number, meta: Readonly<Record<string, string>>): number {
    const allotments = planAgain(this.#database, lotSize)
    if (allotments.length > 0) this.allocate(allotments, { kit, meta })
    return allotments.length
  }

  /** Pieces that failed or are held, in order, with what is known of why. */
  *unrendered(): Generator<{
    readonly id: string
    readonly channel: string
    readonly outcome: string
    readonly reason: string
    readonly detail: string
  }> {
    const rows = this.#database.prepare(
      "SELECT c.id, p.channel, p.outcome, coalesce(p.reason, '') AS reason, coalesce(p.detail, '') AS detail FROM piece p JOIN communication c ON c.seq = p.seq WHERE p.outcome IN ('failed', 'held') ORDER BY p.seq, p.channel",
    )
    yield* rows.iterate() as Iterable<{ id: string; channel: string; outcome: string; reason: string; detail: string }>
  }

  /** Files of held pieces, by path inside the run's folder. */
  heldFiles(): ReadonlySet<string> {
    const rows = all<{ file: string }>(this.#database.prepare("SELECT DISTINCT file FROM piece WHERE outcome = 'held'"))
    return new Set(rows.map(({ file }) => file))
  }

  lots(): readonly LotState[] {
    return readLots(this.#database)
  }

  /** How many pieces are to be rendered and are not yet. */
  plannedPieces(): number {
    const { n } = this.#database.prepare('SELECT count(*) AS n FROM piece WHERE outcome IS NULL').get() as { n: number }
    return n
  }

  /** How many pieces have failed, by themselves or by their proof. */
  failures(): number {
    const { n } = this.#database.prepare(`SELECT count(*) AS n FROM piece WHERE ${toMakeAgain}`).get() as { n: number }
    return n
  }

  /** Pieces held because their own proof failed, by lot, channel and code of what it found. */
  unproved(): readonly Unproved[] {
    return readUnproved(this.#database)
  }

  /** Those that show what identifies another communication. */
  breaches(): readonly Unproved[] {
    return this.unproved().filter(({ code }) => code === 'run.identity')
  }

  /** Gives up every piece that has no outcome yet. */
  giveUp(reason: string): void {
    this.#database.prepare("UPDATE piece SET outcome = 'failed', reason = ? WHERE outcome IS NULL").run(reason)
  }

  /** How many communications a lot has to press. */
  workCount(lot: number): number {
    return countWork(this.#database, lot)
  }

  /** What a worker presses: the communications of a lot in order, with the channels that each goes to. */
  work(lot: number): readonly Work[] {
    return readWork(this.#database, lot)
  }

  /** Writes what became of a lot that is on disk, in one transaction. */
  commitLot(lot: number, receipts: readonly Receipt[]): void {
    inTransaction(this.#database, () => writeReceipts(this.#database, lot, receipts))
  }

  /** Pieces of a lot as they are on record, in order. */
  pieces(lot: number): readonly PieceOnRecord[] {
    return readPieces(this.#database, lot)
  }

  /** The database for questions that only read: counts, sums, what happened. */
  get reader(): DatabaseSync {
    return this.#database
  }

  /** Closes; what was staged and not flushed is gone, as after a crash. */
  close(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    this.#database.close()
  }

  #begin(): void {
    if (this.#pending === 0) this.#database.exec('BEGIN IMMEDIATE')
    this.#pending += 1
    if (this.#pending > batch) {
      this.#database.exec('COMMIT')
      this.#database.exec('BEGIN IMMEDIATE')
      this.#pending = 1
    }
  }

  #putMeta(values: Readonly<Record<string, string>>): void {
    const put = this.#database.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    for (const [name, value] of Object.entries(values)) put.run(name, value)
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

/** Where a path of the data stands in a communication's text, as SQLite has it. */
export function dataPath(path: string): string {
  return `$.data${path
    .split('.')
    .map(step => `."${step.replaceAll('"', '\\"')}"`)
    .join('')}`
}

interface RejectRow {
  readonly seq: number
  readonly id: string | null
  readonly issued: number
  readonly faults: string
  readonly origin: string
  readonly sums: string
}
