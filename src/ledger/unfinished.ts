/** Pieces that are not where they should be: not made yet, failed, or held. */
import type { DatabaseSync } from 'node:sqlite'
import type { FaultCode } from '../model/index.ts'
import { all } from './database.ts'
import { toMakeAgain } from './pieces.ts'

/** A piece that failed or is held, with what is known of why. */
export interface Unrendered {
  readonly id: string
  readonly channel: string
  readonly outcome: string
  readonly reason: string
  readonly detail: string
}

/** In order. */
export function* readUnrendered(database: DatabaseSync): Generator<Unrendered> {
  const rows = database.prepare(
    "SELECT c.id, p.channel, p.outcome, coalesce(p.reason, '') AS reason, coalesce(p.detail, '') AS detail FROM piece p JOIN communication c ON c.seq = p.seq WHERE p.outcome IN ('failed', 'held') ORDER BY p.seq, p.channel",
  )
  yield* rows.iterate() as Iterable<{ id: string; channel: string; outcome: string; reason: string; detail: string }>
}

/** Files of held pieces, by path inside the run's folder. */
export function readHeldFiles(database: DatabaseSync): ReadonlySet<string> {
  const rows = all<{ file: string }>(database.prepare("SELECT DISTINCT file FROM piece WHERE outcome = 'held'"))
  return new Set(rows.map(({ file }) => file))
}

/** Communications with a held piece, or with a failed one too: what a person can settle. */
export function readUnsettled(
  database: DatabaseSync,
  failedToo: boolean,
): readonly { readonly seq: number; readonly id: string }[] {
  const wanted = failedToo ? "'held', 'failed'" : "'held'"
  return all(
    database.prepare(
      `SELECT seq, id FROM communication WHERE seq IN (SELECT seq FROM piece WHERE outcome IN (${wanted})) ORDER BY seq`,
    ),
  )
}

/** Whether a piece is held or has failed. */
export function hasUnrendered(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM piece WHERE outcome IN ('failed', 'held') LIMIT 1").get() !== undefined
}

/** How many pieces are to be rendered and are not yet. */
export function countPlanned(database: DatabaseSync): number {
  return count(database, 'outcome IS NULL')
}

/** How many pieces have failed, by themselves or by their proof. */
export function countFailures(database: DatabaseSync): number {
  return count(database, toMakeAgain)
}

function count(database: DatabaseSync, where: string): number {
  const { n } = database.prepare(`SELECT count(*) AS n FROM piece WHERE ${where}`).get() as { n: number }
  return n
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

/** Whether any piece is made or to be made; those that are skipped are neither. */
export function hasMade(database: DatabaseSync): boolean {
  const some = "SELECT 1 FROM piece WHERE outcome IS NULL OR outcome <> 'skipped' LIMIT 1"
  return database.prepare(some).get() !== undefined
}
