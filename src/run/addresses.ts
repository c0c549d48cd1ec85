/** Addresses of a run's pieces, by channel: which are written to for more than one account. Kept as short hashes, for millions of them. */
import { createHash } from 'node:crypto'

/** How many addresses get pieces of more than one account, and how many pieces those are. */
export interface Twice {
  readonly addresses: number
  readonly pieces: number
}

export class Addresses {
  readonly #counts = new Map<string, Map<number, { pieces: number; readonly first: number; shared: boolean }>>()

  /** `account`: what tells customers apart. One customer may well get several invoices. */
  add(channel: string, address: string | undefined, account: string): void {
    if (address === undefined) return
    let counts = this.#counts.get(channel)
    if (counts === undefined) {
      counts = new Map()
      this.#counts.set(channel, counts)
    }
    const hash = short(address)
    const known = counts.get(hash)
    if (known === undefined) counts.set(hash, { pieces: 1, first: short(account), shared: false })
    else {
      known.pieces += 1
      known.shared ||= known.first !== short(account)
    }
  }

  twice(): Readonly<Record<string, Twice>> {
    const found: Record<string, Twice> = {}
    for (const [channel, counts] of this.#counts) {
      const shared = [...counts.values()].filter(one => one.shared)
      if (shared.length > 0)
        found[channel] = { addresses: shared.length, pieces: shared.reduce((sum, { pieces }) => sum + pieces, 0) }
    }
    return found
  }
}

/** 48 bits: two of a million addresses are taken for one in one run of 560. */
function short(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6)
}
