/** Laid out pages against the standards that their template promises: what no attribute can mend is a fault, never a false claim. */
import type { Fault } from '../../../model/index.ts'
import { isArchived, type Standard } from '../standards.ts'
import type { Layout, Page, Pages, Role } from './page.ts'

/** A layout that is watched while its pages are made for painting, so that they are made once. */
export interface Watched {
  readonly layout: Layout
  /** What stands in the way of the promise, once all pages are made; none where nothing is promised. */
  readonly faults: () => readonly Fault[]
}

/** `file` is the template's, for places. */
export function watch(layout: Layout, asked: readonly Standard[], file: string): Watched {
  if (asked.length === 0) return { layout, faults: () => [] }
  const told: Told = { headings: new Set(), cells: new Set(), sized: true }
  const pages: Pages = { length: layout.pages.length, [Symbol.iterator]: () => telling(layout.pages, told) }
  return { layout: { ...layout, pages }, faults: () => faultsOf(layout.title, told, { asked, file }) }
}

function faultsOf(
  title: string,
  { headings, cells, sized }: Told,
  { asked, file }: { readonly asked: readonly Standard[]; readonly file: string },
): readonly Fault[] {
  const faults: Fault[] = []
  const fault = (message: string, hint: string): void => {
    faults.push({ code: 'pdf.conformance', message: `${asked.join(' and ')}: ${message}`, place: { file }, hint })
  }
  if (title === '') fault('the document has no title', 'give the document a title that says something')
  const skipped = skippedHeading([...headings])
  if (skipped !== undefined) {
    const [name, before] = skipped
    fault(`${name} follows ${before}`, 'headings begin with h1, and go down one level at a time')
  }
  const uneven = unevenTable([...cells])
  if (uneven !== undefined) {
    const [one, other] = uneven
    fault(
      `a table has rows of ${one} and of ${other} columns`,
      'give every row cells, or colspan, for all columns of its table',
    )
  }
  if (isArchived(asked) && !sized) {
    fault('a page has a side below 3pt or above 14400pt', 'choose another size of page')
  }
  return faults
}

/** ISO 19005-3 §6.1.13. */
function sides(...pt: readonly number[]): boolean {
  return pt.every(side => side >= 3 && side <= 14_400)
}

const heading = /^h([1-6])$/

/** What pages say of headings and cells (and rows without any), each once and in reading order, and whether all are of a size that archives take. */
interface Told {
  readonly headings: Set<Role>
  readonly cells: Set<Role>
  sized: boolean
}

/** The pages of one walk, since marks of another one have other roles. */
function* telling(pages: Pages, told: Told): Generator<Page> {
  for (const page of pages) {
    told.sized &&= sides(page.widthPt, page.heightPt)
    for (const { artifact, kind, role } of page.marks) {
      if (artifact) continue
      if (kind === 'cell') told.cells.add(role)
      else if (heading.test(role.name)) told.headings.add(role)
    }
    yield page
  }
}

/** The first heading that goes down more than one level (ISO 14289-1 §7.4.2), and what it follows. */
function skippedHeading(headings: readonly Role[]): readonly [string, string] | undefined {
  let level = 0
  for (const { name } of headings) {
    const own = Number(heading.exec(name)![1])
    if (own > level + 1) return [name, level === 0 ? 'no heading' : `h${level}`]
    level = own
  }
  return undefined
}

/** Counts of columns of two rows of one table that are not the same (ISO 14289-1 §7.5). */
function unevenTable(cells: readonly Role[]): readonly [number, number] | undefined {
  const tables = new Map<Role, Map<Role, Role[]>>()
  for (const role of cells) {
    const row = role.name === 'tr' ? role : (role.parent as Role)
    const table = around(row, 'table') as Role
    const rows = tables.get(table) ?? new Map<Role, Role[]>()
    tables.set(table, rows)
    rows.set(row, [...(rows.get(row) ?? []), ...(role === row ? [] : [role])])
  }
  for (const rows of tables.values()) {
    const counts = columnCounts([...rows.values()])
    const other = counts.find(count => count !== counts[0])
    if (other !== undefined) return [counts[0] as number, other]
  }
  return undefined
}

/** Columns of each row, those that cells of earlier rows reach down into included. */
function columnCounts(rows: readonly (readonly Role[])[]): readonly number[] {
  let reaching: { rows: number; columns: number }[] = []
  return rows.map(cells => {
    const from = reaching.reduce((sum, { columns }) => sum + columns, 0)
    const own = cells.reduce((sum, { colspan = 1 }) => sum + colspan, 0)
    reaching = [
      ...reaching.map(one => ({ ...one, rows: one.rows - 1 })),
      ...cells.map(({ rowspan = 1, colspan = 1 }) => ({ rows: rowspan - 1, columns: colspan })),
    ].filter(one => one.rows > 0)
    return from + own
  })
}

function around(role: Role, name: string): Role | undefined {
  return role.name === name || role.parent === undefined ? role : around(role.parent, name)
}
