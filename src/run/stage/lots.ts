/** Lots: which communications are pressed and published together. */
import type { Allotment, Ledger } from '../../ledger/index.ts'
import { decisionOf, type Routing } from './route.ts'

/** A lot takes so many communications or so many bytes of staged text, whichever is first. */
const lotBytes = 4 * 1024 * 1024

/** Gives each communication, by the bytes of its staged text and in input order, the number of its lot. */
export function openCutter({
  first,
  lotSize,
}: {
  readonly first: number
  readonly lotSize: number
}): (size: number) => number {
  let lot = first
  let communications = 0
  let bytes = 0
  return size => {
    if (communications > 0 && (communications >= lotSize || bytes + size > lotBytes)) {
      lot += 1
      communications = 0
      bytes = 0
    }
    communications += 1
    bytes += size
    return lot
  }
}

/** Cuts lots in input order. */
export function* cutLots(ledger: Ledger, routing: Routing, lotSize: number): Generator<Allotment> {
  const cut = openCutter({ first: 1, lotSize })
  for (const { seq } of ledger.stagedIds()) {
    const { size, to, skipped, rule } = decisionOf(routing, seq)
    yield { seq, lot: cut(size), to, skipped, ...(rule === undefined ? {} : { route: rule }) }
  }
}
