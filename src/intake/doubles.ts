/** Rows of one list that say the same: two purchases that are alike, or one that was exported twice, and would be billed twice. */
import { type OpenRow, placeOf } from './openrow.ts'
import type { RawRow } from './raw.ts'

/** Rows that were met twice, with all that the file says in them. */
export interface Doubled {
  /** How many say the same as a row before them. */
  readonly count: number
  /** The first of them, each with the row before it: `data/bills.csv:2 and 9`, and without the file where it is the last one's. */
  readonly places: readonly string[]
}

const mostPlaces = 3

/** So few rows are compared each with each: faster than a table of them. */
const few = 24

export class Doubles {
  #count = 0
  readonly #places: string[] = []
  #file: string | undefined

  /** Looks through the rows of one list, all of one file. */
  see(rows: readonly OpenRow[]): void {
    if (rows.length < 2) return
    const firsts = rows.length > few ? new Map<number, OpenRow>() : undefined
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at]!
      const { print } = row.stored
      if (print === undefined) continue
      const before = firsts === undefined ? sameBefore(rows, at, print) : firsts.get(print)
      if (before === undefined) firsts?.set(print, row)
      // Two hashes may be the same of rows that are not.
      else if (JSON.stringify(before.cells) === JSON.stringify(row.cells)) this.#add(row, before)
    }
  }

  all(): Doubled {
    return { count: this.#count, places: this.#places }
  }

  #add(row: OpenRow, before: OpenRow): void {
    this.#count += 1
    if (this.#places.length === mostPlaces) return
    const { file, line } = placeOf(before)
    this.#places.push(`${file === this.#file ? '' : `${file}:`}${line} and ${placeOf(row).line}`)
    this.#file = file
  }
}

function sameBefore(rows: readonly OpenRow[], at: number, print: number): OpenRow | undefined {
  for (let other = 0; other < at; other += 1) if (rows[other]!.stored.print === print) return rows[other]
  return undefined
}

/** A hash of all that a row says, of 32 bits (FNV-1a by code units); of JSON in the order in which it is written. */
export function printOf({ fields, object }: RawRow): number {
  let hash = 0x811c9dc5
  for (const field of fields ?? [JSON.stringify(object ?? null)]) {
    for (let at = 0; at < field.length; at += 1) hash = Math.imul(hash ^ field.charCodeAt(at), 0x01000193)
    hash = Math.imul(hash ^ 0x1f, 0x01000193)
  }
  return hash
}
