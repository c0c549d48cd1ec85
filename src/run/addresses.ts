/** Addresses of a run's pieces, by channel: which are written to for more than one account. Kept as short hashes, for millions of them. */
import { createHash } from 'node:crypto'

/** How many addresses get pieces of more than one account, how many pieces those are, and of which communications. */
export interface Twice {
  readonly addresses: number
  readonly pieces: number
  /** In rising order. */
  readonly seqs: readonly number[]
}

interface Reached {
  readonly account: number
  readonly seq: number
  /** Communications behind the first; most addresses have none. */
  others?: number[]
  shared: boolean
}

export class Addresses {
  readonly #counts = new Map<string, Map<number, Reached>>()

  /** `account`: what tells customers apart. One customer may well get several invoices. */
  add(
    channel: string,
    address: string | undefined,
    { account, seq }: { readonly account: string; readonly seq: number },
  ): void {
    if (address === undefined) return
    let counts = this.#counts.get(channel)
    if (counts === undefined) {
      counts = new Map()
      this.#counts.set(channel, counts)
    }
    const hash = short(address)
    const known = counts.get(hash)
    if (known === undefined) counts.set(hash, { account: short(account), seq, shared: false })
    else {
      known.others ??= []
      known.others.push(seq)
      known.shared ||= known.account !== short(account)
    }
  }

  twice(): Readonly<Record<string, Twice>> {
    const found: Record<string, Twice> = {}
    for (const [channel, counts] of this.#counts) {
      const shared = [...counts.values()].filter(one => one.shared)
      const seqs = shared.flatMap(({ seq, others = [] }) => [seq, ...others]).sort((a, b) => a - b)
      if (shared.length > 0) found[channel] = { addresses: shared.length, pieces: seqs.length, seqs }
    }
    return found
  }
}

/** 48 bits: two of a million addresses are taken for one in one run of 560. */
function short(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6)
}
