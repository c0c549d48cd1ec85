/** Forecast: what a run would make, counted without making a page. Text messages are made: their parts are the bill. */
import type { Ledger } from '../../ledger/index.ts'
import type { Communication, Fault, Measures, Messages, Prices, Report, Tally } from '../../model/index.ts'
import type { Maker } from '../press/make.ts'
import { decisionOf, type Routing } from '../stage/route.ts'

export interface Forecast {
  /** By channel: how many pieces it would be, and how many communications go without. */
  readonly channels: Readonly<Record<string, { readonly pieces: number; readonly skipped: number }>>
  /** Why, most frequent first. */
  readonly notRendered: Report['notRendered']
  /** By channel of text messages. */
  readonly messages: Readonly<Record<string, Messages>>
  /** What there would be to be paid for, as far as it is known: nothing of channels that are paid for by the page. */
  readonly tallies: readonly Tally[]
  /** What stands in the way of text messages. */
  readonly failures: readonly Fault[]
  /** What text messages do not show, those that are alike together: a run would hold them. */
  readonly unproved: readonly Fault[]
}

/** Counts what each staged communication would become on the channels that its route gives it. */
export async function forecast(
  ledger: Ledger,
  routing: Routing,
  {
    maker,
    channels,
    prices,
  }: {
    readonly maker: Maker
    readonly channels: readonly string[]
    readonly prices: Prices | undefined
  },
): Promise<Forecast> {
  const counted = Object.fromEntries(channels.map(name => [name, { pieces: 0, skipped: 0 }]))
  const messages: Record<string, OpenMessages> = {}
  const reasons = new Map<string, OpenReason>()
  const tallies = new Map<string, Tally>()
  const failures: Fault[] = []
  const flaws = new Map<string, { readonly flaw: Fault; readonly count: number }>()
  for (const { seq, text } of ledger.staged()) {
    const { to, skipped } = decisionOf(routing, seq)
    for (const [name, reason] of Object.entries(skipped)) {
      add(counted, name, 'skipped')
      addReason(reasons, name, reason)
    }
    for (const name of to) {
      add(counted, name, 'pieces')
      if (!isMessage(maker, name)) tally(tallies, name, {})
    }
    const light = to.filter(name => isMessage(maker, name))
    const communication = JSON.parse(text) as Communication
    for (const made of await maker.make(communication, light)) {
      if (made.outcome === 'failed') {
        failures.push(...made.faults)
        continue
      }
      for (const flaw of made.outcome === 'held' ? (made.faults ?? []) : []) {
        const key = `${flaw.code} ${flaw.message}`
        flaws.set(key, { flaw, count: (flaws.get(key)?.count ?? 0) + 1 })
      }
      addMessage(messages, made.channel, made.piece.measures)
      tally(tallies, made.channel, made.piece.measures)
    }
  }
  const known = [...tallies.values()].filter(({ channel }) => prices?.channels[channel]?.page === undefined)
  return {
    channels: counted,
    notRendered: [...reasons.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    messages,
    tallies: known.sort(byChannelAndCountry),
    failures,
    unproved: [...flaws.values()].map(({ flaw, count }) => ({
      ...flaw,
      message: `${flaw.message}, ${times(count)}`,
      ...(count > 1 && flaw.hint !== undefined ? { hint: `of the first: ${flaw.hint}` } : {}),
    })),
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

interface OpenMessages {
  parts: number
  byParts: Record<string, number>
  byEncoding: Record<string, number>
}

function isMessage(maker: Maker, channel: string): boolean {
  return 'lines' in maker.output(channel)
}

function add(
  counted: Record<string, { pieces: number; skipped: number }>,
  name: string,
  what: 'pieces' | 'skipped',
): void {
  const entry = counted[name]
  if (entry !== undefined) entry[what] += 1
}

interface OpenReason {
  readonly channel: string
  readonly outcome: 'skipped'
  readonly reason: string
  count: number
}

function addReason(reasons: Map<string, OpenReason>, channel: string, reason: string): void {
  const key = `${channel} ${reason}`
  const known = reasons.get(key)
  if (known === undefined) reasons.set(key, { channel, outcome: 'skipped', reason, count: 1 })
  else known.count += 1
}

function addMessage(
  messages: Record<string, OpenMessages>,
  channel: string,
  { parts = 1, encoding = '' }: Measures,
): void {
  messages[channel] ??= { parts: 0, byParts: {}, byEncoding: {} }
  const known = messages[channel]
  known.parts += parts
  known.byParts[parts] = (known.byParts[parts] ?? 0) + 1
  known.byEncoding[encoding] = (known.byEncoding[encoding] ?? 0) + 1
}

function tally(tallies: Map<string, Tally>, channel: string, { country, pages = 0, parts = 0 }: Measures): void {
  const key = `${channel} ${country ?? ''}`
  const known = tallies.get(key) ?? {
    channel,
    ...(country === undefined ? {} : { country }),
    pieces: 0,
    pages: 0,
    parts: 0,
  }
  tallies.set(key, { ...known, pieces: known.pieces + 1, pages: known.pages + pages, parts: known.parts + parts })
}

function byChannelAndCountry(a: Tally, b: Tally): number {
  const key = ({ channel, country = '' }: Tally): string => `${channel} ${country}`
  return key(a) < key(b) ? -1 : 1
}
