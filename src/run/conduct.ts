/** The conductor: finds the run, locks it, and decides whether it begins, goes on, is made again in part, or is done. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Ledger, takeLock } from '../ledger/index.ts'
import { makeFolder, modesOf, privateModes } from '../lots/index.ts'
import { type Fault, FaultError, type RunEvent } from '../model/index.ts'
import { repeat, resume, retry } from './again.ts'
import { begin } from './begin.ts'
import { openInputs, unopened } from './data.ts'
import { readJob, readKit } from './kit.ts'
import { applyOptions } from './options.ts'
import { names, runName } from './place.ts'
import { planJob } from './plan.ts'
import type { RunRequest } from './request.ts'
import { sweepSpools } from './spool.ts'
import { type Ending, type Start, stop } from './start.ts'
import { loadTable, type Table } from './table.ts'
import { troubleOf } from './trouble.ts'

/** Conducts one run from its job to its report. Rejects only for bugs; everything of the world is in the ending. */
export async function conduct(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date = () => new Date(),
): Promise<Ending> {
  try {
    return await find(request, emit, clock)
  } catch (error) {
    if (request.signal?.aborted === true) return stop(130)
    if (error instanceof FaultError) return stop(2, ...error.faults)
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return stop(trouble.exit, trouble.fault)
  }
}

/** Finds out which run is meant, by the job and its data. */
async function find(request: RunRequest, emit: (event: RunEvent) => void, clock: () => Date): Promise<Ending> {
  const loaded = await loadTable(request.channelModules)
  if (!loaded.ok) return stop(2, ...loaded.faults)
  const table = loaded.value
  const read = readJob(request.job, table)
  if (!read.ok) return stop(2, ...read.faults)
  const applied = applyOptions(read.value, request)
  if (!applied.ok) return stop(2, ...applied.faults)
  const { period } = applied.value
  const modes = request.mode === undefined ? privateModes : modesOf(request.mode)
  const out = request.out ?? 'out'
  sweepSpools(out)
  const opened = await openInputs(applied.value.job, request.data ?? {}, {
    folder: out,
    modes,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  if (!opened.ok) return withPlanFaults(request, table, opened.faults)
  const inputs = opened.value
  const { job } = inputs
  try {
    const name = request.run ?? runName(job, period, inputs.digest)
    const folder = join(out, name)
    const startedAt = clock()
    return await locked({ request, table, job, period, inputs, name, out, folder, modes, emit, clock, startedAt })
  } finally {
    inputs.close()
  }
}

/** Conducts while no other process can. */
async function locked(start: Start): Promise<Ending> {
  const { request, name, folder, modes } = start
  if (request.retry === true && !existsSync(join(folder, names.ledger))) {
    const message = `there is no run ${name} to retry`
    return stop(2, { code: 'usage.option', message, hint: 'platen status lists the runs' })
  }
  makeFolder(folder, modes)
  const lock = takeLock(join(folder, names.lock))
  if (lock === undefined) {
    const hint = 'wait until it ends; platen status tells how far it is'
    return stop(6, { code: 'run.busy', message: `another process has the run ${name}`, place: { file: folder }, hint })
  }
  try {
    return await goOn(start)
  } catch (error) {
    if (request.signal?.aborted === true) return { exit: 130, faults: [], run: name, folder }
    if (error instanceof FaultError) return { exit: 2, faults: error.faults, run: name, folder }
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return { exit: trouble.exit, faults: [trouble.fault], run: name, folder }
  } finally {
    lock.release()
  }
}

/** A run that is done repeats its exit; one that is allocated goes on; any other begins. */
async function goOn(start: Start): Promise<Ending> {
  const { folder, inputs, name, request } = start
  const path = join(folder, names.ledger)
  const before = existsSync(path)
  if (before) {
    const ledger = new Ledger(path)
    try {
      const state = ledger.meta('state')
      if (state === 'allocated' || state === 'done') {
        if (ledger.meta('digest') !== inputs.digest) {
          const message = `the run ${name} exists with other data`
          const hint = 'a mended or additional file is a new run: name it with --run'
          return stop(5, { code: 'run.data', message, place: { file: folder }, hint })
        }
        if (state === 'allocated') return await resume(start, ledger)
        return request.retry === true ? await retry(start, ledger) : repeat(start, ledger)
      }
    } finally {
      ledger.close()
    }
  }
  return begin(start, { over: before })
}

/** Unreadable input is exit 5, but a wrong job, template or brand is said first: exit 2. */
async function withPlanFaults(request: RunRequest, table: Table, faults: readonly Fault[]): Promise<Ending> {
  const read = readKit(request, table)
  if (!read.ok) return stop(2, ...read.faults, ...faults)
  const planned = await planJob(read.value.kit, read.value.job, table)
  if (!planned.ok) return stop(2, ...planned.faults, ...faults)
  return stop(unopened(faults), ...faults)
}
