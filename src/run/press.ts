/** Press: lots to workers, published lots into the ledger. What is left of an interrupted run is taken in or made again. */
import { availableParallelism } from 'node:os'
import type { Ledger, LotState } from '../ledger/index.ts'
import { adopt, type Modes, sweep, sweepHeld } from '../lots/index.ts'
import type { Receipt, RunEvent, RunView } from '../model/index.ts'
import type { PressPlan } from './plan.ts'
import { openPool, type WorkerLimits } from './pool.ts'

export interface PressRequest {
  readonly ledger: Ledger
  readonly plan: PressPlan
  readonly run: RunView
  readonly folder: string
  readonly modes: Modes
  readonly workers?: number
  readonly limits?: WorkerLimits
  readonly signal?: AbortSignal
  readonly emit: (event: RunEvent) => void
  readonly now: () => string
}

/** Presses every lot that the ledger does not have yet. Rejects with the signal's reason when interrupted. */
export async function press(request: PressRequest): Promise<void> {
  const { ledger, folder, signal, emit, now } = request
  sweep(folder)
  sweepHeld(folder, ledger.heldFiles())
  const left = ledger
    .lots()
    .filter(({ state }) => state === 'planned')
    .filter(lot => !takeIn(lot, request))
  if (left.length === 0) return
  const total = left.reduce((sum, { number }) => sum + ledger.workCount(number), 0)
  const size = Math.min(request.workers ?? availableParallelism(), left.length)
  const pool = openPool({
    size,
    start: { plan: request.plan, run: request.run, folder, modes: request.modes },
    ...(request.limits === undefined ? {} : { limits: request.limits }),
    ...(signal === undefined ? {} : { signal }),
    lost: (lot, reason) => {
      ledger.record('worker-lost', now(), { lot, reason: reason.slice(0, 200) })
      emit({ kind: 'worker-lost', lot, reason })
    },
  })
  const ticking = setInterval(
    () => emit({ kind: 'pressing', communications: Math.min(pool.begun(), total), of: total }),
    250,
  )
  try {
    await Promise.all(
      left.map(async ({ number }) => {
        const { receipts } = await pool.press(quarantined => ({ number, works: ledger.work(number), quarantined }))
        commit(number, receipts, request)
      }),
    )
  } finally {
    clearInterval(ticking)
    await pool.close()
  }
}

/** Takes in a lot that was published just before a crash. */
function takeIn({ number }: LotState, request: PressRequest): boolean {
  const planned = request.ledger.pieces(number).filter(({ outcome }) => outcome === null)
  const receipts = adopt(request.folder, number, planned)
  if (receipts === undefined) return false
  commit(number, receipts, request)
  return true
}

function commit(number: number, receipts: readonly Receipt[], { ledger, emit, now }: PressRequest): void {
  ledger.commitLot(number, receipts)
  const count = (wanted: string): number => receipts.filter(({ outcome }) => outcome === wanted).length
  const event = { lot: number, rendered: count('rendered'), failed: count('failed'), held: count('held') }
  ledger.record('lot-published', now(), event)
  emit({ kind: 'published', ...event })
}
