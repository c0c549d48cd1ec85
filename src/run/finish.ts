/** The end of a run: rejects for people to mend, files against ledger, and the report. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { counts, factSums, type Ledger, readBack, totals, type Unproved } from '../ledger/index.ts'
import { lotName, manifestsDigest, writeDurably } from '../lots/index.ts'
import type { Exit, Expectation, Fault, InputSummary, Report, RunEvent, RunView } from '../model/index.ts'
import { reportHtml } from '../report/index.ts'
import { decimal } from '../schema/index.ts'
import { bill } from './bill.ts'
import { names } from './place.ts'
import { moneyFacts, type Plan, summedFacts } from './plan.ts'
import { press } from './press.ts'
import { reconcile } from './reconcile.ts'
import { writeFailures, writeRejectFiles } from './rejects.ts'
import { emptySummary } from './stage.ts'
import type { Ending, Start } from './start.ts'
import { version } from './version.ts'

/** Keeps a warning for the report, and tells it. */
export function warn(ledger: Ledger, emit: (event: RunEvent) => void, fault: Fault): void {
  ledger.setMeta({ warnings: JSON.stringify([...warnings(ledger), fault]) })
  emit({ kind: 'warned', fault })
}

/** Ends a run that did not pass: rejects and report are kept for reading, and the next start replaces them. */
export async function refuse(
  start: Start,
  ledger: Ledger,
  summary: InputSummary | undefined,
  faults: readonly Fault[],
): Promise<Ending> {
  await writeRejectFiles(start, ledger)
  return end(start, ledger, { summary: summary ?? emptySummary, faults, exit: 5 })
}

