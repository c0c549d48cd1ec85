/** One file into the scratch: raw rows are cleaned, and the columns that the job names are kept. */
import type { Fault, Guard, NewRow, RowKey, RowPlace, RowStore } from '../model/index.ts'
import type { Script } from '../schema/index.ts'
import { type Cell, cellText, objectCells } from './cell.ts'
import { type Cells, type Cleaned, cleanRow } from './clean.ts'
import { printOf } from './doubles.ts'
import { endless, rowsAtOnce } from './endless.ts'
import { keyOf } from './ids.ts'
import { Notes } from './notes.ts'
import type { Plan } from './plan.ts'
import type { RawRow, Reader } from './raw.ts'
import { SeenColumns } from './seencolumns.ts'
import { askedAgain, saidOf, unsteady } from './steady.ts'
import { keyLink, type Table } from './tables.ts'

/** What one file amounted to. */
export interface Loaded {
  /** Data rows, damaged ones included. */
  readonly read: number
  readonly filtered: number
  /** Rows that could not be read. */
  readonly damaged: number
  /** Damaged rows of a file that is only looked at (n:1), whose key is in doubt. */
  readonly stray: readonly { readonly place: RowPlace; readonly faults: readonly Fault[] }[]
}

export interface LoadRequest {
  readonly plan: Plan
  readonly table: Table
  readonly reader: Reader
  readonly store: RowStore
  readonly script?: Script | undefined
  /** Over clean.js. */
  readonly guard: Guard
  /** Called after each batch with the rows read so far. */
  readonly onRows?: ((rows: number) => void) | undefined
}

/** Loads a whole file. Throws FaultError where the file has to be refused. */
export async function loadFile(request: LoadRequest): Promise<Loaded> {
  const loader = new Loader(request)
  for await (const rows of request.reader.rows()) {
    loader.rows(rows)
    request.onRows?.(loader.read)
  }
  return loader.finish()
}

/** A row on its way into the scratch. */
type Met = Required<Pick<NewRow, 'seq' | 'place' | 'print'>>

/** A row as scripts get it: its columns, and what stands in them. */
interface Handed {
  readonly names: readonly string[]
  readonly raw: Cells
}

interface Header {
  readonly names: readonly string[]
  readonly at: ReadonlyMap<string, number>
}

class Loader {
  read = 0
  readonly #request: LoadRequest
  readonly #absent: ReadonlySet<string>
  /** Header names with their positions; absent for JSON. */
  readonly #header: Header | undefined
  /** For each kept column its position in a record; -1 where only clean.js can set it. */
  readonly #positions: readonly number[]
  readonly #columns: SeenColumns
  readonly #notes: Notes
  #filtered = 0
  /** The key that was met last: rows of a communication mostly follow each other. */
  #key: RowKey | undefined

  constructor(request: LoadRequest) {
    const { table, reader } = request
    this.#request = request
    this.#absent = new Set(table.file.null)
    this.#notes = new Notes(request)
    if (reader.header !== undefined) {
      const all = reader.header.names
      const names = all.filter(name => name !== '')
      this.#header = { names, at: new Map(names.map(name => [name, all.indexOf(name)])) }
    }
    this.#columns = new SeenColumns(table, this.#header?.names)
    this.#positions = table.columns.map(column => this.#header?.at.get(column) ?? -1)
  }

  rows(all: readonly RawRow[]): void {
    const { script, table, guard } = this.#request
    const clean = table.file.clean
    if (script === undefined || clean === undefined) {
      for (const raw of all) this.#row(raw)
      return
    }
    let line = 0
    const late = (): Error => endless('clean.endless', clean.file, this.#at(line))
    for (let from = 0; from < all.length; from += rowsAtOnce) {
      guard(() => {
        const group = all.slice(from, from + rowsAtOnce)
        const said = askedAgain(group).map(raw => {
          line = raw.line
          return [raw, this.#said(raw)] as const
        })
        for (const raw of group) {
          line = raw.line
          this.#row(raw)
        }
        // The other way round, so that the row before each is another than the first time.
        const otherwise = said.toReversed().filter(([raw, before]) => {
          line = raw.line
          return this.#said(raw) !== before
        })
        const first = otherwise.at(-1)
        if (first !== undefined) throw unsteady(clean.file, this.#at(first[0].line))
      }, late)
    }
  }

  #row(raw: RawRow): void {
    this.read += 1
    const { table, store, script } = this.#request
    const seq = store.next()
    const place = { file: table.index, line: raw.line, start: raw.start, end: raw.end }
    const met: Met = { seq, place, print: printOf(raw) }
    if (raw.damage !== undefined) {
      this.#notes.take(seq, place, [{ ...raw.damage.fault, place: this.#at(raw.line) }], raw.damage)
    } else if (script === undefined && raw.fields !== undefined) this.#keep(met, this.#kept(raw.fields), none)
    else this.#clean(met, this.#handed(raw))
  }

  /** The columns that are kept, of a row as the file has it. */
  #kept(fields: readonly string[]): readonly (string | null)[] {
    const kept: (string | null)[] = []
    for (const at of this.#positions) {
      const text = fields[at]
      kept.push(text === undefined || this.#absent.has(text) ? null : text)
    }
    return kept
  }

  /** A row by column, as scripts get it. */
  #handed({ fields, object = {} }: RawRow): Handed {
    if (fields === undefined) {
      const cells = objectCells(object, this.#request.table.columns)
      return { names: [...cells.keys()], raw: column => cells.get(column) }
    }
    const { names, at } = this.#header as Header
    const raw = (column: string): Cell | undefined => {
      const position = at.get(column)
      return position === undefined ? undefined : fields[position]
    }
    return { names, raw }
  }

  #said(raw: RawRow): string {
    const cleaned = this.#cleaned(raw.line, this.#handed(raw))
    return cleaned === undefined ? '' : saidOf(cleaned)
  }

  /** What clean.js makes of a row; undefined without one. */
  #cleaned(line: number, handed: Handed): Cleaned | undefined {
    const { table, script } = this.#request
    const source = table.file.clean
    if (script === undefined || source === undefined) return undefined
    return cleanRow({ script, source, ...handed, file: table.shown, line, secret: table.secret })
  }

