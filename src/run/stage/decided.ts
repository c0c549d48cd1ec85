/** What routing decided for each communication, by its number: eight bytes for each, outside the heap, for millions of them. */

export interface Decided {
  /** Position of its decision, and the length of its text in bytes. */
  readonly decision: number
  readonly size: number
}

/** Numbers of communications are given in input order, so that they are dense: an array is the smallest table for them. */
export class DecidedTable {
  #decisions = new Int32Array(firstRoom)
  #sizes = new Uint32Array(firstRoom)

  set(seq: number, { decision, size }: Decided): void {
    if (seq >= this.#decisions.length) this.#grow(seq + 1)
    // Nought is an empty place.
    this.#decisions[seq] = decision + 1
    this.#sizes[seq] = size
  }

  get(seq: number): Decided | undefined {
    const decision = (this.#decisions[seq] ?? 0) - 1
    return decision < 0 ? undefined : { decision, size: this.#sizes[seq] ?? 0 }
  }

  /** How many communications each of so many decisions was made for. */
  counts(decisions: number): readonly number[] {
    const found = new Array<number>(decisions).fill(0)
    for (const decision of this.#decisions) if (decision > 0) found[decision - 1] = (found[decision - 1] ?? 0) + 1
    return found
  }

  /** Numbers with what was decided, in rising order. */
  *[Symbol.iterator](): Generator<readonly [number, Decided]> {
    for (let seq = 0; seq < this.#decisions.length; seq += 1) {
      const decided = this.get(seq)
      if (decided !== undefined) yield [seq, decided]
    }
  }

  #grow(wanted: number): void {
    const room = Math.max(wanted, this.#decisions.length * 2)
    const decisions = new Int32Array(room)
    const sizes = new Uint32Array(room)
    decisions.set(this.#decisions)
    sizes.set(this.#sizes)
    this.#decisions = decisions
    this.#sizes = sizes
  }
}

const firstRoom = 1024
