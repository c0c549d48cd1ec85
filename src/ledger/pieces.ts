/** Lots and pieces in run.db: what was planned, what a worker is handed, and what became of it. */
import type { DatabaseSync } from 'node:sqlite'
import type { Outcome, Receipt, ReleasedPiece, Work } from '../model/index.ts'
import { all } from './database.ts'

/** Where one communication goes, as allocation fixed it. */
export interface Allotment {
  readonly seq: number
  readonly lot: number
  readonly to: readonly string[]
  readonly skipped: Readonly<Record<string, string>>
  /** Which rule of the job's route decided, in words; absent where it has none. */
  readonly route?: string
}

export interface LotState {
  readonly number: number
  readonly kit: number
  readonly state: 'planned' | 'published'
}

/** A piece as the ledger has it; its outcome is null until it is known. */
export type PieceOnRecord = Omit<Receipt, 'outcome'> & { readonly outcome: Outcome | null }

/** Writes lots and pieces as they are allotted; pieces that were there before begin anew. */
export function planPieces(database: DatabaseSync, allotments: Iterable<Allotment>, kit: number): void {
  const lots = new Set(readLots(database).map(({ number }) => number))
  const putLot = database.prepare("INSERT INTO lot (number, kit, state) VALUES (?, ?, 'planned')")
  const setRoute = database.prepare('UPDATE communication SET route = ? WHERE seq = ?')
  const putPieces = database.prepare(
    `INSERT INTO piece (seq, channel, lot, outcome, reason)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
     ON CONFLICT (seq, channel) DO UPDATE SET lot = excluded.lot, outcome = excluded.outcome, reason = excluded.reason, codes = NULL, detail = NULL, file = NULL, sha256 = NULL, bytes = NULL, measures = NULL, facts = NULL`,
  )
  let pieces: (readonly [
    seq: number,
    channel: string,
    lot: number,
    outcome: 'skipped' | null,
    reason: string | null,
  ])[] = []
  for (const { seq, lot, to, skipped, route } of allotments) {
    if (!lots.has(lot)) {
      lots.add(lot)
      putLot.run(lot, kit)
    }
    // A row is written whole, with its text.
    if (route !== undefined) setRoute.run(route, seq)
    for (const channel of to) pieces.push([seq, channel, lot, null, null])
    for (const [channel, reason] of Object.entries(skipped)) pieces.push([seq, channel, lot, 'skipped', reason])
    if (pieces.length < piecesAtOnce) continue
    putPieces.run(JSON.stringify(pieces))
    pieces = []
  }
  putPieces.run(JSON.stringify(pieces))
}

/** A statement that may meet what is there keeps a journal of its own, each time: 8 microseconds a piece one by one, 3 so. */
const piecesAtOnce = 1_000

/** Which pieces a retry is for: those that failed, and those that their own proof holds. */
export const toMakeAgain =
  "(outcome = 'failed' OR (outcome = 'held' AND codes IS NOT NULL AND codes NOT LIKE '%\"run.identity\"%'))"

/** A communication of a run that ended, and the channels that it still goes to: all, but for those whose held pieces were released. */
export interface ToMakeAgain {
  readonly seq: number
  readonly to: readonly string[]
}

/** Every communication with a piece that failed or is held by its own proof, in order. */
export function readToMakeAgain(database: DatabaseSync): readonly ToMakeAgain[] {
  const failed = all<{ seq: number }>(
    database.prepare(`SELECT DISTINCT seq FROM piece WHERE ${toMakeAgain} ORDER BY seq`),
  )
  const channels = database.prepare(
    "SELECT channel FROM piece WHERE seq = ? AND outcome IN ('failed', 'held') ORDER BY channel",
  )
  return failed.map(({ seq }) => ({
    seq,
    to: all<{ channel: string }>(channels, seq).map(({ channel }) => channel),
  }))
}

/** All lots, in order. */
export function readLots(database: DatabaseSync): readonly LotState[] {
  return all<LotState>(database.prepare('SELECT number, kit, state FROM lot ORDER BY number'))
}

/** What a worker presses: the communications of a lot in order, with the channels that each goes to. */
export function readWork(database: DatabaseSync, lot: number): readonly Work[] {
  // One row for each communication: its text is by far the most of it, and is not read for each piece.
  const rows = all<{ seq: number; text: string; pieces: string }>(
    database.prepare(
      `SELECT c.seq, c.text, json_group_array(json_array(p.channel, p.lot, p.file, p.sha256) ORDER BY p.channel) AS pieces
       FROM communication c JOIN piece p ON p.seq = c.seq
       WHERE c.seq IN (SELECT seq FROM piece WHERE lot = ?1) AND ((p.lot = ?1 AND p.outcome IS NOT 'skipped') OR (p.lot <> ?1 AND p.outcome = 'rendered'))
       GROUP BY c.seq ORDER BY c.seq`,
    ),
    lot,
  )
  const works: Work[] = []
  for (const { seq, text, pieces } of rows) {
    const to: string[] = []
    const released: ReleasedPiece[] = []
    for (const [channel, of, file, sha256] of JSON.parse(pieces) as [string, number, string, string][]) {
      if (of === lot) to.push(channel)
      else released.push({ channel, lot: of, file, sha256 })
    }
    if (to.length > 0) works.push({ seq, text, to, released })
  }
  return works
}

