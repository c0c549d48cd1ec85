/** Making: one communication on all its channels, or on none. Used by the press, by proofs and by the library alike. */
import { safeName } from '../lots/index.ts'
import {
  type Channel,
  type Communication,
  describe,
  done,
  type Enclosure,
  type Fault,
  failed,
  type OpenChannel,
  type Picture,
  type Piece,
  type Result,
  type RunView,
  type ShownFact,
  type Template,
} from '../model/index.ts'
import { compileMerge, type Merge } from '../template/index.ts'
import { type PressPlan, withEnclosures } from './plan.ts'
import { channelNamed, loadTable, type Table } from './table.ts'

/** What became of one communication on one channel. */
export type Made =
  | {
      readonly channel: string
      readonly outcome: 'rendered' | 'held'
      /** Why it is held. */
      readonly reason?: string
      readonly piece: Piece
      readonly facts: Readonly<Record<string, ShownFact>>
    }
  | { readonly channel: string; readonly outcome: 'failed'; readonly reason: string; readonly faults: readonly Fault[] }

export interface Maker {
  /** Renders a communication on the channels given: all rendered, or those that failed and their siblings held. */
  readonly make: (communication: Communication, to: readonly string[]) => Promise<readonly Made[]>
  /** What is known to stand in the way of a communication's pieces, without rendering one. */
  readonly foresee: (communication: Communication, to: readonly string[]) => readonly Fault[]
  /** Warnings of its channels about all that was made and foreseen. */
  readonly noticed: () => readonly Fault[]
  /** How a finished piece looks to who gets it; undefined for channels whose pieces are looked at as they are. */
  readonly pictures: (channel: string, piece: Piece) => Promise<Result<readonly Picture[]>> | undefined
  /** Where a channel's pieces go. */
  readonly output: (channel: string) => Channel['output']
  /** Characters of a text that a channel cannot show. */
  readonly lacks: (channel: string, text: string) => readonly string[]
  readonly close: () => Promise<void>
}

interface Station {
  readonly name: string
  readonly open: OpenChannel
  readonly merge: Merge
  /** Names of the channels whose pieces it encloses. */
  readonly encloses: readonly string[]
}

/** Opens every channel of a plan and compiles its texts. Throws for a plan whose texts do not compile: planning has checked them. */
export async function openMaker(
  { brand, template, channels, modules }: PressPlan,
  run: RunView,
): Promise<Result<Maker>> {
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
    const open = await channel.open(prepared, { brand, settings })
    stations.push({ name, open, merge: merge.value, encloses })
  }

  const workshop: Workshop = { stations, table: table.value, template, run }
  return done({
    make: (communication, to) => make(workshop, communication, to),
    foresee: (communication, to) => foresee(workshop, communication, to),
    noticed: () => stations.flatMap(({ open }) => open.noticed?.() ?? []),
    pictures: (name, { bytes }) => stationNamed(stations, name).open.pictures?.(bytes),
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
  readonly run: RunView
}

async function make(workshop: Workshop, communication: Communication, to: readonly string[]): Promise<readonly Made[]> {
  const { stations, template } = workshop
  for (const name of to) stationNamed(stations, name)
  const pieces = new Map<string, Piece>()
  const facts = new Map<string, Readonly<Record<string, ShownFact>>>()
  const faults = new Map<string, readonly Fault[]>()
  for (const station of withEnclosures(stations, to)) {
    const broken = station.encloses.flatMap(other => faults.get(other) ?? [])
    const piece = broken.length > 0 ? failed(...broken) : await renderAt(station, communication, { workshop, pieces })
    const shown = station.merge.facts(communication)
    if (piece.ok && shown.ok) {
      pieces.set(station.name, piece.value)
      facts.set(station.name, onlyShown(template, shown.value, station.name))
    } else faults.set(station.name, [...(piece.ok ? [] : piece.faults), ...(shown.ok ? [] : shown.faults)])
  }
  const ordered = stations.map(({ name }) => name).filter(name => to.includes(name))
  return settleOutcomes(ordered, pieces, facts, faults)
}

async function renderAt(
  station: Station,
  communication: Communication,
  {
    workshop: { table, template, run },
    pieces,
  }: { readonly workshop: Workshop; readonly pieces: ReadonlyMap<string, Piece> },
): Promise<Result<Piece>> {
  const texts = station.merge.merge(communication)
  if (!texts.ok) return texts
  const fallback = `${template.name}-${safeName(communication.id)}`
  const enclosed: Record<string, Enclosure> = {}
  for (const other of station.encloses) {
    const piece = pieces.get(other)
    const { output } = channelNamed(table, other)
    if (piece !== undefined) enclosed[other] = { piece, fileName: enclosureName(piece, { fallback, output }) }
  }
  return station.open.render({ communication, date: run.date, texts: texts.value, enclosed })
}

function foresee({ stations, run }: Workshop, communication: Communication, to: readonly string[]): readonly Fault[] {
  return withEnclosures(stations, to).flatMap(({ merge, open }) => {
    const texts = merge.merge(communication)
    if (!texts.ok) return texts.faults
    const facts = merge.facts(communication)
    if (!facts.ok) return facts.faults
    return open.refuses?.({ communication, date: run.date, texts: texts.value }) ?? []
  })
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

/** A communication is published on all its channels or on none. */
function settleOutcomes(
  to: readonly string[],
  pieces: ReadonlyMap<string, Piece>,
  facts: ReadonlyMap<string, Readonly<Record<string, ShownFact>>>,
  faults: ReadonlyMap<string, readonly Fault[]>,
): readonly Made[] {
  const broken = to.filter(channel => faults.has(channel))
  return to.map((channel): Made => {
    const piece = pieces.get(channel)
    if (piece === undefined) {
      const found = faults.get(channel) ?? []
      return { channel, outcome: 'failed', reason: reasonOf(found), faults: found }
    }
    const shown = facts.get(channel) ?? {}
    if (broken.length === 0) return { channel, outcome: 'rendered', piece, facts: shown }
    return { channel, outcome: 'held', reason: `${broken.join(' and ')} failed`, piece, facts: shown }
  })
}

/** Codes and places: what a ledger may say, without a word of the customer's. */
function reasonOf(faults: readonly Fault[]): string {
  return [
    ...new Set(
      faults.map(({ code, place }) =>
        place === undefined ? code : `${code} at ${describe({ code, message: '', place }).replace(/: $/, '')}`,
      ),
    ),
  ].join(', ')
}

function stationNamed(stations: readonly Station[], name: string): Station {
  const station = stations.find(candidate => candidate.name === name)
  if (station === undefined) throw new Error(`the plan has no channel ${name}`)
  return station
}

/** The name under which the recipient sees an enclosure: the words of its title, `Invoice-of-9-March-2026-No-417.pdf`. */
function enclosureName(
  { title = '' }: Piece,
  { fallback, output }: { readonly fallback: string; readonly output: Channel['output'] },
): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*/gu) ?? []
  // File names of 255 bytes are the most that disks take; a Cyrillic letter has two.
  const name = words.reduce(
    (so, word) => (so.length + word.length >= 100 ? so : so === '' ? word : `${so}-${word}`),
    '',
  )
  return `${name === '' ? fallback : name}.${'extension' in output ? output.extension : 'txt'}`
}
