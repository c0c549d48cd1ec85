/** The end of a run: rejects for people to mend, files against ledger, and the report. */
import { counts, type Ledger } from '../ledger/index.ts'
import type { Exit, Fault, InputSummary, RunEvent, RunView, Template } from '../model/index.ts'
import type { Plan } from './plan.ts'
import { press } from './press.ts'
import { reconcile } from './reconcile.ts'
import { writeFailures, writeRejectFiles } from './rejects.ts'
import { type Closing, warnings, writeReport } from './report.ts'
import type { Ending, Start } from './start.ts'
import { version } from './version.ts'

/** Keeps a warning for the report, and tells it. */
export function warn(ledger: Ledger, emit: (event: RunEvent) => void, fault: Fault): void {
  ledger.setMeta({ warnings: JSON.stringify([...warnings(ledger), fault]) })
  emit({ kind: 'warned', fault })
}

/** Ends a run that did not pass: rejects and report are kept for reading, and the next start replaces them. */
export async function refuse(start: Start, ledger: Ledger, faults: readonly Fault[]): Promise<Ending> {
  await writeRejectFiles(start, ledger)
  return end(start, ledger, { faults, exit: 5 })
}

/** Presses what is left, and ends the run. */
export async function pressAndFinish(start: Start, ledger: Ledger, plan: Plan, run: RunView): Promise<Ending> {
  const { request, folder, modes, emit, clock } = start
  const { brand, template, channels, modules } = plan
  await press({
    ledger,
    plan: { brand, template, channels, modules },
    run,
    folder,
    modes,
    emit,
    now: () => clock().toISOString(),
    ...(request.workers === undefined ? {} : { workers: request.workers }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  return finish(start, ledger, plan)
}

async function finish(start: Start, ledger: Ledger, plan: Plan): Promise<Ending> {
  const summary = JSON.parse(ledger.meta('summary') ?? '') as InputSummary
  const { job, folder, request } = start
  const faults = await reconcile(ledger, { job, folder, summary, signal: request.signal })
  const { pieces } = counts(ledger)
  writeFailures(start, ledger)
  const incomplete = Object.values(pieces).some(({ held, failed }) => held + failed > 0)
  const exit = faults.length > 0 ? 4 : incomplete ? 3 : 0
  return end(start, ledger, { faults, exit, plan })
}

/** How a run ended. */
interface Verdict {
  readonly faults: readonly Fault[]
  readonly exit: Exit
  /** Absent for a run that did not pass. */
  readonly plan?: Plan
}

function end(start: Start, ledger: Ledger, { faults, exit, plan }: Verdict): Ending {
  const { folder, name, modes, emit, clock, startedAt } = start
  const finishedAt = clock()
  const closing: Closing = {
    platen: version,
    exit,
    faults,
    finishedAt: finishedAt.toISOString(),
    seconds: Math.round((finishedAt.getTime() - startedAt.getTime()) / 10) / 100,
    ...(plan === undefined ? {} : { made: { money: moneyFacts(plan.template), prices: plan.brand.prices ?? null } }),
  }
  const kind = exit === 5 ? 'refused' : 'finished'
  const report = writeReport(ledger, { folder, modes, kind, at: closing.finishedAt, closing })
  if (exit !== 5) ledger.setMeta({ state: 'done', exit: String(exit) })
  emit({ kind: 'finished', run: name, exit })
  return { exit, faults, report, run: name, folder }
}

/** Facts that can be added up: money, in one currency for all documents. */
function moneyFacts({ facts, currency }: Template): readonly string[] {
  const one = currency === undefined || /^[A-Z]{3}$/.test(currency)
  return one ? facts.filter(({ as }) => as === 'money').map(({ name }) => name) : []
}
