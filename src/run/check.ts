/** Check: everything that can be known without making pages. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, counts, Issued, type Totals, totals } from '../ledger/index.ts'
import type { Communication, Exit, Expectation, Fault, Job, RunEvent } from '../model/index.ts'
import { claimed, cutLots, decisionOf, passGates, rejectIssued, routeAll, unreached } from './allocate.ts'
import { type Maker, openMaker } from './make.ts'
import { names } from './place.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { defaultLotSize, type RunRequest } from './request.ts'
import type { InputSummary } from './stage.ts'

export interface CheckReport {
  readonly exit: Exit
  /** What stands in the way of the run. */
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
  /** Absent where the factory or its files are wrong. */
  readonly found?: {
    readonly run: string
    readonly job: Job
    readonly summary: InputSummary
    readonly counts: Counts
    readonly totals: Readonly<Record<string, Totals>>
    readonly expect?: Expectation
    /** First reasons of rejects, in input order. */
    readonly reasons: readonly { readonly id?: string; readonly fault: Fault }[]
    readonly lots: number
    /** By channel: how many it would be, and for text messages how many parts, by number of parts and by alphabet. */
    readonly channels: Readonly<Record<string, { readonly pieces: number; readonly skipped: number }>>
    readonly messages: Readonly<Record<string, Messages>>
  }
}

/** Text messages as they would be sent. */
export interface Messages {
  readonly parts: number
  /** `1` -> how many messages have one part. */
  readonly byParts: Readonly<Record<string, number>>
  readonly byEncoding: Readonly<Record<string, number>>
}

/** How many reasons are kept to be shown. */
const mostReasons = 200

export async function check(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date,
): Promise<CheckReport> {
  const rehearsal = await rehearse(request, emit, clock)
  if ('exit' in rehearsal) return { ...rehearsal, warnings: [] }
  try {
    return await look(rehearsal, request)
  } finally {
    rehearsal.close()
  }
}

async function look(rehearsal: Rehearsal, request: RunRequest): Promise<CheckReport> {
  const { plan, run, warnings } = rehearsal
  const opened = await openMaker(plan, run)
  if (!opened.ok) return { exit: 2, faults: opened.faults, warnings }
  const maker = opened.value
  try {
    return await lookWith(maker, rehearsal, request)
  } finally {
    await maker.close()
  }
}

async function lookWith(maker: Maker, rehearsal: Rehearsal, request: RunRequest): Promise<CheckReport> {
  const { job, plan, run, ledger, inputs, summary, expect } = rehearsal
  const routing = await routeAll(ledger, plan, { maker, run, signal: request.signal })
  const warnings = [...rehearsal.warnings, ...unreached(routing, job)]
  const faults = [...passGates(ledger, job, summary, expect)]
  const path = join(request.out ?? 'out', names.issued)
  if (existsSync(path)) {
    const issued = new Issued(path)
    rejectIssued(ledger, issued, plan, run)
    issued.close()
    faults.push(...claimed(ledger, path))
  }
  const channels: Record<string, { pieces: number; skipped: number }> = {}
  const messages: Record<
    string,
    { parts: number; byParts: Record<string, number>; byEncoding: Record<string, number> }
  > = {}
  for (const name of Object.keys(job.channels)) channels[name] = { pieces: 0, skipped: 0 }
  const failures: Fault[] = []
  for (const { seq, text } of ledger.staged()) {
    const { to, skipped } = decisionOf(routing, seq)
    for (const name of to) count(channels, name, 'pieces')
    for (const name of Object.keys(skipped)) count(channels, name, 'skipped')
    // Text messages are cheap enough to be made for everyone: their parts are the bill.
    const light = to.filter(name => 'lines' in maker.output(name))
    for (const made of await maker.make(JSON.parse(text) as Communication, light)) {
      if (made.outcome === 'failed') failures.push(...made.faults)
      else addMessage(messages, made.channel, made.piece.measures)
    }
  }
  const reasons: { readonly id?: string; readonly fault: Fault }[] = []
  for (const { id, faults: found, rows } of ledger.rejects()) {
    if (reasons.length >= mostReasons) break
    const [first] = rows
    const row = first === undefined ? {} : { place: { file: inputs.shown[first.file] ?? '', line: first.line } }
    reasons.push(...found.map(fault => ({ fault: { ...row, ...fault }, ...(id === undefined ? {} : { id }) })))
  }
  return {
    exit: faults.length > 0 ? 5 : failures.length > 0 ? 3 : 0,
    faults: [...faults, ...failures],
    warnings,
    found: {
      run: run.name,
      job,
      summary,
      counts: counts(ledger),
      totals: totals(ledger),
      ...(expect === undefined ? {} : { expect }),
      reasons,
      lots: lastLot(cutLots(ledger, routing, request.lotSize ?? defaultLotSize)),
      channels,
      messages,
    },
  }
}

function lastLot(allotments: Iterable<{ readonly lot: number }>): number {
  let last = 0
  for (const { lot } of allotments) last = lot
  return last
}

function count(
  channels: Record<string, { pieces: number; skipped: number }>,
  name: string,
  what: 'pieces' | 'skipped',
): void {
  const entry = channels[name]
  if (entry !== undefined) entry[what] += 1
}

function addMessage(
  messages: Record<string, { parts: number; byParts: Record<string, number>; byEncoding: Record<string, number> }>,
  channel: string,
  { parts = 1, encoding = '' }: { readonly parts?: number; readonly encoding?: string },
): void {
  messages[channel] ??= { parts: 0, byParts: {}, byEncoding: {} }
  const bill = messages[channel]
  bill.parts += parts
  bill.byParts[parts] = (bill.byParts[parts] ?? 0) + 1
  bill.byEncoding[encoding] = (bill.byEncoding[encoding] ?? 0) + 1
}
