/** A rehearsal: plan and intake into a private ledger that is gone afterwards. What `check` and `proof` stand on. */
import { tmpdir } from 'node:os'
import { Ledger } from '../ledger/index.ts'
import { privateModes } from '../lots/index.ts'
import type { Exit, Expectation, Fault, Job, RunEvent, RunView } from '../model/index.ts'
import { type Inputs, openInputs, unopened } from './data.ts'
import { readKit } from './kit.ts'
import { applyOptions, chooseExpectation, noTotals } from './options.ts'
import { runName } from './place.ts'
import { type Plan, planJob } from './plan.ts'
import type { RunRequest } from './request.ts'
import { type InputSummary, stageAll } from './stage.ts'
import { loadTable } from './table.ts'

export interface Rehearsal {
  readonly job: Job
  readonly plan: Plan
  readonly run: RunView
  readonly ledger: Ledger
  readonly inputs: Inputs
  readonly summary: InputSummary
  readonly expect: Expectation | undefined
  readonly warnings: readonly Fault[]
  readonly close: () => void
}

/** Why there is no rehearsal. */
export interface Unrehearsed {
  readonly exit: Exit
  readonly faults: readonly Fault[]
}

export async function rehearse(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date,
): Promise<Rehearsal | Unrehearsed> {
  const loaded = await loadTable(request.channelModules)
  if (!loaded.ok) return { exit: 2, faults: loaded.faults }
  const read = readKit(request, loaded.value)
  if (!read.ok) return { exit: 2, faults: read.faults }
  const applied = applyOptions(read.value.job, request)
  if (!applied.ok) return { exit: 2, faults: applied.faults }
  const { period } = applied.value
  const planned = await planJob(read.value.kit, applied.value.job, loaded.value)
  if (!planned.ok) return { exit: 2, faults: planned.faults }
  const plan = planned.value
  const opened = await openInputs(applied.value.job, request.data ?? {}, {
    folder: tmpdir(),
    modes: privateModes,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  if (!opened.ok) return { exit: unopened(opened.faults), faults: opened.faults }
  const inputs = opened.value
  const { job } = inputs
  const ledger = new Ledger('')
  const close = (): void => {
    ledger.close()
    inputs.close()
  }
  try {
    const expectation = chooseExpectation(job, request, inputs.replaced)
    if (!expectation.ok) return quit(close, 2, expectation.faults)
    const run: RunView = {
      name: request.run ?? runName(job, period, inputs.digest),
      date: request.date ?? dayIn(plan.brand.timezone, clock()),
      set: job.set,
      ...(period === undefined ? {} : { period }),
    }
    const warnings: Fault[] = []
    if (inputs.replaced && expectation.value === undefined && job.expect !== undefined) warnings.push(noTotals(job))
    const staged = await stageAll({
      job,
      inputs,
      ledger,
      plan,
      run,
      sums: sumPaths(job, expectation.value),
      emit,
      warn: fault => warnings.push(fault),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    if (!staged.ok) return quit(close, 5, staged.faults)
    return { job, plan, run, ledger, inputs, summary: staged.value, expect: expectation.value, warnings, close }
  } catch (error) {
    close()
    throw error
  }
}

function quit(close: () => void, exit: Exit, faults: readonly Fault[]): Unrehearsed {
  close()
  return { exit, faults }
}

/** Paths that are summed: those of the control totals that count, else the job's own, so that the report has them all the same. */
export function sumPaths(job: Job, expect: Expectation | undefined): readonly string[] {
  return Object.keys((expect ?? job.expect)?.sum ?? {})
}

/** The calendar day in a time zone, ISO 8601. */
export function dayIn(timezone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .formatToParts(at)
    .map(({ type, value }) => [type, value] as const)
  const { year, month, day } = Object.fromEntries(parts)
  return `${year}-${month}-${day}`
}
