/** Control sums: exact decimal totals of what came in, accepted and rejected, before `prepare` touches it. */
import { type Decimal, decimal } from '../schema/index.ts'

/** Sums of one communication, while its data is built. */
export class Tally {
  readonly #paths: ReadonlySet<string>
  readonly #sums = new Map<string, Decimal>()
  readonly #unreadable = new Map<string, number>()

  constructor(paths: ReadonlySet<string>) {
    this.#paths = paths
  }

  wants(path: string): boolean {
    return this.#paths.has(path)
  }

  /** Adds a value; undefined: there is one, and it cannot be read. */
  add(path: string, value: string | undefined): void {
    if (value === undefined) this.#unreadable.set(path, (this.#unreadable.get(path) ?? 0) + 1)
    else this.#sums.set(path, (this.#sums.get(path) ?? zero).plus(value))
  }

  /** Every path with its sum as decimal text; without those that hold a value that cannot be read. */
  readable(): Readonly<Record<string, string>> {
    const sums: Record<string, string> = {}
    for (const path of this.#paths)
      if (!this.#unreadable.has(path)) sums[path] = (this.#sums.get(path) ?? zero).toString()
    return sums
  }

  entries(): Iterable<readonly [path: string, sum: Decimal, unreadable: number]> {
    return [...this.#paths].map(path => [path, this.#sums.get(path) ?? zero, this.#unreadable.get(path) ?? 0] as const)
  }
}

/** The total of one path over the whole batch; decimal text. */
export interface Total {
  readonly accepted: string
  readonly rejected: string
  /** Accepted and rejected together; absent while a value cannot be read. */
  readonly total?: string
  /** Values that cannot be read, all of them in rejects. */
  readonly unreadable: number
}

export class Totals {
  readonly #accepted = new Map<string, Decimal>()
  readonly #rejected = new Map<string, Decimal>()
  readonly #unreadable = new Map<string, number>()
  readonly #paths: ReadonlySet<string>

  constructor(paths: ReadonlySet<string>) {
    this.#paths = paths
  }

  add(tally: Tally, outcome: 'accepted' | 'rejected'): void {
    const sums = outcome === 'accepted' ? this.#accepted : this.#rejected
    for (const [path, sum, unreadable] of tally.entries()) {
      sums.set(path, (sums.get(path) ?? zero).plus(sum))
      if (unreadable > 0) this.#unreadable.set(path, (this.#unreadable.get(path) ?? 0) + unreadable)
    }
  }

  all(): Readonly<Record<string, Total>> {
    const totals: Record<string, Total> = {}
    for (const path of this.#paths) {
      const accepted = this.#accepted.get(path) ?? zero
      const rejected = this.#rejected.get(path) ?? zero
      const unreadable = this.#unreadable.get(path) ?? 0
      totals[path] = {
        accepted: accepted.toString(),
        rejected: rejected.toString(),
        ...(unreadable === 0 ? { total: accepted.plus(rejected).toString() } : {}),
        unreadable,
      }
    }
    return totals
  }
}

const zero = decimal('0')
