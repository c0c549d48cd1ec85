/** Cells in the plain part: a row is one line, whatever lines and paragraphs its cells have in the HTML. */
import { breakMark, cellEnd, cellMark, lineMark } from '../tags/signs.ts'

const cell = new RegExp(`${cellMark}([^${cellMark}${cellEnd}]*)${cellEnd}`, 'gu')
const ends = new RegExp(cellEnd, 'gu')
// From where blanks begin: else each of many in a value would be a beginning, and 100,000 of them took ten seconds.
const runs = new RegExp(`(?<! ) *(?:${lineMark} *)+`, 'gu')

const breaks = new RegExp(`(?<! ) *${breakMark}`, 'gu')

/** Text without marks of line ends. */
export function withoutBreakMarks(text: string): string {
  return text.includes(breakMark) ? text.replace(breaks, '') : text
}

/** Text whose cells have marks for their line ends. A cell that holds a table of its own keeps its lines. */
export function flattenCells(text: string): string {
  return text
    .replace(
      cell,
      (_whole, inner: string) =>
        cellMark +
        withoutBreakMarks(inner)
          .trim()
          .replace(/\s*\n\s*/g, lineMark),
    )
    .replace(ends, '')
}

/** A merged text with a semicolon or blank for each mark: "10; 20" are two figures, "Amount (GBP)" and "Total: 20" want none. */
export function joinLines(text: string): string {
  return text.includes(lineMark)
    ? text.replace(runs, (marks, at: number) => joint(text[at - 1], text[at + marks.length]))
    : text
}

function joint(before = '\n', after = '\n'): string {
  if (/[\t\n]/.test(before + after)) return ''
  return /[\p{Po}\p{Pd}\p{Ps}]/u.test(before) || /\p{Ps}/u.test(after) ? ' ' : '; '
}
