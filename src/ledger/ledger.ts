/** run.db: what must exist, what exists, what happened. One writer; what is committed is on disk. */
import type { DatabaseSync } from 'node:sqlite'
import type { ChainHead, Data, FaultCode, Receipt, Work } from '../model/index.ts'
import { appendEvent, type EventOnRecord, readEvents, readHead } from './chain.ts'
import {
  countCommunications,
  type FoundById,
  findById,
  type Identifying,
  type Origin,
  originReader,
  readIdentities,
  readLocales,
  readText,
} from './communications.ts'
import { inTransaction, one, openDatabase, openReader, openStill, overTurns } from './database.ts'
import { discardPieces, giveUpPlanned, releasePieces, type Withheld, withholdPieces } from './deeds.ts'
import {
  type Allotment,
  countWork,
  type FiledPiece,
  type LotState,
  type PieceOnRecord,
  planPieces,
  readFiled,
  readFinished,
  readLots,
  readPieces,
  readPiecesOf,
  readToMakeAgain,
  readWork,
  type ToMakeAgain,
  writeReceipts,
} from './pieces.ts'
import { countUnwiped, scrub, wipe } from './purge.ts'
import { type Refused, type Rejected, readRejects, readStaged, readStagedIds, type Staged, Staging } from './staging.ts'
import { bringUp, hasNoTables, seeAsPresent } from './versions.ts'

/** A communication of two or three thousand bytes fills a page of four alone, and leaves a third of it empty. */
const pageBytes = 16_384

export class Ledger {
  readonly #database: DatabaseSync
  readonly #staging: Staging

  /** Opens or makes a ledger; an empty path is a private temporary one, gone when closed. `readOnly`: one that is there, to be read, and empty where it has no tables yet; `still`: and that nobody writes. */
  constructor(
    path: string,
    { readOnly = false, still = false }: { readonly readOnly?: boolean; readonly still?: boolean } = {},
  ) {
    const found = still ? openStill(path, seeAsPresent) : readOnly ? openReader(path, seeAsPresent) : undefined
    // Another process is making it at this moment, or was killed while it did: there is nothing in it.
    const isBlank = found !== undefined && hasNoTables(found)
    if (isBlank) found.close()
    this.#database = found === undefined || isBlank ? openDatabase(isBlank ? '' : path, bringUp, { pageBytes }) : found
    this.#staging = new Staging(this.#database)
  }

  /** How many communications there are. */
  communicationCount(): number {
    return countCommunications(this.#database)
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

  /**
   * The same for long work, that lets other work in between: on disk once the promise resolves, or none. Nothing else may be written here
   * meanwhile: it would be part of it.
   */
  async overTurns<T>(work: () => Promise<T>): Promise<T> {
    this.flush()
    return overTurns(this.#database, work)
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

  stage(staged: Staged): void {
    this.#staging.stage(staged)
  }

  reject(rejected: Rejected): void {
    this.#staging.reject(rejected)
  }

  /** Turns staged communications into rejects: what a gate found. */
  rejectStaged(refused: Iterable<Refused>): void {
    this.#staging.rejectStaged(refused)
  }

  /** Commits what was staged so far. */
  flush(): void {
    this.#staging.flush()
  }

  /** Staged communications in input order; they may be rejected on the way. */
  staged(): Generator<{ readonly seq: number; readonly id: string; readonly text: string }> {
    this.flush()
    return readStaged(this.#database)
  }

  /** Their numbers and ids alone, in input order. */
  stagedIds(): Generator<{ readonly seq: number; readonly id: string }> {
    this.flush()
    return readStagedIds(this.#database)
  }

  /** Rejects in the order of their first rows, with the places of all. The ledger is not to be written meanwhile. */
  rejects(): Generator<Rejected> {
    this.flush()
    return readRejects(this.#database)
  }

  /** In which languages people are written to. */
  locales(): readonly string[] {
    return readLocales(this.#database)
  }

  /** What stands at some paths of each communication's data. */
  identities(paths: readonly string[]): Generator<Identifying> {
    return readIdentities(this.#database, paths)
  }

  /** Plans lots and pieces: all, or a stretch of them inside a transaction of the caller's. */
  plan(allotments: Iterable<Allotment>, kit: number): void {
    this.flush()
    inTransaction(this.#database, () => planPieces(this.#database, allotments, kit))
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

  /** Communications with a piece that failed or is held by its own proof, each with the channels that it has no piece on yet. */
  toMakeAgain(): readonly ToMakeAgain[] {
    return readToMakeAgain(this.#database)
  }

  /** Failed and held pieces that are not to be made again become skipped, each for its reason. */
  withhold(pieces: readonly Withheld[]): void {
    withholdPieces(this.#database, pieces)
  }

  /** Held pieces stand in a lot now that was published for them. */
  release(lot: { readonly number: number; readonly kit: number }, receipts: readonly Receipt[]): void {
    releasePieces(this.#database, lot, receipts)
  }

  /** Held and failed pieces of these communications become skipped: discarded. */
  discard(seqs: readonly number[]): void {
    discardPieces(this.#database, seqs)
  }

  /** All pieces of one communication. */
  piecesOf(seq: number): readonly (PieceOnRecord & { readonly lot: number })[] {
    return readPiecesOf(this.#database, seq)
  }

  /** A communication as it was staged: JSON text. */
  textOf(seq: number): string {
    return readText(this.#database, seq)
  }

  /** The communication, else the reject, whose id is meant. */
  find(isMeant: (id: string) => boolean): FoundById | undefined {
    return findById(this.#database, isMeant)
  }

  /** Takes personal data out; see `scrub`. Part of a transaction of the caller's. */
  wipe(hashId: (id: string) => string): void {
    wipe(this.#database, hashId)
  }

  /** How many communications and rejects still have what `wipe` takes out. */
  unwiped(): number {
    return countUnwiped(this.#database)
  }

  /** Removes from the file what `wipe` took out. False while somebody reads it: then it is to be done again. */
  scrub(): boolean {
    return scrub(this.#database)
  }

  /** Where communications, or the rejects that they became, stand in the input, by number. */
  origins(): (seq: number) => Origin | undefined {
    this.flush()
    return originReader(this.#database)
  }

  lots(): readonly LotState[] {
    return readLots(this.#database)
  }

  /** Gives up every piece that has no outcome yet. */
  giveUp(why: { readonly code: FaultCode; readonly reason: string }): void {
    giveUpPlanned(this.#database, why)
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

  /** Communications with a finished piece in a lot, by number. */
  finished(lot: number): readonly number[] {
    return readFinished(this.#database, lot)
  }

  /** Pieces of a lot that have a file, in order, one by one. The ledger is not to be written meanwhile. */
  filed(lot: number): Iterable<FiledPiece> {
    return readFiled(this.#database, lot)
  }

  /** The database for questions that only read: counts, sums, what happened, what is unfinished. */
  get reader(): DatabaseSync {
    return this.#database
  }

  /** Closes; what was staged and not flushed is gone, as after a crash. */
  close(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    this.#database.close()
  }

  #putMeta(values: Readonly<Record<string, string>>): void {
    const put = this.#database.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    for (const [name, value] of Object.entries(values)) put.run(name, value)
  }
}
