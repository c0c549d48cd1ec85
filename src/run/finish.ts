/** What a run that is allocated goes on with: its workers, rejects for people to mend, files against ledger, and the report. */
import { availableParallelism } from 'node:os'
import type { Ledger } from '../ledger/index.ts'
import type { Fault, RunEvent, RunView } from '../model/index.ts'
import { writeFailures, writeRejectFiles } from './account/rejects.ts'
import { type Closing, warnings, writeReport } from './account/report.ts'
import { type Verdict, verdictOn } from './account/verdict.ts'
import { breathe } from './pace.ts'
import { moneyFacts, oneCurrency, type Plan, summedFacts } from './plan/plan.ts'
import { version } from './plan/version.ts'
import { openPool, type Pool } from './press/pool.ts'
import { press } from './press/press.ts'
import type { Ending, Start } from './start.ts'

/** Keeps a warning for the report, and tells it. */
export function warn(ledger: Ledger, emit: (event: RunEvent) => void, fault: Fault): void {
  ledger.setMeta({ warnings: JSON.stringify([...warnings(ledger), fault]) })
  emit({ kind: 'warned', fault })
}

/** Ends a run that did not pass: rejects and report are kept for reading, and the next start replaces them. */
export async function refuse(start: Start, ledger: Ledger, faults: readonly Fault[]): Promise<Ending> {
  const rejects = await writeRejectFiles(start, ledger)
  const isKnown = ({ code, place }: Fault) =>
    faults.some(known => known.code === code && known.place?.file === place?.file)
  const others = rejects.ok ? [] : rejects.faults.filter(fault => !isKnown(fault))
  return end(start, ledger, { faults: [...faults, ...others], exit: 5 })
}

/** Workers for a run, called in when there is work, or by `callIn`. */
export function openPoolFor({ request, folder, modes }: Start, plan: Plan, run: RunView): Pool {
  const { brand, template, channels, prints, modules, files = {} } = plan
  return openPool({
    size: request.workers ?? availableParallelism(),
    start: { plan: { brand, template, channels, prints, modules, files }, run, folder, modes },
    ...(request.limits === undefined ? {} : { limits: request.limits }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
}

/** Presses what is left, and ends the run. `pool`: is closed then. `foreseen`: just now, with this plan; a run that goes on was by another process. */
export async function pressAndFinish(
  start: Start,
  ledger: Ledger,
  { plan, pool, foreseen = false }: { readonly plan: Plan; readonly pool: Pool; readonly foreseen?: boolean },
): Promise<Ending> {
  const { request, folder, emit, clock } = start
  try {
    await press({
      ledger,
      plan,
      folder,
      pool,
      foreseen,
      emit,
      now: () => clock().toISOString(),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
  } finally {
    await pool.close()
  }
  return finish(start, ledger, plan)
}

async function finish(start: Start, ledger: Ledger, plan: Plan): Promise<Ending> {
  const { folder, request } = start
  const facts = summedFacts(plan.template)
  const verdict = await verdictOn(ledger, { facts, folder, signal: request.signal })
  await breathe(request.signal)
  writeFailures(start, ledger)
  return end(start, ledger, { ...verdict, plan })
}

/** How a run ended. */
interface Ended extends Omit<Verdict, 'read'>, Partial<Pick<Verdict, 'read'>> {
  /** Absent for a run that did not pass. */
  readonly plan?: Plan
}

async function end(start: Start, ledger: Ledger, { faults, exit, read, plan }: Ended): Promise<Ending> {
  const { folder, name, modes, emit, clock, startedAt } = start
  const finishedAt = clock()
  const closing: Closing = {
    platen: version,
    exit,
    faults,
    finishedAt: finishedAt.toISOString(),
    seconds: Math.round((finishedAt.getTime() - startedAt.getTime()) / 10) / 100,
    ...(plan === undefined ? {} : { made: madeBy(plan) }),
  }
  const kind = exit === 5 ? 'refused' : 'finished'
  const report = await writeReport(ledger, { folder, modes, kind, at: closing.finishedAt, closing, read })
  if (exit !== 5) ledger.setMeta({ state: 'done', exit: String(exit) })
  emit({ kind: 'finished', run: name, exit })
  return { exit, faults, report, run: name, folder }
}

function madeBy({ template, brand }: Plan): NonNullable<Closing['made']> {
  const currency = oneCurrency(template, brand)
  return {
    money: moneyFacts(template),
    ...(currency === undefined ? {} : { currency }),
    summed: summedFacts(template),
    prices: brand.prices ?? null,
  }
}
