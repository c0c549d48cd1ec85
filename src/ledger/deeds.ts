/** What people decide about pieces that are on record: held ones that go out after all, and communications that are given up. */
import type { DatabaseSync } from 'node:sqlite'
import type { Receipt } from '../model/index.ts'
import { all } from './database.ts'

/** A held piece, as it stands in the run's folder, with the kit that it was made with. */
export interface HeldPiece {
  readonly seq: number
  readonly id: string
  readonly channel: string
  readonly kit: number
  /** Path inside the run's folder. */
  readonly file: string
  readonly sha256: string
  /** Codes of what its own proof has against it; none for one that is held with a sibling only. */
  readonly flaws: readonly string[]
}

/** All held pieces, in order. */
export function readHeld(database: DatabaseSync): readonly HeldPiece[] {
  return all<Omit<HeldPiece, 'flaws'> & { readonly codes: string | null }>(
    database.prepare(
      `SELECT p.seq, c.id, p.channel, l.kit, p.file, p.sha256, p.codes FROM piece p JOIN communication c ON c.seq = p.seq
       JOIN lot l ON l.number = p.lot WHERE p.outcome = 'held' ORDER BY p.seq, p.channel`,
    ),
  ).map(({ codes, ...piece }) => ({ ...piece, flaws: JSON.parse(codes ?? '[]') as string[] }))
}

/** Held pieces that stand in a published lot now. */
export function releasePieces(
  database: DatabaseSync,
  { number, kit }: { readonly number: number; readonly kit: number },
  receipts: readonly Receipt[],
): void {
  database.prepare("INSERT INTO lot (number, kit, state) VALUES (?, ?, 'published')").run(number, kit)
  const move = database.prepare(
    "UPDATE piece SET lot = ?, outcome = 'rendered', reason = NULL, codes = NULL, file = ?, sha256 = ?, bytes = ? WHERE seq = ? AND channel = ? AND outcome = 'held'",
  )
  for (const { seq, channel, file = null, sha256 = null, byteLength = null } of receipts) {
    const { changes } = move.run(number, file, sha256, byteLength, seq, channel)
    if (changes !== 1) throw new Error(`the piece ${seq} ${channel} is not held`)
  }
}

/** Held and failed pieces of communications that are given up: skipped, for that reason. They leave no trace of their making. */
export function discardPieces(database: DatabaseSync, seqs: readonly number[]): void {
  const drop = database.prepare(skipping)
  for (const seq of seqs) drop.run(discarded, seq)
}

/** A failed or held piece that is not to be made again. */
export interface Withheld {
  readonly seq: number
  readonly channel: string
  readonly reason: string
}

/** Skipped from here on, as if it had been so from the start. */
export function withholdPieces(database: DatabaseSync, pieces: readonly Withheld[]): void {
  const drop = database.prepare(`${skipping} AND channel = ?`)
  for (const { seq, channel, reason } of pieces) drop.run(reason, seq, channel)
}

/** Communications that were discarded, and of which no piece is made or to be made. */
export function readGivenUp(database: DatabaseSync): ReadonlySet<number> {
  const rows = all<{ seq: number }>(
    database.prepare(
      `SELECT DISTINCT seq FROM piece p WHERE reason = '${discarded}'
       AND NOT EXISTS (SELECT 1 FROM piece o WHERE o.seq = p.seq AND o.outcome IS NOT 'skipped')`,
    ),
  )
  return new Set(rows.map(({ seq }) => seq))
}

/** Why a piece is skipped of a communication that was given up. */
const discarded = 'discarded'

const skipping = `UPDATE piece SET outcome = 'skipped', reason = ?, codes = NULL, detail = NULL, file = NULL, sha256 = NULL, bytes = NULL, measures = NULL, facts = NULL
  WHERE seq = ? AND outcome IN ('held', 'failed')`
