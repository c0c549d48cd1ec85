/** Check: everything that can be known without making pages. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { counts, Issued, isLocked, Ledger, type Rejected, totals } from '../../ledger/index.ts'
import { privateModes } from '../../lots/index.ts'
import type { CheckReport, Exit, Fault, RunEvent } from '../../model/index.ts'
import { bill } from '../account/bill.ts'
import { exitOf } from '../account/report.ts'
import { sinceBegun, sinceDone, thaw } from '../again.ts'
import { settlingAhead } from '../deeds/settling.ts'
import { type Found, findRun } from '../find.ts'
import { linkAmong, names } from '../place.ts'
import { changedWhileRead } from '../plan/inputs.ts'
import { calledOnly, metNobody } from '../plan/suppress.ts'
import { type Maker, openMaker } from '../press/make.ts'
import { defaultLotSize, type RunRequest } from '../request.ts'
import { rejectAlike } from '../stage/alike.ts'
import { beyondBounds, confirmed } from '../stage/bounds.ts'
import { claimed, rejectIssued } from '../stage/claims.ts'
import { passGates } from '../stage/gates.ts'
import { cutLots } from '../stage/lots.ts'
import { type Routing, routeAll } from '../stage/route.ts'
import { idleRules, routingWarnings } from '../stage/routed.ts'
import { unclaimed, unclaimedRuns } from '../stage/unclaimed.ts'
import { unwatched } from '../stage/unwatched.ts'
import { busy, countLots, isAllocated, isLost, isOpen, ledgerLost, linked, wouldFree } from '../standing.ts'
import { wayOf } from '../way.ts'
import { forecast } from './forecast.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'

/** How many reasons are kept to be shown. */
const mostReasons = 200

/**
 * Tells what `run` would do with the same request, and makes nothing. Exit: the one that the run would end with, as far as it can be
 * known without pages: 2 for a wrong job, brand or template, 5 where the data would be refused, 6 where another process has the run,
 * 3 where text messages would fail; for a run that is done, the one that it ended with.
 */
export async function check(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date,
): Promise<CheckReport> {
  const found = await findRun(request, { spools: tmpdir(), modes: privateModes })
  if ('exit' in found) return { ...found, warnings: [] }
  const before = await closingOnError(found, () => lookBefore(found, request))
  if (before !== undefined) {
    found.inputs.close()
    return before
  }
  const rehearsal = await rehearse(found, { request, emit, clock })
  if ('exit' in rehearsal) return { ...rehearsal, warnings: [] }
  try {
    return await look(rehearsal, request)
  } finally {
    rehearsal.close()
  }
}

async function closingOnError<T>({ inputs }: Found, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    inputs.close()
    throw error
  }
}

