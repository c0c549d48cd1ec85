/** What a run is once its folder is locked, and how it can end. */
import type { Modes } from '../lots/index.ts'
import type { Exit, Fault, Report, RunEvent, RunView } from '../model/index.ts'
import type { Found } from './find.ts'
import type { RunRequest } from './request.ts'

export interface Start extends Found {
  readonly request: RunRequest
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
  /** The error behind the faults, where a program's source of rows threw one. */
  readonly cause?: unknown
  /** Whether the run was done before, so that nothing was made now. */
  readonly before?: boolean
  /** How many communications were released. */
  readonly released?: number
  /** How many held pieces were skipped instead, since their recipients are suppressed by now. */
  readonly withheld?: number
  /** How many pieces were released that were not found to show what the data says. */
  readonly unproved?: number
}

export function stop(exit: Exit, ...faults: readonly Fault[]): Ending {
  return { exit, faults }
}

/** What templates, scripts and rules see of a run with this date. */
export function viewRun({ name, period, job }: Start, date: string): RunView {
  return { name, date, set: job.set, ...(period === undefined ? {} : { period }) }
}
