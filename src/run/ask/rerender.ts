/** Pieces made again from the frozen kit: which, with what, and what came of it. */
import { createHash } from 'node:crypto'
import type { Ledger } from '../../ledger/index.ts'
import type { Communication, MadeOtherwise, Verification } from '../../model/index.ts'
import { breathe } from '../pace.ts'
import { kitFolder } from '../place.ts'
import { openKit } from '../plan/openkit.ts'
import type { Table } from '../plan/table.ts'
import { toolsOfLots, toolsWith } from '../press/madewith.ts'
import { compareMade } from './comparemade.ts'
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

/** A communication to be made again, for its pieces of one lot. */
interface Chosen {
  readonly seq: number
  readonly number: number
  readonly kit: number
}

/** Makes all communications again, or a sample that the seed chooses. */
export async function renderAgain(request: AgainRequest): Promise<Again> {
  const { ledger, kits, sample, seed = Date.now() % 1_000_000, signal, progress } = request
  const all = madeIn(ledger)
  const chosen = sample === undefined ? all : drawn(all, sample, seed)
  const madeWith = toolsOfLots(ledger)
  const tools = toolsWith(request.table.modules)
  const otherwise = new Map<string, MadeOtherwise>()
  const count = (lot: number, what: Partial<Omit<MadeOtherwise, 'tools'>>): void => {
    const others = madeWith.get(lot) ?? ''
    if (others !== tools) otherwise.set(others, added(others, otherwise.get(others), what))
  }
  let made = 0
  let unrepeatable = 0
  for (const kit of new Set(chosen.map(one => one.kit))) {
    if (!kits.has(kit)) continue
    const ofKit = chosen.filter(one => one.kit === kit)
    const opened = await openKit(request, kit, words => {
      // Another Platen may not take what this one wrote, or the other way round: then nobody has altered a thing.
      const [ours, theirs] = [true, false].map(same =>
        ofKit.filter(one => (madeWith.get(one.number) === tools) === same),
      )
      if ((ours?.length ?? 0) > 0)
        request.differ(`nothing can be made from the kit again: ${words}`, kitFolder('', kit))
      for (const { number } of theirs ?? []) count(number, { unmade: 1, reasons: [words] })
    })
    if (opened === undefined) continue
    try {
      for (const { seq, number } of ofKit) {
        if (made % 16 === 0) await breathe(signal)
        unrepeatable += await compareMade(request, opened, {
          communication: JSON.parse(ledger.textOf(seq)) as Communication,
          pieces: ledger.piecesOf(seq),
          seq,
          lot: number,
          ...(madeWith.get(number) === tools ? {} : { count: what => count(number, what) }),
        })
        made += 1
        progress(made, chosen.length)
      }
    } finally {
      await opened.maker.close()
    }
  }
  return {
    made,
    of: all.length,
    unrepeatable,
    tools,
    otherwise: [...otherwise.values()],
    ...(sample === undefined ? {} : { seed }),
  }
}

/** Communications with a finished piece, once for each lot that has one. */
function madeIn(ledger: Ledger): readonly Chosen[] {
  const lots = ledger.lots().filter(({ state }) => state === 'published')
  return lots.flatMap(({ number, kit }) => {
    const finished = ledger.pieces(number).filter(({ sha256 }) => sha256 !== undefined)
    return [...new Set(finished.map(({ seq }) => seq))].map(seq => ({ seq, number, kit }))
  })
}

function drawn(all: readonly Chosen[], sample: number, seed: number): readonly Chosen[] {
  const rank = (seq: number): string => createHash('sha256').update(`${seed} ${seq}`).digest('hex')
  return [...all]
    .sort((a, b) => (rank(a.seq) < rank(b.seq) ? -1 : 1))
    .slice(0, sample)
    .sort((a, b) => a.number - b.number || a.seq - b.seq)
}

function added(
  others: string,
  { same = 0, different = 0, unmade = 0, reasons = [] }: Partial<MadeOtherwise> = {},
  more: Partial<MadeOtherwise>,
): MadeOtherwise {
  return {
    tools: others,
    same: same + (more.same ?? 0),
    different: different + (more.different ?? 0),
    unmade: unmade + (more.unmade ?? 0),
    reasons: [...new Set([...reasons, ...(more.reasons ?? [])])].slice(0, mostReasons),
  }
}

/** They are told to people: the first few are enough. */
const mostReasons = 5
