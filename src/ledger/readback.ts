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
  /** Of an amount: dotted path into the data where each document's currency stands; absent: there is one for all. */
  readonly currency?: string
}

/**
 * Sums over rendered pieces, by fact, channel and currency: of the values that were read in them, and of the values in the ledger. A piece that
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
  for (const { on, ...fact } of facts)
    for (const channel of on) all.push(...(await addUp(ledger, { ...fact, channel, releasedLots }, pause)))
  return all
}

/** How many pieces are added up between two pauses. */
const stretch = 2_000

/** What was read, and what the data says, in one currency. */
interface Sums {
  /** Pieces that were found to show it, those whose data has it, and those that were released all the same. */
  pieces: number
  shown: number
  released: number
  read: Decimal
  data: Decimal
}

/** One fact on one channel, in each currency; none where no piece has it. */
async function addUp(
  ledger: Ledger,
  {
    name,
    value,
    currency,
    channel,
    releasedLots,
  }: Omit<SummedFact, 'on'> & { readonly channel: string; readonly releasedLots: ReadonlySet<number> },
  pause: () => Promise<void>,
): Promise<readonly ReadBack[]> {
  const rows = ledger.reader
    .prepare(
      `SELECT p.lot, json_extract(p.facts, ?) AS read, json_extract(c.text, ?) AS data,
       ${currency === undefined ? 'NULL' : 'json_extract(c.text, ?)'} AS currency
       FROM piece p JOIN communication c ON c.seq = p.seq JOIN lot l ON l.number = p.lot
       WHERE p.outcome = 'rendered' AND p.channel = ?
       AND (json_extract(p.facts, ?) IS NOT NULL OR l.kit = (SELECT max(kit) FROM lot))`,
    )
    .iterate(
      `${factPath(name)}."read"`,
      dataPath(value),
      ...(currency === undefined ? [] : [dataPath(currency)]),
      channel,
      factPath(name),
    ) as Iterable<{
    lot: number
    read: string | null
    data: string | number | null
    currency: string | null
  }>
  const all = new Map<string | null, Sums>()
  let seen = 0
  for (const row of rows) {
    seen += 1
    if (seen % stretch === 0) await pause()
    const isThere = row.data !== null && decimal(row.data).cmp(0) !== 0
    // Nothing may be said in words: then there is nothing to add.
    if (row.read === null && !isThere) continue
    const sums = all.get(row.currency) ?? { pieces: 0, shown: 0, released: 0, read: nothing, data: nothing }
    all.set(row.currency, sums)
    const proved = row.read !== null && decimal(row.read).cmp(row.data ?? 0) === 0
    if (!proved && releasedLots.has(row.lot)) {
      sums.released += 1
      continue
    }
    if (row.read !== null) {
      sums.pieces += 1
      sums.read = sums.read.plus(row.read)
    }
    if (row.data !== null) {
      sums.shown += 1
      sums.data = sums.data.plus(row.data)
    }
  }
  return [...all]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([code, { pieces, shown, released, read, data }]) => ({
      channel,
      fact: name,
      ...(code === null ? {} : { currency: code }),
      pieces,
      read: read.toString(),
      data: data.toString(),
      agrees: pieces === shown && read.cmp(data) === 0,
      ...(released === 0 ? {} : { released }),
    }))
}

const nothing = decimal('0')

const factPath = (name: string): string => `$."${name.replaceAll('"', '\\"')}"`
