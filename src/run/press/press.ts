/** Press: lots to workers, published lots into the ledger. What is left of an interrupted run is taken in or made again. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Ledger, type LotState, readHeldFiles } from '../../ledger/index.ts'
import { adopt, lotName, remove, sweep, sweepHeld } from '../../lots/index.ts'
import type { Receipt, RunEvent } from '../../model/index.ts'
import { markStopped, stopOf } from '../marks.ts'
import { filesUnderWay } from '../openfiles.ts'
import type { PressPlan } from '../plan/plan.ts'
import { identify } from '../stage/identify.ts'
import { toolsWith } from './madewith.ts'
import type { Pool } from './pool.ts'

export interface PressRequest {
  readonly ledger: Ledger
  /** That the pool's workers press by. */
  readonly plan: PressPlan
  readonly folder: string
  /** Workers for the run's plan, not yet begun. Closing it is the caller's. */
  readonly pool: Pool
  /** Whether this process foresaw all communications of the run, with this plan. Absent: what would refuse one is looked for as it is made. */
  readonly foreseen?: boolean
  readonly signal?: AbortSignal
  readonly emit: (event: RunEvent) => void
  readonly now: () => string
}

/**
 * Presses every lot that the ledger does not have yet. Rejects with the signal's reason when interrupted. Once a piece shows what
 * identifies another communication nothing more is published: what is left has failed, also when the run is started again.
 */
export async function press(request: PressRequest): Promise<void> {
  const { ledger, folder } = request
  sweep(folder)
  sweepHeld(folder, readHeldFiles(ledger))
  if (stopOf(ledger) === undefined) await pressLots(request)
  if (stopOf(ledger) !== undefined) abandonRest(request)
}

/** Lots without a place in the ledger go from disk too: one may have been published just before the process, or its worker, died. */
function abandonRest({ ledger, folder }: PressRequest): void {
  for (const { number, state } of ledger.lots()) if (state === 'planned') remove(join(folder, lotName(number)))
  sweepHeld(folder, readHeldFiles(ledger))
  ledger.giveUp({ code: 'run.identity', reason: 'run.identity: not made, since the run stops' })
}

async function pressLots(request: PressRequest): Promise<void> {
  const { ledger, signal, emit, now } = request
  const left = ledger
    .lots()
    .filter(({ state }) => state === 'planned')
    .filter(lot => !takeIn(lot, request))
  if (left.length === 0) return
  const tools = toolsWith(request.plan.modules)
  ledger.setMeta({ tools })
  const total = left.reduce((sum, { number }) => sum + ledger.workCount(number), 0)
  const halt = new SharedArrayBuffer(4)
  // The lot that halts the others goes on: were it given up with its worker, nothing would say why the run stopped.
  const stops = (number: number): boolean => ![0, number].includes(Atomics.load(new Int32Array(halt), 0))
  const { pool, plan } = request
  pool.begin({
    terms: {
      kind: 'terms',
      underWay: filesUnderWay(Math.min(pool.size, left.length)),
      foreseen: request.foreseen ?? false,
      identities: await identify(ledger, plan, signal),
      halt,
    },
    quarantined: (lot, seq) => ledger.record('quarantined', now(), { lot, communications: [seq] }),
    lost: (lot, reason) => {
      const at = lot === undefined ? {} : { lot }
      ledger.record('worker-lost', now(), { ...at, reason: reason.slice(0, 200) })
      emit({ kind: 'worker-lost', ...at, reason })
    },
  })
  const ticking = setInterval(
    () => emit({ kind: 'pressing', communications: Math.min(pool.made(), total), of: total }),
    250,
  )
  try {
    await Promise.all(
      left.map(async ({ number }) => {
        const done = await pool.press(quarantined =>
          stops(number) ? undefined : { kind: 'lot', number, works: ledger.work(number), quarantined },
        )
        if (done?.receipts != null) commit({ number, receipts: done.receipts, tools }, request)
      }),
    )
  } finally {
    clearInterval(ticking)
  }
}

/** Takes in a lot that was published just before a crash: made with what the start before had. */
function takeIn({ number }: LotState, request: PressRequest): boolean {
  if (!existsSync(join(request.folder, lotName(number)))) return false
  const planned = request.ledger.pieces(number).filter(({ outcome }) => outcome === null)
  const receipts = adopt(request.folder, number, planned)
  if (receipts === undefined) return false
  commit({ number, receipts, tools: request.ledger.meta('tools') }, request)
  return true
}

/** A lot that is on disk; `tools`: what it was made with, as far as that was noted. */
interface Pressed {
  readonly number: number
  readonly receipts: readonly Receipt[]
  readonly tools: string | undefined
}

function commit({ number, receipts, tools: madeWith }: Pressed, { ledger, emit, now }: PressRequest): void {
  const of = (wanted: string): readonly Receipt[] => receipts.filter(({ outcome }) => outcome === wanted)
  const event = {
    lot: number,
    rendered: of('rendered').length,
    failed: of('failed').length,
    held: of('held').length,
  }
  ledger.together(() => {
    ledger.commitLot(number, receipts)
    const at = now()
    ledger.record('lot-published', at, madeWith === undefined ? event : { ...event, tools: madeWith })
    for (const kind of ['failed', 'held'] as const) {
      // Numbers of communications, never their ids: events stay when personal data goes.
      const communications = [...new Set(of(kind).map(({ seq }) => seq))]
      if (communications.length > 0) ledger.record(kind, at, { lot: number, communications })
    }
    const leaking = of('held').filter(({ codes = [] }) => codes.includes('run.identity'))
    if (leaking.length > 0) markStopped(ledger, { at, lot: number }, [...new Set(leaking.map(({ seq }) => seq))])
  })
  emit({ kind: 'published', ...event })
}
