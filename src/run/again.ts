/** A run started again: repeated if it is done, gone on with if it is not, made again in part where pieces failed. */
import { countFailures, type Ledger } from '../ledger/index.ts'
import { done, type Exit, type Fault, failed, type Met, type Report, type Result } from '../model/index.ts'
import { channelsOf, exitOf, readReport, warnings } from './account/report.ts'
import { finishSettling, type Settling } from './deeds/settling.ts'
import { withhold } from './deeds/withhold.ts'
import { openPoolFor, pressAndFinish, warn } from './finish.ts'
import { stopOf } from './marks.ts'
import { applyOptions, differingOptions, optionsText } from './options.ts'
import { kitFolder } from './place.ts'
import {
  changedFiles,
  freezeKit,
  type KitAndJob,
  kitDamaged,
  kitDigest,
  kitMeta,
  readFrozenKit,
  readKit,
} from './plan/kit.ts'
import type { Plan } from './plan/plan.ts'
import { planJob } from './plan/planjob.ts'
import { readSuppressionOf } from './plan/suppress.ts'
import { version } from './plan/version.ts'
import { planRemake } from './press/remake.ts'
import { defaultLotSize } from './request.ts'
import { type Ending, type Start, stop, viewRun } from './start.ts'

/** Makes nothing, and ends as the run ended. Warns where it was asked for otherwise: what is asked for now was never made. */
export function repeat(start: Start, ledger: Ledger): Ending {
  const { name, folder, emit } = start
  const exit = exitOf(ledger) ?? (Number(ledger.meta('exit')) as Exit)
  for (const fault of sinceDone(start, ledger)) emit({ kind: 'warned', fault })
  const { report, fault } = readReport(folder)
  if (fault !== undefined) emit({ kind: 'warned', fault })
  return { exit, faults: [], before: true, run: name, folder, ...(report === undefined ? {} : { report }) }
}

type Known = Pick<Start, 'request' | 'table' | 'name' | 'folder'>

/** Warnings of what a run that is done was not made with: options, and files that have changed since. */
export function sinceDone(known: Known, ledger: Ledger): readonly Fault[] {
  return [...otherOptions(known, ledger), ...otherKit(known, ledger)]
}

/** A warning where files have changed since a run was begun that goes on with those that were frozen. */
export function sinceBegun({ request, table }: Known, { kit, kitPlace }: Frozen): readonly Fault[] {
  const present = readKit(request, table)
  const changed = present.ok ? changedFiles(kit, present.value.kit) : []
  return changed.length === 0 ? [] : [changedSince(changed, kitPlace)]
}

/** A warning where job, template or brand are not those that a run that is done was made with. */
function otherKit({ request, table, name, folder }: Known, ledger: Ledger): readonly Fault[] {
  const place = kitFolder(folder, newestKit(ledger))
  const [frozen, present] = [readFrozenKit(place, request.job, table), readKit(request, table)]
  if (!frozen.ok || !present.ok) return []
  const changed = changedFiles(frozen.value.kit, present.value.kit)
  if (changed.length === 0) return []
  return [
    {
      code: 'run.kit',
      message: `the run ${name} is done, and was made with another kit; changed since: ${fewOf(changed)}`,
      place: { file: place },
      hint: 'nothing was made with what is there now: --retry makes what failed with it; void the run to make all of it anew, under another name',
    },
  ]
}

function fewOf(files: readonly string[]): string {
  return [...files.slice(0, 12), ...(files.length > 12 ? ['…'] : [])].join(', ')
}

/** What a run goes on with: the kit that was frozen, and the job in it with the options laid over. */
export interface Frozen extends KitAndJob {
  /** Where the kit is frozen. */
  readonly kitPlace: string
  readonly plan: Plan
}

/** Whether and with what a run can go on: the options of its start, and its frozen kit. Makes nothing. */
export async function thaw(
  start: Pick<Start, 'request' | 'table' | 'name' | 'folder'>,
  ledger: Ledger,
): Promise<Result<Frozen>> {
  const { request, table, folder } = start
  const differing = otherOptions(start, ledger)
  if (differing.length > 0) return failed(...differing)
  const number = newestKit(ledger)
  const frozen = readFrozenKit(kitFolder(folder, number), request.job, table)
  if (!frozen.ok) return frozen
  const { kit } = frozen.value
  if (kitDigest(kit) !== ledger.meta(kitMeta(number))) return failed(kitDamaged(kitFolder(folder, number)))
  const applied = applyOptions(frozen.value.job, request)
  if (!applied.ok) return applied
  const { job } = applied.value
  const planned = await planJob(kit, job, table)
  return planned.ok ? done({ kit, kitPlace: kitFolder(folder, number), job, plan: planned.value }) : planned
}

/** Goes on with the kit that was frozen at the start. */
export async function resume(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, table, name, folder, emit } = start
  const thawed = await thaw(start, ledger)
  if (!thawed.ok) return stop(2, ...thawed.faults)
  const { kit, kitPlace, job, plan } = thawed.value
  const run = viewRun(start, ledger.meta('date') ?? '')
  const present = readKit(request, table)
  const changed = present.ok ? changedFiles(kit, present.value.kit) : []
  ledger.record('resumed', start.clock().toISOString(), {
    changed: changed.slice(0, mostChanged),
    ...(changed.length > mostChanged ? { more: changed.length - mostChanged } : {}),
    platen: version,
  })
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  // What the start before said is gone with it.
  for (const fault of warnings(ledger)) emit({ kind: 'warned', fault })
  if (changed.length > 0) emit({ kind: 'warned', fault: changedSince(changed, kitPlace) })
  const before = ledger.meta('platen')
  if (before !== version) emit({ kind: 'warned', fault: otherVersion(before, folder) })
  const going = { ...start, job }
  return pressAndFinish(going, ledger, { plan, pool: openPoolFor(going, plan, run) })
}

