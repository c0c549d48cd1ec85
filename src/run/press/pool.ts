/** Worker threads: they foresee while a batch is read; then each presses one lot at a time. One that dies or hangs over a lot is replaced, and what it was at is remembered. */
import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import { troubleOf } from '../trouble.ts'
import { foreseenBy, type Hand, type Lost, listen, openHand, pressedBy, release } from './hand.ts'
import type { Foreseen } from './make.ts'
import type { Ahead, LotDone, LotOrder, Terms, WorkerStart } from './worker.ts'

export interface Pool {
  /** Workers, at most. */
  readonly size: number
  /** Calls in the first worker, which takes its time to get ready. */
  readonly callIn: () => void
  /**
   * Foresees communications in a worker, until `begin`; the promise gives undefined where that came to nothing, and nobody reads in `written`
   * any more. Undefined: no worker is free at the moment. Another has been called in where there may be more.
   */
  readonly foresee: (ahead: Pick<Ahead, 'written' | 'tos'>) => Promise<readonly Foreseen[] | undefined> | undefined
  /** To be called once, before `press`. */
  readonly begin: (pressing: Pressing) => void
  /**
   * Presses one lot as soon as a worker is free; undefined where there is no order any more by then. A worker lost on the way: `lost`
   * is asked, and the lot begun again.
   */
  readonly press: (order: MakeOrder) => Promise<LotDone | undefined>
  /** Communications made so far, those of lots that were begun again included. */
  readonly made: () => number
  /** May be called more than once. */
  readonly close: () => Promise<void>
}

/** What workers press by, and who is told what becomes of them. */
export interface Pressing {
  readonly terms: Terms
  /** `lot`: undefined for a worker that had none. */
  readonly lost: (lot: number | undefined, reason: string) => void
  /** A communication is given up: workers died on it too often. */
  readonly quarantined: (lot: number, seq: number) => void
}

/** Says what is to be pressed when a worker is free for it: without those that workers died on. */
export type MakeOrder = (quarantined: readonly number[]) => LotOrder | undefined

/** What one worker is allowed. */
export interface WorkerLimits {
  /** How long it may be at one step of a communication: making a piece, or proving it. */
  readonly patienceMs?: number
  /** How much may live in its memory. */
  readonly memoryMb?: number
}

export interface PoolRequest {
  readonly size: number
  readonly start: Omit<WorkerStart, 'progress'>
  readonly limits?: WorkerLimits
  readonly signal?: AbortSignal
}

/** A worker whose one step takes longer than this hangs. The slowest honest one, a 2,000-page statement, takes 10 s. */
const usualPatienceMs = 120_000
/** Far above what pressing takes (about 200 MB), far below what takes a machine down. */
const usualMemoryMb = 1536
/** A communication that takes a worker down this often is left out. */
const crashesAllowed = 3
/** So many are with a worker at once: the next lies ready when it is done with one. */
const mostAhead = 2

/** A lot that a worker has. */
interface Handed {
  readonly number: number
  readonly hand: Hand
  readonly answer: Promise<LotDone | Lost>
}

