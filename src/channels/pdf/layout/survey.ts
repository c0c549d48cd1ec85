/** Reads the rows of a table once before any is set: which are tied, where their cells stand, and what the columns need. */
import type { Element } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import type { Build } from './context.ts'
import type { CellForm, Forms, RowForm } from './forms.ts'
import { cellsIn } from './forms.ts'
import type { Look, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'
import type { RowPart } from './strip.ts'
import type { Extent } from './widths.ts'
import { decimalExtent, extentOf, larger, none } from './widths.ts'

/** A thead, tbody or tfoot; rows that stand in the table itself are a section, too. */
export interface Section {
  readonly part: RowPart['part']
  readonly element: Element
  readonly breaks: Pick<Look, 'breakBefore' | 'breakAfter' | 'breakInside'>
  readonly type: TypeStyle
  readonly role: Role
  readonly rows: readonly Element[]
  /** How many rows are tied together by cells over several of them, in order: mostly one, and one, and one. */
  readonly counts: readonly number[]
}

/** What one column needs. */
export interface Need extends Extent {
  /** The most that stands behind the decimal mark. */
  readonly behind: number
}

export interface Survey {
  readonly needs: readonly Need[]
  /** What cells over several columns need. */
  readonly spanning: readonly { readonly column: number; readonly colspan: number; readonly extent: Extent }[]
  /** The row with the most columns. */
  readonly widest: Element
  /** The widest text that a row carries. */
  readonly carry: string
}

const freely = { breakBefore: 'auto', breakAfter: 'auto', breakInside: 'auto' } as const
const partOf: Readonly<Record<string, RowPart['part']>> = { thead: 'head', tbody: 'body', tfoot: 'foot' }

/** The sections of a table, with what ties their rows. */
export function sectionsOf(table: Element, look: Look, role: Role, build: Build): Section[] {
  const sections: Section[] = []
  /** Of head and foot: a table has one of each, whatever they are made up of (ISO 32000-1 §14.8.4.3.4). */
  const roles = new Map<string, Role>()
  let loose: Element[] = []
  const flush = () => {
    const rows = { rows: loose, counts: countsOf(loose, table, build) }
    const body = { ...roleOf(table, role), name: 'tbody', lang: undefined }
    if (loose.length > 0)
      sections.push({ part: 'body', element: table, breaks: freely, type: look.type, role: body, ...rows })
    loose = []
  }
  for (const child of table.children) {
    if (typeof child === 'string' || child.name === 'col') continue
    const part = partOf[child.name]
    if (part === undefined) loose.push(child)
    else {
      flush()
      const own = build.looks.of(child, look.type)
      const found = childrenNamed(child, 'tr')
      const rows = { rows: found, counts: countsOf(found, child, build) }
      const inner = (part === 'body' ? undefined : roles.get(part)) ?? roleOf(child, role)
      roles.set(part, inner)
      sections.push({ part, element: child, breaks: own, type: own.type, role: inner, ...rows })
    }
  }
  flush()
  return sections
}

function countsOf(rows: readonly Element[], section: Element, build: Build): number[] {
  const counts: number[] = []
  let from = 0
  let tied = 0
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!
    tied -= 1
    for (const cell of cellsIn(row)) {
      const covers = Number(cell.attributes['rowspan'] ?? 1)
      if (covers > rows.length - index) {
        const message = `a cell covers ${covers} rows, and its ${section.name} has ${rows.length - index} left`
        build.fault('pdf.fit', message, cell, 'make rowspan smaller, or add the rows')
      }
      tied = Math.max(tied, covers - 1)
    }
    if (row.attributes['on'] !== rows[from]!.attributes['on']) {
      const message = 'rows that a cell ties together show on different pages'
      build.fault('pdf.fit', message, row, 'give them the same on, or make rowspan smaller')
    }
    if (tied > 0 && index < rows.length - 1) continue
    counts.push(index + 1 - from)
    from = index + 1
    tied = 0
  }
  return counts
}

export interface SurveyOptions {
  readonly forms: Forms
  /** Widths as the table says them, if it says any. */
  readonly declared: readonly Width[] | undefined
  /** Widths that are known before any row is read. */
  readonly known: readonly number[] | undefined
  /** The table's own. */
  readonly widthPt: number
}

