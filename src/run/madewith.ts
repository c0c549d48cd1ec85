/** What each lot of a run was made with: Platen, Node, and what else its bytes depend on. Only the same makes the same bytes. */
import type { Ledger } from '../ledger/index.ts'

/** By the number of a lot, as its event has it; lots of released pieces were made as those that held them. */
export function toolsOfLots(ledger: Ledger): ReadonlyMap<number, string> {
  // Ledgers from before lots noted it name the Platen that began them, and no Node.
  const unknown = `Platen ${ledger.meta('platen') ?? '?'} on a Node that was not noted`
  const noted = new Map(
    ledger
      .events()
      .filter(({ kind }) => kind === 'lot-published')
      .map(({ body }) => JSON.parse(body) as { readonly lot: number; readonly tools?: string })
      .map(({ lot, tools = unknown }) => [lot, tools] as const),
  )
  const all = [...new Set(noted.values())].join(' or ') || unknown
  return new Map(ledger.lots().map(({ number }) => [number, noted.get(number) ?? all]))
}
