/** A worker thread: foresees communications while they are read; then takes lots, makes their pieces, publishes them, and hands back the receipts. */
import { parentPort, workerData } from 'node:worker_threads'
import { giveBack, Lot, type Modes, safeName } from '../../lots/index.ts'
import { type Communication, describe, type Fault, type Receipt, type RunView, type Work } from '../../model/index.ts'
import { kindAndPlace } from '../kindandplace.ts'
import type { PressPlan } from '../plan/plan.ts'
import type { Outcome } from './line.ts'
import { type Foreseen, type Maker, type Making, makerAt, openStations } from './make.ts'
import type { Made } from './outcomes.ts'
import { readReleased } from './released.ts'
import { readSheaf, type Written } from './sheaf.ts'
import { traysOf } from './tray.ts'

/** What a worker is started with. */
export interface WorkerStart {
  readonly plan: PressPlan
  readonly run: RunView
  /** The run's folder. */
  readonly folder: string
  readonly modes: Modes
  /** Shared with the conductor: the communication that the worker is at, how many it has made, and a pulse: it is alive. */
  readonly progress: SharedArrayBuffer
}

/** What a worker is told before its first lot, which is known only once all is allocated. */
export interface Terms extends Making {
  readonly kind: 'terms'
  /** How many files may be flushed at once. */
  readonly underWay: number
  /** Shared by all: number of the lot in which a piece shows what identifies another; 0: none. After it nothing more is published. */
  readonly halt: SharedArrayBuffer
}

/** Communications to be foreseen, as they are staged, with the channels that they go to. */
export interface Ahead {
  readonly kind: 'ahead'
  readonly number: number
  readonly written: Written
  readonly tos: readonly (readonly string[])[]
}

/** What comes back of it, in that order; null where something was thrown, or does not survive structured clone: whoever asks foresees it himself. */
export interface AheadDone {
  readonly kind: 'foreseen'
  readonly number: number
  readonly foreseen: readonly Foreseen[] | null
}

/** One lot to press. */
export interface LotOrder {
  readonly kind: 'lot'
  readonly number: number
  readonly works: readonly Work[]
  /** Communications that workers died on: they fail without being touched again. */
  readonly quarantined: readonly number[]
}

/** What comes back: the receipts of a lot that is on disk; null for one that was given up, because the run stops. */
export interface LotDone {
  readonly kind: 'pressed'
  readonly number: number
  readonly receipts: readonly Receipt[] | null
}

async function work({ plan, run, folder, modes, progress: shared }: WorkerStart): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('a worker runs in a thread')
  const opened = await openStations(plan, run)
  if (!opened.ok) throw new Error(opened.faults.map(({ message }) => message).join('\n'))
  const progress = new Int32Array(shared)
  const ahead = makerAt(opened.value, {})
  let equipment: Equipment | undefined
  port.on('message', (order: Terms | Ahead | LotOrder) => {
    if (order.kind === 'ahead') foresee(order, ahead, { progress, answer: done => port.postMessage(done) })
    else if (order.kind === 'terms') {
      const { underWay, halt, ...making } = order
      equipment = {
        maker: makerAt(opened.value, making),
        folder,
        modes,
        underWay,
        progress,
        halt: new Int32Array(halt),
      }
    } else {
      if (equipment === undefined) throw new Error('a worker needs its terms before its first lot')
      void pressLot(order, equipment).then(
        done => port.postMessage(done),
        (error: unknown) => {
          // Thrown out of the promise chain so that the thread dies with it and the conductor sees why.
          setImmediate(() => {
            throw error
          })
        },
      )
    }
  })
  port.postMessage('ready')
}

function foresee(
  { number, written, tos }: Ahead,
  maker: Maker,
  { progress, answer }: { readonly progress: Int32Array; readonly answer: (done: AheadDone) => void },
): void {
  const done = { kind: 'foreseen', number } as const
  try {
    const foreseen = tos.map((to, at) => {
      Atomics.add(progress, 2, 1)
      return maker.foresee(readSheaf(written, at), to)
    })
    answer({ ...done, foreseen })
  } catch {
    answer({ ...done, foreseen: null })
  }
}

/** What a worker presses with. */
interface Equipment extends Pick<WorkerStart, 'folder' | 'modes'>, Pick<Terms, 'underWay'> {
  readonly maker: Maker
  readonly progress: Int32Array
  readonly halt: Int32Array
}

async function pressLot(
  { number, works, quarantined }: LotOrder,
  { maker, folder, modes, underWay, progress, halt }: Equipment,
): Promise<LotDone> {
  const lot = new Lot(folder, number, modes, underWay)
  const receipts: Receipt[] = []
  const stops = (): boolean => ![0, number].includes(Atomics.load(halt, 0))
  for (const tray of traysOf(works)) {
    if (stops()) break
    const pressed = await pressTray(tray, maker, { folder, quarantined, progress })
    for (const { seq, id, made } of pressed) {
      if (made.some(isForeign)) Atomics.compareExchange(halt, 0, 0, number)
      isAt(progress, seq)
      for (const one of made) receipts.push(file(lot, maker, { seq, id }, one))
      Atomics.add(progress, 1, 1)
    }
    for (const one of pressed.flatMap(({ made }) => made))
      if ('piece' in one && maker.ownBytes(one.channel)) giveBack(one.piece.bytes)
    await onDisk(progress, () => lot.keepUp())
  }
  if (stops()) {
    await onDisk(progress, () => lot.discard())
    return { kind: 'pressed', number, receipts: null }
  }
  await onDisk(progress, () => lot.publish(receipts))
  return { kind: 'pressed', number, receipts }
}

