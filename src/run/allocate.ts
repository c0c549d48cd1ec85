/** Lots: which communications are pressed and published together. */
import type { Allotment, Ledger } from '../ledger/index.ts'
import { decisionOf, type Routing } from './route.ts'

/** A lot takes so many communications or so many bytes of staged text, whichever is first. */
const lotBytes = 4 * 1024 * 1024

/** Cuts lots in input order. */
export function* cutLots(ledger: Ledger, routing: Routing, lotSize: number): Generator<Allotment> {
  let lot = 1
  let communications = 0
  let bytes = 0
  for (const { seq } of ledger.stagedIds()) {
    const { size, to, skipped, rule } = decisionOf(routing, seq)
    if (communications > 0 && (communications >= lotSize || bytes + size > lotBytes)) {
      lot += 1
      communications = 0
      bytes = 0
    }
    communications += 1
    bytes += size
    yield { seq, lot, to, skipped, ...(rule === undefined ? {} : { route: rule }) }
  }
}
