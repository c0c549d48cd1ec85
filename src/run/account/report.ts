/** The report of a run, made from its ledger alone: written when the run ends, and again when a command changes what it says. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { counts, currencySums, factSums, type Ledger, readBack, type SummedFact, totals } from '../../ledger/index.ts'
import { type Modes, manifestsDigest, modesOf, privateModes, writeDurably } from '../../lots/index.ts'
import type { Exit, Expectation, FactRule, Fault, InputSummary, Prices, Report } from '../../model/index.ts'
import { reportHtml } from '../../report/index.ts'
import { decimal } from '../../schema/index.ts'
import { breathe } from '../pace.ts'
import { names } from '../place.ts'
import { emptySummary } from '../stage/stage.ts'
import { bill } from './bill.ts'
import type { Verdict } from './verdict.ts'

/** What is settled when a run ends, and kept in its ledger so that the report can be made again. */
export interface Closing {
  /** The version that finished it. */
  readonly platen: string
  readonly exit: Exit
  /** Why it was refused, or does not add up. */
  readonly faults: readonly Fault[]
  /** ISO 8601. */
  readonly finishedAt: string
  readonly seconds: number
  /** Absent for a run that was refused: it made nothing. Facts to add up, and what pieces cost. */
  readonly made?: {
    /** Names of those that are money in one currency. Of the others `summed` says where each document's currency stands. */
    readonly money: readonly string[]
    /** Its ISO 4217 code; absent: each document has its own, or an earlier version made the run. */
    readonly currency?: string
    readonly summed: readonly (SummedFact & { readonly as: FactRule['as'] })[]
    readonly prices: Prices | null
  }
}

/** A report as its event binds it: the chain's head comes after, since the event is the head. */
export type Unchained = Omit<Report, 'chain'>

