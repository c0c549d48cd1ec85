/** Which run is meant: the one that its job, its options and its data name. Shared by `run`, `check` and `proof`. */
import { join } from 'node:path'
import type { Modes } from '../lots/index.ts'
import type { Exit, Fault, Job, Period } from '../model/index.ts'
import { applyOptions } from './options.ts'
import { runName } from './place.ts'
import { type Inputs, openInputs } from './plan/inputs.ts'
import { readJob, readKit } from './plan/kit.ts'
import { planJob } from './plan/planjob.ts'
import { loadTable, type Table } from './plan/table.ts'
import type { RunRequest } from './request.ts'

export interface Found {
  readonly table: Table
  /** The job with the options laid over it. */
  readonly job: Job
  readonly period: Period | undefined
  /** To be closed by whoever has it. */
  readonly inputs: Inputs
  readonly name: string
  readonly out: string
  readonly folder: string
}

/** Why nothing could be found, or looked at: an exit code and what stood in the way. */
export interface Stopped {
  readonly exit: Exit
  readonly faults: readonly Fault[]
}

/** Finds the run. What can be read only once is kept in `spools` until the inputs are closed. */
export async function findRun(
  request: RunRequest,
  { spools, modes }: { readonly spools: string; readonly modes: Modes },
): Promise<Found | Stopped> {
  const loaded = await loadTable(request.channelModules)
  if (!loaded.ok) return { exit: 2, faults: loaded.faults }
  const table = loaded.value
  const read = readJob(request.job, table)
  if (!read.ok) return { exit: 2, faults: read.faults }
  const applied = applyOptions(read.value, request)
  if (!applied.ok) return { exit: 2, faults: applied.faults }
  const { period } = applied.value
  const opened = await openInputs(applied.value.job, request.data ?? [], {
    folder: spools,
    modes,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  if (!opened.ok) return withPlanFaults(request, table, opened.faults)
  const inputs = opened.value
  const out = request.out ?? 'out'
  const name = request.run ?? runName(inputs.job, period, inputs.digest)
  return { table, job: inputs.job, period, inputs, name, out, folder: join(out, name) }
}

/** Unreadable input is exit 5, but a wrong job, template or brand is said first: exit 2. */
async function withPlanFaults(request: RunRequest, table: Table, faults: readonly Fault[]): Promise<Stopped> {
  const read = readKit(request, table)
  if (!read.ok) return { exit: 2, faults: [...read.faults, ...faults] }
  const planned = await planJob(read.value.kit, read.value.job, table)
  if (!planned.ok) return { exit: 2, faults: [...planned.faults, ...faults] }
  return { exit: faults.some(({ code }) => code === 'usage.option') ? 2 : 5, faults }
}
