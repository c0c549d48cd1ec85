/** What a ledger adds up to. */
import type {
  Counts,
  FactSum,
  Fault,
  FaultCode,
  InputSummary,
  Outcome,
  ReadBack,
  Tally,
  Totals,
} from '../model/index.ts'
import { type Decimal, decimal } from '../schema/index.ts'
import { dataPath } from './communications.ts'
import { all, one } from './database.ts'
import type { Ledger } from './ledger.ts'
import { unpackOrigin } from './origin.ts'

export function counts(ledger: Ledger): Counts {
  const database = ledger.reader
  const made = one<{ n: number; rows: number }>(
    database.prepare('SELECT count(*) AS n, coalesce(sum(rows), 0) AS rows FROM communication'),
  ) as { n: number; rows: number }
  const rejected = one<{ n: number; rows: number; named: number; issued: number }>(
    database.prepare(
      'SELECT count(*) AS n, coalesce(sum(rows), 0) AS rows, count(id) AS named, coalesce(sum(issued), 0) AS issued FROM reject',
    ),
  ) as { n: number; rows: number; named: number; issued: number }
  const pieces: Record<string, Record<Outcome | 'planned', number>> = {}
  const measures: Record<string, { pages: number; parts: number; bytes: number }> = {}
  for (const row of all<{
    channel: string
    outcome: Outcome | null
    n: number
    pages: number
    parts: number
    bytes: number
  }>(
    database.prepare(
      `SELECT channel, outcome, count(*) AS n, coalesce(sum(json_extract(measures, '$.pages')), 0) AS pages,
       coalesce(sum(json_extract(measures, '$.parts')), 0) AS parts, coalesce(sum(bytes), 0) AS bytes FROM piece GROUP BY channel, outcome`,
    ),
  )) {
    pieces[row.channel] ??= { rendered: 0, skipped: 0, held: 0, failed: 0, planned: 0 }
    const ofChannel = pieces[row.channel]
    if (ofChannel !== undefined) ofChannel[row.outcome ?? 'planned'] = row.n
    if (row.outcome === 'rendered') measures[row.channel] = { pages: row.pages, parts: row.parts, bytes: row.bytes }
  }
  return {
    communications: { made: made.n, rejected: rejected.n },
    rejectedWithId: rejected.named,
    issued: rejected.issued,
    rows: { communications: made.rows, rejected: rejected.rows },
    pieces,
    measures,
    tallies: tallies(ledger),
    rejects: rejectsByCode(ledger),
    reasons: all<Omit<Counts['reasons'][number], 'codes'> & { readonly codes: string }>(
      database.prepare(
        `SELECT channel, outcome, reason, coalesce(codes, '[]') AS codes, count(*) AS count FROM piece WHERE reason IS NOT NULL
         GROUP BY channel, outcome, reason, codes ORDER BY count DESC, channel, outcome, reason LIMIT 50`,
      ),
    ).map(({ codes, ...one }) => ({ ...one, codes: JSON.parse(codes) as FaultCode[] })),
  }
}

function tallies(ledger: Ledger): readonly Tally[] {
  const query = `SELECT channel, json_extract(measures, '$.country') AS country, count(*) AS pieces,
    coalesce(sum(json_extract(measures, '$.pages')), 0) AS pages, coalesce(sum(json_extract(measures, '$.parts')), 0) AS parts
    FROM piece WHERE outcome = 'rendered' GROUP BY channel, country ORDER BY channel, country`
  return all<{ channel: string; country: string | null; pieces: number; pages: number; parts: number }>(
    ledger.reader.prepare(query),
  ).map(({ country, ...tally }) => (country === null ? tally : { ...tally, country }))
}

/** Control sums by path, added exactly, over communications and over rejects. */
export function totals(ledger: Ledger): Readonly<Record<string, Totals>> {
  const kept = keptSums(ledger)
  if (kept !== undefined) return kept.totals
  const accepted = addUp(ledger, 'SELECT sums FROM communication')
  const rejected = addUp(ledger, 'SELECT sums FROM reject')
  const paths = [...new Set([...accepted.keys(), ...rejected.keys()])].sort()
  return Object.fromEntries(
    paths.map(path => [path, { accepted: String(accepted.get(path) ?? 0), rejected: String(rejected.get(path) ?? 0) }]),
  )
}

function addUp(ledger: Ledger, query: string): Map<string, Decimal> {
  const sums = new Map<string, Decimal>()
  for (const { sums: text } of ledger.reader.prepare(query).iterate() as Iterable<{ sums: string }>) {
    for (const [path, sum] of Object.entries(JSON.parse(text) as Record<string, string>)) {
      sums.set(path, sums.get(path)?.plus(sum) ?? decimal(sum))
    }
  }
  return sums
}

