/** What can be told of a run without making anything: what it would do, and how it stands. */
import type { Fault } from './fault.ts'
import type { Expectation, Job } from './job.ts'
import type { Cost, Counts, Deed, Exit, Report, Totals } from './run.ts'

/** What the input amounted to; goes into the ledger, so that a resumed run can report it. */
export interface InputSummary {
  /** Rows of the data file and of 1:n joined files. */
  readonly rows: number
  /** Of those, left out by clean.js, or with the parent that it left out. */
  readonly filtered: number
  readonly files: readonly {
    readonly file: string
    readonly rows: number
    readonly filtered: number
    readonly sha256: string
    /** Bytes of the header, for `rejects/`. */
    readonly headerEnd: number
  }[]
  /** Values of control sums that could not be read, by path. */
  readonly unreadable: Readonly<Record<string, number>>
}

/** Text messages as they would be sent. */
export interface Messages {
  readonly parts: number
  /** `1` -> how many messages have one part. */
  readonly byParts: Readonly<Record<string, number>>
  readonly byEncoding: Readonly<Record<string, number>>
}

/** What `check` found: what a run would do with the same request. */
export interface CheckReport {
  readonly exit: Exit
  /** What stands in the way of the run. */
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
  /** The run, where it has begun with this data before: a start would go on with it, or make nothing. */
  readonly begun?: {
    readonly run: string
    readonly state: 'allocated' | 'done'
    readonly lots: { readonly published: number; readonly planned: number }
  }
  /** Absent where the factory or its files are wrong. */
  readonly found?: {
    readonly run: string
    readonly job: Job
    readonly summary: InputSummary
    readonly counts: Counts
    readonly totals: Readonly<Record<string, Totals>>
    readonly expect?: Expectation
    /** First reasons of rejects, in input order. */
    readonly reasons: readonly { readonly id?: string; readonly fault: Fault }[]
    readonly lots: number
    /** By channel: how many pieces it would be, and how many communications go without. */
    readonly channels: Readonly<Record<string, { readonly pieces: number; readonly skipped: number }>>
    /** Why communications go without, as the run's report would say it. */
    readonly notRendered: Report['notRendered']
    /** What the report would say of the job's suppression list; absent without one. */
    readonly suppression?: Report['suppression']
    /** By channel of text messages. */
    readonly messages: Readonly<Record<string, Messages>>
    /** What can be known of the bill before a page is made; null without a price list. */
    readonly cost: Cost | null
    /** Channels with a price by the page: theirs are counted once they are made. */
    readonly byPage: readonly string[]
  }
}

/** What the ledger of a run says of it. */
export interface RunStatus {
  readonly run: string
  readonly folder: string
  /** `staging`: before its allocation; `allocated`: pressing, or interrupted; `done`; `refused`: before its allocation, with a report. */
  readonly state: 'staging' | 'refused' | 'allocated' | 'done'
  /** Whether a process has it now. */
  readonly busy: boolean
  readonly template: string
  readonly date: string
  readonly exit?: number
  /** A piece shows what identifies another communication: nothing of it may be sent. */
  readonly stopped?: boolean
  /** When, by whom and why it was declared void. */
  readonly voided?: Deed
  /** When and by whom its data and pieces were removed. */
  readonly purged?: Deed
  readonly counts: Counts
  readonly lots: { readonly published: number; readonly planned: number }
  readonly report?: Report
}

/** A run whose ledger or report cannot be read, and why. */
export interface UnreadableRun {
  readonly run: string
  readonly folder: string
  readonly state: 'unreadable'
  readonly fault: Fault
}