/** The report of a run, as far as it has one; a fault where there is a file that is none. */
export function readReport(folder: string): { readonly report?: Report; readonly fault?: Fault } {
  const path = join(folder, names.report)
  if (!existsSync(path)) return {}
  const report = parsed(readFileSync(path, 'utf8')) as Partial<Report> | null | undefined
  if (typeof report?.exit === 'number') return { report: report as Report }
  const hint = 'restore it from a backup; the ledger beside it has all that it said'
  return { fault: { code: 'run.machine', message: 'the report is damaged', place: { file: path }, hint } }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** How a run ended; undefined for one that has not. */
export function closingOf(ledger: Ledger): Closing | undefined {
  const text = ledger.meta('closing')
  return text === undefined ? undefined : (JSON.parse(text) as Closing)
}

/** The channels that a run was begun with: what its communications have outcomes for, whatever its job has come to name since. */
export function channelsOf(ledger: Ledger): readonly string[] {
  return JSON.parse(ledger.meta('channels') ?? '[]') as readonly string[]
}

/** Writes down how a run stands: the event with the digest of its report, then the report, to print and to be read by programs. */
export async function writeReport(
  ledger: Ledger,
  {
    folder,
    modes,
    kind,
    at,
    closing,
    read,
  }: {
    readonly folder: string
    readonly modes: Modes
    readonly kind: 'finished' | 'refused' | 'reported'
    readonly at: string
    readonly closing: Closing
    /** What was read back just now, for the verdict; absent: it is added up. */
    readonly read?: Verdict['read'] | undefined
  },
): Promise<Report> {
  const unchained = await makeReport(ledger, { folder, closing, read })
  const report = ledger.together((): Report => {
    ledger.setMeta({ closing: JSON.stringify(closing) })
    ledger.record(kind, at, { exit: closing.exit, report: reportDigest(unchained) })
    return { ...unchained, chain: ledger.chainHead() }
  })
  writeDurably(join(folder, names.page), reportHtml(report), modes)
  writeDurably(join(folder, names.report), reportText(report), modes)
  return report
}

/** report.json as it is written. */
export function reportText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

/** What the event of a report keeps of it: hex SHA-256 over all of it but the head of the chain. */
export function reportDigest(unchained: Unchained): string {
  return createHash('sha256').update(JSON.stringify(unchained)).digest('hex')
}

/** Who may read what is written into a run's folder later on: whoever may read its report. */
export function modesOfRun(folder: string): Modes {
  const path = join(folder, names.report)
  return existsSync(path) ? modesOf(statSync(path).mode & 0o666) : privateModes
}

/** How a run ended, once it did; bound to its events by the digest of its report, as the setting of the same name is not. */
export function exitOf(ledger: Ledger): Exit | undefined {
  return closingOf(ledger)?.exit
}

/** All that a report says, but for the head of the chain. */
export async function makeReport(
  ledger: Ledger,
  {
    folder,
    closing,
    read: before,
  }: { readonly folder: string; readonly closing: Closing; readonly read?: Verdict['read'] | undefined },
): Promise<Unchained> {
  const { communications, issued, rows, pieces, measures, tallies, rejects, reasons } = counts(ledger)
  const { platen, exit, faults, finishedAt, seconds, made } = closing
  // Each of these looks at the whole run: others get their turn between.
  await breathe()
  const facts = made === undefined ? {} : factSums(ledger, made.money)
  await breathe()
  const read = made === undefined ? [] : await readBackOf(ledger, made, before)
  const summary = JSON.parse(ledger.meta('summary') ?? JSON.stringify(emptySummary)) as InputSummary
  const channels = channelsOf(ledger)
  const expect = JSON.parse(ledger.meta('expect') ?? '{"sum":{}}') as Expectation
  const none = { rendered: 0, skipped: 0, held: 0, failed: 0 }
  return {
    platen,
    run: ledger.meta('run') ?? '',
    job: ledger.meta('name') ?? '',
    template: ledger.meta('template') ?? '',
    period: ledger.meta('period') || null,
    date: ledger.meta('date') ?? '',
    data: {
      sha256: ledger.meta('digest') ?? '',
      files: summary.files.map(({ file, rows: read, filtered, sha256 }) => ({ file, rows: read, filtered, sha256 })),
    },
    kit: ledger.meta('kit') ?? '',
    rows: { read: summary.rows, ...rows, filtered: summary.filtered },
    communications: { ...communications, alreadyIssued: issued },
    pieces: Object.fromEntries(
      channels.map(channel => {
        const { planned: _, ...outcomes } = pieces[channel] ?? { ...none, planned: 0 }
        return [channel, outcomes]
      }),
    ),
    measures,
    facts,
    ...(made?.currency === undefined || Object.keys(facts).length === 0 ? {} : { currency: made.currency }),
    ...currenciesOf(ledger, made),
    readBack: read,
    cost: made === undefined ? null : bill(tallies, { channels, prices: made.prices ?? undefined }),
    ...expectedOf(expect),
    sums: sumReports(ledger, expect, summary),
    rejects,
    notRendered: reasons,
    ...suppressionOf(ledger),
    lots: ledger.lots().length,
    manifests: made === undefined ? null : (ledger.meta('manifests') ?? manifestsDigest(folder, ledger.lots())),
    refused: faults,
    warnings: warnings(ledger),
    timing: { startedAt: ledger.meta('startedAt') ?? '', finishedAt, seconds },
    exit,
    voided: JSON.parse(ledger.meta('voided') ?? 'null') as Report['voided'],
    purged: JSON.parse(ledger.meta('purged') ?? 'null') as Report['purged'],
  }
}

/** Sums by currency, where each document has its own. */
export function currenciesOf(ledger: Ledger, made: Closing['made']): Pick<Report, 'currencies'> {
  const mixed = made?.summed.filter(({ currency }) => currency !== undefined) ?? []
  const path = mixed[0]?.currency
  if (path === undefined) return {}
  return {
    currencies: currencySums(
      ledger,
      mixed.map(({ name }) => name),
      path,
    ),
  }
}

/** Of what was read back, all that can be added up. */
async function readBackOf(
  ledger: Ledger,
  made: NonNullable<Closing['made']>,
  before: Verdict['read'] | undefined,
): Promise<Verdict['read']> {
  const facts = addable(made)
  if (before === undefined) return readBack(ledger, facts, breathe)
  return before.filter(({ fact }) => facts.some(({ name }) => name === fact))
}

/** Of several currencies only each by itself can be added up; runs of earlier versions did not keep where it stands. */
export function addable({ money, summed }: NonNullable<Closing['made']>): readonly SummedFact[] {
  return summed.filter(({ name, as, currency }) => as !== 'money' || currency !== undefined || money.includes(name))
}

function expectedOf({ rows, communications }: Expectation): Pick<Report, 'expected'> {
  if (rows === undefined && communications === undefined) return {}
  return {
    expected: { ...(rows !== undefined && { rows }), ...(communications !== undefined && { communications }) },
  }
}

function sumReports(ledger: Ledger, expect: Expectation, summary: InputSummary): Report['sums'] {
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

function suppressionOf(ledger: Ledger): Pick<Report, 'suppression'> {
  const text = ledger.meta('suppression')
  return text === undefined ? {} : { suppression: JSON.parse(text) as NonNullable<Report['suppression']> }
}

/** Warnings that the run has told so far. */
export function warnings(ledger: Ledger): readonly Fault[] {
  return JSON.parse(ledger.meta('warnings') ?? '[]') as Fault[]
}
