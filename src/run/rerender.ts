/** Pieces made again from the frozen kit, and compared byte for byte with those on disk. */
import { createHash } from 'node:crypto'
import type { Ledger } from '../ledger/index.ts'
import { lotName, readPiece } from '../lots/index.ts'
import type { Communication, Verification } from '../model/index.ts'
import { identify } from './identify.ts'
import { readFrozenKit } from './kit.ts'
import { type Made, type Maker, openMaker } from './make.ts'
import { applyOptions } from './options.ts'
import { breathe } from './pace.ts'
import { kitFolder } from './place.ts'
import { type Plan, planJob } from './plan.ts'
import { readReleased } from './released.ts'
import { readRequest } from './request.ts'
import type { Overruled } from './settle.ts'
import type { Table } from './table.ts'
import type { Differ } from './verify.ts'

interface AgainRequest {
  readonly ledger: Ledger
  readonly folder: string
  readonly table: Table
  /** Kits that are as they were frozen. */
  readonly kits: ReadonlySet<number>
  readonly sample?: number
  readonly seed?: number
  readonly signal?: AbortSignal
  readonly differ: Differ
  readonly progress: (made: number, of: number) => void
}

type Again = NonNullable<Verification['found']>['again']

/** Makes all communications again, or a sample that the seed chooses. */
export async function renderAgain(request: AgainRequest): Promise<Again> {
  const { ledger, kits, sample, seed = Date.now() % 1_000_000, signal, progress } = request
  const lots = ledger.lots().filter(({ state }) => state === 'published')
  const all = lots.flatMap(({ number, kit }) =>
    [
      ...new Set(
        ledger
          .pieces(number)
          .filter(({ sha256 }) => sha256 !== undefined)
          .map(({ seq }) => seq),
      ),
    ].map(seq => ({ seq, number, kit })),
  )
  const rank = (seq: number): string => createHash('sha256').update(`${seed} ${seq}`).digest('hex')
  const chosen =
    sample === undefined
      ? all
      : [...all]
          .sort((a, b) => (rank(a.seq) < rank(b.seq) ? -1 : 1))
          .slice(0, sample)
          .sort((a, b) => a.number - b.number || a.seq - b.seq)
  let made = 0
  let unrepeatable = 0
  for (const kit of new Set(chosen.map(one => one.kit))) {
    if (!kits.has(kit)) continue
    const opened = await openKit(request, kit)
    if (opened === undefined) continue
    try {
      for (const { seq, number } of chosen.filter(one => one.kit === kit)) {
        if (made % 16 === 0) await breathe(signal)
        unrepeatable += await compare(request, opened, { seq, number })
        made += 1
        progress(made, chosen.length)
      }
    } finally {
      await opened.maker.close()
    }
  }
  return { made, of: all.length, unrepeatable, ...(sample === undefined ? {} : { seed }) }
}

interface OpenKit {
  readonly maker: Maker
  /** The channels of the job in the kit: a piece that was released may be of one that a later kit has no more. */
  readonly channels: readonly string[]
  /** Channels whose bytes never come out twice: encrypted files, and what encloses them. */
  readonly encrypted: ReadonlySet<string>
  /** What people have overruled, by communication, channel and code. */
  readonly overruled: ReadonlySet<string>
}

async function openKit({ ledger, folder, table, differ }: AgainRequest, kit: number): Promise<OpenKit | undefined> {
  const place = kitFolder(folder, kit)
  const tell = (faults: readonly { readonly message: string }[]): undefined => {
    for (const { message } of faults) differ(`nothing can be made from the kit again: ${message}`, kitFolder('', kit))
  }
  const frozen = readFrozenKit(place, ledger.meta('job') ?? '', table)
  if (!frozen.ok) return tell(frozen.faults)
  const { period, set, channels } = JSON.parse(ledger.meta('options') ?? '{}') as Record<string, unknown>
  const words = { period: period ?? undefined, set: set ?? undefined, channels: channels ?? undefined }
  const asked = readRequest(words as object, { job: ledger.meta('job') ?? '' })
  if (!asked.ok) return tell(asked.faults)
  const applied = applyOptions(frozen.value.job, asked.value)
  if (!applied.ok) return tell(applied.faults)
  const { job, period: chosen } = applied.value
  const planned = await planJob(frozen.value.kit, job, table)
  if (!planned.ok) return tell(planned.faults)
  const run = {
    name: ledger.meta('run') ?? '',
    date: ledger.meta('date') ?? '',
    set: job.set,
    ...(chosen === undefined ? {} : { period: chosen }),
  }
  const maker = await openMaker(planned.value, run, { identities: await identify(ledger, planned.value) })
  return maker.ok
    ? {
        maker: maker.value,
        channels: planned.value.channels.map(({ name }) => name),
        encrypted: encryptedBy(planned.value),
        overruled: overruledIn(ledger),
      }
    : tell(maker.faults)
}