  /** Ends the file: damaged rows go to every communication that may own them; columns never seen are refused. */
  finish(): Loaded {
    const settled = this.#notes.settle()
    const { reader, script } = this.#request
    this.#columns.check({ line: reader.header?.line, cleans: script !== undefined })
    return { read: this.read, filtered: this.#filtered, ...settled }
  }

  #clean(met: Met, handed: Handed): void {
    const { table, store, plan } = this.#request
    const { seq, place } = met
    const { names, raw } = handed
    const cleaned = this.#cleaned(place.line, handed)
    if (cleaned === undefined) {
      this.#columns.see(names)
      this.#keep(
        met,
        table.columns.map(column => this.#nulled(raw(column))),
        none,
      )
      return
    }
    if (cleaned.kind === 'filtered') {
      this.#filtered += 1
      for (const { link, column } of table.drops)
        for (const value of this.#texts(column, raw, cleaned.touched)) store.drop(link, value)
      return
    }
    if (cleaned.kind === 'damaged') {
      const candidates = (column: string): readonly string[] => this.#texts(column, cleaned.touched, raw)
      this.#notes.take(seq, place, cleaned.faults, { candidates, certain: () => false })
      return
    }
    this.#columns.see(cleaned.names())
    const cells = table.columns.map(column => this.#nulled(cleaned.cells(column)))
    if (table.index === 0) this.#alias(keyLink, plan.key, raw, cells)
    for (const { link, column, found } of table.links) if (found) this.#alias(link, column, raw, cells)
    this.#keep(met, cells, cleaned.faults)
  }

  #keep({ seq, place, print }: Met, cells: readonly Cell[], faults: readonly Fault[]): void {
    const { table, store, plan } = this.#request
    const named = table.index === 0 ? cellText(cells[table.at.get(plan.key) as number]) : undefined
    // Blanks name nobody.
    const key = named?.trim() === '' ? undefined : named
    const found = table.index === 0 && key === undefined ? [...faults, this.#keyless(place.line)] : faults
    store.add({
      seq,
      place,
      print,
      cells: JSON.stringify(cells),
      faults: found.length === 0 ? undefined : JSON.stringify(found),
      owned: true,
      key: key === undefined ? undefined : this.#keyOf(key),
      links: table.links.length === 0 ? none : linksOf(cells, table),
    })
  }

  #keyless(line: number): Fault {
    return {
      code: 'intake.key',
      message: `${this.#request.plan.key} is empty`,
      place: this.#at(line),
      hint: 'every row needs the key of its communication; clean.js can filter rows that belong to none',
    }
  }

  #keyOf(key: string): RowKey {
    if (this.#key?.text !== key) this.#key = keyOf(key)
    return this.#key as RowKey
  }

  #alias(link: number, column: string, raw: Cells, cleaned: readonly Cell[]): void {
    const before = cellText(raw(column))
    const after = cellText(cleaned[this.#request.table.at.get(column) as number])
    if (before !== undefined && after !== undefined && before !== after) this.#request.store.alias(link, before, after)
  }

  #texts(column: string, ...rows: readonly Cells[]): readonly string[] {
    const texts = rows.map(cells => cellText(this.#nulled(cells(column))))
    return [...new Set(texts.filter(text => text !== undefined))]
  }

  #nulled(cell: Cell | undefined): Cell {
    if (cell === null || cell === undefined) return null
    const text = typeof cell === 'string' ? cell : Array.isArray(cell) ? (cell[0] as string) : undefined
    return text !== undefined && this.#absent.has(text) ? null : cell
  }

  #at(line: number): { file: string; line: number } {
    return { file: this.#request.table.shown, line }
  }
}

const none: readonly never[] = []

/** What a row is found by, or looks with, where it has that. */
function linksOf(cells: readonly Cell[], table: Table): readonly (readonly [link: number, value: string])[] {
  return table.links.flatMap(({ link, column }) => {
    const value = cellText(cells[table.at.get(column) as number])
    return value === undefined ? [] : [[link, value] as const]
  })
}
