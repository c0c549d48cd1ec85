/** What a run is once its folder is locked, and how it can end. */
import type { Modes } from '../lots/index.ts'
import type { Exit, Fault, Job, Period, Report, RunEvent, RunView } from '../model/index.ts'
import type { Inputs } from './data.ts'
import type { RunRequest } from './request.ts'
import type { Table } from './table.ts'

export interface Start {
  readonly request: RunRequest
  readonly table: Table
  /** The job with the options laid over it. */
  readonly job: Job
  readonly period: Period | undefined
  readonly inputs: Inputs
  readonly name: string
  readonly out: string
  readonly folder: string
  readonly modes: Modes
  readonly emit: (event: RunEvent) => void
  /** The clock, handed in. */
  readonly clock: () => Date
  readonly startedAt: Date
}

export interface Ending {
  readonly exit: Exit
  /** What stood in the way, if anything did. */
  readonly faults: readonly Fault[]
  readonly report?: Report
  readonly run?: string
  /** The run's folder, where it came to have one. */
  readonly folder?: string
  /** Whether the run was done before, so that nothing was made now. */
  readonly before?: boolean
}

export function stop(exit: Exit, ...faults: readonly Fault[]): Ending {
  return { exit, faults }
}

/** What templates, scripts and rules see of a run with this date. */
export function viewRun({ name, period, job }: Start, date: string): RunView {
  return { name, date, set: job.set, ...(period === undefined ? {} : { period }) }
}
