/** A rehearsal: plan and intake into a private ledger that is gone afterwards. What `check` and `proof` stand on. */
import { Ledger } from '../../ledger/index.ts'
import type { Exit, Expectation, Fault, InputSummary, RunEvent, RunView } from '../../model/index.ts'
import { dayIn } from '../day.ts'
import type { Found, Stopped } from '../find.ts'
import { chooseExpectation, withoutChannels, withoutTotals } from '../options.ts'
import { readKit } from '../plan/kit.ts'
import type { Plan } from '../plan/plan.ts'
import { planJob } from '../plan/planjob.ts'
import { readSuppressionOf } from '../plan/suppress.ts'
import type { RunRequest } from '../request.ts'
import { stageAll } from '../stage/stage.ts'
import { lintKit } from './lintkit.ts'

export interface Rehearsal extends Found {
  readonly plan: Plan
  readonly run: RunView
  readonly ledger: Ledger
  readonly summary: InputSummary
  readonly expect: Expectation | undefined
  readonly warnings: readonly Fault[]
  /** Warnings about style: of the brand and the job's template, and one of each kind for all others. Told last, since it is not only about what this job sends. */
  readonly style: readonly Fault[]
  readonly close: () => void
}

/**
 * Plans a run that was found, and reads its data as the run would. Closes the inputs when it stops, or with the rehearsal. Stops with
 * exit 2 for a wrong kit or control file, 5 for data that is refused as a whole.
 */
export async function rehearse(
  found: Found,
  {
    request,
    emit,
    clock,
  }: { readonly request: RunRequest; readonly emit: (event: RunEvent) => void; readonly clock: () => Date },
): Promise<Rehearsal | Stopped> {
  const { table, job, period, inputs, name } = found
  const ledger = new Ledger('')
  const close = (): void => {
    ledger.close()
    inputs.close()
  }
  const quit = (exit: Exit, faults: readonly Fault[]): Stopped => {
    close()
    return { exit, faults }
  }
  try {
    const read = readKit(request, table)
    if (!read.ok) return quit(2, read.faults)
    const planned = await planJob(read.value.kit, job, table)
    if (!planned.ok) return quit(2, planned.faults)
    const expectation = chooseExpectation(job, request, inputs)
    if (!expectation.ok) return quit(2, expectation.faults)
    const suppression = readSuppressionOf(job, table, planned.value)
    if (!suppression.ok) return quit(2, suppression.faults)
    const plan = { ...planned.value, suppression: suppression.value }
    const expect = expectation.value
    const date = request.date ?? dayIn(plan.brand.timezone, clock())
    const run: RunView = { name, date, set: job.set, ...(period === undefined ? {} : { period }) }
    const warnings: Fault[] = [...withoutChannels(job), ...withoutTotals(job, inputs, expect)]
    const staged = await stageAll({
      job,
      inputs,
      ledger,
      plan,
      run,
      expect,
      emit,
      signal: request.signal,
      warn: fault => warnings.push(fault),
    })
    if (!staged.ok) return quit(5, staged.faults)
    const style = lintKit(read.value, plan, { request, table })
    return { ...found, plan, run, ledger, summary: staged.value, expect, warnings, style, close }
  } catch (error) {
    close()
    throw error
  }
}
