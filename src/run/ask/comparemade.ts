/** One communication made again, against its pieces on record and on disk. */
import { createHash } from 'node:crypto'
import type { Ledger } from '../../ledger/index.ts'
import { lotName, readPiece } from '../../lots/index.ts'
import type { Communication, Fault, MadeOtherwise, ShownFact } from '../../model/index.ts'
import type { OpenKit } from '../plan/openkit.ts'
import type { Made } from '../press/outcomes.ts'
import { readReleased } from '../press/released.ts'
import type { Differ } from './verify.ts'

type Pieces = ReturnType<Ledger['piecesOf']>
type Facts = Readonly<Record<string, ShownFact>>

interface Compared {
  readonly communication: Communication
  readonly pieces: Pieces
  readonly seq: number
  /** The lot whose pieces are looked at. */
  readonly lot: number
  /**
   * Given where the lot was made with other tools: nothing promises the same bytes then, and what comes out otherwise is counted. What
   * stands there is held to its digest, as all files are, and to its facts.
   */
  readonly count?: (what: Partial<Omit<MadeOtherwise, 'tools'>>) => void
}

/** Compares the pieces of one communication in a lot; gives back how many could be compared by their measures and facts alone. */
export async function compareMade(
  { folder, differ }: { readonly folder: string; readonly differ: Differ },
  { maker, channels, encrypted, overruled }: OpenKit,
  { communication, pieces, seq, lot: wanted, count }: Compared,
): Promise<number> {
  // What stands in another lot was released before this one was made, or made after it.
  const elsewhere = pieces.filter(({ outcome, lot }) => outcome === 'rendered' && lot !== wanted)
  const to = pieces
    .filter(({ outcome, channel }) => outcome !== 'skipped' && channels.includes(channel))
    .map(({ channel }) => channel)
    .filter(name => !elsewhere.some(({ channel }) => channel === name))
  const earlier = elsewhere.flatMap(({ channel, lot, file = '', sha256 = '' }) =>
    lot < wanted ? [{ channel, lot, file, sha256 }] : [],
  )
  const made = await maker.make(communication, to, { released: readReleased(folder, earlier) })
  let unrepeatable = 0
  for (const { channel, lot, outcome, file = '', sha256 = '', measures, facts = {}, codes = [] } of pieces) {
    if (lot !== wanted || (outcome !== 'rendered' && outcome !== 'held')) continue
    const inside = outcome === 'held' ? file : `${lotName(lot)}/${file}`
    const again = made.find(one => one.channel === channel)
    if (again === undefined || again.outcome === 'failed') {
      const why = again?.reason ?? 'it has no channel'
      if (count === undefined) differ(`the ${channel} piece cannot be made again: ${why}`, inside)
      else count({ unmade: 1, reasons: [`${channel}: ${why}`] })
      continue
    }
    if (count === undefined) {
      const before: readonly string[] = outcome === 'held' ? codes : []
      const allowed = (code: string): boolean => before.includes(code) || overruled.has(`${seq} ${channel} ${code}`)
      compareProofs(again, { before, allowed, differ: words => differ(words, inside) })
    }
    const told = count === undefined ? JSON.stringify : saidOf
    if (told(again.facts) !== told(facts)) differ(`made again, the ${channel} piece has other facts`, inside)
    const same = createHash('sha256').update(again.piece.bytes).digest('hex') === sha256
    if (encrypted.has(channel)) {
      unrepeatable += 1
      if (count === undefined && JSON.stringify(again.piece.measures) !== JSON.stringify(measures))
        differ(`made again, the ${channel} piece has other measures`, inside)
    } else {
      count?.(same ? { same: 1 } : { different: 1 })
      // The same bytes, and what their proof finds is told already.
      if (same) continue
      if (count === undefined) {
        const where = whereDiffering(again.piece.bytes, readPiece(folder, inside, sha256))
        differ(`made again, the ${channel} piece differs ${where}`, inside)
      }
    }
    // What is not the same byte by byte is at least read: as it stands there, with the recipient's own password.
    const there = outcome === 'rendered' ? readPiece(folder, inside, sha256) : undefined
    const flaws = there === undefined ? [] : await maker.prove(communication, channel, there)
    for (const flaw of flaws) {
      if (overruled.has(`${seq} ${channel} ${flaw.code}`)) continue
      if (count === undefined || isOfData(flaw, again.facts, facts))
        differ(`as it stands there, ${flaw.message}`, inside)
    }
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

/** Facts by what the data says; how a recipient reads them may change with ICU. */
function saidOf(facts: Facts): string {
  return JSON.stringify(Object.entries(facts).map(([name, { value }]) => [name, value]))
}

/** Whether a flaw that this Platen finds in another's piece says that the data is not what it was: that fact still reads as it did. */
function isOfData({ code, place }: Fault, now: Facts, then: Facts): boolean {
  const name = place?.path?.replace(/^facts\./, '') ?? ''
  return code === 'run.fact' && now[name] !== undefined && now[name].shown === then[name]?.shown
}

function whereDiffering(made: Uint8Array, there: Uint8Array | undefined): string {
  if (there === undefined) return 'from its digest, and the file was altered'
  const at = made.findIndex((byte, place) => byte !== there[place])
  return `from byte ${(at < 0 ? made.length : at) + 1} on`
}
