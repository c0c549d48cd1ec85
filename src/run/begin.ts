/** A run from its beginning: plan, intake, allocate, press, reconcile. Read top to bottom, it tells what a run is. */
import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { Issued, Ledger } from '../ledger/index.ts'
import type { Expectation, Kit, RunView } from '../model/index.ts'
import { readAndAllocate } from './allocate.ts'
import { lintKitLegal } from './ask/lintkit.ts'
import { dayIn } from './day.ts'
import { openPoolFor, pressAndFinish, refuse, warn } from './finish.ts'
import { Stalled } from './guard.ts'
import { chooseExpectation, optionsText, withoutChannels, withoutTotals } from './options.ts'
import { jobPlace } from './otherjob.ts'
import { breathe } from './pace.ts'
import { clearRun, kitFolder, names, removeLedger } from './place.ts'
import { freezeKit, kitDigest, readKit } from './plan/kit.ts'
import { planJob } from './plan/planjob.ts'
import { readSuppressionOf } from './plan/suppress.ts'
import { version } from './plan/version.ts'
import { unclaimed, unclaimedRuns } from './stage/unclaimed.ts'
import { isLost, ledgerLost } from './standing.ts'
import { type Ending, type Start, stop, viewRun } from './start.ts'

/** Begins a run; `over`: an earlier start of it was refused or killed before its allocation. Stalled on the way, it begins again. */
export async function begin(start: Start, { over }: { readonly over: boolean }): Promise<Ending> {
  for (let stalls = 0; ; stalls += 1) {
    try {
      return await beginOnce(start, { over: over || stalls > 0 })
    } catch (error) {
      if (!(error instanceof Stalled) || stalls === mostStalls) throw error
      await breathe(start.request.signal)
    }
  }
}

/** How often a start that was stopped on the way is begun again by itself. */
const mostStalls = 3

async function beginOnce(start: Start, { over }: { readonly over: boolean }): Promise<Ending> {
  const { request, table, job, folder, inputs, out, name, modes, emit } = start
  const read = readKit(request, table)
  if (!read.ok) return stop(2, ...read.faults)
  const planned = await planJob(read.value.kit, job, table)
  if (!planned.ok) return stop(2, ...planned.faults)
  const expectation = chooseExpectation(job, request, inputs)
  if (!expectation.ok) return stop(2, ...expectation.faults)
  const suppression = readSuppressionOf(job, table, planned.value)
  if (!suppression.ok) return stop(2, ...suppression.faults)
  const plan = { ...planned.value, suppression: suppression.value }
  const expect = expectation.value
  const run = viewRun(start, request.date ?? dayIn(plan.brand.timezone, start.startedAt))

  const issued = new Issued(join(out, names.issued))
  if (isLost(start, issued)) {
    issued.close()
    return stop(5, ledgerLost(start))
  }
  if (over) startOver(start, issued)
  const others = unclaimedRuns(out, issued, name)
  if (others.length > 0) {
    issued.close()
    return stop(5, unclaimed(out, others))
  }
  clearRun(folder)
  const ledger = new Ledger(join(folder, names.ledger))
  const pool = openPoolFor(start, plan, run)
  try {
    // It gets ready while the data are read.
    pool.callIn()
    await freezeKit(read.value.kit, kitFolder(folder, 1), modes)
    writeHead(start, ledger, { run, kit: read.value.kit, expect })
    emit({ kind: 'started', run: name, folder, date: run.date, resumed: false })
    const legal = lintKitLegal(read.value, plan, table)
    for (const fault of [...withoutChannels(job), ...withoutTotals(job, inputs, expect), ...legal])
      warn(ledger, emit, fault)

    const allocated = await readAndAllocate(start, { ledger, issued, plan, run, pool, expect })
    if (!allocated.ok) return await refuse(start, ledger, allocated.faults)
    emit({ kind: 'allocated', ...allocated.value })
    return await pressAndFinish(start, ledger, { plan, pool, foreseen: true })
  } finally {
    await pool.close()
    ledger.close()
    issued.close()
  }
}

/** Frees the claims of a start that never came to its allocation, and then, not before, forgets it. */
function startOver({ name, folder, clock }: Start, issued: Issued): void {
  issued.free(name, { at: clock().toISOString(), why: { because: 'the run starts over' } })
  removeLedger(folder)
}

/** What the ledger says of the run itself. */
function writeHead(
  { request, job, name, inputs, out, startedAt, clock }: Start,
  ledger: Ledger,
  { run, kit, expect }: { readonly run: RunView; readonly kit: Kit; readonly expect: Expectation | undefined },
): void {
  ledger.setMeta({
    state: 'staging',
    start: randomBytes(16).toString('base64url'),
    platen: version,
    name: job.name,
    channels: JSON.stringify(Object.keys(job.channels)),
    run: name,
    job: basename(request.job),
    jobPlace: jobPlace(out, request.job),
    template: job.template,
    period: run.period?.text ?? '',
    date: run.date,
    set: JSON.stringify(run.set),
    options: optionsText(request),
    digest: inputs.digest,
    kit: kitDigest(kit),
    startedAt: startedAt.toISOString(),
    ...(expect === undefined ? {} : { expect: JSON.stringify(expect) }),
  })
  ledger.record('started', clock().toISOString(), { run: name, digest: inputs.digest, platen: version })
}