/** Every row is visited once: those of the body first, since head and foot show what they carry. */
export function survey(sections: readonly Section[], options: SurveyOptions, build: Build): Survey {
  const surveyor = new Surveyor(options, build, sections[0]!.element)
  for (const section of sections) if (section.part === 'body') surveyor.visit(section)
  for (const section of sections) if (section.part !== 'body') surveyor.visit(section)
  return surveyor
}

class Surveyor implements Survey {
  readonly #options: SurveyOptions
  readonly #build: Build
  readonly #needs: { least: number; most: number; before: number; behind: number }[] = []
  readonly #spanning = new Map<string, { column: number; colspan: number; extent: Extent }>()
  #carryEms = 0
  /** A form whose cells need nothing that is not known. */
  #settled: RowForm | undefined
  carry = ''
  widest: Element

  constructor(options: SurveyOptions, build: Build, first: Element) {
    this.#options = options
    this.#build = {
      ...build,
      reserve: (atom, offset) => (atom === 'carry' ? this.carry : build.reserve(atom, offset)),
    }
    this.widest = first
  }

  get needs(): readonly Need[] {
    return this.#needs.map(({ least, most, before, behind }) => ({
      // Digits that stand under one another may need more than the widest of them alone.
      least: Math.max(least, behind > 0 ? before + behind : 0),
      most: Math.max(most, behind > 0 ? before + behind : 0),
      behind,
    }))
  }

  get spanning(): Survey['spanning'] {
    return [...this.#spanning.values()]
  }

  visit(section: Section): void {
    const { rows, counts, type } = section
    const { forms } = this.#options
    let from = 0
    for (const count of counts) {
      if (count === 1) this.#row(rows[from]!, forms.of(rows[from]!, type), section)
      else {
        const tied = rows.slice(from, from + count)
        forms.tied(tied, type, this.#build).forEach((form, index) => {
          this.#row(tied[index]!, form, section)
        })
      }
      from += count
    }
  }

  #row(element: Element, form: RowForm, section: Section): void {
    const own = section.part === 'body' ? (element.attributes['carry'] ?? '') : ''
    const ems = own === '' ? 0 : section.type.typeface.shape(own).width
    if (ems > this.#carryEms) {
      this.carry = own
      this.#carryEms = ems
    }
    if (form === this.#settled) return
    for (const { column, colspan } of form.cells) {
      while (this.#needs.length < column + colspan) {
        this.#needs.push({ least: 0, most: 0, before: 0, behind: 0 })
        this.widest = element
      }
    }
    // By far the most: rows whose columns have their widths.
    const asking = form.cells.some(cell => this.#asks(cell))
    if (!asking) this.#settled = form
    else cellsIn(element).forEach((cell, at) => void this.#cell(cell, form.cells[at]!))
  }

  #asks({ look, column, colspan }: CellForm): boolean {
    return colspan > 1 || look.type.align === 'decimal' || this.#isAuto(column)
  }

  #cell(element: Element, form: CellForm): void {
    if (!this.#asks(form)) return
    const { look, column, colspan } = form
    const last = column + colspan - 1
    const need = this.#needs[last]!
    if (look.type.align === 'decimal') {
      const { before, behind, around } = decimalExtent(element, look, this.#build)
      if (before + behind + around <= this.#room(last)) {
        need.behind = Math.max(need.behind, behind)
        if (colspan === 1) need.before = Math.max(need.before, before + around)
      }
    }
    if (colspan === 1) {
      if (!this.#isAuto(column)) return
      const extent = extentOf(element, look, this.#build)
      need.least = Math.max(need.least, extent.least)
      need.most = Math.max(need.most, extent.most)
    } else if (Array.from({ length: colspan }, (_, index) => column + index).some(one => this.#isAuto(one))) {
      const key = `${column} ${colspan}`
      const known = this.#spanning.get(key)?.extent ?? none
      const extent = larger(known, extentOf(element, look, this.#build))
      this.#spanning.set(key, { column, colspan, extent })
    }
  }

  /** Whether a column is as wide as its contents. */
  #isAuto(column: number): boolean {
    return (this.#options.declared?.[column]?.kind ?? 'auto') === 'auto'
  }

  /** The most that a column can be wide, as far as that is known. */
  #room(column: number): number {
    const { declared, known, widthPt } = this.#options
    const one = declared?.[column]
    return known?.[column] ?? (one?.kind === 'fixed' ? one.pt : widthPt)
  }
}
