/** The job as a run's options make it, and the options that a resumed run must share with its start. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { periodExample, readExpectation } from '../job/index.ts'
import {
  type Allowance,
  type Expectation,
  type Fault,
  failed,
  type Job,
  type Period,
  type Result,
  settle,
} from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import type { Inputs } from './plan/inputs.ts'
import { unreadable } from './plan/kit.ts'
import { defaultLotSize, flagOf, type RunRequest } from './request.ts'

/** Lays the options over the job. Faults: names that the job does not have, and periods that do not fit. */
export function applyOptions(job: Job, request: RunRequest): Result<{ readonly job: Job; readonly period?: Period }> {
  const faults: Fault[] = []
  const refuse = (message: string, hint: string): void => {
    faults.push({ code: 'usage.option', message, hint })
  }
  const declared = Object.keys(job.set)
  for (const name of Object.keys(request.set ?? {})) {
    if (!declared.includes(name))
      refuse(
        `--set names ${name}, which the job does not declare`,
        hintKnown(name, declared, 'declare it under set: in the job'),
      )
  }
  const known = Object.keys(job.channels)
  for (const name of request.channels ?? []) {
    if (!known.includes(name))
      refuse(`--channel names ${name}, which is not a channel of this job`, hintKnown(name, known))
  }
  const period = choosePeriod(job, request.period, refuse)
  const wanted = request.channels
  const keep = (channel: string): boolean => wanted === undefined || wanted.includes(channel)
  const leftOut = known.filter(channel => !keep(channel))
  return settle(
    {
      job: {
        ...job,
        ...(leftOut.length > 0 ? { leftOut } : {}),
        channels: Object.fromEntries(Object.entries(job.channels).filter(([channel]) => keep(channel))),
        rejects: request.rejects ?? job.rejects,
        set: { ...job.set, ...request.set },
        ...(job.route === undefined ? {} : { route: job.route.map(rule => ({ ...rule, to: rule.to.filter(keep) })) }),
      },
      ...(period === undefined ? {} : { period }),
    },
    faults,
  )
}

function choosePeriod(
  job: Job,
  given: Period | undefined,
  refuse: (message: string, hint: string) => void,
): Period | undefined {
  if (job.period === undefined) {
    if (given !== undefined)
      refuse('--period is given, and the job has no period', `set period: ${given.unit} in the job`)
    return undefined
  }
  const { unit, fixed } = job.period
  if (given === undefined) {
    if (fixed === undefined)
      refuse(
        `the job wants a ${unit}, and none is named`,
        `run it with --period, such as --period ${periodExample(unit)}`,
      )
    return fixed
  }
  if (given.unit !== unit)
    refuse(`--period is a ${given.unit}, and the job wants a ${unit}`, `write it as ${periodExample(unit)}`)
  return given
}

/** The control totals that count: the operator's, else the job's own if the data is the job's own too. */
export function chooseExpectation(
  job: Job,
  request: RunRequest,
  { replaced }: Pick<Inputs, 'replaced'>,
): Result<Expectation | undefined> {
  if (request.expect === undefined) return settle(replaced.length > 0 ? undefined : job.expect, [])
  try {
    return readExpectation({ file: request.expect, text: readFileSync(request.expect, 'utf8') })
  } catch (error) {
    return failed(unreadable(request.expect, error))
  }
}

/** A warning where the job has control totals and none hold for the data that is read. */
export function withoutTotals(
  job: Job,
  { replaced }: Pick<Inputs, 'replaced'>,
  expect: Expectation | undefined,
): readonly Fault[] {
  if (replaced.length === 0 || expect !== undefined || job.expect === undefined) return []
  return [
    {
      code: 'run.control',
      message: 'the control totals of the job are for its own data, and none are given for this one',
      place: { file: job.file },
      hint: 'name them with --expect FILE',
    },
  ]
}

/** A warning where `--channel` leaves channels of the job out: a document is issued once, whatever its channels. */
export function withoutChannels({ leftOut = [], file }: Job): readonly Fault[] {
  if (leftOut.length === 0) return []
  return [
    {
      code: 'run.leftout',
      message: `--channel leaves out ${leftOut.join(' and ')}, and what is issued now is not made on ${leftOut.length === 1 ? 'it' : 'them'} later`,
      place: { file },
      hint: 'a document is issued once, whatever its channels: run without --channel, or void this run before the other channels are made',
    },
  ]
}

/** What a resumed run must have in common with its start, as text to compare. */
export function optionsText(request: RunRequest): string {
  const { period, date, set, channels, lotSize, rejects, expect } = request
  return JSON.stringify({
    period: period?.text ?? null,
    date: date ?? null,
    set: set === undefined ? null : Object.fromEntries(Object.entries(set).sort()),
    channels: channels === undefined ? null : [...channels].sort(),
    lotSize: lotSize ?? defaultLotSize,
    rejects: rejects ?? null,
    expect: expect === undefined ? null : digestOf(expect),
  })
}

/** Digest of a control file; its path where it cannot be read. */
function digestOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return path
  }
}

/** The options that differ between two such texts: their names, and how they were given before, in words. */
export function differingOptions(
  before: string,
  after: string,
): { readonly names: readonly string[]; readonly given: string } {
  const [a, b] = [JSON.parse(before), JSON.parse(after)] as Record<string, unknown>[]
  const differing = Object.keys({ ...a, ...b }).filter(name => JSON.stringify(a?.[name]) !== JSON.stringify(b?.[name]))
  return { names: differing.map(flagOf), given: differing.map(name => givenWords(name, a?.[name])).join(' ') }
}

/** `--date 2026-03-31`; `without --date`. Values of `--set` and control files are not repeated: they may be long, or a digest. */
function givenWords(name: string, value: unknown): string {
  const flag = flagOf(name)
  if (value === null || value === undefined) return `without ${flag}`
  if (name === 'channels') return (value as readonly string[]).map(one => `${flag} ${one}`).join(' ')
  if (name === 'rejects') {
    const allowed = value as Allowance
    return `${flag} ${'count' in allowed ? allowed.count : `${Number((allowed.share * 100).toPrecision(12))}%`}`
  }
  return name === 'set' || name === 'expect' ? `the same ${flag}` : `${flag} ${value}`
}
