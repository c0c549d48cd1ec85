/** Rows of one communication that follow each other in the first file, kept in the scratch as one: a statement of a hundred lines is two of them. */
import type { NewRow, StoredRow, StoredRun } from '../model/index.ts'

/** So much is kept together, at most: what is read again is in memory at once. */
const mostRows = 64
const mostCharacters = 64 * 1024

/** A run on its way in: it takes rows as long as they follow its last one, and nothing is to be said of one alone. */
export class RowRun {
  readonly #id: number
  readonly #first: NewRow
  readonly #group: number | null
  readonly #isOpen: boolean
  #cells: string | undefined
  /** Line, start, end and print of each row after the first. */
  readonly #more: number[] = []
  #rows = 1

  /** `group`: of rows of the first file. */
  constructor(id: number, first: NewRow, group: number | null) {
    this.#id = id
    this.#first = first
    this.#group = group
    this.#isOpen = group !== null && isPlain(first)
    this.#cells = first.cells
  }

  /** Takes a row of the first file, or leaves it alone: then it begins a run of its own. */
  takes(row: NewRow, group: number): boolean {
    const { seq, cells, print, place } = row
    if (group !== this.#group || !this.#isOpen || !isPlain(row) || cells === undefined || print === undefined)
      return false
    if (seq !== this.#first.seq + this.#rows || this.#rows === mostRows) return false
    const together = `${this.#cells},${cells}`
    if (together.length > mostCharacters) return false
    this.#cells = together
    this.#more.push(place.line, place.start, place.end, print)
    this.#rows += 1
    return true
  }

  /** As the table `row` has it. */
  columns(): (number | string | null)[] {
    const { seq, owned, place, print, faults } = this.#first
    const { file, line, start, end } = place
    const cells = this.#cells === undefined ? null : `[${this.#cells}]`
    const more = this.#rows === 1 ? null : JSON.stringify(this.#more)
    return [
      this.#id,
      seq,
      this.#group,
      owned ? 1 : 0,
      file,
      line,
      start,
      end,
      print ?? null,
      cells,
      faults ?? null,
      more,
    ]
  }
}

/** Whether no link leads to a row, nothing is wrong with it, and its values are there. */
function isPlain({ cells, print, faults, owned, links }: NewRow): boolean {
  return cells !== undefined && print !== undefined && faults === undefined && owned && links.length === 0
}

/** The columns that a run is read from, in the order of `RunColumns`; the key of its communication, or null, stands behind them. */
export const runColumns =
  'row.id, row.seq, row.grp, row.owned, row.file, row.line, row.start, row.stop, row.print, row.cells, row.faults, row.more'

/** The same run on its way out. */
export function runOf(columns: unknown): StoredRun {
  const [id, seq, group, owned, file, line, start, end, print, cells, faults, more, key] = columns as RunColumns
  const first: StoredRow = {
    id,
    seq,
    place: { file, line, start, end },
    print: print ?? undefined,
    faults: faults ?? undefined,
    owned: owned === 1,
    group: group ?? 0,
    key: key ?? undefined,
  }
  const rows = [first]
  const others = more === null ? [] : (JSON.parse(more) as number[])
  for (let at = 0; at < others.length; at += 4) {
    const [line, start, end, print] = [others[at], others[at + 1], others[at + 2], others[at + 3]] as FourNumbers
    rows.push({ ...first, seq: seq + rows.length, place: { file, line, start, end }, print })
  }
  return { rows, cells: cells ?? undefined }
}

type FourNumbers = [line: number, start: number, end: number, print: number]

type RunColumns = readonly [
  id: number,
  seq: number,
  group: number | null,
  owned: number,
  file: number,
  line: number,
  start: number,
  end: number,
  print: number | null,
  cells: string | null,
  faults: string | null,
  more: string | null,
  key: string | null,
]
