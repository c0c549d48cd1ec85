/** A run from its beginning: plan, intake, allocate, press, reconcile. Read top to bottom, it tells what a run is. */
import { basename, join } from 'node:path'
import { counts, Issued, Ledger } from '../ledger/index.ts'
import type { Expectation, Fault, Kit, RunView } from '../model/index.ts'
import { claimAll, claimed, cutLots, passGates, routeAll } from './allocate.ts'
import { pressAndFinish, refuse, warn } from './finish.ts'
import { freezeKit, kitDigest, readKit } from './kit.ts'
import { openMaker } from './make.ts'
import { chooseExpectation, optionsText } from './options.ts'
import { clearRun, kitFolder, names } from './place.ts'
import { type Plan, planJob } from './plan.ts'
import { dayIn, sumPaths } from './rehearse.ts'
import { writeRejectFiles } from './rejects.ts'
import { defaultLotSize } from './request.ts'
import { type InputSummary, stageAll } from './stage.ts'
import { type Ending, type Start, stop, viewRun } from './start.ts'
import { version } from './version.ts'

export async function begin(start: Start): Promise<Ending> {
  const { request, table, job, folder, inputs, out, name, modes, emit } = start
  const read = readKit(request, table)
  if (!read.ok) return stop(2, ...read.faults)
  const planned = await planJob(read.value.kit, job, table)
  if (!planned.ok) return stop(2, ...planned.faults)
  const expectation = chooseExpectation(job, request, inputs.replaced)
  if (!expectation.ok) return stop(2, ...expectation.faults)
  const plan = planned.value
  const expect = expectation.value
  const run = viewRun(start, request.date ?? dayIn(plan.brand.timezone, start.startedAt))

  clearRun(folder)
  const issued = new Issued(join(out, names.issued))
  const ledger = new Ledger(join(folder, names.ledger))
  try {
    issued.free(name)
    freezeKit(read.value.kit, kitFolder(folder, 1), modes)
    writeHead(start, ledger, { run, kit: read.value.kit, expect })
    emit({ kind: 'started', run: name, folder, date: run.date, resumed: false })
    if (inputs.replaced && expect === undefined && job.expect !== undefined) warn(ledger, emit, noTotals)

    const staged = await stageAll({
      job,
      inputs,
      ledger,
      plan,
      run,
      sums: sumPaths(job, expect),
      emit,
      warn: fault => warn(ledger, emit, fault),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    if (!staged.ok) return await refuse(start, ledger, undefined, staged.faults)
    const summary = staged.value
    ledger.setMeta({ summary: JSON.stringify(summary) })

    const refused = await allocate(start, { ledger, issued, plan, run, summary, expect })
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
  { ledger, issued, plan, run, summary, expect }: Allocation,
): Promise<readonly Fault[]> {
  const { job, request, emit, clock } = start
  const maker = await openMaker(plan, run)
  if (!maker.ok) return maker.faults
  const routing = routeAll(ledger, plan, maker.value, run)
  await maker.value.close()
  request.signal?.throwIfAborted()
  const refused = passGates(ledger, job, summary, expect)
  if (refused.length > 0) return refused
  // Claims first, the allocation second: what is claimed and not allocated is freed when the run starts over.
  claimAll(ledger, issued, plan, run)
  const nothingLeft = claimed(ledger)
  if (nothingLeft.length > 0) return nothingLeft
  await writeRejectFiles(start, ledger)
  const lots = cutLots(ledger, routing, request.lotSize ?? defaultLotSize)
  ledger.allocate(lots, { kit: 1, meta: { state: 'allocated' } })
  const allocated = {
    communications: counts(ledger).communications.made,
    pieces: ledger.plannedPieces(),
    lots: ledger.lots().length,
  }
  ledger.record('allocated', clock().toISOString(), allocated)
  emit({ kind: 'allocated', ...allocated })
  return []
}

interface Allocation {
  readonly ledger: Ledger
  readonly issued: Issued
  readonly plan: Plan
  readonly run: RunView
  readonly summary: InputSummary
  readonly expect: Expectation | undefined
}

/** What the ledger says of the run itself. */
function writeHead(
  { request, job, name, inputs, startedAt, clock }: Start,
  ledger: Ledger,
  { run, kit, expect }: { readonly run: RunView; readonly kit: Kit; readonly expect: Expectation | undefined },
): void {
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
    kit: kitDigest(kit),
    startedAt: startedAt.toISOString(),
    ...(expect === undefined ? {} : { expect: JSON.stringify(expect) }),
  })
  ledger.record('started', clock().toISOString(), { run: name, digest: inputs.digest, platen: version })
}

const noTotals: Fault = {
  code: 'run.control',
  message: 'the control totals of the job are for its own data, and none are given for this one',
  hint: 'name them with --expect FILE',
}
