/** What was read back from finished pieces, added up beside what the data of the same communications says. */
import type { ReadBack } from '../model/index.ts'
import { type Decimal, decimal } from '../schema/index.ts'
import { dataPath } from './communications.ts'
import { keptSums } from './counts.ts'
import type { Ledger } from './ledger.ts'
import { releasesOf } from './releases.ts'

/** A fact that can be added up, and where the data has it. */
export interface SummedFact {
  readonly name: string
  /** Dotted path into the data. */
  readonly value: string
  /** Channels that show it. */
  readonly on: readonly string[]
}

/**
 * Sums over rendered pieces, by fact and channel: of the values that were read in them, and of the values in the ledger. A piece that
 * an earlier kit made counts for the facts that it listed; one of the newest kit for all that its channel shows. A piece that a person
 * released although it does not show its fact stays out of both sums, and is counted beside them. `pause` lets other work in between.
 */
export async function readBack(
  ledger: Ledger,
  facts: readonly SummedFact[],
  pause: () => Promise<void>,
): Promise<readonly ReadBack[]> {
  const kept = keptSums(ledger)
  if (kept !== undefined) return kept.readBack
  const releasedLots = releasesOf(ledger.events()).lots
  const all: ReadBack[] = []
  for (const { name, value, on } of facts)
    for (const channel of on) {
      const found = await addUp(ledger, { name, value, channel, releasedLots }, pause)
      if (found !== undefined) all.push(found)
    }
  return all
}

/** How many pieces are added up between two pauses. */
const stretch = 2_000

/** One fact on one channel; undefined where no piece has it. */
async function addUp(
  ledger: Ledger,
  {
    name,
    value,
    channel,
    releasedLots,
  }: Omit<SummedFact, 'on'> & { readonly channel: string; readonly releasedLots: ReadonlySet<number> },
  pause: () => Promise<void>,
): Promise<ReadBack | undefined> {
  const rows = ledger.reader
    .prepare(
      `SELECT p.lot, json_extract(p.facts, ?) AS read, json_extract(c.text, ?) AS data
       FROM piece p JOIN communication c ON c.seq = p.seq JOIN lot l ON l.number = p.lot
       WHERE p.outcome = 'rendered' AND p.channel = ?
       AND (json_extract(p.facts, ?) IS NOT NULL OR l.kit = (SELECT max(kit) FROM lot))`,
    )
    .iterate(`${factPath(name)}."read"`, dataPath(value), channel, factPath(name)) as Iterable<{
    lot: number
    read: string | null
    data: string | number | null
  }>
  let [pieces, shown, released, seen] = [0, 0, 0, 0]
  let [read, data]: [Decimal, Decimal] = [decimal('0'), decimal('0')]
  for (const row of rows) {
    seen += 1
    if (seen % stretch === 0) await pause()
    const isThere = row.data !== null && decimal(row.data).cmp(0) !== 0
    // Nothing may be said in words: then there is nothing to add.
    if (row.read === null && !isThere) continue
    const proved = row.read !== null && decimal(row.read).cmp(row.data ?? 0) === 0
    if (!proved && releasedLots.has(row.lot)) {
      released += 1
      continue
    }
    if (row.read !== null) {
      pieces += 1
      read = read.plus(row.read)
    }
    if (row.data !== null) {
      shown += 1
      data = data.plus(row.data)
    }
  }
  if (pieces === 0 && shown === 0 && released === 0) return undefined
  const agrees = pieces === shown && read.cmp(data) === 0
  const sums = { channel, fact: name, pieces, read: read.toString(), data: data.toString(), agrees }
  return released === 0 ? sums : { ...sums, released }
}

const factPath = (name: string): string => `$."${name.replaceAll('"', '\\"')}"`
