/** One worker as the conductor holds it: its thread, what it foresees, what it presses, and how it is lost. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { kindAndPlace } from '../kindandplace.ts'
import type { Foreseen } from './make.ts'
import { watchSilence } from './silence.ts'
import type { Ahead, AheadDone, LotDone, WorkerStart } from './worker.ts'

export interface Hand {
  readonly worker: Worker
  readonly progress: Int32Array
  /** Whether it has its channels open, and foresees. */
  isReady: boolean
  /** Who waits for what it foresees, by the number of what was asked. */
  readonly waiting: Map<number, (foreseen: readonly Foreseen[] | undefined) => void>
}

/** What a worker's thread may post: its answers, and whatever a channel's code makes of it. */
type Message = AheadDone | LotDone | 'ready' | null | undefined

/** How a worker was lost. */
export interface Lost {
  readonly reason: string
  readonly error?: Error
}

/**
 * What is young in its memory: at V8's own choice each worker keeps some 60 MB of rubbish before it is swept; 560 MB for 30,000 messages
 * by two workers became 485 MB.
 */
const youngMb = 24

/** Starts a thread. `memoryMb`: how much may live in it, objects and strings, not the bytes of buffers. `gone`: told each time that it says so. */
export function openHand({
  start,
  memoryMb,
  gone,
}: {
  readonly start: Omit<WorkerStart, 'progress'>
  readonly memoryMb: number
  readonly gone: (reason: string) => void
}): Hand {
  const progress = new SharedArrayBuffer(12)
  const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: { ...start, progress } satisfies WorkerStart,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
  })
  worker.setMaxListeners(20)
  worker.on('error', error => gone(reasonOf(error))).on('exit', code => gone(`exit ${code}`))
  return { worker, progress: new Int32Array(progress), isReady: false, waiting: new Map() }
}

/** Takes what it foresees, until the signal comes or the function that it gives back is called. */
export function listen(hand: Hand, signal: AbortSignal): () => void {
  // A channel may post what it likes: only what was asked for is an answer.
  const give = (message: Message): void => {
    if (message === 'ready') hand.isReady = true
    else if (message?.kind === 'foreseen') hand.waiting.get(message.number)?.(message.foreseen ?? undefined)
  }
  const abort = (): void => release(hand)
  hand.worker.on('message', give)
  signal.addEventListener('abort', abort)
  return () => {
    hand.worker.off('message', give)
    signal.removeEventListener('abort', abort)
  }
}

/** Who waits for what it foresees gets nothing from it, and does without. */
export function release(hand: Hand): void {
  hand.isReady = false
  for (const resolve of hand.waiting.values()) resolve(undefined)
}

/** To what it is asked to foresee, while it is listened to; `silent` is told once it takes no step for too long. */
export function foreseenBy(
  { worker, progress, waiting }: Hand,
  ahead: Ahead,
  { patienceMs, silent }: { readonly patienceMs: number; readonly silent: () => void },
): Promise<readonly Foreseen[] | undefined> {
  return new Promise(resolve => {
    const endWatch = watchSilence(progress, { patienceMs, otherwiseMs: patienceMs, silent })
    waiting.set(ahead.number, foreseen => {
      endWatch()
      waiting.delete(ahead.number)
      resolve(foreseen?.length === ahead.tos.length ? foreseen : undefined)
    })
    worker.postMessage(ahead)
  })
}

/** To an order that is handed over right after it is asked for: the lot, the worker's death, its silence, or the signal. */
export function pressedBy(
  { worker, progress }: Hand,
  {
    signal,
    patienceMs,
    otherwiseMs,
  }: { readonly signal: AbortSignal; readonly patienceMs: number; readonly otherwiseMs: number },
): Promise<LotDone | Lost> {
  return new Promise(resolve => {
    const silent = (): void => finish({ reason: 'hung' })
    const endWatch = watchSilence(progress, { patienceMs, otherwiseMs, silent })
    const onMessage = (message: Message): void => {
      if (message !== 'ready' && message?.kind === 'pressed') finish(message)
    }
    const onError = (error: Error): void => finish({ reason: reasonOf(error), error })
    const onExit = (code: number): void => finish({ reason: `exit ${code}` })
    const onAbort = (): void => finish({ reason: 'interrupted' })
    const finish = (result: LotDone | Lost): void => {
      endWatch()
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      resolve(result)
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    signal.addEventListener('abort', onAbort)
  })
}

function reasonOf(error: Error & { readonly code?: string }): string {
  return error.code ?? kindAndPlace(error)
}
