/** Pages against the standards that their template promises: what no attribute can mend is a fault, never a false claim. */
import type { Fault } from '../../../model/index.ts'
import { isArchived, type Standard } from '../standards.ts'
import type { Layout, Page, Pages, Role, TextMark } from './page.ts'

/** Pages that are looked at while they are painted: making them once more would take as long as painting. */
export interface Watched {
  readonly layout: Layout
  /** What stands in the way of the promise; known when all pages were taken. */
  readonly broken: () => readonly Fault[]
}

/** Nothing is looked at where nothing is promised. `file` is the template's, for places. */
export function watch(layout: Layout, asked: readonly Standard[], file: string): Watched {
  if (asked.length === 0) return { layout, broken: () => [] }
  let seen = nothingSeen()
  const pages: Pages = {
    length: layout.pages.length,
    [Symbol.iterator]: () => {
      seen = nothingSeen()
      return lookedAt(layout.pages, seen)
    },
  }
  return { layout: { ...layout, pages }, broken: () => judge(layout.title, seen, asked, file) }
}

// No generator inside `watch`: V8 gives each one that is made a map among its old objects, which leads to all of its document.
function* lookedAt(pages: Pages, seen: Seen): Generator<Page> {
  for (const page of pages) {
    look(page, seen)
    yield page
  }
}

/** Headings and cells (and rows without any), each once and in reading order, and what archives or readers would stumble over. */
interface Seen {
  readonly headings: Set<Role>
  readonly cells: Set<Role>
  /** Whether all pages are of a size that archives take. */
  sized: boolean
  /** A character whose letter is made of glyphs that stand for none, and one that means nothing by itself. */
  unmapped: string | undefined
  unknown: string | undefined
}

function nothingSeen(): Seen {
  return { headings: new Set(), cells: new Set(), sized: true, unmapped: undefined, unknown: undefined }
}

const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

function look({ widthPt, heightPt, marks }: Page, seen: Seen): void {
  seen.sized &&= sides(widthPt, heightPt)
  for (const mark of marks) {
    if (mark.kind === 'text') lookAtGlyphs(mark, seen)
    if (mark.artifact) continue
    if (mark.kind === 'cell') seen.cells.add(mark.role)
    else if (headings.has(mark.role.name)) seen.headings.add(mark.role)
  }
}

/** ISO 19005-3 §6.1.13. */
function sides(...pt: readonly number[]): boolean {
  return pt.every(side => side >= 3 && side <= 14_400)
}

const privateUse = /\p{Co}/u

function lookAtGlyphs({ glyphs }: TextMark, seen: Seen): void {
  for (const one of glyphs) {
    // Letters, digits and signs of Europe, each with a glyph of its own.
    if (one.plain) continue
    const { texts } = one
    for (let at = 0; at < texts.length; at += 1) {
      const text = texts[at]!
      if (text === '') seen.unmapped ??= texts.join('')
      else if (text > '\uD7FF' && privateUse.test(text)) seen.unknown ??= text
    }
  }
}

function judge(title: string, seen: Seen, asked: readonly Standard[], file: string): readonly Fault[] {
  const faults: Fault[] = []
  const fault = (message: string, hint: string): void => {
    faults.push({ code: 'pdf.conformance', message: `${asked.join(' and ')}: ${message}`, place: { file }, hint })
  }
  if (title === '') fault('the document has no title', 'give the document a title that says something')
  const skipped = skippedHeading([...seen.headings])
  if (skipped !== undefined) {
    const [name, before] = skipped
    fault(`${name} follows ${before}`, 'headings begin with h1, and go down one level at a time')
  }
  const uneven = unevenTable(seen.cells)
  if (uneven !== undefined) {
    const [one, other] = uneven
    fault(
      `a table has rows of ${one} and of ${other} columns`,
      'give every row cells, or colspan, for all columns of its table',
    )
  }
  if (isArchived(asked) && !seen.sized) {
    fault('a page has a side below 3pt or above 14400pt', 'choose another size of page')
  }
  // ISO 19005-3 §6.2.11.7.2, ISO 14289-1 §7.21.7: every glyph stands for characters. Only PDF/A-3b does without.
  if (seen.unmapped !== undefined && asked.some(standard => standard !== 'pdf/a-3b')) {
    const [character] = seen.unmapped
    fault(
      `letters that join, as after ${numberOf(character!)}, are drawn with glyphs that stand for no character`,
      'documents in this script can be made without this conformance',
    )
  }
  // ISO 19005-3 §6.2.11.7.3.
  if (seen.unknown !== undefined && asked.includes('pdf/a-3a')) {
    fault(
      `${numberOf(seen.unknown)} is a private character, which says nothing to others`,
      'use an image with alt instead',
    )
  }
  return faults
}

function numberOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The first heading that goes down more than one level (ISO 14289-1 §7.4.2), and what it follows. */
function skippedHeading(headings: readonly Role[]): readonly [string, string] | undefined {
  let level = 0
  for (const { name } of headings) {
    const own = Number(name[1])
    if (own > level + 1) return [name, level === 0 ? 'no heading' : `h${level}`]
    level = own
  }
  return undefined
}

/** Counts of columns of two rows of one table that are not the same (ISO 14289-1 §7.5). */
function unevenTable(cells: Iterable<Role>): readonly [number, number] | undefined {
  const tables = new Map<Role, Map<Role, Role[]>>()
  let last: Role | undefined
  let own: Role[] = []
  for (const role of cells) {
    const row = role.name === 'tr' ? role : (role.parent as Role)
    // Cells of a row follow each other, but for tables inside them.
    if (row !== last) {
      const table = around(row, 'table') as Role
      const rows = tables.get(table) ?? new Map<Role, Role[]>()
      tables.set(table, rows)
      own = rows.get(row) ?? []
      rows.set(row, own)
      last = row
    }
    if (role !== row) own.push(role)
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
    let count = 0
    for (const { columns } of reaching) count += columns
    if (reaching.length > 0)
      reaching = reaching.filter(one => one.rows > 1).map(one => ({ ...one, rows: one.rows - 1 }))
    for (const { rowspan = 1, colspan = 1 } of cells) {
      count += colspan
      if (rowspan > 1) reaching.push({ rows: rowspan - 1, columns: colspan })
    }
    return count
  })
}

function around(role: Role, name: string): Role | undefined {
  return role.name === name || role.parent === undefined ? role : around(role.parent, name)
}