/** Writes what became of a lot that is on disk. Throws for a receipt of a piece that was not planned, and for a piece without one. */
export function writeReceipts(database: DatabaseSync, lot: number, receipts: readonly Receipt[]): void {
  const put = database.prepare(
    'UPDATE piece SET outcome = ?, reason = ?, codes = ?, detail = ?, file = ?, sha256 = ?, bytes = ?, measures = ?, facts = ? WHERE seq = ? AND channel = ? AND lot = ?',
  )
  for (const { seq, channel, outcome, reason, codes, detail, file, sha256, byteLength, measures, facts } of receipts) {
    const { changes } = put.run(
      outcome,
      reason ?? null,
      codes === undefined ? null : JSON.stringify(codes),
      detail ?? null,
      file ?? null,
      sha256 ?? null,
      byteLength ?? null,
      measures === undefined ? null : JSON.stringify(measures),
      facts === undefined ? null : JSON.stringify(facts),
      seq,
      channel,
      lot,
    )
    if (changes !== 1) throw new Error(`lot ${lot} has a receipt for a piece that was not planned: ${seq} ${channel}`)
  }
  const { left } = database
    .prepare('SELECT count(*) AS left FROM piece WHERE lot = ? AND outcome IS NULL')
    .get(lot) as { left: number }
  if (left > 0) throw new Error(`lot ${lot} came back without receipts for ${left} pieces`)
  database.prepare("UPDATE lot SET state = 'published' WHERE number = ?").run(lot)
}

/** How many communications a lot has to press. */
export function countWork(database: DatabaseSync, lot: number): number {
  const query = "SELECT count(DISTINCT seq) AS n FROM piece WHERE lot = ? AND outcome IS NOT 'skipped'"
  return (database.prepare(query).get(lot) as { n: number }).n
}

/** Pieces of a lot as they are on record, in order. */
export function readPieces(database: DatabaseSync, lot: number): readonly PieceOnRecord[] {
  return all<PieceRow>(database.prepare(`${pieceColumns} WHERE p.lot = ? ORDER BY p.seq, p.channel`), lot).map(onRecord)
}

/** Communications with a finished piece in a lot, in order. */
export function readFinished(database: DatabaseSync, lot: number): readonly number[] {
  const finished = 'SELECT DISTINCT seq FROM piece WHERE lot = ? AND sha256 IS NOT NULL ORDER BY seq'
  return all<{ seq: number }>(database.prepare(finished), lot).map(({ seq }) => seq)
}

/** All pieces of one communication, whatever lot they stand in. */
export function readPiecesOf(
  database: DatabaseSync,
  seq: number,
): readonly (PieceOnRecord & { readonly lot: number })[] {
  const rows = all<PieceRow>(database.prepare(`${pieceColumns} WHERE p.seq = ? ORDER BY p.lot, p.channel`), seq)
  return rows.map(row => ({ ...onRecord(row), lot: row.lot }))
}

/** What is known of a piece's file, and the facts in it as they are on record. */
export interface FiledPiece {
  readonly seq: number
  readonly id: string
  readonly channel: string
  readonly outcome: Outcome | null
  readonly file: string
  readonly sha256: string
  readonly byteLength: number
  /** JSON text, or null where none are on record. */
  readonly facts: string | null
}

/** Pieces of a lot that have a file, in order. */
export function readFiled(database: DatabaseSync, lot: number): Iterable<FiledPiece> {
  return database
    .prepare(
      `SELECT p.seq, c.id, p.channel, p.outcome, p.file, p.sha256, coalesce(p.bytes, 0) AS byteLength, p.facts
       FROM piece p JOIN communication c ON c.seq = p.seq
       WHERE p.lot = ? AND p.file IS NOT NULL AND p.sha256 IS NOT NULL ORDER BY p.seq, p.channel`,
    )
    .iterate(lot) as Iterable<never>
}

const pieceColumns =
  'SELECT p.seq, c.id, p.channel, p.lot, p.outcome, p.reason, p.codes, p.detail, p.file, p.sha256, p.bytes, p.measures, p.facts FROM piece p JOIN communication c ON c.seq = p.seq'

function onRecord(row: PieceRow): PieceOnRecord {
  const { seq, id, channel, outcome, reason, codes, detail, file, sha256, bytes, measures, facts } = row
  return {
    seq,
    id,
    channel,
    outcome,
    ...(reason === null ? {} : { reason }),
    ...(codes === null ? {} : { codes: JSON.parse(codes) as NonNullable<Receipt['codes']> }),
    ...(detail === null ? {} : { detail }),
    ...(file === null ? {} : { file }),
    ...(sha256 === null ? {} : { sha256 }),
    ...(bytes === null ? {} : { byteLength: bytes }),
    ...(measures === null ? {} : { measures: JSON.parse(measures) as NonNullable<Receipt['measures']> }),
    ...(facts === null ? {} : { facts: JSON.parse(facts) as NonNullable<Receipt['facts']> }),
  }
}

interface PieceRow {
  readonly seq: number
  readonly id: string
  readonly channel: string
  readonly lot: number
  readonly outcome: Outcome | null
  readonly reason: string | null
  readonly codes: string | null
  readonly detail: string | null
  readonly file: string | null
  readonly sha256: string | null
  readonly bytes: number | null
  readonly measures: string | null
  readonly facts: string | null
}
