/** What a run is asked for: the command line's options, or a developer's. */
import type { Allowance, Period } from '../model/index.ts'

/** Where rows come from: a path, `-` for standard input, or objects, one for each row. */
export type DataSource = string | Iterable<object> | AsyncIterable<object>

export interface RunRequest {
  /** Path of the job file. */
  readonly job: string
  /** Folders of brand and templates, where the job names none. */
  readonly assets?: string
  readonly templates?: string
  /** Data files by name, replacing those of the job; the empty name stands for the first file. */
  readonly data?: Readonly<Record<string, DataSource>>
  /** A file of control totals. */
  readonly expect?: string
  /** Values seen as `run.set.NAME`. */
  readonly set?: Readonly<Record<string, string>>
  readonly period?: Period
  /** The run's date, ISO 8601; default: the day of its first start in the brand's time zone. */
  readonly date?: string
  /** The run's name; default `<job>-<period>` or `<job>-<8 digits of the data's digest>`. */
  readonly run?: string
  /** The out folder; default `out`. */
  readonly out?: string
  /** Channels to make, of those of the job. */
  readonly channels?: readonly string[]
  /** Worker threads; default: as many as there are processors. */
  readonly workers?: number
  /** Communications in a lot; default 500. */
  readonly lotSize?: number
  readonly rejects?: Allowance
  /** Permission bits of files; default 0600. */
  readonly mode?: number
  /** Makes what failed in a finished run again, with the present kit. */
  readonly retry?: boolean
  /** URLs of modules whose default export is a channel: channels from outside. */
  readonly channelModules?: readonly string[]
  readonly signal?: AbortSignal
}

export const defaultLotSize = 500
