/** Communications that are refused while they are read, until all are: of a template that is wrong for everybody it is all of them. */
import type { Refused } from '../../ledger/index.ts'
import type { Fault } from '../../model/index.ts'

/** Faults whose words are held once, at most. */
const mostWordings = 10_000

export class Refusals {
  readonly #refused: Refused[] = []
  readonly #known = new Map<string, readonly Fault[]>()

  /** The same words for many are held once. */
  add(seq: number, faults: readonly Fault[]): void {
    const words = JSON.stringify(faults)
    const known = this.#known.get(words)
    if (known === undefined && this.#known.size < mostWordings) this.#known.set(words, faults)
    this.#refused.push({ seq, issued: false, faults: known ?? faults })
  }

  /** In input order: what is foreseen is known later than what is not routed. */
  all(): readonly Refused[] {
    return this.#refused.toSorted((a, b) => a.seq - b.seq)
  }
}