export function openPool({ size, start, limits = {}, signal }: PoolRequest): Pool {
  const { patienceMs = usualPatienceMs, memoryMb = usualMemoryMb } = limits
  const limit = pLimit(size)
  const idle: Hand[] = []
  const hands = new Set<Hand>()
  const crashes = new Map<number, number>()
  const closing = new AbortController()
  const stopped = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
  const live = new Set<Promise<unknown>>()
  const listening: (() => void)[] = []
  let madeByGone = 0
  let pressing: Pressing | undefined
  let asked = 0
  /** Why workers were lost while they foresaw. */
  const lostAhead: string[] = []

  const hire = (): Hand => {
    const hand = openHand({ start, memoryMb, gone: reason => lose(hand, reason) })
    hands.add(hand)
    if (pressing === undefined) listening.push(listen(hand, stopped))
    else hand.worker.postMessage(pressing.terms)
    return hand
  }

  /** A worker without a lot; one that is at a lot is lost to whoever gave it the lot. */
  const lose = (hand: Hand, reason: string): void => {
    const place = idle.indexOf(hand)
    if (!hands.has(hand) || (place < 0 && pressing !== undefined)) return
    if (place >= 0) idle.splice(place, 1)
    void dismiss(hand)
    release(hand)
    if (stopped.aborted) return
    if (pressing === undefined) lostAhead.push(reason)
    else pressing.lost(undefined, reason)
  }

  const dismiss = async (hand: Hand): Promise<void> => {
    if (!hands.delete(hand)) return
    madeByGone += hand.progress[1] ?? 0
    await hand.worker.terminate()
  }

  /** An order is 2 MB that only the worker needs from here on: an async function would keep it until the lot is done. */
  const handOver = (make: MakeOrder, quarantined: readonly number[]): Handed | undefined => {
    const order = make(quarantined)
    if (order === undefined) return undefined
    const hand = idle.pop() ?? hire()
    const answer = pressedBy(hand, { signal: stopped, patienceMs, otherwiseMs: usualPatienceMs })
    hand.worker.postMessage(order)
    return { number: order.number, hand, answer }
  }

  const outcomeOf = async ({ hand, answer }: Handed): Promise<LotDone | (Lost & { readonly seq: number })> => {
    const ended = await answer
    if (!('reason' in ended)) {
      idle.push(hand)
      return ended
    }
    const seq = hand.progress[0] ?? 0
    await dismiss(hand)
    return { seq, ...ended }
  }

  const pressOne = async (order: MakeOrder): Promise<LotDone | undefined> => {
    const quarantined: number[] = []
    for (let losses = 0; ; losses += 1) {
      stopped.throwIfAborted()
      const handed = handOver(order, quarantined)
      if (handed === undefined) return undefined
      const ended = await outcomeOf(handed)
      if (!('reason' in ended)) return ended
      stopped.throwIfAborted()
      if (ended.error !== undefined && troubleOf(ended.error) !== undefined) throw ended.error
      pressing?.lost(handed.number, ended.reason)
      // One that is left out is not touched again: it is not what they die of.
      const isAtNone = ended.seq === 0 || quarantined.includes(ended.seq)
      if (isAtNone && losses >= crashesAllowed) throw new Error(`lot ${handed.number}: ${ended.reason}`)
      const count = (crashes.get(ended.seq) ?? 0) + 1
      crashes.set(ended.seq, count)
      if (ended.seq !== 0 && count >= crashesAllowed) {
        quarantined.push(ended.seq)
        pressing?.quarantined(handed.number, ended.seq)
      }
    }
  }

  // Whoever reads has a processor of its own: more workers than there are processors left for cost what each takes to warm up. One is always worth it.
  const mostForesee = Math.min(size, Math.max(1, availableParallelism() - 1))
  const mayHire = (): boolean =>
    lostAhead.length < crashesAllowed && hands.size < mostForesee && [...hands].every(({ isReady }) => isReady)

  return {
    size,
    callIn: () => {
      if (hands.size === 0 && !stopped.aborted) hire()
    },
    foresee: ahead => {
      const [free] = [...hands]
        .filter(({ isReady, waiting }) => isReady && waiting.size < mostAhead)
        .sort((a, b) => a.waiting.size - b.waiting.size)
      if (free === undefined || stopped.aborted) {
        if (!stopped.aborted && mayHire()) hire()
        return undefined
      }
      asked += 1
      return foreseenBy(
        free,
        { kind: 'ahead', number: asked, ...ahead },
        { patienceMs, silent: () => lose(free, 'hung') },
      )
    },
    begin: request => {
      pressing = request
      for (const end of listening.splice(0)) end()
      for (const reason of lostAhead) request.lost(undefined, reason)
      for (const hand of hands) {
        hand.worker.postMessage(request.terms)
        idle.push(hand)
      }
    },
    press: order =>
      limit(() => {
        const pressed = pressOne(order)
        const ended = pressed.catch(() => {}).finally(() => live.delete(ended))
        live.add(ended)
        return pressed
      }),
    made: () => [...hands].reduce((sum, { progress }) => sum + (progress[1] ?? 0), madeByGone),
    close: async () => {
      // First nothing new is begun, then what is under way ends, then the threads do.
      closing.abort(new Error('the pool is closed'))
      limit.clearQueue()
      await Promise.all(live)
      await Promise.all([...hands].map(dismiss))
    },
  }
}
