/** Making: one communication on all its channels, or on none. Used by the press, by proofs and by the library alike. */
import { safeName } from '../../lots/index.ts'
import {
  type Brand,
  type Channel,
  type Communication,
  done,
  type Enclosure,
  type Fault,
  failed,
  type OpenChannel,
  type Picture,
  type Piece,
  type Remark,
  type RenderRequest,
  type Result,
  type RunView,
  type ShownFact,
  type Template,
} from '../../model/index.ts'
import { compileMerge, type Merge } from '../../template/index.ts'
import type { PressPlan } from '../plan/plan.ts'
import { channelNamed, loadTable, type Table } from '../plan/table.ts'
import type { Identities } from '../prove/identities.ts'
import { openWatch, type Watch } from '../prove/identity.ts'
import { provePiece } from '../prove/provepiece.ts'
import { enclosureName, withEnclosures } from './enclosure.ts'
import { type Finished, type Made, settleOutcomes } from './outcomes.ts'
import { notAsReleased, nothingReleased, type Released } from './released.ts'

export interface Maker {
  /**
   * Renders a communication on the channels given, and proves each piece by its finished bytes: all rendered, or those that failed
   * and their siblings held, or all held because one is not proved. What was released before is enclosed as it went out.
   */
  readonly make: (
    communication: Communication,
    to: readonly string[],
    before?: { readonly released?: Released },
  ) => Promise<readonly Made[]>
  /** What finished bytes of a channel do not show, or cannot be read to show; `asked` and enclosures are those of the present making. */
  readonly prove: (communication: Communication, channel: string, bytes: Uint8Array) => Promise<readonly Fault[]>
  /** What is known of a communication's pieces without rendering one. */
  readonly foresee: (communication: Communication, to: readonly string[]) => Foreseen
  /** Warnings of its channels about all that was made and foreseen. */
  readonly noticed: () => readonly Fault[]
  /** How a finished piece looks to who gets it; undefined for channels whose pieces are looked at as they are. */
  readonly pictures: (channel: string, piece: Piece) => Promise<Result<readonly Picture[]>> | undefined
  /** The facts of a communication, those of all channels. */
  readonly facts: (communication: Communication) => Result<Readonly<Record<string, ShownFact>>>
  /** Where a communication goes on a channel, as two spellings of one address share it; undefined: the channel needs none. */
  readonly addressOf: (communication: Communication, channel: string) => string | undefined
  /** Whether a channel's pieces go to one person alone: a letter may go to a household. */
  readonly reaches: (channel: string) => boolean
  /** Where a channel's pieces go. */
  readonly output: (channel: string) => Channel['output']
  /** Characters of a text that a channel cannot show. */
  readonly lacks: (channel: string, text: string) => readonly string[]
  readonly close: () => Promise<void>
}

export interface Foreseen {
  /** What stands in the way. */
  readonly faults: readonly Fault[]
  /** What is worth knowing of the pieces that can be made; none where something stands in the way of one. */
  readonly remarks: readonly { readonly channel: string; readonly remark: Remark }[]
  /** Where its recipient, and nobody else, leaves the list; none where something stands in the way. */
  readonly leaves: readonly { readonly channel: string; readonly at: string }[]
}

interface Station {
  readonly name: string
  readonly open: OpenChannel
  readonly merge: Merge
  /** Names of the channels whose pieces it encloses. */
  readonly encloses: readonly string[]
}

/**
 * Opens every channel of a plan and compiles its texts. Throws for a plan whose texts do not compile: planning has checked them.
 * With `identities` pieces are watched for what identifies other communications. `foreseen`: this process foresaw all that is made, with this plan.
 */
export async function openMaker(
  plan: PressPlan,
  run: RunView,
  { identities, foreseen = false }: { readonly identities?: Identities | undefined; readonly foreseen?: boolean } = {},
): Promise<Result<Maker>> {
  const { brand, template, channels, modules, files = {} } = plan
  const table = await loadTable(modules)
  if (!table.ok) return table
  const stations: Station[] = []
  for (const { name, settings, encloses, prepared } of channels) {
    const channel = channelNamed(table.value, name)
    const merge = compileMerge({ template, brand, texts: prepared.texts, channel: name, run })
    if (!merge.ok) {
      await closeAll(stations)
      return merge
    }
    const purpose = template.purpose ?? 'service'
    const open = await channel.open(prepared, { brand, settings, purpose, recipient: template.recipient })
    stations.push({ name, open, merge: merge.value, encloses })
  }

  const watch = identities === undefined ? undefined : openWatch(identities, plan, run)
  const workshop: Workshop = { stations, table: table.value, template, brand, run, watch, files, foreseen }
  return done({
    make: (communication, to, { released = nothingReleased } = {}) => make(workshop, communication, { to, released }),
    prove: (communication, name, bytes) =>
      proveFinished(workshop, stationNamed(stations, name), { communication, bytes }),
    foresee: (communication, to) => foresee(workshop, communication, to),
    noticed: () => stations.flatMap(({ open }) => open.noticed?.() ?? []),
    pictures: (name, { bytes }) => stationNamed(stations, name).open.pictures?.(bytes),
    facts: communication => stations[0]?.merge.facts(communication) ?? done({}),
    addressOf: (communication, name) => {
      const kind = channelNamed(table.value, name).address
      const { open } = stationNamed(stations, name)
      return open.addressOf === undefined ? plainAddress(communication, kind) : open.addressOf(communication)
    },
    reaches: name => ['email', 'phone'].includes(channelNamed(table.value, name).address ?? ''),
    output: name => channelNamed(table.value, name).output,
    lacks: (name, text) => stationNamed(stations, name).open.lacks?.(text) ?? [],
    close: () => closeAll(stations),
  })
}

