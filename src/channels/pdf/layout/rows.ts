/** Strips of a table's rows. A row is set when it is first asked for; of long tables only some rows are kept set at a time. */
import type { Anchored, Content, Frame, RowPart, Strip } from './strip.ts'
import type { Section } from './survey.ts'

/** What a row is once it is set. */
export interface SetRow {
  readonly content: Content
  readonly height: number
}

/** A table that sets its rows when it is asked to. */
export interface RowSetter {
  readonly shelf: Shelf
  readonly set: (rows: Tie) => SetRow
}

/** Some rows of a section, usually one: those that cells tie together. Kept as numbers, since there is one for each row. */
export interface Tie {
  readonly section: Section
  readonly from: number
  readonly count: number
}

/** How a row stands among strips; known without setting it. */
export interface RowPlace {
  readonly space: number
  readonly keep: boolean
  readonly force: boolean
  readonly frame: Frame | undefined
  readonly row: RowPart
  readonly anchors: Anchored | undefined
}

/** Keeps its height for good, its contents while the shelf has room for them; asked later, it sets them again. */
export class RowStrip implements Strip, Tie {
  readonly space: number
  keep: boolean
  force: boolean
  readonly frame: Frame | undefined
  readonly row: RowPart
  readonly anchors: Anchored | undefined
  readonly section: Section
  readonly from: number
  readonly count: number
  readonly #table: RowSetter
  #height = -1
  #content: Content | undefined

  constructor(place: RowPlace, table: RowSetter, { section, from, count }: Tie) {
    const { space, keep, force, frame, row, anchors } = place
    this.space = space
    this.keep = keep
    this.force = force
    this.frame = frame
    this.anchors = anchors
    this.row = row
    this.#table = table
    this.section = section
    this.from = from
    this.count = count
  }

  get carry(): string | undefined {
    return carryOf(this)
  }

  get height(): number {
    if (this.#height < 0) this.#fetch()
    return this.#height
  }

  get content(): Content {
    return this.#content ?? this.#fetch()
  }

  #fetch(): Content {
    const { content, height } = this.#table.set(this)
    this.#height = height
    this.#content = content
    this.#table.shelf.put(this)
    return content
  }

  drop(): void {
    this.#content = undefined
  }
}

/** What the last of some rows that carries anything carries. Heads and feet only show it. */
function carryOf({ section, from, count }: Tie): string | undefined {
  if (section.part !== 'body') return undefined
  for (let index = from + count - 1; index >= from; index -= 1) {
    const carry = section.rows[index]!.attributes['carry']
    if (carry !== undefined) return carry
  }
  return undefined
}

/** A set row takes about 8 KB, a page has up to a hundred: shorter tables are set once, longer ones twice. */
export const keptRows = 256

/** The rows set last. */
export class Shelf {
  readonly #rows: (RowStrip | undefined)[] = []
  readonly #most: number
  #at = 0

  constructor(most = keptRows) {
    this.#most = most
  }

  put(row: RowStrip): void {
    this.#rows[this.#at]?.drop()
    this.#rows[this.#at] = row
    this.#at = (this.#at + 1) % this.#most
  }
}
