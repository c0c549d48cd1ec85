/** The conductor: plan, intake, allocate, press, reconcile. Read top to bottom, it tells what a run is. */
import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { counts, Issued, Ledger, takeLock } from '../ledger/index.ts'
import { type Modes, makeFolder, modesOf, privateModes } from '../lots/index.ts'
import type { Exit, Fault, Job, Period, Report, RunEvent, RunView } from '../model/index.ts'
import { claimAll, claimed, cutLots, passGates, routeAll } from './allocate.ts'
import { type Inputs, openInputs } from './data.ts'
import { finish, readReport, refuse, warn, writeRejectFiles } from './finish.ts'
import { changedFiles, freezeKit, kitDigest, readFrozenKit, readJob, readKit } from './kit.ts'
import { openMaker } from './make.ts'
import { applyOptions, chooseExpectation, differingOptions, optionsText } from './options.ts'
import { clearRun, kitFolder, names, removeLedger, runName } from './place.ts'
import { type Plan, planJob } from './plan.ts'
import { press } from './press.ts'
import { dayIn, sumPaths } from './rehearse.ts'
import { defaultLotSize, type RunRequest } from './request.ts'
import { type InputSummary, stageAll } from './stage.ts'
import { troubleOf } from './trouble.ts'
import { version } from './version.ts'

/** How a run ended. */
export interface Ending {
  readonly exit: Exit
  /** What stood in the way, if anything did. */
  readonly faults: readonly Fault[]
  readonly report?: Report
  readonly run?: string
  /** The run's folder, where it came to have one. */
  readonly folder?: string
  /** Whether the run was done before, so that nothing was made now. */
  readonly before?: boolean
}

/** What is known of a run once its folder is locked. */
export interface Start {
  readonly request: RunRequest
  /** The job with the options laid over it. */
  readonly job: Job
  readonly period: Period | undefined
  readonly inputs: Inputs
  readonly name: string
  readonly out: string
  readonly folder: string
  readonly modes: Modes
  readonly emit: (event: RunEvent) => void
  /** The clock, handed in. */
  readonly clock: () => Date
  readonly startedAt: Date
}

/** Conducts one run from its job to its report. Rejects only for bugs; everything of the world is in the ending. */
export async function conduct(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date = () => new Date(),
): Promise<Ending> {
  const read = readJob(request.job)
  if (!read.ok) return { exit: 2, faults: read.faults }
  const applied = applyOptions(read.value, request)
  if (!applied.ok) return { exit: 2, faults: applied.faults }
  const { job, period } = applied.value
  const modes = request.mode === undefined ? privateModes : modesOf(request.mode)
  const out = request.out ?? 'out'
  const opened = await openInputs(job, request.data ?? {}, { out, modes })
  if (!opened.ok) return withPlanFaults(request, opened.faults)
  const inputs = opened.value
  try {
    const name = request.run ?? runName(job, period, inputs.digest)
    const folder = join(out, name)
    if (request.retry === true && !existsSync(join(folder, names.ledger))) return nothingToRetry(name)
    makeFolder(folder, modes)
    const lock = takeLock(join(folder, names.lock))
    if (lock === undefined) return busy(name)
    try {
      return await goOn({ request, job, period, inputs, name, out, folder, modes, emit, clock, startedAt: clock() })
    } catch (error) {
      if (request.signal?.aborted === true) return { exit: 130, faults: [], run: name, folder }
      const trouble = troubleOf(error)
      if (trouble !== undefined) return { exit: trouble.exit, faults: [trouble.fault], run: name, folder }
      throw error
    } finally {
      lock.release()
    }
  } finally {
    inputs.close()
  }
}

/** A run that is done repeats its exit; one that is allocated goes on; any other begins. */
async function goOn(start: Start): Promise<Ending> {
  const { folder, inputs, name, request } = start
  const path = join(folder, names.ledger)
  const ledger = new Ledger(path)
  let kept = true
  try {
    const state = ledger.meta('state')
    if (state !== 'allocated' && state !== 'done') kept = false
    else if (ledger.meta('digest') !== inputs.digest) return otherData(start)
    else if (state === 'allocated') return await resume(start, ledger)
    else if (request.retry === true) return await retry(start, ledger)
    else
      return {
        exit: Number(ledger.meta('exit')) as Exit,
        faults: [],
        before: true,
        run: name,
        folder,
        ...readReport(folder),
      }
  } finally {
    ledger.close()
  }
  if (!kept) removeLedger(folder)
  return begin(start)
}

