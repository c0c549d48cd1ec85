/** run.db: what must exist, what exists, what happened. One writer; what is committed is on disk. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Data, Fault, Outcome, Receipt, RowPlace } from '../model/index.ts'
import { all, inTransaction, one, openDatabase } from './database.ts'
import { packOrigin, unpackOrigin } from './origin.ts'
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
  readonly sums: Readonly<Record<string, string>>
}

/** Where one communication goes, as allocation fixed it. */
export interface Allotment {
  readonly seq: number
  readonly lot: number
  readonly to: readonly string[]
  readonly skipped: Readonly<Record<string, string>>
}

/** One communication of a lot, as a worker needs it. */
export interface Work {
  readonly seq: number
  readonly text: string
  readonly to: readonly string[]
}

export interface LotState {
  readonly number: number
  readonly kit: number
  readonly state: 'planned' | 'published'
}

/** How many communications, staged or rejected, are written in one transaction. */
const batch = 2_000

export class Ledger {
  readonly #database: DatabaseSync
  readonly #putCommunication: StatementSync
  readonly #putReject: StatementSync
  #pending = 0

  /** Opens or makes a ledger; an empty path is a private temporary one, gone when closed. */
  constructor(path: string) {
    this.#database = openDatabase(path, ledgerSchema)
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
    const put = this.#database.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    inTransaction(this.#database, () => {
      for (const [name, value] of Object.entries(values)) put.run(name, value)
    })
  }

  /** Writes what happened. `body` holds no personal data. */
  record(kind: string, at: string, body: Data = {}): void {
    this.#database.prepare('INSERT INTO event (at, kind, body) VALUES (?, ?, ?)').run(at, kind, JSON.stringify(body))
  }

  stage({ seq, id, text, rows, sums }: Staged): void {
    this.#begin()
    this.#putCommunication.run(seq, id, text, packOrigin(rows), rows.length, JSON.stringify(sums))
  }

  reject({ seq, id, issued, faults, rows, sums }: Rejected): void {
    this.#begin()
    this.#insertReject({
      seq,
      id,
      issued,
      faults,
      origin: packOrigin(rows),
      rows: rows.length,
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

  /** Rejects in input order, with the places of their rows. */
  *rejects(): Generator<Rejected> {
    this.flush()
    const page = this.#database.prepare(
      'SELECT seq, id, issued, faults, origin, sums FROM reject WHERE seq > ? ORDER BY seq LIMIT 500',
    )
    for (let last = 0; ; ) {
      const rows = all<{
        seq: number
        id: string | null
        issued: number
        faults: string
        origin: string
        sums: string
      }>(page, last)
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
      const end = rows.at(-1)
      if (end === undefined) return
      last = end.seq
    }
  }

  /** Fixes lots and pieces, and the run's state with them, in one transaction: from here on the run counts. */
  allocate(
    allotments: Iterable<Allotment>,
    { kit, meta }: { readonly kit: number; readonly meta: Readonly<Record<string, string>> },
  ): void {
    this.flush()
    inTransaction(this.#database, () => {
      this.#plan(allotments, kit)
      const put = this.#database.prepare(
        'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      for (const [name, value] of Object.entries(meta)) put.run(name, value)
    })
  }

  /**
   * Puts every communication with a failed piece into new lots, pressed with another kit. Gives back how many there are, and
   * the files of their held pieces, which count no longer.
   */
  reallocate(
    kit: number,
    lotSize: number,
    meta: Readonly<Record<string, string>>,
  ): { readonly communications: number; readonly held: readonly string[] } {
    const failed = all<{ seq: number }>(
      this.#database.prepare("SELECT DISTINCT seq FROM piece WHERE outcome = 'failed' ORDER BY seq"),
    )
    if (failed.length === 0) return { communications: 0, held: [] }
    const { last } = this.#database.prepare('SELECT coalesce(max(number), 0) AS last FROM lot').get() as {
      last: number
    }
    const channels = this.#database.prepare("SELECT channel FROM piece WHERE seq = ? AND outcome <> 'skipped'")
    const allotments = failed.map(({ seq }, at) => ({
      seq,
      lot: last + 1 + Math.floor(at / lotSize),
      to: all<{ channel: string }>(channels, seq).map(({ channel }) => channel),
      skipped: {},
    }))
    const held = this.#database.prepare("SELECT file FROM piece WHERE seq = ? AND outcome = 'held'")
    const files = failed.flatMap(({ seq }) => all<{ file: string }>(held, seq).map(({ file }) => file))
    this.allocate(allotments, { kit, meta })
    return { communications: failed.length, held: files }
  }

  lots(): readonly LotState[] {
    return all<LotState>(this.#database.prepare('SELECT number, kit, state FROM lot ORDER BY number'))
  }

  /** How many pieces are to be rendered and are not yet. */
  plannedPieces(): number {
    const { n } = this.#database.prepare('SELECT count(*) AS n FROM piece WHERE outcome IS NULL').get() as { n: number }
    return n
  }

  /** What a worker presses: the communications of a lot in order, with the channels that each goes to. */
  work(lot: number): readonly Work[] {
    const rows = all<{ seq: number; text: string; channel: string }>(
      this.#database.prepare(
        "SELECT c.seq, c.text, p.channel FROM communication c JOIN piece p ON p.seq = c.seq WHERE c.lot = ? AND (p.outcome IS NULL OR p.outcome <> 'skipped') ORDER BY c.seq",
      ),
      lot,
    )
    const works: { seq: number; text: string; to: string[] }[] = []
    for (const { seq, text, channel } of rows) {
      const last = works.at(-1)
      if (last?.seq === seq) last.to.push(channel)
      else works.push({ seq, text, to: [channel] })
    }
    return works
  }

  /** Writes what became of a lot that is on disk, in one transaction. */
  commitLot(lot: number, receipts: readonly Receipt[]): void {
    const put = this.#database.prepare(
      'UPDATE piece SET outcome = ?, reason = ?, file = ?, sha256 = ?, bytes = ?, measures = ?, facts = ? WHERE seq = ? AND channel = ? AND lot = ?',
    )
    inTransaction(this.#database, () => {
      for (const { seq, channel, outcome, reason, file, sha256, byteLength, measures, facts } of receipts) {
        const { changes } = put.run(
          outcome,
          reason ?? null,
          file ?? null,
          sha256 ?? null,
          byteLength ?? null,
          measures === undefined ? null : JSON.stringify(measures),
          facts === undefined ? null : JSON.stringify(facts),
          seq,
          channel,
          lot,
        )
        if (changes !== 1)
          throw new Error(`lot ${lot} has a receipt for a piece that was not planned: ${seq} ${channel}`)
      }
      this.#database.prepare("UPDATE lot SET state = 'published' WHERE number = ?").run(lot)
    })
  }

  /** Pieces of a lot as they are on record, in order. */
  pieces(lot: number): readonly (Omit<Receipt, 'outcome'> & { readonly outcome: Outcome | null })[] {
    const rows = all<PieceRow>(
      this.#database.prepare(
        'SELECT p.seq, c.id, p.channel, p.outcome, p.reason, p.file, p.sha256, p.bytes, p.measures, p.facts FROM piece p JOIN communication c ON c.seq = p.seq WHERE p.lot = ? ORDER BY p.seq, p.channel',
      ),
      lot,
    )
    return rows.map(({ seq, id, channel, outcome, reason, file, sha256, bytes, measures, facts }) => ({
      seq,
      id,
      channel,
      outcome,
      ...(reason === null ? {} : { reason }),
      ...(file === null ? {} : { file }),
      ...(sha256 === null ? {} : { sha256 }),
      ...(bytes === null ? {} : { byteLength: bytes }),
      ...(measures === null ? {} : { measures: JSON.parse(measures) as NonNullable<Receipt['measures']> }),
      ...(facts === null ? {} : { facts: JSON.parse(facts) as NonNullable<Receipt['facts']> }),
    }))
  }

  /** The database for questions that only read: counts, sums, what happened. */
  get reader(): DatabaseSync {
    return this.#database
  }

  close(): void {
    this.flush()
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

  #plan(allotments: Iterable<Allotment>, kit: number): void {
    const lots = new Set(this.lots().map(({ number }) => number))
    const putLot = this.#database.prepare("INSERT INTO lot (number, kit, state) VALUES (?, ?, 'planned')")
    const setLot = this.#database.prepare('UPDATE communication SET lot = ? WHERE seq = ?')
    const putPiece = this.#database.prepare(
      `INSERT INTO piece (seq, channel, lot, outcome, reason) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (seq, channel) DO UPDATE SET lot = excluded.lot, outcome = NULL, reason = NULL, file = NULL, sha256 = NULL, bytes = NULL, measures = NULL, facts = NULL`,
    )
    for (const { seq, lot, to, skipped } of allotments) {
      if (!lots.has(lot)) {
        lots.add(lot)
        putLot.run(lot, kit)
      }
      setLot.run(lot, seq)
      for (const channel of to) putPiece.run(seq, channel, lot, null, null)
      for (const [channel, reason] of Object.entries(skipped)) putPiece.run(seq, channel, lot, 'skipped', reason)
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

interface PieceRow {
  readonly seq: number
  readonly id: string
  readonly channel: string
  readonly outcome: Outcome | null
  readonly reason: string | null
  readonly file: string | null
  readonly sha256: string | null
  readonly bytes: number | null
  readonly measures: string | null
  readonly facts: string | null
}
