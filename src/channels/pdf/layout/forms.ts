/** How rows of a table look and where their cells stand: worked out once for rows that are written alike, as all of a long table mostly are. */
import type { Element, Node } from '../markup/tree.ts'
import type { Build } from './context.ts'
import type { CellDefaults, Look, Looks, TypeStyle } from './looks.ts'
import type { Box } from './strip.ts'

export interface RowForm {
  readonly look: Look
  readonly cells: readonly CellForm[]
  /** How many rows each of its cells covers. */
  readonly spans: readonly number[]
  /** Where its cells stand, once the columns have their widths. */
  boxes?: readonly Box[]
}

export interface CellForm {
  readonly look: Look
  readonly column: number
  /** Columns that it covers. */
  readonly colspan: number
}

/** What the cells of each column have where they say nothing themselves; the last one is for all columns after it. */
export type Columns = readonly CellDefaults[]

/** The cells of a row. Markup that was checked has nothing else in it. */
export function cellsIn({ children }: Element): readonly Element[] {
  return children.every(isCell) ? children : children.filter(isCell)
}

function isCell(node: Node): node is Element {
  return typeof node !== 'string' && (node.name === 'td' || node.name === 'th')
}

/** A row that was met, for others to be held against. */
interface Met {
  readonly row: Element
  readonly type: TypeStyle
  readonly form: RowForm
}

/** Rows take turns with two or three grounds; a table without any order is not searched for long. */
const mostForms = 8

/** The forms of one table. */
export class Forms {
  readonly #looks: Looks
  readonly #columns: Columns
  #met: Met[] = []

  constructor(looks: Looks, columns: Columns) {
    this.#looks = looks
    this.#columns = columns
  }

  /** Of a row that no cell ties to others. */
  of(row: Element, type: TypeStyle): RowForm {
    for (const met of this.#met) if (met.type === type && this.#isLike(row, met)) return met.form
    const look = this.#looks.of(row, type)
    const cells: CellForm[] = []
    let column = 0
    for (const cell of cellsIn(row)) {
      const own = this.#lookOf(cell, look.type, column)
      cells.push({ look: own, column, colspan: own.colspan })
      column += own.colspan
    }
    const form = { look, cells, spans: cells.map(() => 1) }
    if (this.#met.length === mostForms) this.#met = []
    this.#met.push({ row, type, form })
    return form
  }

  /** Of rows that are tied: each cell stands in the first column that no cell before or above it covers. */
  tied(rows: readonly Element[], type: TypeStyle, build: Build): RowForm[] {
    // For each column the row from which it is free again.
    const free: number[] = []
    return rows.map((row, index) => {
      const look = this.#looks.of(row, type)
      const cells: CellForm[] = []
      const spans: number[] = []
      let column = 0
      for (const cell of cellsIn(row)) {
        while ((free[column] ?? 0) > index) column += 1
        const own = this.#lookOf(cell, look.type, column)
        const { colspan } = own
        const span = Math.min(own.rowspan, rows.length - index)
        cells.push({ look: own, column, colspan })
        spans.push(span)
        for (let at = column; at < column + colspan; at += 1) {
          if ((free[at] ?? 0) > index) {
            const hint = 'make colspan or rowspan smaller'
            build.fault('pdf.fit', 'a cell covers what a cell above it covers, too', cell, hint)
          }
          free[at] = index + span
        }
        column += colspan
      }
      return { look, cells, spans }
    })
  }

  #lookOf(cell: Element, type: TypeStyle, column: number): Look {
    return this.#looks.of(cell, type, this.#columns[Math.min(column, this.#columns.length - 1)])
  }

  /** What a row carries is its own, and has nothing to do with its look. */
  #isLike(row: Element, { row: other, type, form }: Met): boolean {
    const [cells, others] = [row.children, other.children]
    if (cells.length !== others.length) return false
    for (let at = 0; at < cells.length; at += 1) if (!isWrittenAs(cells[at]!, others[at]!)) return false
    return row.attributes === other.attributes || this.#looks.of(row, type) === form.look
  }
}

/** Tags that are written the same share their attributes. */
function isWrittenAs(one: Node, other: Node): boolean {
  if (typeof one === 'string' || typeof other === 'string') return typeof one === typeof other
  return one.attributes === other.attributes && one.name === other.name
}
