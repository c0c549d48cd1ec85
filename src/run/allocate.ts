/** Reading and allocating: which communications the data makes, which of them pass, and who makes what in which lot. Until its last transaction nothing counts. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { countPlanned, counts, type Issued, Ledger, takeLock } from '../ledger/index.ts'
import {
  done,
  type Expectation,
  FaultError,
  failed,
  type InputSummary,
  type Result,
  type RunEvent,
  type RunView,
} from '../model/index.ts'
import { writeRejectFiles } from './account/rejects.ts'
import { warn } from './finish.ts'
import { voidedBy } from './marks.ts'
import { breathe, stretches } from './pace.ts'
import { names } from './place.ts'
import { changedWhileRead } from './plan/inputs.ts'
import type { Plan } from './plan/plan.ts'
import { calledOnly, metNobody } from './plan/suppress.ts'
import { openMaker } from './press/make.ts'
import type { Pool } from './press/pool.ts'
import { defaultLotSize } from './request.ts'
import { rejectAlike } from './stage/alike.ts'
import { beyondBounds, confirmed } from './stage/bounds.ts'
import { claimAll, claimed, nowhere } from './stage/claims.ts'
import { passGates } from './stage/gates.ts'
import { cutLots } from './stage/lots.ts'
import { openRouter, type Router, type Routing } from './stage/route.ts'
import { routingEvents, routingWarnings } from './stage/routed.ts'
import { type StageRequest, stageAll } from './stage/stage.ts'
import { hasFreeClaims, isOpen } from './standing.ts'
import type { Start } from './start.ts'

/** A run that has its ledger, and has read nothing yet. */
export interface Begun {
  readonly ledger: Ledger
  readonly issued: Issued
  readonly plan: Plan
  readonly run: RunView
  /** Workers, who foresee what is read. */
  readonly pool: Pool
  readonly expect: Expectation | undefined
}

/** What came of it. */
export type Allocated = Omit<Extract<RunEvent, { readonly kind: 'allocated' }>, 'kind'>

/**
 * Reads all data, and decides what is made of it. Faults refuse the run. A function of its own, since what it knows of each communication
 * (some 100 bytes) is to be gone when the workers need the memory: what stands in an async function lives until its end.
 */
export async function readAndAllocate(start: Start, begun: Begun): Promise<Result<Allocated>> {
  const { job, inputs, request, emit, clock } = start
  const { ledger, plan, run, pool, expect } = begun
  const { staged, router } = await stageAndRoute({
    job,
    inputs,
    ledger,
    plan,
    run,
    pool,
    expect,
    emit,
    signal: request.signal,
    warn: fault => warn(ledger, emit, fault),
  })
  if (!staged.ok) return staged
  const summary = staged.value
  const changed = changedWhileRead(inputs, summary)
  if (changed.length > 0) return failed(...changed)
  const { communications: found } = counts(ledger)
  ledger.together(() => {
    ledger.setMeta({ summary: JSON.stringify(summary) })
    ledger.record('read', clock().toISOString(), {
      rows: summary.rows,
      filtered: summary.filtered,
      communications: found.made,
      rejects: found.rejected,
    })
  })
  return allocate(start, { ...begun, summary, routing: router.end(ledger) })
}

/** Each communication is routed as soon as it is read: what was staged is not read again for it. */
async function stageAndRoute({ pool, ...request }: Omit<StageRequest, 'looking'> & Pick<Begun, 'pool'>): Promise<{
  readonly staged: Awaited<ReturnType<typeof stageAll>>
  readonly router: Router
}> {
  const { plan, run, signal } = request
  const opened = await openMaker(plan, run)
  if (!opened.ok) throw new FaultError(opened.faults)
  const maker = opened.value
  try {
    const router = openRouter(plan, { maker, run, ahead: pool, signal })
    const staged = await stageAll({ ...request, looking: router })
    return { staged, router }
  } finally {
    await maker.close()
  }
}

interface Allocation extends Begun {
  readonly summary: InputSummary
  readonly routing: Routing
}