/** By the code of the first fault, each with the places of its first few: where the fault says none, the first row of the reject. */
function rejectsByCode(ledger: Ledger): Counts['rejects'] {
  const found = new Map<string, { count: number; places: { file: string; line?: number }[] }>()
  const { files = [] } = JSON.parse(ledger.meta('summary') ?? '{}') as Partial<InputSummary>
  const rows = ledger.reader.prepare('SELECT faults, origin FROM reject ORDER BY seq').iterate() as Iterable<{
    faults: string
    origin: string
  }>
  for (const { faults, origin } of rows) {
    const { code, place: own } = (JSON.parse(faults) as Fault[])[0] ?? { code: 'unknown' }
    const entry = found.get(code) ?? { count: 0, places: [] }
    found.set(code, entry)
    entry.count += 1
    if (entry.places.length >= mostPlaces) continue
    const [first] = own === undefined ? unpackOrigin(origin) : []
    const file = first === undefined ? undefined : files[first.file]?.file
    const place = own ?? (file === undefined ? undefined : { file, line: first?.line })
    if (place === undefined) continue
    entry.places.push({ file: place.file, ...(place.line === undefined ? {} : { line: place.line }) })
  }
  return [...found]
    .map(([code, entry]) => ({ code, ...entry }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

const mostPlaces = 3

/** Sums that outlive what they were made of, when a run is purged. */
export interface KeptSums {
  readonly totals: Readonly<Record<string, Totals>>
  readonly facts: Readonly<Record<string, FactSum>>
  readonly readBack: readonly ReadBack[]
  /** Absent: amounts are in one currency. */
  readonly currencies?: CurrencySums
}

/** By fact, then by currency. */
type CurrencySums = Readonly<Record<string, Readonly<Record<string, FactSum>>>>

export function keptSums(ledger: Ledger): KeptSums | undefined {
  const text = ledger.meta('kept')
  return text === undefined ? undefined : (JSON.parse(text) as KeptSums)
}

/** What facts come to over all communications with a rendered piece: how many carry each, and the exact sum. */
export function factSums(ledger: Ledger, names: readonly string[]): Readonly<Record<string, FactSum>> {
  const kept = keptSums(ledger)
  if (kept !== undefined) return kept.facts
  return Object.fromEntries(
    Object.entries(sumFacts(ledger, names)).flatMap(([name, sums]) => Object.values(sums).map(sum => [name, sum])),
  )
}

/** The same for amounts whose currency is each document's own, at a dotted path of its data: by fact, then by currency. */
export function currencySums(ledger: Ledger, names: readonly string[], path: string): CurrencySums {
  return keptSums(ledger)?.currencies ?? sumFacts(ledger, names, path)
}

/** By fact, then by currency: '' where there is one for all. */
function sumFacts(ledger: Ledger, names: readonly string[], currency?: string): CurrencySums {
  const sums = new Map(names.map(name => [name, new Map<string, { documents: number; sum: Decimal }>()]))
  const columns = currency === undefined ? "'' AS currency" : 'json_extract(c.text, ?) AS currency'
  const rows = ledger.reader
    .prepare(
      `SELECT p.seq, p.facts, ${columns} FROM piece p ${currency === undefined ? '' : 'JOIN communication c ON c.seq = p.seq'}
       WHERE p.outcome = 'rendered' AND p.facts IS NOT NULL ORDER BY p.seq`,
    )
    .iterate(...(currency === undefined ? [] : [dataPath(currency)])) as Iterable<{
    seq: number
    facts: string
    currency: string | null
  }>
  let last = 0
  let seen = new Set<string>()
  for (const { seq, facts, currency: code } of rows) {
    // Each channel shows its own facts; what two of them show counts once.
    if (seq !== last) seen = new Set()
    last = seq
    if (seen.size === sums.size) continue
    const shown = JSON.parse(facts) as Readonly<Record<string, { readonly value: string }>>
    for (const [name, ofFact] of sums) {
      const fact = shown[name]
      if (fact === undefined || seen.has(name)) continue
      seen.add(name)
      const known = ofFact.get(code ?? '') ?? { documents: 0, sum: decimal('0') }
      ofFact.set(code ?? '', { documents: known.documents + 1, sum: known.sum.plus(fact.value) })
    }
  }
  const inOrder = (ofFact: Map<string, { documents: number; sum: Decimal }>): Record<string, FactSum> =>
    Object.fromEntries(
      [...ofFact]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, { documents, sum }]) => [code, { documents, sum: sum.toString() }]),
    )
  return Object.fromEntries([...sums].flatMap(([name, ofFact]) => (ofFact.size === 0 ? [] : [[name, inOrder(ofFact)]])))
}