/** What would come of a start before any row is read; undefined where it would begin the run. */
async function lookBefore(found: Found, request: RunRequest): Promise<CheckReport | undefined> {
  const { name, folder } = found
  const stop = (exit: Exit, ...faults: readonly Fault[]): CheckReport => ({ exit, faults, warnings: [] })
  const link = linkAmong([folder])
  if (link !== undefined) return stop(2, linked(link))
  if (isLocked(join(folder, names.lock))) return stop(6, busy(name, folder))
  const path = join(folder, names.ledger)
  if (!existsSync(path)) return undefined
  const ledger = new Ledger(path, { readOnly: true })
  try {
    if (!isAllocated(ledger)) return undefined
    const ahead = settlingAhead(ledger, folder)
    const way = await wayOf(
      ledger,
      { ...found, request },
      { finishVoid: async () => {}, settle: async () => ahead?.faults ?? [] },
    )
    if (typeof way !== 'string') return stop(way.exit, ...way.faults)
    const begun = { run: name, lots: countLots(ledger) }
    if (way !== 'resume') {
      const exit = ahead?.exit ?? exitOf(ledger) ?? (Number(ledger.meta('exit') ?? 0) as Exit)
      return { ...stop(exit), warnings: sinceDone({ ...found, request }, ledger), begun: { ...begun, state: 'done' } }
    }
    const thawed = await thaw({ ...found, request }, ledger)
    if (!thawed.ok) return stop(2, ...thawed.faults)
    const warnings = sinceBegun({ ...found, request }, thawed.value)
    return { ...stop(0), warnings, begun: { ...begun, state: 'allocated' } }
  } finally {
    ledger.close()
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
  const { communications } = counts(ledger)
  const routing = await routeAll(ledger, plan, { maker, run, signal: request.signal })
  const lines = { ledger, shown: inputs.shown }
  const warnings = [
    ...rehearsal.warnings,
    ...routingWarnings(routing, job, lines),
    ...idleRules(routing, job, communications.made),
    ...metNobody(plan),
    ...plan.warnings,
  ]
  const alike = await lookAlike(rehearsal, routing, request.confirm)
  const faults = [...changedWhileRead(inputs, summary), ...calledOnly(plan), ...passGates(ledger, job, summary, expect)]
  const beyond = beyondBounds({
    job,
    name: rehearsal.name,
    period: run.period?.text,
    out: rehearsal.out,
    ledger,
    summary,
    facts: routing.facts,
  })
  if (request.confirm === undefined) faults.push(...beyond, ...(faults.length + beyond.length > 0 ? alike : []))
  else for (const fault of [...beyond, ...alike]) warnings.push(confirmed(fault, request.confirm))
  faults.push(...lookAtIssued(rehearsal, routing))
  const { prices } = plan.brand
  const channels = Object.keys(job.channels)
  const foreseen = await forecast(ledger, routing, { maker, channels, prices })
  const { template } = plan
  warnings.push(
    ...routing.remarks.faults({ template, prices, ...lines }),
    ...unwatched(ledger, template),
    ...rehearsal.style,
  )
  const reasons: { readonly id?: string; readonly fault: Fault }[] = []
  // What was issued before is nothing to mend, and stands behind what is.
  for (const { id, faults: found, rows } of [...rejectsOf(ledger, false), ...rejectsOf(ledger, true)]) {
    if (reasons.length >= mostReasons) break
    const [first] = rows
    const row = first === undefined ? {} : { place: { file: inputs.shown[first.file] ?? '', line: first.line } }
    reasons.push(...found.map(fault => ({ fault: { ...row, ...fault }, ...(id === undefined ? {} : { id }) })))
  }
  return {
    exit: faults.length > 0 ? 5 : foreseen.unproved.length > 0 ? 4 : foreseen.failures.length > 0 ? 3 : 0,
    faults: [...faults, ...foreseen.unproved, ...foreseen.failures],
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
      notRendered: foreseen.notRendered,
      ...(job.suppress === undefined ? {} : { suppression: plan.suppression?.count() }),
      messages: foreseen.messages,
      cost: bill(foreseen.tallies, { channels, prices }),
      byPage: channels.filter(name => prices?.channels[name]?.page !== undefined),
    },
  }
}

/** The first of those that were issued before, or of the others. */
function rejectsOf(ledger: Ledger, issued: boolean): readonly Rejected[] {
  const found: Rejected[] = []
  for (const one of ledger.rejects()) {
    if (one.faults.some(({ code }) => code === 'run.issued') !== issued) continue
    if (found.push(one) === mostReasons) break
  }
  return found
}

/** What may have been issued before becomes a reject, unless that was confirmed. */
async function lookAlike(rehearsal: Rehearsal, routing: Routing, confirm?: string): Promise<readonly Fault[]> {
  const { out, inputs } = rehearsal
  const path = join(out, names.issued)
  if (!existsSync(path)) return []
  const issued = new Issued(path)
  try {
    const frees = (other: string): boolean => wouldFree({ name: other, folder: join(out, other) }, issued)
    return await rejectAlike({ ...rehearsal, issued, routing, shown: inputs.shown, frees, confirm })
  } finally {
    issued.close()
  }
}

/** What was issued before becomes a reject. Faults: nothing is left, or the run has issued documents and lost its ledger. */
function lookAtIssued(rehearsal: Rehearsal, routing: Routing): readonly Fault[] {
  const { ledger, plan, run, out } = rehearsal
  const path = join(out, names.issued)
  const issued = existsSync(path) ? new Issued(path) : undefined
  try {
    if (isLost(rehearsal, issued)) return [ledgerLost(rehearsal)]
    const others = unclaimedRuns(out, issued, rehearsal.name)
    if (others.length > 0) return [unclaimed(out, others)]
    if (issued === undefined) return []
    const frees = (other: string): boolean => wouldFree({ name: other, folder: join(out, other) }, issued)
    const open = rejectIssued(ledger, issued, { plan, run, frees, isOpen: other => isOpen(join(out, other)) })
    return claimed(ledger, routing, { file: path, open })
  } finally {
    issued?.close()
  }
}

function lastLot(allotments: Iterable<{ readonly lot: number }>): number {
  let last = 0
  for (const { lot } of allotments) last = lot
  return last
}
