/** Verify: a finished run recounted, rehashed and made again from its frozen kit. Writes nothing; names what differs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkChain, countPlanned, counts, keepStill, Ledger, readBack } from '../../ledger/index.ts'
import { type Exit, type Fault, quote, type Verification } from '../../model/index.ts'
import { reportHtml } from '../../report/index.ts'
import { fileDifferences, leftovers } from '../account/inventory.ts'
import { reconcile } from '../account/reconcile.ts'
import { channelsOf, closingOf, exitOf, makeReport, reportDigest, reportText } from '../account/report.ts'
import { neverIssued, noSuchRun } from '../deeds/deed.ts'
import { purgedBy, stopOf, voidedBy } from '../marks.ts'
import { breathe } from '../pace.ts'
import { kitFolder, leftBehind, names } from '../place.ts'
import { frozenFiles, kitDigest, kitMeta } from '../plan/kit.ts'
import { loadTable } from '../plan/table.ts'
import { tools, version } from '../plan/version.ts'
import { askIssued } from '../stage/askissued.ts'
import { busy } from '../standing.ts'
import { renderAgain } from './rerender.ts'

export interface VerifyRequest {
  /** The out folder. */
  readonly out: string
  readonly run: string
  /** How many communications are made again; absent: all. */
  readonly sample?: number
  /** Chooses the sample: the same seed, the same communications. */
  readonly seed?: number
  /** URLs of modules of channels from outside. */
  readonly channelModules?: readonly string[]
  readonly signal?: AbortSignal
}

/** Tells what a difference is about, in words, and where it lies in the run's folder. */
export type Differ = (message: string, file?: string) => void

/** Verifies a run. Exit 0, 4 where something differs, 2 where there is no such run, 6 where a process has it; until it ends, none can have it. */
export async function verify(
  request: VerifyRequest,
  progress: (made: number, of: number) => void = () => {},
): Promise<Verification> {
  const { out, run } = request
  const folder = join(out, run)
  const missing = noSuchRun(out, run)
  if (missing !== undefined) return { run, folder, exit: 2, faults: [missing] }
  const still = keepStill(join(folder, names.lock))
  if (still === undefined) return { run, folder, exit: 6, faults: [busy(run, folder)] }
  try {
    return await verifyStill(request, progress)
  } finally {
    still.release()
  }
}

async function verifyStill(
  request: VerifyRequest,
  progress: (made: number, of: number) => void,
): Promise<Verification> {
  const { out, run, signal } = request
  const folder = join(out, run)
  const faults: Fault[] = []
  const differ: Differ = (message, file) => {
    const hint = 'do not send this run; compare with a backup, and find out who changed it'
    const place = { file: file === undefined ? folder : join(folder, file) }
    faults.push({ code: 'run.differs', message, place, hint })
  }
  const ledger = new Ledger(join(folder, names.ledger), { readOnly: true, still: true })
  try {
    const unsettled = notToBeVerified(ledger, run, folder)
    if (unsettled !== undefined) return { run, folder, exit: 2, faults: [unsettled] }
    const events = checkEvents(ledger, folder, differ)
    if (existsSync(join(out, names.issued)))
      for (const words of await askIssued(out, issued => issued.checkChain())) differ(`${names.issued}: ${words}`)
    // A run that never came to its end has no report, and can be purged all the same; so can a void one, in the middle of a retry.
    const ended = ledger.meta('state') === 'done'
    const report = ended || closingOf(ledger) !== undefined
    const counted = ended || (report && countPlanned(ledger) === 0)
    if (report) await checkReport(ledger, folder, differ)
    if (ended && ledger.meta('exit') !== String(exitOf(ledger)))
      differ(
        `the ledger has ${ledger.meta('exit')} as the exit of the run, which ended with ${exitOf(ledger)}`,
        names.ledger,
      )
    if (counted) {
      const summary = JSON.parse(ledger.meta('summary') ?? '')
      const facts = closingOf(ledger)?.made?.summed ?? []
      const read = await readBack(ledger, facts, () => breathe(signal))
      for (const { message } of await reconcile(ledger, { read, folder, summary, still: true, signal })) differ(message)
    }
    const kits = checkKits(ledger, folder, differ)
    const chain = ledger.chainHead()
    const about = {
      events,
      kits: kits.size,
      voided: voidedBy(ledger) !== undefined,
      stopped: stopOf(ledger) !== undefined,
    }
    const told = (): Exit => (faults.length > 0 ? 4 : 0)
    if (purgedBy(ledger) !== undefined) {
      leftovers(folder, [1, ...ledger.lots().map(({ kit }) => kit)], differ)
      const unwiped = ledger.unwiped()
      if (unwiped > 0)
        differ(
          `the run was purged, and the data of ${unwiped} communication${unwiped === 1 ? '' : 's'} is here`,
          names.ledger,
        )
      const found = {
        ...about,
        files: 0,
        again: nothingAgain,
        purged: true,
        gone: { ...goneOf(ledger), report, counted },
      }
      return { run, folder, exit: told(), faults, found, chain }
    }
    const files = fileDifferences(ledger, folder, differ)
    const table = await loadTable(request.channelModules)
    if (!table.ok) return { run, folder, exit: 2, faults: table.faults }
    const strange = channelsOf(ledger).filter(name => !table.value.channels.some(channel => channel.name === name))
    if (strange.length > 0) {
      // All else has been looked at, and what was found there counts for more.
      const unmade = cannotMake(strange, folder)
      const found = { ...about, files, again: { ...nothingAgain, of: ledger.communicationCount() }, purged: false }
      return { run, folder, exit: faults.length > 0 ? 4 : 2, faults: [...faults, unmade], found, chain }
    }
    const again = await renderAgain({ ...request, ledger, folder, table: table.value, kits, differ, progress })
    const found = { ...about, files, again, purged: false }
    return { run, folder, exit: told(), faults, found, chain }
  } finally {
    ledger.close()
  }
}

