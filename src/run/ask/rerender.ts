/** Pieces made again from the frozen kit: which, with what, and what came of it. */
import { hash } from 'node:crypto'
import type { Ledger, LotState } from '../../ledger/index.ts'
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

/** Makes all communications again, or a sample that the seed chooses. */
export async function renderAgain(request: AgainRequest): Promise<Again> {
  const { ledger, kits, sample, seed = Date.now() % 1_000_000, signal, progress } = request
  const lots = ledger.lots().filter(({ state }) => state === 'published')
  const of = lots.reduce((sum, { number }) => sum + ledger.finished(number).length, 0)
  const sampled = sample === undefined ? undefined : draw(ledger, { lots, sample, seed })
  const askChosen = (lot: number): readonly number[] =>
    sampled === undefined ? ledger.finished(lot) : (sampled.get(lot) ?? [])
  const madeWith = toolsOfLots(ledger)
  const tools = toolsWith(request.table.modules)
  const otherwise = new Map<string, MadeOtherwise>()
  const count = (lot: number, what: Partial<Omit<MadeOtherwise, 'tools'>>): void => {
    const others = madeWith.get(lot) ?? ''
    if (others !== tools) otherwise.set(others, added(others, otherwise.get(others), what))
  }
  let made = 0
  let unrepeatable = 0
  for (const kit of new Set(lots.map(lot => lot.kit))) {
    if (!kits.has(kit)) continue
    const ofKit = lots.filter(lot => lot.kit === kit && askChosen(lot.number).length > 0)
    if (ofKit.length === 0) continue
    const opened = await openKit(request, kit, words => {
      // Another Platen may not take what this one wrote, or the other way round: then nobody has altered a thing.
      const [ours, theirs] = [true, false].map(same =>
        ofKit.filter(lot => (madeWith.get(lot.number) === tools) === same),
      )
      if ((ours?.length ?? 0) > 0)
        request.differ(`nothing can be made from the kit again: ${words}`, kitFolder('', kit))
      for (const { number } of theirs ?? []) count(number, { unmade: askChosen(number).length, reasons: [words] })
    })
    if (opened === undefined) continue
    try {
      for (const { number } of ofKit) {
        for (const seq of askChosen(number)) {
          if (made % 16 === 0) await breathe(signal)
          unrepeatable += await compareMade(request, opened, {
            communication: JSON.parse(ledger.textOf(seq)) as Communication,
            pieces: ledger.piecesOf(seq),
            seq,
            lot: number,
            ...(madeWith.get(number) === tools ? {} : { count: what => count(number, what) }),
          })
          made += 1
          progress(made, Math.min(of, sample ?? of))
        }
      }
    } finally {
      await opened.maker.close()
    }
  }
  return {
    made,
    of,
    unrepeatable,
    tools,
    otherwise: [...otherwise.values()],
    ...(sample === undefined ? {} : { seed }),
  }
}

/** Which communications of each lot a seed draws: those whose hashes with it are the lowest, without holding on to the others. */
function draw(
  ledger: Ledger,
  { lots, sample, seed }: { readonly lots: readonly LotState[]; readonly sample: number; readonly seed: number },
): ReadonlyMap<number, readonly number[]> {
  let lowest: { readonly rank: string; readonly number: number; readonly seq: number }[] = []
  const drop = (): void => {
    lowest = lowest.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.number - b.number)).slice(0, sample)
  }
  for (const { number } of lots) {
    for (const seq of ledger.finished(number)) lowest.push({ rank: hash('sha256', `${seed} ${seq}`), number, seq })
    if (lowest.length > 2 * sample + fewRanks) drop()
  }
  drop()
  const chosen = new Map<number, number[]>()
  for (const { number, seq } of lowest.sort((a, b) => a.seq - b.seq)) {
    const known = chosen.get(number)
    if (known === undefined) chosen.set(number, [seq])
    else known.push(seq)
  }
  return chosen
}

/** Sorted away now and then. */
const fewRanks = 10_000

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
