/** What each lot of a run was made with: Platen, Node, and what else its bytes depend on. Only the same makes the same bytes. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Ledger } from '../../ledger/index.ts'
import { tools } from '../plan/version.ts'

/** What this process makes pieces with; channels from outside count by their module's bytes, which no kit keeps. */
export function toolsWith(modules: readonly string[]): string {
  if (modules.length === 0) return tools
  const hash = createHash('sha256')
  for (const url of modules) hash.update(url.startsWith('file:') ? readFileSync(new URL(url)) : url)
  return `${tools}, channels from outside ${hash.digest('hex').slice(0, 12)}`
}

/** By the number of a lot, as its event has it; lots of released pieces were made as those that held them. */
export function toolsOfLots(ledger: Ledger): ReadonlyMap<number, string> {
  // Ledgers from before lots noted it name the Platen that began them, and no Node.
  const unknown = `Platen ${ledger.meta('platen') ?? '?'} on a Node that was not noted`
  const noted = new Map(
    ledger
      .events()
      .filter(({ kind }) => kind === 'lot-published')
      .map(({ body }) => JSON.parse(body) as { readonly lot: number; readonly tools?: string })
      .map(({ lot, tools: madeWith = unknown }) => [lot, madeWith] as const),
  )
  const all = [...new Set(noted.values())].join(' or ') || unknown
  return new Map(ledger.lots().map(({ number }) => [number, noted.get(number) ?? all]))
}
