/** Options of the command line: words, handed over to be read as the library's are. What cannot be read is exit 2. */
import { InvalidArgumentError, Option } from 'commander'
import { flagOf, type RunRequest, readRequest } from '../run/index.ts'

/** Options as commander hands them over: every word as it was typed. */
export interface Words {
  readonly data?: readonly string[]
  readonly expect?: string
  readonly set?: readonly string[]
  readonly period?: string
  readonly date?: string
  readonly run?: string
  readonly out?: string
  readonly channel?: readonly string[]
  readonly workers?: string
  readonly lotSize?: string
  readonly rejects?: string
  readonly confirm?: string
  readonly mode?: string
  readonly retry?: boolean
  readonly json?: boolean
  readonly metrics?: string
}

/** The request that a job file and its options make. Faults: options that cannot be used. */
export function toRequest(job: string, words: Words, signal: AbortSignal): ReturnType<typeof readRequest> {
  const { channel, json: _, metrics: __, ...rest } = words
  const asked = { ...rest, signal, ...(channel === undefined ? {} : { channels: channel }) }
  return readRequest(asked, { job } satisfies Pick<RunRequest, 'job'>, flagOf)
}

/** Options about the input: for `run`, `check` and `proof`. */
export function inputOptions(): readonly Option[] {
  return [
    new Option(
      '--data <[NAME=]FILE>',
      "read this file instead of the job's (repeatable); - is standard input",
    ).argParser(collect),
    new Option('--set <NAME=VALUE>', 'a value for templates and scripts, declared in the job (repeatable)').argParser(
      collectSettings,
    ),
    new Option('--period <P>', 'the period: 2010-12, 2010-Q4 or 2010'),
    new Option('--date <YYYY-MM-DD>', "the run's date (default: today, in the brand's time zone)"),
    new Option(
      '--channel <C>',
      'make only this channel of the job (repeatable); documents are issued all the same, and not again on the others',
    ).argParser(collect),
  ]
}

/** Options about how a run goes: for `run`, and for `check`, which tells how it would. */
export function runOptions(): readonly Option[] {
  return [
    new Option('--expect <FILE>', 'control totals that the input has to meet'),
    new Option('--out <DIR>', 'the out folder').default('out'),
    new Option('--run <NAME>', 'the name of the run (default: the job with the period, or with a digest of the data)'),
    new Option('--lot-size <N>', 'communications in a lot (default: 500)'),
    new Option('--rejects <N|N%>', 'how many rejects are allowed (default: what the job says)'),
    new Option(
      '--confirm <WHY>',
      'why a run beyond its bounds, or with ids that look like issued ones, is right; kept in its trail',
    ),
  ]
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word]
}

function collectSettings(word: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=/.test(word)) throw new InvalidArgumentError('write it as NAME=VALUE.')
  return [...before, word]
}

/** A count that is the command line's own. */
export function parseCount(word: string): number {
  if (!/^[1-9]\d{0,5}$/.test(word)) throw new InvalidArgumentError('write a whole number from 1.')
  return Number(word)
}