async function begin(start: Start): Promise<Ending> {
  const { request, job, folder, inputs, out, name, modes, emit } = start
  clearRun(folder)
  const issued = new Issued(join(out, 'issued.db'))
  const ledger = new Ledger(join(folder, names.ledger))
  try {
    issued.free(name)
    const read = readKit(request.job)
    if (!read.ok) return { exit: 2, faults: read.faults }
    const planned = await planJob(read.value.kit, job)
    if (!planned.ok) return { exit: 2, faults: planned.faults }
    const expectation = chooseExpectation(job, request, inputs.replaced)
    if (!expectation.ok) return { exit: 2, faults: expectation.faults }
    const plan = planned.value
    const run = viewRun(start, request.date ?? dayIn(plan.brand.timezone, start.startedAt))
    freezeKit(read.value.kit, kitFolder(folder, 1), modes)
    ledger.setMeta({
      state: 'staging',
      platen: version,
      run: name,
      job: basename(request.job),
      template: job.template,
      period: run.period?.text ?? '',
      date: run.date,
      set: JSON.stringify(run.set),
      options: optionsText(request),
      digest: inputs.digest,
      kit: kitDigest(read.value.kit),
      startedAt: start.startedAt.toISOString(),
      ...(expectation.value === undefined ? {} : { expect: JSON.stringify(expectation.value) }),
    })
    ledger.record('started', start.clock().toISOString(), { run: name, digest: inputs.digest, platen: version })
    emit({ kind: 'started', run: name, folder, date: run.date, resumed: false })
    if (inputs.replaced && expectation.value === undefined && job.expect !== undefined) {
      warn(ledger, emit, {
        code: 'run.control',
        message: 'the control totals of the job are for its own data, and none are given for this one',
        hint: 'name them with --expect FILE',
      })
    }

    const staged = await stageAll({
      job,
      inputs,
      ledger,
      plan,
      run,
      sums: sumPaths(job, expectation.value),
      emit,
      warn: fault => warn(ledger, emit, fault),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    if (!staged.ok) return await refuse(start, ledger, undefined, staged.faults)
    const summary = staged.value
    ledger.setMeta({ summary: JSON.stringify(summary) })
    const refused = await allocate(start, { ledger, issued, plan, run, summary, expect: expectation.value })
    if (refused.length > 0) return await refuse(start, ledger, summary, refused)
    return await pressAndFinish(start, ledger, plan, run)
  } finally {
    ledger.close()
    issued.close()
  }
}

/** Routes, gates, claims, rejects, and then the one transaction that makes the run count. Faults refuse it. */
async function allocate(
  start: Start,
  {
    ledger,
    issued,
    plan,
    run,
    summary,
    expect,
  }: {
    readonly ledger: Ledger
    readonly issued: Issued
    readonly plan: Plan
    readonly run: RunView
    readonly summary: InputSummary
    readonly expect: NonNullable<Job['expect']> | undefined
  },
): Promise<readonly Fault[]> {
  const { job, request, emit, clock } = start
  const maker = await openMaker(plan, run)
  if (!maker.ok) return maker.faults
  const routing = routeAll(ledger, plan, maker.value, run)
  await maker.value.close()
  request.signal?.throwIfAborted()
  const refused = passGates(ledger, job, summary, expect)
  if (refused.length > 0) return refused
  claimAll(ledger, issued, plan, run)
  const nothingLeft = claimed(ledger)
  if (nothingLeft.length > 0) return nothingLeft
  await writeRejectFiles(start, ledger)
  ledger.allocate(cutLots(ledger, routing, request.lotSize ?? defaultLotSize), { kit: 1, meta: { state: 'allocated' } })
  const lots = ledger.lots().length
  const allocated = { communications: counts(ledger).communications.made, pieces: ledger.plannedPieces(), lots }
  ledger.record('allocated', clock().toISOString(), allocated)
  emit({ kind: 'allocated', ...allocated })
  return []
}

/** Goes on with the kit that was frozen at the start. */
async function resume(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, name, folder, emit } = start
  const differing = request.retry === true ? [] : differingOptions(ledger.meta('options') ?? '{}', optionsText(request))
  if (differing.length > 0) {
    return stop(2, {
      code: 'run.option',
      message: `the run ${name} was started with another ${differing.join(', ')}`,
      hint: 'go on with the same options (only --workers, --json and --mode may differ), or name a new run with --run',
    })
  }
  const number = Math.max(1, ...ledger.lots().map(({ kit }) => kit))
  const frozen = readFrozenKit(kitFolder(folder, number), request.job)
  if (!frozen.ok) return { exit: 2, faults: frozen.faults }
  const applied = applyOptions(frozen.value.job, request)
  if (!applied.ok) return { exit: 2, faults: applied.faults }
  const planned = await planJob(frozen.value.kit, applied.value.job)
  if (!planned.ok) return { exit: 2, faults: planned.faults }
  const run = viewRun(start, ledger.meta('date') ?? '')
  ledger.record('resumed', start.clock().toISOString())
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  const present = readKit(request.job)
  const changed = present.ok ? changedFiles(frozen.value.kit, present.value.kit) : []
  if (changed.length > 0) {
    emit({
      kind: 'warned',
      fault: {
        code: 'run.kit',
        message: `the run goes on with its frozen kit; changed since: ${changed.join(', ')}`,
        hint: 'a run that should not have been is ended with platen void',
      },
    })
  }
  return pressAndFinish({ ...start, job: applied.value.job }, ledger, planned.value, run)
}

/** Makes what failed in a finished run again, with the present kit, in new lots. */
async function retry(start: Start, ledger: Ledger): Promise<Ending> {
  const { request, job, name, folder, modes, emit } = start
  const read = readKit(request.job)
  if (!read.ok) return { exit: 2, faults: read.faults }
  const planned = await planJob(read.value.kit, job)
  if (!planned.ok) return { exit: 2, faults: planned.faults }
  const number = Math.max(1, ...ledger.lots().map(({ kit }) => kit)) + 1
  freezeKit(read.value.kit, kitFolder(folder, number), modes)
  const { communications, held } = ledger.reallocate(number, request.lotSize ?? defaultLotSize, { state: 'allocated' })
  if (communications === 0) {
    rmSync(kitFolder(folder, number), { recursive: true, force: true })
    return {
      exit: Number(ledger.meta('exit')) as Exit,
      faults: [],
      before: true,
      run: name,
      folder,
      ...readReport(folder),
    }
  }
  for (const file of held) rmSync(join(folder, file), { force: true })
  ledger.record('retried', start.clock().toISOString(), { communications, kit: number })
  const run = viewRun(start, ledger.meta('date') ?? '')
  emit({ kind: 'started', run: name, folder, date: run.date, resumed: true })
  return pressAndFinish(start, ledger, planned.value, run)
}

async function pressAndFinish(start: Start, ledger: Ledger, plan: Plan, run: RunView): Promise<Ending> {
  const { request, folder, modes, emit, clock } = start
  await press({
    ledger,
    plan: { brand: plan.brand, template: plan.template, channels: plan.channels },
    run,
    folder,
    modes,
    emit,
    now: () => clock().toISOString(),
    ...(request.workers === undefined ? {} : { workers: request.workers }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  return finish(start, ledger)
}

function viewRun({ name, period, job }: Start, date: string): RunView {
  return { name, date, set: job.set, ...(period === undefined ? {} : { period }) }
}

/** Unreadable input is exit 5, but a wrong job, template or brand is said first: exit 2. */
async function withPlanFaults(request: RunRequest, faults: readonly Fault[]): Promise<Ending> {
  const read = readKit(request.job)
  if (!read.ok) return { exit: 2, faults: [...read.faults, ...faults] }
  const planned = await planJob(read.value.kit, read.value.job)
  if (!planned.ok) return { exit: 2, faults: [...planned.faults, ...faults] }
  return { exit: faults.some(({ code }) => code === 'usage.option') ? 2 : 5, faults }
}

function stop(exit: Exit, fault: Fault): Ending {
  return { exit, faults: [fault] }
}

function busy(name: string): Ending {
  return stop(6, {
    code: 'run.busy',
    message: `another process has the run ${name}`,
    hint: 'wait until it ends; platen status tells how far it is',
  })
}

function otherData({ name }: Start): Ending {
  return stop(5, {
    code: 'run.data',
    message: `the run ${name} exists with other data`,
    hint: 'a mended or additional file is a new run: name it with --run',
  })
}

function nothingToRetry(name: string): Ending {
  return stop(2, {
    code: 'usage.option',
    message: `there is no run ${name} to retry`,
    hint: 'platen status lists the runs',
  })
}
