/** A run started again: repeated if it is done, gone on with if it is not, made again in part where pieces failed. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ledger } from '../ledger/index.ts'
import type { Exit, Fault } from '../model/index.ts'
import { pressAndFinish, readReport } from './finish.ts'
import { changedFiles, freezeKit, readFrozenKit, readKit } from './kit.ts'
import { applyOptions, differingOptions, optionsText } from './options.ts'
import { kitFolder } from './place.ts'
import { planJob } from './plan.ts'
import { defaultLotSize } from './request.ts'
import { type Ending, type Start, stop, viewRun } from './start.ts'

/** Makes nothing, and ends as the run ended. */
export function repeat({ name, folder }: Start, ledger: Ledger): Ending {
  const exit = Number(ledger.meta('exit')) as Exit
  return { exit, faults: [], before: true, run: name, folder, ...readReport(folder) }
}

/** Goes on with the kit that was frozen at the start. */
export async function resume(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, table, name, folder, emit } = start
  const differing = request.retry === true ? [] : differingOptions(ledger.meta('options') ?? '{}', optionsText(request))
  if (differing.length > 0) {
    const message = `the run ${name} was started with another ${differing.join(', ')}`
    const hint =
      'go on with the same options (only --workers, --json and --mode may differ), or name a new run with --run'
    return stop(2, { code: 'run.option', message, hint })
  }
  const frozen = readFrozenKit(kitFolder(folder, newestKit(ledger)), request.job, table)
  if (!frozen.ok) return stop(2, ...frozen.faults)
  const applied = applyOptions(frozen.value.job, request)
  if (!applied.ok) return stop(2, ...applied.faults)
  const planned = await planJob(frozen.value.kit, applied.value.job, table)
  if (!planned.ok) return stop(2, ...planned.faults)
  const run = viewRun(start, ledger.meta('date') ?? '')
  ledger.record('resumed', start.clock().toISOString())
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  const present = readKit(request, table)
  const changed = present.ok ? changedFiles(frozen.value.kit, present.value.kit) : []
  if (changed.length > 0) emit({ kind: 'warned', fault: changedSince(changed) })
  return pressAndFinish({ ...start, job: applied.value.job }, ledger, planned.value, run)
}

/** Makes what failed in a finished run again, with the present kit, in new lots. */
export async function retry(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, table, job, name, folder, modes, emit } = start
  if (ledger.failures() === 0) return repeat(start, ledger)
  const read = readKit(request, table)
  if (!read.ok) return stop(2, ...read.faults)
  const planned = await planJob(read.value.kit, job, table)
  if (!planned.ok) return stop(2, ...planned.faults)
  const kit = newestKit(ledger) + 1
  freezeKit(read.value.kit, kitFolder(folder, kit), modes)
  const { communications, held } = ledger.reallocate(kit, request.lotSize ?? defaultLotSize, { state: 'allocated' })
  for (const file of held) rmSync(join(folder, file), { force: true })
  ledger.record('retried', start.clock().toISOString(), { communications, kit })
  const run = viewRun(start, ledger.meta('date') ?? '')
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  return pressAndFinish(start, ledger, planned.value, run)
}

/** Lots that are not pressed yet share the newest kit. */
function newestKit(ledger: Ledger): number {
  return Math.max(1, ...ledger.lots().map(({ kit }) => kit))
}

function changedSince(files: readonly string[]): Fault {
  return {
    code: 'run.kit',
    message: `the run goes on with its frozen kit; changed since: ${files.join(', ')}`,
    hint: 'to print with the changed files, let this run end and run the data under another name after voiding it',
  }
}
