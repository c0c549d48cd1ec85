/** What is asked for, as words of the command line or as values of a program, read and checked before anything is begun. */
import { type Allowance, type Fault, failed, type Period, quote, type Result, settle } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import type { WorkerLimits } from './press/pool.ts'
import { describeValue, isPlain, ofRender, ofRun, type Readers } from './readers.ts'

/** Where rows come from: the path or `file:` URL of a data file, `-` for standard input, or objects, one for each row. */
export type DataSource = string | URL | Iterable<object> | AsyncIterable<object>

/** What a program may ask of a run. Whatever the command line writes as text may be handed over as that text, too. */
export interface RunOptions {
  /**
   * Instead of the job's own first file: one source; or several, by the names of the job's files or by their paths as the job writes
   * them; or a list of texts as `--data` takes them, `FILE` or `NAME=FILE`.
   */
  readonly data?: DataSource | Readonly<Record<string, DataSource>> | readonly string[]
  /** A file of control totals. */
  readonly expect?: string | URL
  /** Values seen as `run.set.NAME`, of those that the job declares. */
  readonly set?: Readonly<Record<string, string>> | readonly string[]
  /** `2010-12`, `2010-Q4` or `2010`. */
  readonly period?: string
  /** The run's date, ISO 8601; default: the day of its first start in the brand's time zone. */
  readonly date?: string
  /** The run's name: letters, digits, `.`, `-`, `_`; default `<job>-<period>` or `<job>-<8 digits of the data's digest>`. */
  readonly run?: string
  /** The out folder; default `out`: of the factory, or of the current folder for the command line. */
  readonly out?: string | URL
  /** Channels to make, of those of the job; default: all. */
  readonly channels?: readonly string[]
  /** Worker threads, 1 to 64; default: as many as there are processors. */
  readonly workers?: number | string
  /** Communications in a lot, from 1; default 500. */
  readonly lotSize?: number | string
  /** Rejects that are allowed: a count, or a share as `10%` or `{ share: 0.1 }`; default: what the job says. */
  readonly rejects?: number | string | Allowance
  /** Why a run that is beyond the bounds of its job is right all the same: with it, it goes on, and so are documents whose ids look like issued ones. */
  readonly confirm?: string
  /** Permission bits of what is written, as `0o640` or `'0640'`; default 0600. */
  readonly mode?: number | string
  /** Makes what failed in a finished run again, with the present kit. */
  readonly retry?: boolean
  /** Stops the run. */
  readonly signal?: AbortSignal
}

/** A request that has been read: every value in it can be used. */
export interface RunRequest {
  /** Path of the job file. */
  readonly job: string
  /** Folders of brand and templates, where the job names none. */
  readonly assets?: string
  readonly templates?: string
  /** What is read instead of the job's own files. */
  readonly data?: readonly Replacement[]
  readonly expect?: string
  readonly set?: Readonly<Record<string, string>>
  readonly period?: Period
  readonly date?: string
  readonly run?: string
  readonly out?: string
  readonly channels?: readonly string[]
  readonly workers?: number
  readonly lotSize?: number
  readonly rejects?: Allowance
  readonly confirm?: string
  /** Permission bits of files. */
  readonly mode?: number
  readonly retry?: boolean
  /** URLs of modules whose default export is a channel: channels from outside. */
  readonly channelModules?: readonly string[]
  /** For tests: what a worker is allowed, where it is not the usual. */
  readonly limits?: WorkerLimits
  readonly signal?: AbortSignal
}

/** One source for one file of the job; without a name, for the first. `words`: `FILE` or `NAME=FILE`, split once the job's names are known. */
export type Replacement = { readonly name?: string; readonly source: RowSource } | { readonly words: string }

/** A path (`-` for standard input), or objects. */
export type RowSource = string | Iterable<object> | AsyncIterable<object>

/** What a program may ask of one piece. */
export interface RenderOptions {
  /** What the piece is identified by (file names, Message-ID); default `piece`. */
  readonly id?: string
  /** ISO 8601; default today in the brand's time zone. */
  readonly date?: string
  /** `2010-12`, `2010-Q4` or `2010`. */
  readonly period?: string
  /** Seen as `run.set.NAME`. */
  readonly set?: Readonly<Record<string, string>>
}

export interface PieceRequest extends Omit<RenderOptions, 'period'> {
  readonly period?: Period
}

export const defaultLotSize = 500

/** How the command line writes an option. */
export function flagOf(name: string): string {
  return `--${{ lotSize: 'lot-size', channels: 'channel' }[name] ?? name}`
}

/** What is known without asking: which job it is, and where its factory lies. */
export type Known = Pick<RunRequest, 'job' | 'assets' | 'templates' | 'channelModules' | 'limits' | 'out'>

/**
 * Reads what is asked of a run. Faults, all of them: options that do not exist, with the nearest that does, and values that cannot be
 * used, under the names that `spell` gives them.
 */
export function readRequest(
  asked: RunOptions,
  known: Known,
  spell: (name: string) => string = name => name,
): Result<RunRequest> {
  const read = readAll<Omit<RunRequest, Exclude<keyof Known, 'out'>>>(asked, ofRun, spell)
  return read.ok ? settle({ ...known, ...read.value }, []) : read
}

/** Reads what is asked of one piece. */
export function readRenderOptions(asked: RenderOptions): Result<PieceRequest> {
  return readAll<PieceRequest>(asked, ofRender, name => name)
}

function readAll<T>(asked: object, readers: Readers<T>, spell: (name: string) => string): Result<T> {
  const faults: Fault[] = []
  const request: Record<string, unknown> = {}
  const refuse = (message: string, hint: string): void => {
    faults.push({ code: 'usage.option', message, hint })
  }
  if (!isPlain(asked))
    return failed({ code: 'usage.option', message: 'the options are not an object of names and values' })
  for (const [name, value] of Object.entries(asked)) {
    if (!Object.hasOwn(readers, name))
      refuse(`there is no option ${quote(name)}`, hintKnown(name, Object.keys(readers)))
    else if (value !== undefined) {
      const read = readers[name as keyof T](value)
      if ('value' in read) request[name] = read.value
      else refuse(`${spell(name)} is not ${read.not} (found ${describeValue(value)})`, read.hint)
    }
  }
  return settle(request as T, faults)
}