function cannotMake(channels: readonly string[], folder: string): Fault {
  return {
    code: 'run.channel',
    message: `nothing was made again: ${channels.map(name => quote(name)).join(' and ')} ${channels.length === 1 ? 'is a channel' : 'are channels'} from outside, and not given here`,
    place: { file: folder },
    hint: "verify it with the library, by the factory that made it: (await openFactory(dir, { channels: ['file:///…/fax.js'] })).verify(run)",
  }
}

type Gone = NonNullable<NonNullable<Verification['found']>['gone']>

const nothingAgain = { made: 0, of: 0, unrepeatable: 0, tools, otherwise: [] }

/** What a purged run had, as its ledger still counts it. */
function goneOf(ledger: Ledger): Pick<Gone, 'communications' | 'pieces'> {
  const { communications, pieces } = counts(ledger)
  const finished = Object.values(pieces).reduce((sum, { rendered, held }) => sum + rendered + held, 0)
  return { communications: communications.made, pieces: finished }
}

/** A run that has not come to an end, or never to its allocation, has nothing yet that could be held against it; once purged, what is left. */
function notToBeVerified(ledger: Ledger, run: string, folder: string): Fault | undefined {
  const state = ledger.meta('state')
  const purged = purgedBy(ledger) !== undefined
  if (state !== 'allocated' && state !== 'done') return purged ? undefined : neverIssued(run, folder)
  if (state === 'allocated' && !purged) {
    const hint = voidedBy(ledger) === undefined ? 'start it again to go on' : 'it is void: nothing of it is to go out'
    return { code: 'usage.option', message: `the run ${run} has not ended`, place: { file: folder }, hint }
  }
  if (isCutOff(ledger, folder)) {
    const hint = 'give it again, or start the run again: either completes it'
    return { code: 'usage.option', message: `a command on the run ${run} was cut off`, place: { file: folder }, hint }
  }
  return undefined
}

/** Whether a command was cut off that the same command, or the next start, completes. */
function isCutOff(ledger: Ledger, folder: string): boolean {
  if (ledger.meta('purging') === 'yes' || (ledger.meta('settling') ?? '') !== '') return true
  const report = readJson(join(folder, names.report))
  if (voidedBy(ledger) !== undefined && report !== undefined && report['voided'] === null) return true
  const kits = new Set(ledger.lots().map(({ kit }) => kit))
  return leftBehind(folder, kits).length > 0
}

function checkEvents(ledger: Ledger, folder: string, differ: Differ): number {
  const events = ledger.events()
  const printed = readJson(join(folder, names.report))?.['chain'] as ReturnType<Ledger['chainHead']> | undefined
  for (const words of checkChain(events, [ledger.chainHead(), ...(printed === undefined ? [] : [printed])]))
    differ(words, names.ledger)
  return events.length
}

/** report.json against the event that bound it, and against what the ledger comes to now; report.html against report.json. */
async function checkReport(ledger: Ledger, folder: string, differ: Differ): Promise<void> {
  const closing = closingOf(ledger)
  if (closing === undefined) return differ('the ledger does not say how the run ended', names.ledger)
  const report = readJson(join(folder, names.report))
  if (report === undefined) return differ('the report is missing, or is not JSON', names.report)
  const { chain: _, ...unchained } = report
  const bound = ledger.events().findLast(({ body }) => body.includes('"report":'))
  if (bound === undefined || (JSON.parse(bound.body) as { report: string }).report !== reportDigest(unchained as never))
    differ('the report is not the one that its event was written for', names.report)
  if (readFileSync(join(folder, names.report), 'utf8') !== reportText(report as never))
    differ('the report is not written as it was', names.report)
  const expected = (await makeReport(ledger, { folder, closing })) as unknown as Record<string, unknown>
  // Another Platen's report may say more, or less.
  const known = closing.platen === version ? { ...expected, ...unchained } : expected
  for (const name of Object.keys(known)) {
    if (closing.platen !== version && unchained[name] === undefined) continue
    if (JSON.stringify(expected[name]) !== JSON.stringify(unchained[name]))
      differ(`the report and the ledger disagree about ${name}`, names.report)
  }
  const page = join(folder, names.page)
  if (!existsSync(page)) differ('the report to sign is missing', names.page)
  else if (closing.platen === version && readFileSync(page, 'utf8') !== reportHtml(report as never))
    differ('the report to sign is not what report.json says', names.page)
}

/** The kits that are as they were frozen, by number. */
function checkKits(ledger: Ledger, folder: string, differ: Differ): ReadonlySet<number> {
  const whole = new Set<number>()
  for (const kit of new Set([1, ...ledger.lots().map(lot => lot.kit)])) {
    if (kitDigest(frozenFiles(kitFolder(folder, kit))) === ledger.meta(kitMeta(kit))) whole.add(kit)
    else differ('the frozen kit is not what the run was made with', kitFolder('', kit))
  }
  return whole
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch {
    return undefined
  }
}
