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
  for (const fact of facts) all.push(...(await addUp(ledger, { ...fact, releasedLots }, pause)))
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

/**
 * One fact, channel by channel, in each currency; none where no piece has it. All channels in one pass, since SQLite remembers a text of JSON
 * that it read for the piece before.
 */
async function addUp(
  ledger: Ledger,
  { name, value, on, currency, releasedLots }: SummedFact & { readonly releasedLots: ReadonlySet<number> },
  pause: () => Promise<void>,
): Promise<readonly ReadBack[]> {
  const rows = ledger.reader
    .prepare(
      `SELECT p.channel, p.lot, json_extract(p.facts, ?) AS read, json_extract(c.text, ?) AS data,
       ${currency === undefined ? 'NULL' : 'json_extract(c.text, ?)'} AS currency
       FROM piece p JOIN communication c ON c.seq = p.seq JOIN lot l ON l.number = p.lot
       WHERE p.outcome = 'rendered' AND p.channel IN (SELECT value FROM json_each(?))
       AND (json_extract(p.facts, ?) IS NOT NULL OR l.kit = (SELECT max(kit) FROM lot))`,
    )
    .iterate(
      `${factPath(name)}."read"`,
      dataPath(value),
      ...(currency === undefined ? [] : [dataPath(currency)]),
      JSON.stringify(on),
      factPath(name),
    ) as Iterable<{
    channel: string
    lot: number
    read: string | null
    data: string | number | null
    currency: string | null
  }>
  const all = new Map(on.map(channel => [channel, new Map<string | null, Sums>()]))
  let seen = 0
  for (const row of rows) {
    seen += 1
    if (seen % stretch === 0) await pause()
    // Nothing may be said in words: then there is nothing to add.
    if (row.read === null && (row.data === null || decimal(row.data).cmp(0) === 0)) continue
    const ofChannel = all.get(row.channel)!
    const sums = ofChannel.get(row.currency) ?? { pieces: 0, shown: 0, released: 0, read: nothing, data: nothing }
    ofChannel.set(row.currency, sums)
    if (releasedLots.has(row.lot) && (row.read === null || decimal(row.read).cmp(row.data ?? 0) !== 0)) {
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
  return [...all].flatMap(([channel, ofChannel]) =>
    [...ofChannel]
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
      })),
  )
}

const nothing = decimal('0')

const factPath = (name: string): string => `$."${name.replaceAll('"', '\\"')}"`
