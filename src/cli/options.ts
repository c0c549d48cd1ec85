/** Options of the command line: text to values. What cannot be read is a usage fault, exit 2. */
import { existsSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'
import type { RunRequest } from '../run/index.ts'
import { isDate, readAllowance, readPeriod } from '../run/index.ts'

/** Options that `run` and `check` share, as commander hands them over. */
export interface RunOptions {
  readonly data?: Readonly<Record<string, string>>
  readonly expect?: string
  readonly set?: Readonly<Record<string, string>>
  readonly period?: NonNullable<RunRequest['period']>
  readonly date?: string
  readonly run?: string
  readonly out: string
  readonly channel?: readonly string[]
  readonly workers?: number
  readonly lotSize?: number
  readonly rejects?: NonNullable<RunRequest['rejects']>
  readonly mode?: number
  readonly retry?: boolean
  readonly json?: boolean
}

/** The request that a job file and its options make. */
export function toRequest(job: string, options: RunOptions): RunRequest {
  const { channel, json: _, ...rest } = options
  return { job, ...rest, ...(channel === undefined ? {} : { channels: channel }) }
}

/** Options about the input: for `run`, `check` and `proof`. */
export function inputOptions(): readonly Option[] {
  return [
    new Option(
      '--data <[NAME=]FILE>',
      "read this file instead of the job's (repeatable); - is standard input",
    ).argParser(collectData),
    new Option('--expect <FILE>', 'control totals that the input has to meet'),
    new Option('--set <NAME=VALUE>', 'a value for templates and scripts, declared in the job (repeatable)').argParser(
      collectSet,
    ),
    new Option('--period <P>', 'the period: 2010-12, 2010-Q4 or 2010').argParser(parsePeriod),
    new Option('--date <YYYY-MM-DD>', "the run's date (default: today, in the brand's time zone)").argParser(parseDate),
    new Option('--channel <C>', 'make only this channel of the job (repeatable)').argParser(collect),
    new Option('--out <DIR>', 'the out folder').default('out'),
  ]
}

/** Options about how a run goes: for `run` alone, and where they matter for `check`. */
export function runOptions(): readonly Option[] {
  return [
    new Option(
      '--run <NAME>',
      'the name of the run (default: the job with the period, or with a digest of the data)',
    ).argParser(parseRunName),
    new Option('--lot-size <N>', 'communications in a lot (default: 500)').argParser(parseCount),
    new Option('--rejects <N|N%>', 'how many rejects are allowed (default: what the job says)').argParser(parseRejects),
  ]
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function collectData(value: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const named = existsSync(value) ? null : /^([\w.-]+)=(.+)$/s.exec(value)
  const [name, file] = named === null ? ['', value] : [named[1] ?? '', named[2] ?? '']
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError('the same file is named twice.')
  return { ...before, [name]: file }
}

function collectSet(value: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = value.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('write it as NAME=VALUE.')
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) }
}

function parsePeriod(value: string): NonNullable<RunRequest['period']> {
  const period = readPeriod(value)
  if (period === undefined)
    throw new InvalidArgumentError('write a month as 2010-12, a quarter as 2010-Q4, a year as 2010.')
  return period
}

function parseDate(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError('write a real day as 2026-03-23.')
  return value
}

function parseRunName(value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) {
    throw new InvalidArgumentError('a run is named with letters, digits, dot, dash and underscore, at most 100.')
  }
  return value
}

export function parseCount(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('write a whole number from 1.')
  return Number(value)
}

export function parseWorkers(value: string): number {
  const workers = parseCount(value)
  if (workers > 64) throw new InvalidArgumentError('at most 64.')
  return workers
}

function parseRejects(value: string): NonNullable<RunRequest['rejects']> {
  const allowance = readAllowance(value)
  if (allowance === undefined) throw new InvalidArgumentError('write a count such as 12, or a share such as 10%.')
  return allowance
}

export function parseMode(value: string): number {
  if (!/^0?[0-7]{3}$/.test(value)) throw new InvalidArgumentError('write permission bits as 0640.')
  const mode = Number.parseInt(value, 8)
  if ((mode & 0o600) !== 0o600) throw new InvalidArgumentError('the owner has to be able to read and write.')
  return mode
}
