/** Addresses of a run's pieces, by channel: which are written to more than once. Kept as short hashes, for millions of them. */
import { createHash } from 'node:crypto'

/** How many addresses get more than one piece, and how many pieces those are. */
export interface Twice {
  readonly addresses: number
  readonly pieces: number
}

export class Addresses {
  readonly #counts = new Map<string, Map<number, number>>()

  add(channel: string, address: string | undefined): void {
    if (address === undefined) return
    let counts = this.#counts.get(channel)
    if (counts === undefined) {
      counts = new Map()
      this.#counts.set(channel, counts)
    }
    // 48 bits: two of a million addresses are taken for one in one run of 560.
    const hash = createHash('sha256').update(address).digest().readUIntBE(0, 6)
    counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }

  twice(): Readonly<Record<string, Twice>> {
    const found: Record<string, Twice> = {}
    for (const [channel, counts] of this.#counts) {
      const repeated = [...counts.values()].filter(count => count > 1)
      if (repeated.length > 0)
        found[channel] = { addresses: repeated.length, pieces: repeated.reduce((sum, count) => sum + count, 0) }
    }
    return found
  }
}