/** Presses what is left, and ends the run. */
export async function pressAndFinish(start: Start, ledger: Ledger, plan: Plan, run: RunView): Promise<Ending> {
  const { request, folder, modes, emit, clock } = start
  const { brand, template, channels, modules } = plan
  await press({
    ledger,
    plan: { brand, template, channels, modules },
    run,
    folder,
    modes,
    emit,
    now: () => clock().toISOString(),
    ...(request.workers === undefined ? {} : { workers: request.workers }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  return finish(start, ledger, plan)
}

async function finish(start: Start, ledger: Ledger, plan: Plan): Promise<Ending> {
  const summary = JSON.parse(ledger.meta('summary') ?? '') as InputSummary
  const { job, folder, request } = start
  const { template } = plan
  const faults = [
    ...unprovedFaults(ledger.unproved(), folder),
    ...(await reconcile(ledger, { job, template, folder, summary, signal: request.signal })),
  ]
  const { pieces } = counts(ledger)
  writeFailures(start, ledger)
  const incomplete = Object.values(pieces).some(({ held, failed }) => held + failed > 0)
  const exit = faults.length > 0 ? 4 : incomplete ? 3 : 0
  return end(start, ledger, { summary, faults, exit, plan })
}

/** What the proofs of a run have found, by channel; where the run stops, by lot too. They name nobody. */
function unprovedFaults(found: readonly Unproved[], folder: string): readonly Fault[] {
  const stopping = found.filter(({ code }) => code === 'run.identity')
  const others = Map.groupBy(
    found.filter(({ code }) => code !== 'run.identity'),
    ({ channel, code }) => `${code} ${channel}`,
  )
  return [
    ...stopping.map(
      ({ lot, channel }): Fault => ({
        code: 'run.identity',
        message: `a piece of ${channel} shows what identifies another communication; nothing more was made`,
        place: { file: join(folder, lotName(lot)) },
        hint: 'send nothing of this run: void it; failed.csv names the piece, and prepare.js, template or channel is at fault',
      }),
    ),
    ...[...others.values()].map((ofChannel): Fault => {
      const { channel, code } = ofChannel[0] as Unproved
      const pieces = ofChannel.reduce((sum, one) => sum + one.pieces, 0)
      const what = code === 'run.fact' ? 'not show what the data says' : 'not read back'
      return {
        code,
        message: `${pieces} ${pieces === 1 ? 'piece' : 'pieces'} of ${channel} ${code === 'run.fact' ? (pieces === 1 ? 'does' : 'do') : 'can'} ${what}`,
        place: { file: folder },
        hint: 'they are held; failed.csv says which facts; mend the template, and start again with --retry',
      }
    }),
  ]
}

/** The report of a run, as far as it has one. */
export function readReport(folder: string): { readonly report?: Report } {
  const path = join(folder, names.report)
  return existsSync(path) ? { report: JSON.parse(readFileSync(path, 'utf8')) as Report } : {}
}

/** How a run ended. */
interface Verdict {
  readonly summary: InputSummary
  readonly faults: readonly Fault[]
  readonly exit: Exit
  /** Absent for a run that did not pass. */
  readonly plan?: Plan
}

function end(start: Start, ledger: Ledger, verdict: Verdict): Ending {
  const { faults, exit } = verdict
  const { folder, name, modes, emit, clock } = start
  const finishedAt = clock()
  ledger.record(exit === 5 ? 'refused' : 'finished', finishedAt.toISOString(), { exit })
  const report = makeReport(start, ledger, verdict, finishedAt)
  writeDurably(join(folder, names.page), reportHtml(report), modes)
  writeDurably(join(folder, names.report), `${JSON.stringify(report, null, 2)}\n`, modes)
  if (exit !== 5) ledger.setMeta({ state: 'done', exit: String(exit) })
  emit({ kind: 'finished', run: name, exit })
  return { exit, faults, report, run: name, folder }
}

function makeReport(
  { job, name, folder, startedAt, inputs }: Start,
  ledger: Ledger,
  { summary, faults, exit, plan }: Verdict,
  finishedAt: Date,
): Report {
  const { communications, issued, rows, pieces, measures, tallies, rejects, reasons } = counts(ledger)
  const none = { rendered: 0, skipped: 0, held: 0, failed: 0 }
  return {
    platen: version,
    run: name,
    job: job.name,
    template: job.template,
    period: ledger.meta('period') || null,
    date: ledger.meta('date') ?? '',
    data: {
      sha256: inputs.digest,
      files: summary.files.map(({ file, rows: read, filtered, sha256 }) => ({ file, rows: read, filtered, sha256 })),
    },
    kit: ledger.meta('kit') ?? '',
    rows: { read: summary.rows, ...rows, filtered: summary.filtered },
    communications: { ...communications, alreadyIssued: issued },
    pieces: Object.fromEntries(
      Object.keys(job.channels).map(channel => {
        const { planned: _, ...outcomes } = pieces[channel] ?? { ...none, planned: 0 }
        return [channel, outcomes]
      }),
    ),
    measures,
    facts: plan === undefined ? {} : factSums(ledger, moneyFacts(plan.template)),
    readBack: plan === undefined ? [] : readBack(ledger, summedFacts(plan.template)),
    cost: plan === undefined ? null : bill(tallies, { channels: Object.keys(job.channels), prices: plan.brand.prices }),
    sums: sumReports(ledger, summary),
    rejects,
    notRendered: reasons,
    lots: ledger.lots().length,
    manifests: plan === undefined ? null : manifestsDigest(folder, ledger.lots()),
    refused: faults,
    warnings: warnings(ledger),
    timing: {
      startedAt: ledger.meta('startedAt') ?? startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      seconds: Math.round((finishedAt.getTime() - startedAt.getTime()) / 10) / 100,
    },
    exit,
  }
}

function sumReports(ledger: Ledger, summary: InputSummary): Report['sums'] {
  const expect = JSON.parse(ledger.meta('expect') ?? '{"sum":{}}') as Expectation
  return Object.fromEntries(
    Object.entries(totals(ledger)).map(([path, { accepted, rejected }]) => [
      path,
      {
        expected: expect.sum[path] ?? null,
        read: decimal(accepted).plus(rejected).toString(),
        accepted,
        rejected,
        unreadable: summary.unreadable[path] ?? 0,
      },
    ]),
  )
}

function warnings(ledger: Ledger): readonly Fault[] {
  return JSON.parse(ledger.meta('warnings') ?? '[]') as Fault[]
}
