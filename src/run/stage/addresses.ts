/** Addresses of a run's pieces, by channel: which are written to for more than one account, or unsubscribe more than one person. Kept as short hashes, for millions of them. */
import { hash } from 'node:crypto'

/** Addresses that get pieces of more than one account, by the communications that go there: those of one address together, in rising order. */
export type Twice = readonly (readonly number[])[]

export class Addresses {
  readonly #tables = new Map<string, Table>()

  /** `account`: what tells customers apart. One customer may well get several invoices. */
  add(
    channel: string,
    address: string | undefined,
    { account, seq }: { readonly account: string; readonly seq: number },
  ): void {
    if (address === undefined) return
    let table = this.#tables.get(channel)
    if (table === undefined) {
      table = new Table()
      this.#tables.set(channel, table)
    }
    table.add(short(address), short(account), seq)
  }

  twice(): Readonly<Record<string, Twice>> {
    const found: Record<string, Twice> = {}
    for (const [channel, table] of this.#tables) {
      const twice = table.twice()
      if (twice.length > 0) found[channel] = twice
    }
    return found
  }
}

const firstRoom = 1024

/** Open addressing, at most half full: 42 to 84 bytes an address and 12 to 24 a piece, outside the heap, which a `Map` of objects would fill. */
class Table {
  #room = firstRoom
  #addresses = new Float64Array(firstRoom)
  #accounts = new Float64Array(firstRoom)
  #pieces = new Uint32Array(firstRoom)
  #shared = new Uint8Array(firstRoom)
  #count = 0
  /** Who is written to at which address, in the order of asking, which is that of the input. */
  #seqs = new Uint32Array(firstRoom)
  #reached = new Float64Array(firstRoom)
  #entries = 0

  add(address: number, account: number, seq: number): void {
    this.#note(address, seq)
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
    if (!this.#shared.includes(1)) return []
    const together = new Map<number, number[]>()
    for (let entry = 0; entry < this.#entries; entry += 1) {
      const at = this.#placeOf(this.#reached[entry] ?? 0)
      if (this.#shared[at] !== 1) continue
      const seqs = together.get(at)
      if (seqs === undefined) together.set(at, [this.#seqs[entry] ?? 0])
      else seqs.push(this.#seqs[entry] ?? 0)
    }
    return [...together.values()]
  }

  #note(address: number, seq: number): void {
    if (this.#entries === this.#seqs.length) {
      const [seqs, reached] = [this.#seqs, this.#reached]
      this.#seqs = new Uint32Array(seqs.length * 2)
      this.#seqs.set(seqs)
      this.#reached = new Float64Array(reached.length * 2)
      this.#reached.set(reached)
    }
    this.#seqs[this.#entries] = seq
    this.#reached[this.#entries] = address
    this.#entries += 1
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
  return Number.parseInt(hash('sha256', text).slice(0, 12), 16)
}