/** A slow disk takes its time without anything being made, and what fails there is no communication's doing. */
async function onDisk(progress: Int32Array, work: () => Promise<void>): Promise<void> {
  progress[0] = 0
  const pulse = setInterval(() => Atomics.add(progress, 2, 1), 1_000)
  try {
    await work()
  } finally {
    clearInterval(pulse)
  }
}

/** Whether a piece shows what identifies another communication. */
function isForeign(made: Made): boolean {
  return made.outcome === 'held' && made.faults?.some(({ code }) => code === 'run.identity') === true
}

/** What became of one communication of a tray. */
interface Pressed {
  readonly seq: number
  readonly id: string
  readonly made: readonly Made[]
}

/** Makes what is on a tray, in its order. What is left out for the workers that died on it goes no way along the line. */
async function pressTray(
  tray: readonly Work[],
  maker: Maker,
  {
    folder,
    quarantined,
    progress,
  }: { readonly folder: string; readonly quarantined: readonly number[]; readonly progress: Int32Array },
): Promise<readonly Pressed[]> {
  const works = tray.map(work => ({ ...work, communication: JSON.parse(work.text) as Communication }))
  const orders = works
    .filter(({ seq }) => !quarantined.includes(seq))
    .map(work => {
      isAt(progress, work.seq)
      return { ...work, released: readReleased(folder, work.released) }
    })
  const outcomes = await maker.makeAll(orders, at => isAt(progress, orders[at]!.seq))
  const made = new Map(orders.map(({ seq, to }, at) => [seq, madeOf(to, outcomes[at]!)]))
  return works.map(({ seq, communication, to }) => ({
    seq,
    id: communication.id,
    made: made.get(seq) ?? to.map(crashed),
  }))
}

/** Says what the worker is at, and that it is alive. */
function isAt(progress: Int32Array, seq: number): void {
  progress[0] = seq
  Atomics.add(progress, 2, 1)
}

/** A bug that one communication runs into fails that one alone; its place is told, never what it was holding. */
function madeOf(to: readonly string[], outcome: Outcome): readonly Made[] {
  if ('made' in outcome) return outcome.made
  const words = kindAndPlace(outcome.thrown)
  const fault: Fault = { code: 'run.bug', message: `a bug in Platen: ${words}`, hint: bugHint }
  return to.map(channel => ({ channel, outcome: 'failed', reason: `run.bug: ${words}`, faults: [fault] }))
}

const bugHint = 'report it; --retry makes the communication again with a mended Platen'

function crashed(channel: string): Made {
  const fault: Fault = {
    code: 'run.crashed',
    message: 'three workers died or hung on this communication',
    hint: 'look at it with platen proof, and report it',
  }
  return { channel, outcome: 'failed', reason: 'run.crashed', faults: [fault] }
}

/** Puts a finished piece into the lot and writes its receipt. */
function file(lot: Lot, maker: Maker, { seq, id }: { readonly seq: number; readonly id: string }, made: Made): Receipt {
  const { channel, outcome } = made
  if (made.outcome === 'failed') {
    const detail = detailOf(made.faults)
    return {
      seq,
      id,
      channel,
      outcome,
      reason: made.reason,
      codes: codesOf(made.faults),
      ...(detail === '' ? {} : { detail }),
    }
  }
  const detail = made.outcome === 'held' ? detailOf(made.faults ?? []) : ''
  const output = maker.output(channel)
  const shared = 'lines' in output
  const filed = lot.put(
    {
      folder: output.folder,
      name: shared ? output.lines : `${safeName(id)}.${output.extension}`,
      shared,
      bytes: made.piece.bytes,
      sha256: made.sha256,
    },
    { held: outcome === 'held' },
  )
  return {
    seq,
    id,
    channel,
    outcome,
    ...(made.reason === undefined ? {} : { reason: made.reason }),
    ...(made.faults === undefined ? {} : { codes: codesOf(made.faults) }),
    ...(detail === '' ? {} : { detail }),
    ...filed,
    measures: made.piece.measures,
    facts: made.facts,
  }
}

const codesOf = (faults: readonly Fault[]): NonNullable<Receipt['codes']> => [
  ...new Set(faults.map(({ code }) => code)),
]

function detailOf(faults: readonly Fault[]): string {
  return faults.map(fault => [describe(fault), fault.hint].filter(part => part !== undefined).join('; ')).join('\n')
}

await work(workerData as WorkerStart)
