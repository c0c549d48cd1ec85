/** Damaged rows of one file: each waits for the end of the file, and then goes to every communication that may own it. */
import type { Fault, RowPlace, RowStore } from '../model/index.ts'
import type { Damage } from './damage.ts'
import { keyOf } from './ids.ts'
import type { Plan } from './plan.ts'
import { keyLink, type Table } from './tables.ts'

/** A row that waits for the end of its file: only then is it known whose it may be. */
interface Note {
  readonly seq: number
  readonly place: RowPlace
  readonly faults: readonly Fault[]
  readonly keys: readonly string[]
  readonly links: readonly (readonly [link: number, values: readonly string[]])[]
  readonly certain: boolean
}

interface Stray {
  readonly place: RowPlace
  readonly faults: readonly Fault[]
}

export class Notes {
  readonly #request: { readonly plan: Plan; readonly table: Table; readonly store: RowStore }
  /** Texts that mean nothing in this file. */
  readonly #absent: ReadonlySet<string>
  readonly #stray: Stray[] = []
  #damaged = 0

  constructor(request: { readonly plan: Plan; readonly table: Table; readonly store: RowStore }) {
    this.#request = request
    this.#absent = new Set(request.table.file.null)
  }

  /** Takes note of a damaged row, with what may be read in it. */
  take(
    seq: number,
    place: RowPlace,
    faults: readonly Fault[],
    { candidates, certain }: Pick<Damage, 'candidates' | 'certain'>,
  ): void {
    const { table, store, plan } = this.#request
    this.#damaged += 1
    const legible = (column: string): readonly string[] => candidates(column).filter(value => !this.#absent.has(value))
    const note: Note = {
      seq,
      place,
      faults,
      keys: table.index === 0 ? legible(plan.key) : [],
      links: table.links.map(({ link, column }) => [link, legible(column)] as const),
      certain: table.links.every(({ found, column }) => !found || certain(column)),
    }
    store.note(JSON.stringify(note))
  }

  /** Hands each of them to its owners, once the file is read: how many there were, and those of a file only looked at whose key is in doubt. */
  settle(): { readonly damaged: number; readonly stray: readonly Stray[] } {
    for (const note of this.#request.store.notes()) this.#own(JSON.parse(note) as Note)
    return { damaged: this.#damaged, stray: this.#stray }
  }

  #own({ seq, place, faults, keys, links, certain }: Note): void {
    const { table, store } = this.#request
    const values = links.flatMap(([link, raws]) =>
      [...new Set(raws.flatMap(raw => [raw, ...store.aliases(link, raw)]))].map(value => [link, value] as const),
    )
    const row = { seq, place, faults: JSON.stringify(faults), links: values }
    if (table.index !== 0) {
      if (!table.owned && !certain) this.#stray.push({ place, faults })
      if (table.owned || values.length > 0) store.add({ ...row, owned: true })
      return
    }
    const known = new Set(keys.flatMap(raw => [raw, ...store.aliases(keyLink, raw)]).filter(key => store.known(key)))
    const owners = known.size > 0 ? [...known] : keys.slice(0, 1)
    if (owners.length === 0) store.add({ ...row, owned: true })
    owners.forEach((owner, at) => {
      store.add({ ...row, owned: at === 0, key: keyOf(owner), links: this.#linksOf(owner, at === 0 ? values : []) })
    })
  }

  /** Where children are found by the key itself, each owner of a damaged row answers for its own. */
  #linksOf(owner: string, values: readonly (readonly [number, string])[]): readonly (readonly [number, string])[] {
    const { table, plan } = this.#request
    const byKey = table.links.filter(({ column, found }) => column === plan.key && !found).map(({ link }) => link)
    return [...values.filter(([link]) => !byKey.includes(link)), ...byKey.map(link => [link, owner] as const)]
  }
}