/** Gates, claims, rejects, and then the one transaction that makes the run count. Faults refuse it. */
async function allocate(
  start: Start,
  { ledger, issued, plan, run, summary, expect, routing }: Allocation,
): Promise<Result<Allocated>> {
  const { job, request, emit, clock } = start
  const lines = { ledger, shown: start.inputs.shown }
  for (const fault of [...routingWarnings(routing, job, lines), ...metNobody(plan)]) warn(ledger, emit, fault)
  const { signal, confirm: why } = request
  const release = releaseUnallocated(start, issued)
  const { shown } = start.inputs
  const alike = await rejectAlike({
    ledger,
    issued,
    job,
    plan,
    run,
    routing,
    shown,
    frees: release,
    confirm: why,
    signal,
  })
  const refused = [...calledOnly(plan), ...passGates(ledger, job, summary, expect)]
  if (refused.length > 0) return failed(...refused, ...alike)
  const beyond = beyondBounds({
    job,
    name: start.name,
    period: run.period?.text,
    out: start.out,
    ledger,
    summary,
    facts: routing.facts,
  })
  if (why === undefined) {
    if (beyond.length > 0) return failed(...beyond, ...alike)
  } else {
    for (const fault of [...beyond, ...alike]) warn(ledger, emit, confirmed(fault, why))
    ledger.record('confirmed', clock().toISOString(), { why, figures: beyond.length })
  }
  // Claims first, the allocation second: what is claimed and not allocated is freed when the run starts over.
  const token = ledger.meta('start') ?? ''
  const isOpenRun = (other: string): boolean => isOpen(join(start.out, other))
  const open = claimAll(ledger, issued, { plan, run, token, release, isOpen: isOpenRun })
  await breathe(signal)
  const nothingLeft = claimed(ledger, routing, { file: join(start.out, names.issued), open })
  if (nothingLeft.length > 0) return failed(...nothingLeft)
  const { template, brand } = plan
  for (const fault of routing.remarks.faults({ template, prices: brand.prices, ...lines })) warn(ledger, emit, fault)
  const rejects = await writeRejectFiles(start, ledger)
  if (!rejects.ok) return rejects
  const lots = cutLots(ledger, routing, request.lotSize ?? defaultLotSize)
  const allocated = await ledger.overTurns(async () => {
    const aside: number[] = []
    for (const stretch of stretches(lots)) {
      ledger.plan(stretch, 1)
      for (const { seq, to } of stretch) if (to.length === 0) aside.push(seq)
      await breathe(signal)
    }
    const list = job.suppress === undefined ? undefined : plan.suppression?.count()
    const meta = { state: 'allocated', ...(list === undefined ? {} : { suppression: JSON.stringify(list) }) }
    ledger.setMeta(meta)
    const made = {
      communications: ledger.communicationCount(),
      pieces: countPlanned(ledger),
      lots: ledger.lots().length,
    }
    // With what the rejects on disk are known by: lines of customers that nobody is to change unseen.
    ledger.record('allocated', clock().toISOString(), { ...made, rejects: rejects.value })
    if (aside.length > 0) ledger.record(nowhere, clock().toISOString(), { communications: aside })
    for (const { kind, body } of routingEvents(routing)) ledger.record(kind, clock().toISOString(), body)
    return made
  })
  return done(allocated)
}

/**
 * Frees the claims of another run that was killed between its claims and its allocation, or while it was voided; says whether it was
 * one. A run that has its allocation, that a process holds, or whose ledger is gone, keeps them.
 */
function releaseUnallocated({ out, clock }: Start, issued: Issued): (other: string) => boolean {
  return other => {
    const path = join(out, other, names.ledger)
    if (!existsSync(path)) return false
    const lock = takeLock(join(out, other, names.lock))
    if (lock === undefined) return false
    try {
      const ledger = new Ledger(path)
      const free = hasFreeClaims(ledger, { name: other, folder: join(out, other) }, issued)
      const voided = voidedBy(ledger) !== undefined
      ledger.close()
      if (!free) return false
      issued.free(other, {
        at: clock().toISOString(),
        why: { because: voided ? 'the run is void' : 'the run never came to its allocation' },
      })
      return true
    } finally {
      lock.release()
    }
  }
}
