/** Bounds: a run that is far from earlier runs of its job waits until somebody confirms it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { counts, type Ledger, totals } from '../../ledger/index.ts'
import type { Bounds, Fault, InputSummary, Job, Report } from '../../model/index.ts'
import { type Decimal, decimal } from '../../schema/index.ts'
import { readReport } from '../account/report.ts'
import { listRuns } from '../place.ts'
import { type EarlierRun, runsMended } from './mendedruns.ts'

/** How many periods a run is compared with, the latest. */
const mostPeriods = 12

export interface Compared {
  readonly job: Job
  /** The run's own name: it is not compared with itself. */
  readonly name: string
  readonly period: string | undefined
  readonly out: string
  readonly ledger: Ledger
  readonly summary: InputSummary
  /** What the facts of the communications that would be made come to, by name. */
  readonly facts: Readonly<Record<string, string>>
}

/**
 * Every figure that is further from the middle of the earlier runs than the job allows; none where there was no earlier run. Mended
 * rejects are a small run by nature: what is held against earlier periods then is their own period as a whole.
 */
export function beyondBounds({ job, name, period, out, ledger, summary, facts }: Compared): readonly Fault[] {
  const { bounds } = job
  if (bounds === undefined) return []
  const { runs, damaged } = earlierRuns(out, job, name)
  const mended = runsMended(runs, { period, out, ledger })
  const earlier = latestPeriods(runs.filter(run => !mended.includes(run)))
  const { communications, issued } = counts(ledger)
  const sums = totals(ledger)
  const found: Readonly<Record<Kind, (of: string) => string | undefined>> = {
    rows: () => String(summary.files[0]?.rows ?? 0),
    communications: () => String(communications.made + communications.rejected - issued),
    sum: path => sumOf(sums[path]),
    facts: fact => facts[fact] ?? '0',
  }
  const beyond = figuresOf(bounds).flatMap(({ kind, of, percent }): readonly Fault[] => {
    const figure = found[kind](of)
    const before = earlier.flatMap(({ report }) => readings[kind](report, of) ?? [])
    if (figure === undefined || before.length === 0) return []
    const usual = middle(before.map(text => decimal(text)))
    const most = absolute(usual.times(percent).div(100))
    const isBeyond = (one: Decimal): boolean => absolute(one.minus(usual)).cmp(most) > 0
    const parts = mended.flatMap(({ report }) => accepted[kind](report, of) ?? []).map(text => decimal(text))
    const soFar = parts.reduce((sum, one) => sum.plus(one), decimal('0'))
    const whole = soFar.plus(figure)
    // What was confirmed of the first run of a period is not asked again of what is mended of it.
    if (!isBeyond(whole) || (mended.length > 0 && isBeyond(soFar))) return []
    const others = before.length === 1 ? 'the run before' : `the middle of ${before.length} earlier runs`
    const together = mended.length === 0 ? '' : ' with those that it mends'
    return [
      {
        code: 'run.bounds',
        message: `${words[kind](of)} ${whole}${together}, and ${others} had ${usual}; ${percent} % more or less is allowed`,
        place: { file: job.file },
        hint: 'look at the data; if it is right, start again with --confirm and why, such as --confirm "new customers"',
      },
    ]
  })
  return [...damaged, ...beyond]
}

/** What was found, where somebody has looked at it: it stays a warning of the run, with their words. */
export function confirmed(fault: Fault, why: string): Fault {
  return { ...fault, hint: `confirmed: ${why}` }
}

type Kind = 'rows' | 'communications' | 'sum' | 'facts'

function figuresOf({ rows, communications, sum, facts }: Bounds) {
  const figure = (kind: Kind, of: string, percent: string | undefined) =>
    percent === undefined ? [] : [{ kind, of, percent }]
  return [
    ...figure('rows', '', rows),
    ...figure('communications', '', communications),
    ...Object.entries(sum).flatMap(([path, percent]) => figure('sum', path, percent)),
    ...Object.entries(facts).flatMap(([name, percent]) => figure('facts', name, percent)),
  ]
}

const words: Readonly<Record<Kind, (of: string) => string>> = {
  rows: () => 'rows are',
  communications: () => 'communications are',
  sum: path => `the sum of ${path} is`,
  facts: name => `the fact ${name} comes to`,
}

/** The same figure of an earlier run; undefined where it did not have it. */
const readings: Readonly<Record<Kind, (report: Report, of: string) => string | undefined>> = {
  rows: ({ data }) => String(data.files[0]?.rows ?? 0),
  communications: ({ communications: { made, rejected, alreadyIssued } }) => String(made + rejected - alreadyIssued),
  sum: ({ sums }, path) => sums[path]?.read,
  facts: ({ facts }, name) => facts[name]?.sum ?? (Object.hasOwn(facts, name) ? '0' : undefined),
}

/** What of it became documents. */
const accepted: Readonly<Record<Kind, (report: Report, of: string) => string | undefined>> = {
  rows: ({ data, rows }) => String(Math.max(0, (data.files[0]?.rows ?? 0) - rows.rejected)),
  communications: ({ communications }) => String(communications.made),
  sum: ({ sums }, path) => sums[path]?.accepted,
  facts: ({ facts }, name) => facts[name]?.sum,
}

function sumOf(total: { readonly accepted: string; readonly rejected: string } | undefined): string | undefined {
  return total === undefined ? undefined : decimal(total.accepted).plus(total.rejected).toString()
}

interface Earlier {
  readonly runs: readonly EarlierRun[]
  /** Runs whose reports are damaged, and that may be of this job: somebody has to say that they do not count. */
  readonly damaged: readonly Fault[]
}

/** The job's runs that were done. */
function earlierRuns(out: string, { name: job }: Job, own: string): Earlier {
  const runs: EarlierRun[] = []
  const damaged: Fault[] = []
  for (const run of listRuns(out)) {
    if (run === own || !existsSync(join(out, run))) continue
    const { report, fault } = readReport(join(out, run))
    if (fault !== undefined) {
      const hint = `${fault.hint}; or start again with --confirm and why it does not count`
      damaged.push({
        ...fault,
        code: 'run.bounds',
        message: 'an earlier run cannot be compared with: its report is damaged',
        hint,
      })
    }
    if (report?.job !== job || report.voided !== null || ![0, 3, 4].includes(report.exit)) continue
    runs.push({ run, report })
  }
  return { runs, damaged }
}

/** The largest run of each period (what is mended later is a small one), of the latest periods. */
function latestPeriods(runs: readonly EarlierRun[]): readonly EarlierRun[] {
  const largest = new Map<string, EarlierRun>()
  for (const one of runs) {
    const period = one.report.period ?? one.run
    const known = largest.get(period)
    if (known === undefined || known.report.communications.made < one.report.communications.made)
      largest.set(period, one)
  }
  const finished = ({ report }: EarlierRun): string => report.timing.finishedAt
  return [...largest.values()].sort((a, b) => (finished(a) < finished(b) ? 1 : -1)).slice(0, mostPeriods)
}

/** Of an even number the mean of the two in the middle. */
function middle(figures: readonly Decimal[]): Decimal {
  const sorted = figures.toSorted((a, b) => a.cmp(b))
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half]!
  return sorted.length % 2 === 1 ? upper : upper.plus(sorted[half - 1]!).div(2)
}

function absolute(figure: Decimal): Decimal {
  return figure.cmp(0) < 0 ? figure.times(-1) : figure
}
