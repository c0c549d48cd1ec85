/** Questions about pieces that are not where they should be: not made yet, failed, held, or given up. */
import type { FaultCode } from '../model/index.ts'
import { all } from './database.ts'
import { discarded } from './deeds.ts'
import type { Ledger } from './ledger.ts'
import { firstLine } from './origin.ts'
import { toMakeAgain } from './pieces.ts'

/** A piece that failed or is held, with what is known of why. */
export interface Unrendered {
  readonly id: string
  readonly channel: string
  readonly outcome: string
  readonly reason: string
  readonly detail: string
}

/** Pieces that failed or are held, in order. */
export function* readUnrendered(ledger: Ledger): Generator<Unrendered> {
  const rows = ledger.reader.prepare(
    "SELECT c.id, p.channel, p.outcome, coalesce(p.reason, '') AS reason, coalesce(p.detail, '') AS detail FROM piece p JOIN communication c ON c.seq = p.seq WHERE p.outcome IN ('failed', 'held') ORDER BY p.seq, p.channel",
  )
  yield* rows.iterate() as Iterable<{ id: string; channel: string; outcome: string; reason: string; detail: string }>
}

/** Files of held pieces, by path inside the run's folder. */
export function readHeldFiles(ledger: Ledger): ReadonlySet<string> {
  const rows = all<{ file: string }>(ledger.reader.prepare("SELECT DISTINCT file FROM piece WHERE outcome = 'held'"))
  return new Set(rows.map(({ file }) => file))
}

/** Communications with a held piece, or with a failed one too: what a person can settle. */
export function readUnsettled(
  ledger: Ledger,
  failedToo: boolean,
): readonly { readonly seq: number; readonly id: string }[] {
  const wanted = failedToo ? "'held', 'failed'" : "'held'"
  return all(
    ledger.reader.prepare(
      `SELECT seq, id FROM communication WHERE seq IN (SELECT seq FROM piece WHERE outcome IN (${wanted})) ORDER BY seq`,
    ),
  )
}

/** Whether a piece is held or has failed. */
export function hasUnrendered(ledger: Ledger): boolean {
  return ledger.reader.prepare("SELECT 1 FROM piece WHERE outcome IN ('failed', 'held') LIMIT 1").get() !== undefined
}

/** How many pieces are to be rendered and are not yet. */
export function countPlanned(ledger: Ledger): number {
  return count(ledger, 'outcome IS NULL')
}

/** How many pieces have failed, by themselves or by their proof. */
export function countFailures(ledger: Ledger): number {
  return count(ledger, toMakeAgain)
}

function count(ledger: Ledger, where: string): number {
  const { n } = ledger.reader.prepare(`SELECT count(*) AS n FROM piece WHERE ${where}`).get() as { n: number }
  return n
}

/** Whether any piece is made or to be made; those that are skipped are neither. */
export function hasMade(ledger: Ledger): boolean {
  const some = "SELECT 1 FROM piece WHERE outcome IS NULL OR outcome <> 'skipped' LIMIT 1"
  return ledger.reader.prepare(some).get() !== undefined
}

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
export function readHeld(ledger: Ledger): readonly HeldPiece[] {
  return all<Omit<HeldPiece, 'flaws'> & { readonly codes: string | null }>(
    ledger.reader.prepare(
      `SELECT p.seq, c.id, p.channel, l.kit, p.file, p.sha256, p.codes FROM piece p JOIN communication c ON c.seq = p.seq
       JOIN lot l ON l.number = p.lot WHERE p.outcome = 'held' ORDER BY p.seq, p.channel`,
    ),
  ).map(({ codes, ...piece }) => ({ ...piece, flaws: JSON.parse(codes ?? '[]') as string[] }))
}

/** Communications that were discarded, and of which no piece is made or to be made. */
export function readGivenUp(ledger: Ledger): ReadonlySet<number> {
  const rows = all<{ seq: number }>(
    ledger.reader.prepare(
      `SELECT DISTINCT seq FROM piece p WHERE reason = '${discarded}'
       AND NOT EXISTS (SELECT 1 FROM piece o WHERE o.seq = p.seq AND o.outcome IS NOT 'skipped')`,
    ),
  )
  return new Set(rows.map(({ seq }) => seq))
}

/** How many pieces of a lot and channel are held by their own proof, and what it found first. */
export interface Unproved {
  readonly lot: number
  readonly channel: string
  readonly code: FaultCode
  readonly pieces: number
  /** Of the first of them, in the data. */
  readonly line: number
  /** Of the same, in words that quote nothing. */
  readonly reason: string
}

/** By lot, channel and code of what was found. */
export function readUnproved(ledger: Ledger): readonly Unproved[] {
  // What identifies another weighs more than what is missing, wherever it stands among the codes.
  const code = `CASE WHEN codes LIKE '%"run.identity"%' THEN 'run.identity' ELSE json_extract(codes, '$[0]') END`
  return all<Unproved>(
    ledger.reader.prepare(
      // The bare columns are those of the row that min() takes.
      `SELECT found.lot, channel, code, pieces, reason, ${firstLine('communication')} AS line FROM (
         SELECT lot, channel, ${code} AS code, count(*) AS pieces, min(seq) AS first, coalesce(reason, '') AS reason
         FROM piece WHERE outcome = 'held' AND codes IS NOT NULL GROUP BY lot, channel, 3) AS found
       JOIN communication ON communication.seq = found.first ORDER BY found.lot, channel, code`,
    ),
  )
}
