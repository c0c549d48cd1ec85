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
  for (const { words } of runs) for (const { parts } of words) for (const { glyphs } of parts) text += glyphs.text
  const from = wholeEnd(text, mark)
  return from === undefined ? undefined : widthBehind(runs, text.length - from)
}

/** Width of the glyphs that stand for so many characters at the end, and of those that part them from the others. */
function widthBehind(runs: readonly Run[], characters: number): number {
  let left = characters
  let width = 0
  for (let run = runs.length - 1; run >= 0; run -= 1) {
    const { words, type } = runs[run]!
    for (let word = words.length - 1; word >= 0; word -= 1) {
      const { parts } = words[word]!
      for (let part = parts.length - 1; part >= 0; part -= 1) {
        const { face, scale, glyphs } = parts[part]!
        const each = (type.sizePt * scale) / face.unitsPerEm
        const { texts, advances } = glyphs
        for (let at = texts.length - 1; at >= 0; at -= 1) {
          if (left <= 0) return width
          width += advances[at]! * each
          left -= texts[at]!.length
        }
      }
    }
  }
  return width
}

/** Where the whole part of a text's number ends: before the last mark that has a digit behind it, else after the last digit. */
function wholeEnd(text: string, mark: string): number | undefined {
  for (let at = text.lastIndexOf(mark); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1)) {
    if (isDigit(text, at + mark.length)) return at
  }
  const digits = /\p{Nd}(?=\P{Nd}*$)/u.exec(text)
  return digits === null ? undefined : digits.index + digits[0].length
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code < 0x80 ? code >= 0x30 && code <= 0x39 : /^\p{Nd}/u.test(text.slice(at, at + 2))
}
