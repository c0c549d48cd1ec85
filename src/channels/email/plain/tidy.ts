/** What data may bring into a message: signs that nobody sees are dropped; and the plain part is set into lines and columns. */
import { joinLines, withoutBreakMarks } from './cells.ts'
import { numberItems } from './items.ts'
import { linksOnce } from './linksonce.ts'

/**
 * Text without control characters (but line ends and tabs; rarer line ends are blanks), without marks that turn its direction (U+202A to U+202E, U+2066 to U+2069:
 * they flip amounts and file names), without zero-width blanks and byte order marks; well-formed. Joiners stay: scripts, emoji and ranges of hours need them.
 */
export function visible(text: string): string {
  // Nearly every text is so already, and each mail is looked through.
  if (!mayBeOdd.test(text) || (!odd.test(text) && text.isWellFormed())) return text
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f\u0085\u2028\u2029]/g, ' ')
    .replace(
      /[\0-\x08\x0E-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2061-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g,
      '',
    )
}

const oddSigns =
  '\\0-\\x08\\v-\\x1F\\x7F-\\x9F\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2061-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB'
/** Letters of the West, Greek and Cyrillic ones are passed over first: a fifth of the price. */
const oneOf = (signs: string): RegExp => new RegExp(`[^\\t\\n -~\\u00A0-\\u061B](?<=[${signs}])`)
/** What is dropped or written otherwise, but for halves of surrogate pairs. */
const odd = oneOf(oddSigns)
/** The same with halves, and with pairs, which are no flaw. */
const mayBeOdd = oneOf(`${oddSigns}\\uD800-\\uDFFF`)

/** Whether a text is so already; of signs in two halves that is not told. */
export function isVisible(text: string): boolean {
  return !mayBeOdd.test(text)
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
  return setLines(plainCells(text))
}

/** The same before it is set: its words as they will be, a tab where a cell of a table ends and the next begins, and a line end behind the last. */
export function plainCells(text: string): string {
  return `${joinLines(linksOnce(numberItems(withoutBreakMarks(visible(text)))))}\n`
}

/** What `plainCells` gave, in lines and columns. */
export function setLines(cells: string): string {
  const lines = cells
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
  const found = lines.map(cellsOf)
  let count = 0
  for (const row of found) count = Math.max(count, row.length)
  const rows: (readonly string[])[] = []
  for (const row of found) rows.push(stretch(row, count))
  const columns: Column[] = []
  for (let index = 0; index < count; index += 1) columns.push(columnOf(rows, index))
  let total = -2
  for (const { width } of columns) total += width + 2
  if (total > maxColumns) return found.map(inOneLine)
  const set: string[] = []
  for (const row of rows) set.push(inColumns(row, columns))
  return set
}

interface Column {
  readonly width: number
  /** Whether its cells stand at its right edge. */
  readonly right: boolean
}

const cellsOf = (line: string): string[] => line.split('\t').map(trimmed)
const trimmed = (cell: string): string => cell.trim()
const isFilled = (cell: string): boolean => cell !== ''
const inOneLine = (row: readonly string[]): string => row.filter(isFilled).join('  ')

function columnOf(rows: readonly (readonly string[])[], index: number): Column {
  let [width, filled, figures] = [0, 0, 0]
  for (const row of rows) {
    const cell = row[index] ?? ''
    if (cell === '') continue
    width = Math.max(width, widthOf(cell))
    filled += 1
    // The first column stands at the left, whatever is in it.
    if (index > 0 && isFigure(cell)) figures += 1
  }
  return { width, right: index > 0 && figures * 2 >= filled }
}

function inColumns(row: readonly string[], columns: readonly Column[]): string {
  const cells: string[] = []
  for (let index = 0; index < columns.length; index += 1) {
    const { width, right } = columns[index]!
    // What is empty in all rows is no column.
    if (width === 0) continue
    const cell = row[index] ?? ''
    const blanks = ' '.repeat(width - widthOf(cell))
    cells.push(right ? blanks + cell : cell + blanks)
  }
  return cells.join('  ').trimEnd()
}

/** A shorter row, such as a total, keeps its text at the left and its figures under the last columns. */
function stretch(row: readonly string[], count: number): readonly string[] {
  if (row.length === count) return row
  const [first = '', ...rest] = row
  const none: string[] = new Array(count - row.length).fill('')
  return [first, ...none, ...rest]
}

/** Mostly digits, with at most one word that is no digit: the sign of a currency. */
function isFigure(cell: string): boolean {
  if (amount.test(cell)) return true
  if (!/\d/.test(cell) || twoWords.test(cell)) return false
  const bare = cell.replace(/[\p{Sc}\p{L}\s]/gu, '')
  return bare.replace(/\D/g, '').length * 2 > bare.length
}

/** Nearly all figures: digits in groups, with no more than a sign of a currency. */
const amount = /^\p{Sc}?\d+(?:[.,\u00a0]\d+)*$/u
const twoWords = /\p{L}\P{L}+\p{L}/u

function widthOf(text: string): number {
  return oneByOne.test(text) ? text.length : [...text.replace(/\p{M}/gu, '')].length
}

/** Latin, Greek, Cyrillic and Armenian without marks of their own, and signs between words. */
const oneByOne = /^[\0-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u20cf]*$/