/** The stations of a template, open, and the run that they work for. */
interface Workshop {
  readonly stations: readonly Station[]
  readonly table: Table
  readonly template: Template
  readonly brand: Brand
  readonly run: RunView
  readonly watch: Watch | undefined
  readonly files: NonNullable<PressPlan['files']>
  readonly foreseen: boolean
}

async function make(
  workshop: Workshop,
  communication: Communication,
  { to, released }: { readonly to: readonly string[]; readonly released: Released },
): Promise<readonly Made[]> {
  const { stations, files } = workshop
  for (const name of to) stationNamed(stations, name)
  const finished = new Map<string, Finished>()
  const faults = new Map<string, readonly Fault[]>()
  for (const station of withEnclosures(stations, to)) {
    const broken = station.encloses.flatMap(other => faults.get(other) ?? [])
    const fresh = broken.length > 0 ? failed(...broken) : await finishAt(station, communication, { workshop, finished })
    const isReleased = !to.includes(station.name) && released.has(station.name)
    const made =
      fresh.ok && isReleased
        ? await asReleased(workshop, station, {
            communication,
            fresh: fresh.value,
            bytes: released.get(station.name),
          })
        : fresh
    if (made.ok) finished.set(station.name, made.value)
    else faults.set(station.name, made.faults)
  }
  const ordered = stations.map(({ name }) => name).filter(name => to.includes(name))
  return settleOutcomes(ordered, { finished, faults, files })
}

async function finishAt(
  station: Station,
  communication: Communication,
  { workshop, finished }: { readonly workshop: Workshop; readonly finished: ReadonlyMap<string, Finished> },
): Promise<Result<Finished>> {
  const { table, template, run, foreseen } = workshop
  const { name, merge, open, encloses } = station
  const filled = merge.fill(communication)
  const facts = merge.facts(communication)
  if (!filled.ok || !facts.ok) return failed(...(filled.ok ? [] : filled.faults), ...(facts.ok ? [] : facts.faults))
  const fallback = `${template.name}-${safeName(communication.id)}`
  const enclosed: Record<string, Enclosure> = {}
  for (const other of encloses) {
    const piece = finished.get(other)?.piece
    const { output } = channelNamed(table, other)
    if (piece !== undefined) enclosed[other] = { piece, fileName: enclosureName(piece, { fallback, output }) }
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
  if (!piece.ok) return piece
  const { read, flaws } = await provePiece(piece.value.bytes, {
    ...workshop,
    ...station,
    communication,
    asked: filled.value.facts,
    enclosed: Object.values(enclosed).map(enclosure => enclosure.piece.bytes),
  })
  const ofEnclosed = encloses.flatMap(other => finished.get(other)?.flaws ?? [])
  const shown = Object.entries(onlyShown(template, facts.value, name)).map(([fact, one]) => {
    const value = read[fact]
    return [fact, value === undefined ? one : { ...one, read: value }] as const
  })
  return done({ piece: piece.value, facts: Object.fromEntries(shown), flaws: [...flaws, ...ofEnclosed] })
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
async function proveFinished(
  workshop: Workshop,
  station: Station,
  { communication, bytes }: { readonly communication: Communication; readonly bytes: Uint8Array },
): Promise<readonly Fault[]> {
  const filled = station.merge.fill(communication)
  if (!filled.ok) return filled.faults
  const { flaws } = await provePiece(bytes, { ...workshop, ...station, communication, asked: filled.value.facts })
  return flaws
}

function foresee({ stations, template, run }: Workshop, communication: Communication, to: readonly string[]): Foreseen {
  const faults: Fault[] = []
  const remarks: Foreseen['remarks'][number][] = []
  const leaves: Foreseen['leaves'][number][] = []
  for (const { name, merge, open } of withEnclosures(stations, to)) {
    const texts = merge.merge(communication)
    const facts = texts.ok ? merge.facts(communication) : texts
    if (!texts.ok || !facts.ok) {
      faults.push(...(facts.ok ? [] : facts.faults))
      continue
    }
    const exact = exactOf(template, facts.value)
    const request = { communication, date: run.date, texts: texts.value, retell: retelling(merge), exact }
    faults.push(...(open.refuses?.(request) ?? []))
    if (faults.length > 0 || !to.includes(name)) continue
    remarks.push(...(open.remarks?.(request) ?? []).map(remark => ({ channel: name, remark })))
    const at = open.leaveOf?.(request)
    if (at !== undefined) leaves.push({ channel: name, at })
  }
  return faults.length > 0 ? { faults, remarks: [], leaves: [] } : { faults, remarks, leaves }
}

/** What identities that are text show. */
function exactOf({ facts }: Template, shown: Readonly<Record<string, ShownFact>>): readonly string[] {
  return facts.flatMap(({ name, as, identity }) =>
    identity && as === 'text' && shown[name] !== undefined ? [shown[name].shown] : [],
  )
}

function retelling(merge: Merge): NonNullable<RenderRequest['retell']> {
  return other => {
    const texts = merge.merge(other)
    return texts.ok ? texts.value : undefined
  }
}

/** An address as the data has it, but for capitals and blanks. */
function plainAddress({ recipient }: Communication, kind: Channel['address']): string | undefined {
  // Paper needs no address, and goes to one where the data has it.
  const written = recipient[kind ?? 'address']
  const text = typeof written === 'object' ? written.join('\n') : written
  return text?.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
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

async function closeAll(stations: readonly Station[]): Promise<void> {
  for (const { open } of stations) await open.close()
}

function stationNamed(stations: readonly Station[], name: string): Station {
  const station = stations.find(candidate => candidate.name === name)
  if (station === undefined) throw new Error(`the plan has no channel ${name}`)
  return station
}