/** Makes what failed in a finished run again, with the present kit, in new lots. */
export async function retry(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, table, job, name, folder, modes, emit } = start
  // A run that was stopped is to be voided: nothing of it is made again.
  if (countFailures(ledger) === 0 || stopOf(ledger) !== undefined) return repeat(start, ledger)
  const differing = otherOptions(start, ledger)
  if (differing.length > 0) return stop(2, ...differing)
  const read = readKit(request, table)
  if (!read.ok) return stop(2, ...read.faults)
  const planned = await planJob(read.value.kit, job, table)
  if (!planned.ok) return stop(2, ...planned.faults)
  const suppression = readSuppressionOf(job, table, planned.value)
  if (!suppression.ok) return stop(2, ...suppression.faults)
  const run = viewRun(start, ledger.meta('date') ?? '')
  const plan = { ...planned.value, suppression: suppression.value }
  const remake = await planRemake(ledger, plan, {
    run,
    lotSize: request.lotSize ?? defaultLotSize,
    signal: request.signal,
  })
  if (!remake.ok) return stop(2, ...remake.faults)
  const { allotments, withheld } = remake.value
  const kit = newestKit(ledger) + (allotments.length > 0 ? 1 : 0)
  if (allotments.length > 0) await freezeKit(read.value.kit, kitFolder(folder, kit), modes)
  ledger.together(() => {
    const at = start.clock().toISOString()
    if (job.suppress !== undefined) keepAsked(ledger, suppression.value.count())
    const communications = withhold(ledger, withheld, at)
    if (communications.length > 0)
      ledger.setMeta({ settling: JSON.stringify({ kind: 'withheld', communications } satisfies Settling) })
    if (allotments.length === 0) return ledger.setMeta({ state: 'allocated' })
    ledger.allocate(allotments, { kit, meta: { state: 'allocated', [kitMeta(kit)]: kitDigest(read.value.kit) } })
    ledger.record('retried', at, { communications: allotments.map(({ seq }) => seq), kit })
  })
  await finishSettling(ledger, { folder, out: start.out, at: start.clock().toISOString() })
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  for (const fault of gainedChannels(start, ledger)) warn(ledger, emit, fault)
  return pressAndFinish(start, ledger, { plan: planned.value, pool: openPoolFor(start, planned.value, run) })
}

/** Keeps beside what the first list came to what a retry's did: another list, asked of fewer. */
function keepAsked(ledger: Ledger, asked: Met): void {
  const none: NonNullable<Report['suppression']> = { entries: 0, matched: 0 }
  const before = JSON.parse(ledger.meta('suppression') ?? JSON.stringify(none)) as typeof none
  ledger.setMeta({ suppression: JSON.stringify({ ...before, retries: [...(before.retries ?? []), asked] }) })
}

/**
 * A warning where the job has channels that the run was begun without. What failed need not wait for a job that is as it was; made for
 * these alone, the new channel would leave all others of the run without it.
 */
function gainedChannels({ job, request }: Start, ledger: Ledger): readonly Fault[] {
  const before = channelsOf(ledger)
  const gained = Object.keys(job.channels).filter(name => !before.includes(name))
  if (gained.length === 0) return []
  const names = gained.join(' and ')
  return [
    {
      code: 'run.option',
      message: `the job has gained ${names} since this run was begun: the retry makes no pieces of ${gained.length === 1 ? 'it' : 'them'}`,
      place: { file: request.job },
      hint: `the next run has ${names}; to have ${gained.length === 1 ? 'it' : 'them'} for these documents, void the run and start a new one, named with --run`,
    },
  ]
}

/** Names of changed files that an event keeps. */
const mostChanged = 50

/** What a start must share with the first, and does not. */
function otherOptions(
  { request, name, folder }: Pick<Start, 'request' | 'name' | 'folder'>,
  ledger: Ledger,
): readonly Fault[] {
  const { names: differing, given } = differingOptions(ledger.meta('options') ?? '{}', optionsText(request))
  if (differing.length === 0) return []
  const message = `the run ${name} was started with another ${differing.join(', ')}`
  const hint = `go on as it was started, ${given} (only --workers, --json, --mode, --metrics and --confirm may differ), or name a new run with --run`
  return [{ code: 'run.option', message, place: { file: folder }, hint }]
}

function otherVersion(before: string | undefined, folder: string): Fault {
  return {
    code: 'run.kit',
    message: `the run was begun by Platen ${before ?? '?'}, and goes on with ${version}`,
    place: { file: folder },
    hint: 'the same bytes are promised for the same version only: finish runs before an update',
  }
}

/** Lots that are not pressed yet share the newest kit. */
function newestKit(ledger: Ledger): number {
  return Math.max(1, ...ledger.lots().map(({ kit }) => kit))
}

function changedSince(files: readonly string[], folder: string): Fault {
  return {
    code: 'run.kit',
    message: `the run goes on with its frozen kit; changed since: ${files.join(', ')}`,
    place: { file: folder },
    hint: 'pieces of one run are all made with one kit; the changed files count from the next run on',
  }
}
