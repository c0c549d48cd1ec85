/**
 * The line: communications go from station to station, one for each channel, and each station takes all of a tray before the next begins.
 * A processor is fastest at one kind of work: where a mail followed each PDF, both took two fifths more (bench/NOTES.md). Nothing that one
 * communication's piece is made of comes from another.
 */
import { digest, isGivenBack, safeName } from '../../lots/index.ts'
import {
  type Brand,
  type Communication,
  done,
  type Enclosure,
  type Fault,
  failed,
  type OpenChannel,
  type Piece,
  type RenderRequest,
  type Result,
  type RunView,
  type ShownFact,
  type Template,
} from '../../model/index.ts'
import type { Merge } from '../../template/index.ts'
import type { PressPlan } from '../plan/plan.ts'
import { channelNamed, type Table } from '../plan/table.ts'
import type { Watch } from '../prove/identity.ts'
import { provePiece } from '../prove/provepiece.ts'
import { enclosureName, withEnclosures } from './enclosure.ts'
import { type Finished, type Made, settleOutcomes } from './outcomes.ts'
import { notAsReleased, type Released } from './released.ts'

/** One channel, open. */
export interface Station {
  readonly name: string
  readonly open: OpenChannel
  readonly merge: Merge
  /** Names of the channels whose pieces it encloses. */
  readonly encloses: readonly string[]
}

/** The stations of a template, open, and the run that they work for. */
export interface Workshop {
  readonly stations: readonly Station[]
  readonly table: Table
  readonly template: Template
  readonly brand: Brand
  readonly run: RunView
  readonly watch: Watch | undefined
  readonly files: NonNullable<PressPlan['files']>
  readonly foreseen: boolean
}

/** What is to be made. */
export interface Order {
  readonly communication: Communication
  /** Names of channels. */
  readonly to: readonly string[]
  /** What went out before, and is enclosed as it did. */
  readonly released: Released
}

/** What became of an order: its pieces, or what a bug threw, which is that order's alone. */
export type Outcome = { readonly made: readonly Made[] } | { readonly thrown: unknown }

/** An order on the line. */
interface Workpiece extends Order {
  /** The stations that it goes to. */
  readonly at: ReadonlySet<Station>
  readonly finished: Map<string, Finished>
  readonly faults: Map<string, readonly Fault[]>
  /** Of the present station, if it could be made there. */
  rendered?: Rendered | undefined
  thrown?: { readonly thrown: unknown }
}

/** What waits to be proved, which is no more than that takes: a tray of merged texts would outlive the young generation. */
interface Rendered {
  readonly piece: Piece
  /** Pieces in it. */
  readonly enclosed: readonly Piece[]
  readonly facts: Readonly<Record<string, ShownFact>>
  /** The facts that its texts asked for, by the texts' names. */
  readonly asked: Readonly<Record<string, readonly string[]>>
}

/** Makes all of a tray; in the order of the orders. `begins` is told before each step of an order which it is. */
export async function runLine(
  workshop: Workshop,
  orders: readonly Order[],
  begins: (order: number) => void = () => {},
): Promise<readonly Outcome[]> {
  const { stations, files } = workshop
  const workpieces = orders.map((order): Workpiece => {
    const at = new Set(withEnclosures(stations, order.to))
    return { ...order, at, finished: new Map(), faults: new Map(), ...lostStation(stations, order.to) }
  })
  const each = async (station: Station, step: (workpiece: Workpiece) => unknown): Promise<void> => {
    for (const [number, workpiece] of workpieces.entries()) {
      if (!workpiece.at.has(station) || workpiece.thrown !== undefined) continue
      begins(number)
      try {
        await step(workpiece)
      } catch (thrown) {
        workpiece.thrown = { thrown }
      }
    }
  }
  for (const station of stations) {
    await each(station, workpiece => render(workshop, station, workpiece))
    await each(station, workpiece => prove(workshop, station, workpiece))
  }
  return workpieces.map(({ to, finished, faults, thrown }) => {
    if (thrown !== undefined) return thrown
    const ordered = stations.map(({ name }) => name).filter(name => to.includes(name))
    return { made: settleOutcomes(ordered, { finished, faults, files }) }
  })
}

function lostStation(stations: readonly Station[], to: readonly string[]): Pick<Workpiece, 'thrown'> {
  try {
    for (const name of to) stationNamed(stations, name)
    return {}
  } catch (thrown) {
    return { thrown: { thrown } }
  }
}