function encryptedBy({ channels }: Plan): ReadonlySet<string> {
  const own = channels.filter(({ settings }) => settings['password'] !== undefined).map(({ name }) => name)
  return new Set([
    ...own,
    ...channels.filter(({ encloses }) => encloses.some(name => own.includes(name))).map(({ name }) => name),
  ])
}

/** Compares the pieces of one communication in a lot; gives back how many could be compared by their measures and facts alone. */
async function compare(
  { ledger, folder, differ }: AgainRequest,
  { maker, channels, encrypted, overruled }: OpenKit,
  { seq, number }: { readonly seq: number; readonly number: number },
): Promise<number> {
  const all = ledger.piecesOf(seq)
  // What stands in another lot was released before this one was made, or made after it.
  const elsewhere = all.filter(({ outcome, lot }) => outcome === 'rendered' && lot !== number)
  const wanted = all.filter(({ outcome }) => outcome !== 'skipped').map(({ channel }) => channel)
  const to = wanted.filter(name => channels.includes(name) && !elsewhere.some(({ channel }) => channel === name))
  const released = readReleased(
    folder,
    elsewhere.flatMap(({ channel, lot, file = '', sha256 = '' }) =>
      lot < number ? [{ channel, lot, file, sha256 }] : [],
    ),
  )
  const communication = JSON.parse(ledger.textOf(seq)) as Communication
  const made = await maker.make(communication, to, { released })
  let unrepeatable = 0
  for (const { channel, lot, outcome, file = '', sha256 = '', measures, facts, codes = [] } of all) {
    if (lot !== number || (outcome !== 'rendered' && outcome !== 'held')) continue
    const inside = outcome === 'held' ? file : `${lotName(lot)}/${file}`
    const again = made.find(one => one.channel === channel)
    if (again === undefined || again.outcome === 'failed') {
      differ(`the ${channel} piece cannot be made again: ${again?.reason ?? 'it has no channel'}`, inside)
      continue
    }
    const before: readonly string[] = outcome === 'held' ? codes : []
    const allowed = (code: string): boolean => before.includes(code) || overruled.has(`${seq} ${channel} ${code}`)
    compareProofs(again, { before, allowed, differ: words => differ(words, inside) })
    if (JSON.stringify(again.facts) !== JSON.stringify(facts))
      differ(`made again, the ${channel} piece has other facts`, inside)
    if (encrypted.has(channel)) {
      unrepeatable += 1
      if (JSON.stringify(again.piece.measures) !== JSON.stringify(measures))
        differ(`made again, the ${channel} piece has other measures`, inside)
    } else {
      // The same bytes, and what their proof finds is told already.
      if (createHash('sha256').update(again.piece.bytes).digest('hex') === sha256) continue
      const where = whereDiffering(again.piece.bytes, readPiece(folder, inside, sha256))
      differ(`made again, the ${channel} piece differs ${where}`, inside)
    }
    // What is not the same byte by byte is at least read: as it stands there, with the recipient's own password.
    const there = outcome === 'rendered' ? readPiece(folder, inside, sha256) : undefined
    const flaws = there === undefined ? [] : await maker.prove(communication, channel, there)
    for (const { message } of flaws) differ(`as it stands there, ${message}`, inside)
  }
  return unrepeatable
}

/** What the proof finds in a piece that is made again, and is not on record; and what is on record, and is not found. */
function compareProofs(
  again: Made,
  {
    before,
    allowed,
    differ,
  }: {
    readonly before: readonly string[]
    readonly allowed: (code: string) => boolean
    readonly differ: (message: string) => void
  },
): void {
  const found = again.outcome === 'held' ? (again.faults ?? []) : []
  for (const { code, message } of found)
    if (!allowed(code)) differ(`the proof of the ${again.channel} piece, made again, fails (${code}): ${message}`)
  for (const code of before)
    if (!found.some(fault => fault.code === code))
      differ(`the ${again.channel} piece is held for ${code}, and made again its proof does not find that`)
}

/** What was let go with `release --unproved`: the chain of events vouches for it. */
function overruledIn(ledger: Ledger): ReadonlySet<string> {
  const released = ledger.events().filter(({ kind }) => kind === 'released')
  return new Set(
    released.flatMap(({ body }) =>
      ((JSON.parse(body) as { readonly overruled?: readonly Overruled[] }).overruled ?? []).flatMap(
        ({ communication, channel, codes }) => codes.map(code => `${communication} ${channel} ${code}`),
      ),
    ),
  )
}

function whereDiffering(made: Uint8Array, there: Uint8Array | undefined): string {
  if (there === undefined) return 'from its digest, and the file was altered'
  const at = made.findIndex((byte, place) => byte !== there[place])
  return `from byte ${(at < 0 ? made.length : at) + 1} on`
}
