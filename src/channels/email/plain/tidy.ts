/** What data may bring into a message: signs that nobody sees are dropped; and the plain part is set into lines and columns. */
import { joinLines, withoutBreakMarks } from './cells.ts'
import { numberItems } from './items.ts'
import { linksOnce } from './linksonce.ts'

/**
 * Text without control characters (but line ends and tabs; rarer line ends are blanks), without marks that turn its direction (U+202A to U+202E, U+2066 to U+2069:
 * they flip amounts and file names), without zero-width blanks and byte order marks; well-formed. Joiners stay: scripts, emoji and ranges of hours need them.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f\u0085\u2028\u2029]/g, ' ')
    .replace(
      /[\0-\x08\x0E-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2061-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g,
      '',
    )
}

/** One line, for headers, names and file names; no-break blanks stay, so that amounts read the same everywhere. */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/[\t\n]/g, ' ')
    .replace(/\u00AD/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** The merged plain part: lists numbered, links that say where they lead written once, tables aligned, each row in one line, blanks at line ends and runs of empty lines dropped. */
export function plainLines(text: string): string {
  const lines = joinLines(linksOnce(numberItems(withoutBreakMarks(visible(text)))))
    .split('\n')
    // The tab before the first cell parts nothing.
    .map(line => line.trimEnd().replace(/^ *\t/, ''))
  const set: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    let end = at
    while (lines[end]?.includes('\t')) end += 1
    if (end > at) {
      set.push(...alignRows(lines.slice(at, end)))
      at = end - 1
    } else set.push(lines[at] ?? '')
  }
  return `${set
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

/** Wider tables are not aligned: mail programs would break their lines. */
const maxColumns = 76

/** Rows of cells parted by tabs become columns: figures to the right, texts to the left, two blanks between. */
function alignRows(lines: readonly string[]): string[] {
  const found = lines.map(line => line.split('\t').map(cell => cell.trim()))
  const count = Math.max(...found.map(row => row.length))
  const rows = found.map(row => stretch(row, count))
  const columns = Array.from({ length: count }, (_, column) => {
    const cells = rows.map(row => row[column] ?? '').filter(cell => cell !== '')
    const width = Math.max(0, ...cells.map(widthOf))
    return { width, right: column > 0 && cells.filter(isFigure).length * 2 >= cells.length }
  })
  if (columns.reduce((sum, { width }) => sum + width + 2, -2) > maxColumns)
    return found.map(row => row.filter(cell => cell !== '').join('  '))
  return rows.map(row =>
    columns
      .flatMap(({ width, right }, column) => {
        // What is empty in all rows is no column.
        if (width === 0) return []
        const cell = row[column] ?? ''
        const blanks = ' '.repeat(width - widthOf(cell))
        return right ? blanks + cell : cell + blanks
      })
      .join('  ')
      .trimEnd(),
  )
}

/** A shorter row, such as a total, keeps its text at the left and its figures under the last columns. */
function stretch([first = '', ...rest]: readonly string[], count: number): string[] {
  return [first, ...Array.from({ length: count - 1 - rest.length }, () => ''), ...rest]
}

/** Mostly digits, with at most one word that is no digit: the sign of a currency. */
function isFigure(cell: string): boolean {
  if ((cell.match(/\p{L}+/gu) ?? []).length > 1) return false
  const bare = cell.replace(/[\p{Sc}\p{L}\s]/gu, '')
  return bare.replace(/\D/g, '').length * 2 > bare.length
}

function widthOf(text: string): number {
  return [...text.replace(/\p{M}/gu, '')].length
}
