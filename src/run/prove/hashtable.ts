/** Hashes of what identifies people, in memory that all workers share: an open-addressed set that grows. */

export type Hash = readonly [number, number]

/** Bytes of a place: two words of its hash, and one for whoever was put there first. */
const wide = 12

/** Bytes of a table without anything in it. */
const smallest = 128 * wide

/** Two lanes of 32 bits (multiply, rotate, and the finish of MurmurHash3), each with its own seed, over the units of a part of a text. */
export function hash(units: Uint16Array, [one, other]: readonly [number, number], start: number, end: number): Hash {
  let a = one ^ (end - start)
  let b = other
  for (let at = start; at < end; at += 1) {
    const unit = units[at] as number
    a = Math.imul(a ^ unit, 0x85ebca6b)
    a = (a << 13) | (a >>> 19)
    b = Math.imul(b ^ unit, 0xc2b2ae35)
    b = ((b << 15) | (b >>> 17)) + a
  }
  return [finish(a ^ (b >>> 5)), finish(b ^ Math.imul(a, 0x27d4eb2f))]
}

function finish(lane: number): number {
  let mixed = lane
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A set of hashes in shared memory, at most half full. Hashes come first, owners behind them all: they are asked for only once one is found. */
export class Table {
  #shared: SharedArrayBuffer
  #words: Uint32Array
  #places: number
  #count = 0

  /** Empty, or over memory that another thread has filled. */
  constructor(shared = new SharedArrayBuffer(smallest)) {
    this.#shared = shared
    this.#words = new Uint32Array(shared)
    this.#places = shared.byteLength / wide
  }

  get shared(): SharedArrayBuffer {
    return this.#shared
  }

  /** `owner`: whom it belongs to, as the caller numbers them; that of the first stays. */
  put(hash: Hash, derived: boolean, owner = 0): void {
    const at = this.#place(hash)
    const known = this.#words[at + 1] as number
    this.#words[at] = hash[0]
    // What one communication was given and another worked out counts as given.
    this.#words[at + 1] = (hash[1] & ~3) | (derived && (known === 0 || (known & 1) === 1) ? 3 : 2)
    if (known !== 0) return
    this.#words[this.#places * 2 + at / 2] = owner
    this.#count += 1
    if (this.#count * 2 > this.#places) this.#grow()
  }

  #grow(): void {
    const [before, places] = [this.#words, this.#places]
    this.#shared = new SharedArrayBuffer(this.#shared.byteLength * 2)
    this.#words = new Uint32Array(this.#shared)
    this.#places = places * 2
    for (let at = 0; at < places * 2; at += 2) {
      const high = before[at] as number
      const low = before[at + 1] as number
      if (low === 0) continue
      const place = this.#place([high, low])
      this.#words[place] = high
      this.#words[place + 1] = low
      this.#words[this.#places * 2 + place / 2] = before[places * 2 + at / 2] as number
    }
  }

  get(hash: Hash): { readonly derived: boolean; readonly owner: number } | undefined {
    const at = this.#place(hash)
    const known = this.#words[at + 1] as number
    if (known === 0) return undefined
    return { derived: (known & 1) === 1, owner: this.#words[this.#places * 2 + at / 2] as number }
  }

  /** Where a hash stands, or would. The second bit marks a place that is taken. */
  #place([high, low]: Hash): number {
    const mask = this.#places - 1
    for (let slot = high & mask; ; slot = (slot + 1) & mask) {
      const taken = this.#words[slot * 2 + 1] as number
      if (taken === 0) return slot * 2
      if (this.#words[slot * 2] === high && (taken & ~3) === (low & ~3)) return slot * 2
    }
  }
}
