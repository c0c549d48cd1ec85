/** Rows of joined files kept at hand: customers come again. */
import type { RowStore } from '../model/index.ts'
import type { JoinNode } from './nodes.ts'
import { type OpenRow, openRows } from './openrow.ts'

const remembered = 5_000

export class NearRows {
  readonly #store: RowStore
  readonly #rows = new Map<string, readonly OpenRow[]>()

  constructor(store: RowStore) {
    this.#store = store
  }

  /** The first two that a relation finds by a value: one is meant, and two are one too many. */
  of({ link, target }: JoinNode, value: string): readonly OpenRow[] {
    const key = `${link} ${value}`
    let rows = this.#rows.get(key)
    if (rows === undefined) {
      rows = openRows(this.#store.matches(link, value, 2), target)
      if (this.#rows.size >= remembered) this.#rows.clear()
      this.#rows.set(key, rows)
    }
    return rows
  }
}
