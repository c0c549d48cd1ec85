/** Which columns a file has where its header does not tell all: rows of JSON have names of their own, and clean.js may add some. */
import { FaultError } from '../model/index.ts'
import { nearest } from '../schema/index.ts'
import { missingColumns } from './columns.ts'
import type { Table } from './tables.ts'

export class SeenColumns {
  readonly #table: Table
  readonly #header: readonly string[] | undefined
  readonly #seen = new Set<string>()

  /** `header`: its names; absent for JSON. */
  constructor(table: Table, header: readonly string[] | undefined) {
    this.#table = table
    this.#header = header
    if (table.all) for (const name of header ?? []) this.#keep(name)
  }

  /** Takes note of the columns of a row, where neither header nor job lists them all. */
  see(names: readonly string[]): void {
    for (const name of names) {
      if (this.#seen.has(name)) continue
      this.#seen.add(name)
      if (this.#table.all) this.#keep(name)
    }
  }

  /** Once all rows were seen: throws where columns of the job were in none. `line`: of the header; `cleans`: a clean.js had the rows. */
  check({ line, cleans }: { readonly line: number | undefined; readonly cleans: boolean }): void {
    const names = this.#header
    if (names !== undefined && !cleans) return
    if (this.#seen.size === 0) return
    const table = this.#table
    const seen = [...new Set([...(names ?? []), ...this.#seen])]
    const wanted = table.columns.filter(column => {
      if (names !== undefined || table.keys.has(column)) return true
      // JSON leaves out what is absent: only what looks like a slip of the pen is refused.
      const near = seen.includes(column) ? undefined : nearest(column, seen)
      return near !== undefined && !table.at.has(near)
    })
    const faults = missingColumns(table, { names: seen, wanted, line })
    if (faults.length > 0) throw new FaultError(faults)
  }

  #keep(column: string): void {
    const { at, columns } = this.#table
    if (at.has(column)) return
    at.set(column, columns.length)
    columns.push(column)
  }
}
