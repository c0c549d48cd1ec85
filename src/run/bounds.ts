/** Bounds: a run that is far from earlier runs of its job waits until somebody confirms it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { counts, type Ledger, totals } from '../ledger/index.ts'
import type { Bounds, Fault, InputSummary, Job, Report } from '../model/index.ts'
import { type Decimal, decimal } from '../schema/index.ts'
import { listRuns } from './place.ts'
import { readReport } from './report.ts'

/** How many periods a run is compared with, the latest. */
const mostPeriods = 12

export interface Compared {
  readonly job: Job
  /** The run's own name: it is not compared with itself. */
  readonly name: string
  readonly out: string
  readonly ledger: Ledger
  readonly summary: InputSummary
  /** What the facts of the communications that would be made come to, by name. */
  readonly facts: Readonly<Record<string, string>>
}

/** Every figure that is further from the middle of the earlier runs than the job allows; none where there was no earlier run. */
export function beyondBounds({ job, name, out, ledger, summary, facts }: Compared): readonly Fault[] {
  const { bounds } = job
  if (bounds === undefined) return []
  const { earlier, damaged } = earlierRuns(out, job, name)
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
    const before = earlier.flatMap(report => readings[kind](report, of) ?? [])
    if (figure === undefined || before.length === 0) return []
    const usual = middle(before.map(text => decimal(text)))
    const apart = decimal(figure).minus(usual)
    const most = usual.times(percent).div(100)
    if (apart.cmp(absolute(most)) <= 0 && apart.cmp(absolute(most).times(-1)) >= 0) return []
    const runs = before.length === 1 ? 'the run before' : `the middle of ${before.length} earlier runs`
    return [
      {
        code: 'run.bounds',
        message: `${words[kind](of)} ${figure}, and ${runs} had ${usual}; ${percent} % more or less is allowed`,
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

function sumOf(total: { readonly accepted: string; readonly rejected: string } | undefined): string | undefined {
  return total === undefined ? undefined : decimal(total.accepted).plus(total.rejected).toString()
}

interface Earlier {
  readonly earlier: readonly Report[]
  /** Runs whose reports are damaged, and that may be of this job: somebody has to say that they do not count. */
  readonly damaged: readonly Fault[]
}

/** Reports of the job's runs that were done, the largest of each period (what is mended later is a small run), the latest periods. */
function earlierRuns(out: string, { name: job }: Job, own: string): Earlier {
  const largest = new Map<string, Report>()
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
    const period = report.period ?? run
    const known = largest.get(period)
    if (known === undefined || known.communications.made < report.communications.made) largest.set(period, report)
  }
  const finished = ({ timing }: Report): string => timing.finishedAt
  const latest = [...largest.values()].sort((a, b) => (finished(a) < finished(b) ? 1 : -1)).slice(0, mostPeriods)
  return { earlier: latest, damaged }
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