async function render(
  { table, template, run, foreseen }: Workshop,
  station: Station,
  workpiece: Workpiece,
): Promise<void> {
  const { name, merge, open, encloses } = station
  const { communication, finished, faults } = workpiece
  workpiece.rendered = undefined
  const broken = encloses.flatMap(other => faults.get(other) ?? [])
  if (broken.length > 0) {
    faults.set(name, broken)
    return
  }
  const filled = merge.fill(communication)
  const facts = merge.facts(communication)
  if (!filled.ok || !facts.ok) {
    faults.set(name, [...(filled.ok ? [] : filled.faults), ...(facts.ok ? [] : facts.faults)])
    return
  }
  const fallback = `${template.name}-${safeName(communication.id)}`
  const enclosed: Record<string, Enclosure> = {}
  for (const other of encloses) {
    const sibling = finished.get(other)
    if (sibling === undefined) continue
    const { piece, sha256 = digest(piece.bytes) } = sibling
    // It is not made again when the piece is filed.
    finished.set(other, { ...sibling, sha256 })
    const { output } = channelNamed(table, other)
    enclosed[other] = { piece, fileName: enclosureName(piece, { fallback, output }), sha256 }
  }
  const piece = await open.render({
    communication,
    date: run.date,
    texts: filled.value.texts,
    retell: retelling(merge),
    exact: exactOf(template, facts.value),
    foreseen,
    enclosed,
  })
  if (piece.ok) {
    if (isGivenBack(piece.value.bytes)) throw new Error(`${name} gave a piece whose memory was given back before`)
    const inside = Object.values(enclosed).map(one => one.piece)
    workpiece.rendered = { piece: piece.value, enclosed: inside, facts: facts.value, asked: filled.value.facts }
  } else faults.set(name, piece.faults)
}

async function prove(workshop: Workshop, station: Station, workpiece: Workpiece): Promise<void> {
  const { name, encloses } = station
  const { communication, rendered, finished, faults, to, released } = workpiece
  if (rendered === undefined) return
  const { read, flaws } = await provePiece(rendered.piece.bytes, {
    ...workshop,
    ...station,
    communication,
    asked: rendered.asked,
    enclosed: rendered.enclosed.map(({ bytes }) => bytes),
  })
  const ofEnclosed = encloses.flatMap(other => finished.get(other)?.flaws ?? [])
  const shown = Object.entries(onlyShown(workshop.template, rendered.facts, name)).map(([fact, one]) => {
    const value = read[fact]
    return [fact, value === undefined ? one : { ...one, read: value }] as const
  })
  const fresh: Finished = {
    piece: rendered.piece,
    facts: Object.fromEntries(shown),
    flaws: [...flaws, ...ofEnclosed],
  }
  if (to.includes(name) || !released.has(name)) finished.set(name, fresh)
  else {
    const before = await asReleased(workshop, station, { communication, fresh, bytes: released.get(name) })
    if (before.ok) finished.set(name, before.value)
    else faults.set(name, before.faults)
  }
}

/**
 * In the place of a piece that is made to be enclosed, the one that went out, also where the kit has changed since: nobody is to have
 * two documents that are one. What is made anew says what it is called.
 */
async function asReleased(
  workshop: Workshop,
  station: Station,
  {
    communication,
    fresh,
    bytes,
  }: { readonly communication: Communication; readonly fresh: Finished; readonly bytes: Uint8Array | undefined },
): Promise<Result<Finished>> {
  if (bytes === undefined) return failed(notAsReleased(station.name))
  const flaws = await proveFinished(workshop, station, { communication, bytes })
  return done({ ...fresh, piece: { ...fresh.piece, bytes }, flaws })
}

/** A piece that was made before: what it encloses is not at hand, and is proved by itself. */
export async function proveFinished(
  workshop: Workshop,
  station: Station,
  { communication, bytes }: { readonly communication: Communication; readonly bytes: Uint8Array },
): Promise<readonly Fault[]> {
  const filled = station.merge.fill(communication)
  if (!filled.ok) return filled.faults
  const { flaws } = await provePiece(bytes, { ...workshop, ...station, communication, asked: filled.value.facts })
  return flaws
}

/** What identities that are text show. */
export function exactOf({ facts }: Template, shown: Readonly<Record<string, ShownFact>>): readonly string[] {
  return facts.flatMap(({ name, as, identity }) =>
    identity && as === 'text' && shown[name] !== undefined ? [shown[name].shown] : [],
  )
}

export function retelling(merge: Merge): NonNullable<RenderRequest['retell']> {
  return other => {
    const texts = merge.merge(other)
    return texts.ok ? texts.value : undefined
  }
}

/** The facts that a template shows on a channel. */
function onlyShown(
  { facts }: Template,
  all: Readonly<Record<string, ShownFact>>,
  channel: string,
): Readonly<Record<string, ShownFact>> {
  const names = facts.filter(({ on }) => on.includes(channel)).map(({ name }) => name)
  return Object.fromEntries(names.flatMap(name => (all[name] === undefined ? [] : [[name, all[name]]])))
}

export function stationNamed(stations: readonly Station[], name: string): Station {
  const station = stations.find(candidate => candidate.name === name)
  if (station === undefined) throw new Error(`the plan has no channel ${name}`)
  return station
}
