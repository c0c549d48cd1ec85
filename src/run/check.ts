/** Check: everything that can be known without making pages. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, counts, Issued, type Totals, totals } from '../ledger/index.ts'
import type { Cost, Exit, Expectation, Fault, Job, RunEvent } from '../model/index.ts'
import { claimed, cutLots, passGates, rejectIssued, routeAll } from './allocate.ts'
import { bill } from './bill.ts'
import { type Forecast, forecast } from './forecast.ts'
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
    readonly channels: Forecast['channels']
    readonly messages: Forecast['messages']
    /** What can be known of the bill before a page is made; null without a price list. */
    readonly cost: Cost | null
  }
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
  const { job, plan, run, ledger, inputs, summary, expect, warnings } = rehearsal
  const routing = await routeAll(ledger, plan, { maker, run, signal: request.signal })
  const faults = [...passGates(ledger, job, summary, expect)]
  const path = join(request.out ?? 'out', names.issued)
  if (existsSync(path)) {
    const issued = new Issued(path)
    rejectIssued(ledger, issued, plan, run)
    issued.close()
    faults.push(...claimed(ledger))
  }
  const { prices } = plan.brand
  const channels = Object.keys(job.channels)
  const foreseen = await forecast(ledger, routing, { maker, channels, prices })
  const reasons: { readonly id?: string; readonly fault: Fault }[] = []
  for (const { id, faults: found, rows } of ledger.rejects()) {
    if (reasons.length >= mostReasons) break
    const [first] = rows
    const row = first === undefined ? {} : { place: { file: inputs.shown[first.file] ?? '', line: first.line } }
    reasons.push(...found.map(fault => ({ fault: { ...row, ...fault }, ...(id === undefined ? {} : { id }) })))
  }
  return {
    exit: faults.length > 0 ? 5 : foreseen.failures.length > 0 ? 3 : 0,
    faults: [...faults, ...foreseen.failures],
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
      channels: foreseen.channels,
      messages: foreseen.messages,
      cost: bill(foreseen.tallies, { channels, prices }),
    },
  }
}

function lastLot(allotments: Iterable<{ readonly lot: number }>): number {
  let last = 0
  for (const { lot } of allotments) last = lot
  return last
}
