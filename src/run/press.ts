/** Press: lots to workers, published lots into the ledger. What is left of an interrupted run is taken in or made again. */
import { availableParallelism } from 'node:os'
import type { Ledger, LotState } from '../ledger/index.ts'
import { adopt, type Modes, sweep, sweepHeld } from '../lots/index.ts'
import type { Receipt, RunEvent, RunView } from '../model/index.ts'
import { gatherIdentities } from './identity.ts'
import type { PressPlan } from './plan.ts'
import { openPool } from './pool.ts'

export interface PressRequest {
  readonly ledger: Ledger
  readonly plan: PressPlan
  readonly run: RunView
  readonly folder: string
  readonly modes: Modes
  readonly workers?: number
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
  sweepHeld(folder, ledger.heldFiles())
  if (ledger.breaches().length === 0) await pressLots(request)
  if (ledger.breaches().length > 0) ledger.giveUp('run.identity: not made, since the run stops')
}

async function pressLots(request: PressRequest): Promise<void> {
  const { ledger, folder, signal, emit, now } = request
  const left = ledger
    .lots()
    .filter(({ state }) => state === 'planned')
    .filter(lot => !takeIn(lot, request))
  if (left.length === 0) return
  const total = left.reduce((sum, { number }) => sum + ledger.workCount(number), 0)
  const halt = new SharedArrayBuffer(4)
  const stops = (): boolean => new Int32Array(halt)[0] !== 0
  const size = Math.min(request.workers ?? availableParallelism(), left.length)
  const pool = openPool({
    size,
    start: {
      plan: request.plan,
      run: request.run,
      folder,
      modes: request.modes,
      identities: gatherIdentities(ledger, request.plan.template),
      halt,
    },
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
        const done = await pool.press(quarantined =>
          stops() ? undefined : { number, works: ledger.work(number), quarantined },
        )
        if (done?.receipts != null) commit(number, done.receipts, request)
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
