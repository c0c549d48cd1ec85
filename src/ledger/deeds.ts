/** What is decided about pieces that are on record: held ones that go out after all, communications that are given up, and what a run that stops leaves unmade. */
import type { DatabaseSync } from 'node:sqlite'
import type { FaultCode, Receipt } from '../model/index.ts'

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

/** Gives up every piece that has no outcome yet. */
export function giveUpPlanned(
  database: DatabaseSync,
  { code, reason }: { readonly code: FaultCode; readonly reason: string },
): void {
  database
    .prepare("UPDATE piece SET outcome = 'failed', reason = ?, codes = ? WHERE outcome IS NULL")
    .run(reason, JSON.stringify([code]))
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

/** Why a piece is skipped of a communication that was given up. */
export const discarded = 'discarded'

const skipping = `UPDATE piece SET outcome = 'skipped', reason = ?, codes = NULL, detail = NULL, file = NULL, sha256 = NULL, bytes = NULL, measures = NULL, facts = NULL
  WHERE seq = ? AND outcome IN ('held', 'failed')`
