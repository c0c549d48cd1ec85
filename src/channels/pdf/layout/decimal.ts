/** Alignment on the decimal mark: what of a line stands behind it, so that the digits of one value stand under each other. */
import type { Run } from './lines.ts'

/** How the lines of a column are aligned on their mark. */
export interface Decimal {
  /** The decimal mark of the document's language. */
  readonly mark: string
  /** The most that stands behind the last whole digit in any line of the column: decimals, and units after them. */
  readonly behindPt: number
}

/** By language, since making a formatter takes as long as laying out a page; bounded, since data may say the language. */
const marks = new Map<string, string>()
const mostMarks = 100

/** The decimal mark of a language: `.` or `,`, or what else Unicode's data has. */
export function decimalMark(lang: string): string {
  const known = marks.get(lang)
  if (known !== undefined) return known
  if (marks.size >= mostMarks) marks.clear()
  const mark = readMark(lang)
  marks.set(lang, mark)
  return mark
}

function readMark(lang: string): string {
  try {
    const parts = new Intl.NumberFormat(lang, { useGrouping: false }).formatToParts(1.5)
    return parts.find(part => part.type === 'decimal')?.value ?? '.'
  } catch {
    // A tag that has the form of one and is none, such as en-a.
    return '.'
  }
}

/** Width of what stands behind the last whole digit of a line's number; undefined for a line without digits. */
export function behindMark(runs: readonly Run[], mark: string): number | undefined {
  let text = ''
  const stops: number[] = []
  const widths: number[] = []
  for (const { words, type } of runs) {
    for (const { parts } of words) {
      for (const { face, scale, glyphs } of parts) {
        const each = (type.sizePt * scale) / face.unitsPerEm
        glyphs.advances.forEach((advance, index) => {
          text += glyphs.texts[index]!
          stops.push(text.length)
          widths.push(advance * each)
        })
      }
    }
  }
  const from = wholeEnd(text, mark)
  if (from === undefined) return undefined
  let behind = 0
  for (let index = widths.length - 1; index >= 0 && stops[index]! > from; index -= 1) behind += widths[index]!
  return behind
}

/** Where the whole part of a text's number ends: before the last mark that has a digit behind it, else after the last digit. */
function wholeEnd(text: string, mark: string): number | undefined {
  for (let at = text.lastIndexOf(mark); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1)) {
    if (/^\p{Nd}/u.test(text.slice(at + mark.length, at + mark.length + 2))) return at
  }
  const digits = /\p{Nd}(?=\P{Nd}*$)/u.exec(text)
  return digits === null ? undefined : digits.index + digits[0].length
}
