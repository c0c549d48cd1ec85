/** Addresses of a run's pieces, by channel: which are written to for more than one account. Kept as short hashes, for millions of them. */
import { createHash } from 'node:crypto'

/** How many addresses get pieces of more than one account, and how many pieces those are. */
export interface Twice {
  readonly addresses: number
  readonly pieces: number
}

export class Addresses {
  readonly #tables = new Map<string, Table>()

  /** `account`: what tells customers apart. One customer may well get several invoices. */
  add(channel: string, address: string | undefined, account: string): void {
    if (address === undefined) return
    let table = this.#tables.get(channel)
    if (table === undefined) {
      table = new Table()
      this.#tables.set(channel, table)
    }
    table.add(short(address), short(account))
  }

  twice(): Readonly<Record<string, Twice>> {
    const found: Record<string, Twice> = {}
    for (const [channel, table] of this.#tables) {
      const twice = table.twice()
      if (twice.addresses > 0) found[channel] = twice
    }
    return found
  }
}

const firstRoom = 1024

/** Open addressing, at most half full: 42 to 84 bytes an address, outside the heap, which a `Map` of objects would fill. */
class Table {
  #room = firstRoom
  #addresses = new Float64Array(firstRoom)
  #accounts = new Float64Array(firstRoom)
  #pieces = new Uint32Array(firstRoom)
  #shared = new Uint8Array(firstRoom)
  #count = 0

  add(address: number, account: number): void {
    const at = this.#placeOf(address)
    if (this.#pieces[at] === 0) {
      this.#put(at, { address, account, pieces: 1, shared: 0 })
      this.#count += 1
      if (this.#count * 2 > this.#room) this.#grow()
      return
    }
    this.#pieces[at] = (this.#pieces[at] ?? 0) + 1
    if (this.#accounts[at] !== account) this.#shared[at] = 1
  }

  twice(): Twice {
    let addresses = 0
    let pieces = 0
    for (let at = 0; at < this.#room; at += 1) {
      if (this.#shared[at] !== 1) continue
      addresses += 1
      pieces += this.#pieces[at] ?? 0
    }
    return { addresses, pieces }
  }

  /** Where an address stands, or is to stand: a place without pieces is empty. */
  #placeOf(address: number): number {
    let at = address % this.#room
    while (this.#pieces[at] !== 0 && this.#addresses[at] !== address) at = (at + 1) % this.#room
    return at
  }

  #put(
    at: number,
    entry: { readonly address: number; readonly account: number; readonly pieces: number; readonly shared: number },
  ): void {
    this.#addresses[at] = entry.address
    this.#accounts[at] = entry.account
    this.#pieces[at] = entry.pieces
    this.#shared[at] = entry.shared
  }

  #grow(): void {
    const [addresses, accounts, pieces, shared] = [this.#addresses, this.#accounts, this.#pieces, this.#shared]
    this.#room *= 2
    this.#addresses = new Float64Array(this.#room)
    this.#accounts = new Float64Array(this.#room)
    this.#pieces = new Uint32Array(this.#room)
    this.#shared = new Uint8Array(this.#room)
    for (const [from, many] of pieces.entries()) {
      if (many === 0) continue
      const address = addresses[from] ?? 0
      this.#put(this.#placeOf(address), {
        address,
        account: accounts[from] ?? 0,
        pieces: many,
        shared: shared[from] ?? 0,
      })
    }
  }
}

/** 48 bits: two of a million addresses are taken for one in one run of 560. */
function short(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6)
}
