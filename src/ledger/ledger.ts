/** run.db: what must exist, what exists, what happened. One writer; what is committed is on disk. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ChainHead, Data, Fault, Receipt, RowPlace } from '../model/index.ts'
import { appendEvent, type EventOnRecord, readEvents, readHead } from './chain.ts'
import { all, commit, inTransaction, one, openDatabase, openReader, openStill } from './database.ts'
import { discardPieces, type HeldPiece, readHeld, releasePieces } from './deeds.ts'
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
import { scrub, wipe } from './purge.ts'
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

  /** Opens or makes a ledger; an empty path is a private temporary one, gone when closed. `readOnly`: one that is there, to be read; `still`: and that nobody writes. */
  constructor(
    path: string,
    { readOnly = false, still = false }: { readonly readOnly?: boolean; readonly still?: boolean } = {},
  ) {
    this.#database = still ? openStill(path) : readOnly ? openReader(path) : openDatabase(path, ledgerSchema)
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
    this.flush()
    inTransaction(this.#database, () => appendEvent(this.#database, { at, kind, body }))
  }

  /** Runs work that writes here in one transaction: all of it is on disk afterwards, or none. */
  together<T>(work: () => T): T {
    this.flush()
    return inTransaction(this.#database, work)
  }

  /** What happened, in order. */
  events(): readonly EventOnRecord[] {
    return readEvents(this.#database)
  }

  /** The last event's number and hash. Throws before the first. */
  chainHead(): ChainHead {
    const head = readHead(this.#database)
    if (head === undefined) throw new Error('nothing has happened yet')
    return head
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
    commit(this.#database)
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

  /** Puts every communication with a failed piece into new lots, pressed with another kit. Gives back which they are. */
  reallocate(kit: number, lotSize: number, meta: Readonly<Record<string, string>>): readonly number[] {
    const allotments = planAgain(this.#database, lotSize)
    if (allotments.length > 0) this.allocate(allotments, { kit, meta })
    return allotments.map(({ seq }) => seq)
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

  /** Held pieces, in order. */
  held(): readonly HeldPiece[] {
    return readHeld(this.#database)
  }

  /** Communications with a held piece, or with a failed one too: what a person can settle. */
  unsettled(failedToo: boolean): readonly { readonly seq: number; readonly id: string }[] {
    const wanted = failedToo ? "'held', 'failed'" : "'held'"
    return all(
      this.#database.prepare(
        `SELECT seq, id FROM communication WHERE seq IN (SELECT seq FROM piece WHERE outcome IN (${wanted})) ORDER BY seq`,
      ),
    )
  }

  /** Held pieces stand in a lot now that was published for them. */
  release(lot: { readonly number: number; readonly kit: number }, receipts: readonly Receipt[]): void {
    releasePieces(this.#database, lot, receipts)
  }

  /** Held and failed pieces of these communications become skipped. */
  discard(seqs: readonly number[], reason: string): void {
    discardPieces(this.#database, seqs, reason)
  }

  /** All pieces of one communication. */
  piecesOf(seq: number): readonly (PieceOnRecord & { readonly lot: number })[] {
    const { lots } = this.#database
      .prepare('SELECT json_group_array(DISTINCT lot) AS lots FROM piece WHERE seq = ?')
      .get(seq) as { lots: string }
    return (JSON.parse(lots) as number[])
      .flatMap(lot => this.pieces(lot).map(piece => ({ ...piece, lot })))
      .filter(piece => piece.seq === seq)
  }

  /** A communication as it was staged: JSON text. */
  textOf(seq: number): string {
    return (
      one<{ text: string }>(this.#database.prepare('SELECT text FROM communication WHERE seq = ?'), seq)?.text ?? ''
    )
  }

  /** The communication, else the reject, whose id is meant, with all that is known of where it came from. */
  find(isMeant: (id: string) => boolean):
    | {
        readonly seq: number
        readonly id: string
        readonly count: number
        readonly rows: readonly RowPlace[]
        readonly route?: string
        readonly faults?: readonly Fault[]
      }
    | undefined {
    const columns = 'SELECT seq, id, rows, origin, route, NULL AS faults FROM communication WHERE id IS NOT NULL'
    const rejects = 'SELECT seq, id, rows, origin, NULL, faults FROM reject WHERE id IS NOT NULL'
    const all = this.#database.prepare(`${columns} UNION ALL ${rejects}`).iterate() as Iterable<{
      seq: number
      id: string
      rows: number
      origin: string
      route: string | null
      faults: string | null
    }>
    for (const { seq, id, rows, origin, route, faults } of all) {
      if (!isMeant(id)) continue
      return {
        seq,
        id,
        count: rows,
        rows: unpackOrigin(origin),
        ...(route === null ? {} : { route }),
        ...(faults === null ? {} : { faults: JSON.parse(faults) as Fault[] }),
      }
    }
    return undefined
  }

  /** Takes personal data out; see `scrub`. Part of a transaction of the caller's. */
  wipe(hashId: (id: string) => string): void {
    wipe(this.#database, hashId)
  }

  /** Removes from the file what `wipe` took out. False while somebody reads it: then it is to be done again. */
  scrub(): boolean {
    return scrub(this.#database)
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

  /** Whether any piece is made or to be made; those that are skipped are neither. */
  hasPieces(): boolean {
    const some = "SELECT 1 FROM piece WHERE outcome IS NULL OR outcome <> 'skipped' LIMIT 1"
    return this.#database.prepare(some).get() !== undefined
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
      commit(this.#database)
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
