/** Making: one communication on all its channels, or on none. Used by the press, by proofs and by the library alike. */
import {
  type Channel,
  type Communication,
  done,
  type Fault,
  type Picture,
  type Piece,
  type Remark,
  type Result,
  type RunView,
  type ShownFact,
} from '../../model/index.ts'
import { compileMerge } from '../../template/index.ts'
import type { PressPlan } from '../plan/plan.ts'
import { channelNamed, loadTable, type Table } from '../plan/table.ts'
import type { Identities } from '../prove/identities.ts'
import { openWatch } from '../prove/identity.ts'
import { withEnclosures } from './enclosure.ts'
import { findLacking } from './glyphs.ts'
import {
  exactOf,
  type Order,
  type Outcome,
  proveFinished,
  retelling,
  runLine,
  type Station,
  stationNamed,
  type Workshop,
} from './line.ts'
import type { Made } from './outcomes.ts'
import { nothingReleased, type Released } from './released.ts'

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
  /** The same for many, each by itself: what a bug throws is that one's outcome. `begins` is told before each step of one which it is. */
  readonly makeAll: (orders: readonly Order[], begins: (order: number) => void) => Promise<readonly Outcome[]>
  /** What finished bytes of a channel do not show, or cannot be read to show; `asked` and enclosures are those of the present making. */
  readonly prove: (communication: Communication, channel: string, bytes: Uint8Array) => Promise<readonly Fault[]>
  /** What is known of a communication's pieces without rendering one. */
  readonly foresee: (communication: Communication, to: readonly string[]) => Foreseen
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
  /** Whether the memory of a channel's pieces may be given back once they are filed. */
  readonly ownBytes: (channel: string) => boolean
  readonly close: () => Promise<void>
}

export interface Foreseen {
  /** What stands in the way. */
  readonly faults: readonly Fault[]
  /** What is worth knowing of the pieces that can be made; none where something stands in the way of one. */
  readonly remarks: readonly { readonly channel: string; readonly remark: Remark }[]
  /** Where its recipient, and nobody else, leaves the list; none where something stands in the way. */
  readonly leaves: readonly { readonly channel: string; readonly at: string }[]
  /** By place among its channels, where it goes; undefined where that makes no difference, or where something stands in the way. */
  readonly addresses: readonly (string | undefined)[]
}

/** What a maker is to know of all that it makes. */
export interface Making {
  /** What identifies the communications of the run: pieces are watched for what identifies others. Absent: they are not. */
  readonly identities?: Identities | undefined
  /** Whether this process foresaw all that is made, with this plan. Absent: it did not. */
  readonly foreseen?: boolean
}

/** The channels of a plan, open, and the run that they work for. */
export interface Stations {
  readonly plan: PressPlan
  readonly run: RunView
  readonly table: Table
  readonly stations: readonly Station[]
}

/** Opens every channel of a plan and compiles its texts, and makes with them. */
export async function openMaker(plan: PressPlan, run: RunView, making: Making = {}): Promise<Result<Maker>> {
  const opened = await openStations(plan, run)
  return opened.ok ? done(makerAt(opened.value, making)) : opened
}

/** Opens every channel of a plan and compiles its texts: planning has checked that they do. */
export async function openStations(plan: PressPlan, run: RunView): Promise<Result<Stations>> {
  const { brand, template, channels, modules } = plan
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
  return done({ plan, run, table: table.value, stations })
}

/** Closing it closes the stations, for all that work at them. */
export function makerAt({ plan, run, table, stations }: Stations, { identities, foreseen = false }: Making): Maker {
  const { brand, template, prints, files = {} } = plan
  const watch = identities === undefined ? undefined : openWatch(identities, plan, run)
  const workshop: Workshop = { stations, table, template, brand, run, watch, files, foreseen }
  return {
    make: async (communication, to, { released = nothingReleased } = {}) => {
      const [outcome] = await runLine(workshop, [{ communication, to, released }])
      if (outcome === undefined || 'thrown' in outcome) throw outcome?.thrown
      return outcome.made
    },
    makeAll: (orders, begins) => runLine(workshop, orders, begins),
    prove: (communication, name, bytes) =>
      proveFinished(workshop, stationNamed(stations, name), { communication, bytes }),
    foresee: (communication, to) => foresee(workshop, prints, { communication, to }),
    pictures: (name, { bytes }) => stationNamed(stations, name).open.pictures?.(bytes),
    facts: communication => stations[0]?.merge.facts(communication) ?? done({}),
    addressOf: (communication, name) => addressAt(workshop, name, communication),
    reaches: name => reaches(table, name),
    output: name => channelNamed(table, name).output,
    ownBytes: name => channelNamed(table, name).ownBytes === true,
    close: () => closeAll(stations),
  }
}

function foresee(
  { stations, table, template, run }: Workshop,
  prints: PressPlan['prints'],
  { communication, to }: { readonly communication: Communication; readonly to: readonly string[] },
): Foreseen {
  const lacking = findLacking(communication, to, { stations, prints })
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
  const all = unique([...lacking, ...faults])
  if (all.length > 0) return { faults: all, remarks: [], leaves: [], addresses: [] }
  const addresses = to.map(name =>
    reaches(table, name) || leaves.some(({ channel }) => channel === name)
      ? addressAt({ stations, table }, name, communication)
      : undefined,
  )
  return { faults: all, remarks, leaves, addresses }
}

/** Whether a channel's pieces go to one person alone. */
function reaches(table: Table, name: string): boolean {
  return ['email', 'phone'].includes(channelNamed(table, name).address ?? '')
}

function addressAt(
  { stations, table }: Pick<Workshop, 'stations' | 'table'>,
  name: string,
  communication: Communication,
): string | undefined {
  const { open } = stationNamed(stations, name)
  return open.addressOf === undefined
    ? plainAddress(communication, channelNamed(table, name).address)
    : open.addressOf(communication)
}

/** Channels that share a text find the same fault in it. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return faults.length < 2 ? faults : [...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values()]
}

/** An address as the data has it, but for capitals and blanks. */
function plainAddress({ recipient }: Communication, kind: Channel['address']): string | undefined {
  // Paper needs no address, and goes to one where the data has it.
  const written = recipient[kind ?? 'address']
  const text = typeof written === 'object' ? written.join('\n') : written
  return text?.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

async function closeAll(stations: readonly Station[]): Promise<void> {
  for (const { open } of stations) await open.close()
}
