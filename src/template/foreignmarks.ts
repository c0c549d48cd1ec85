/** Marks by which other systems fill in values, and those of HTML: here they are read as they stand. */
import { characterReference } from '../model/index.ts'

/** `*|FNAME|*`, `{% if x %}`, `%%name%%`, `##name##`, `@@name@@`, `[[name]]`, `<<name>>`; in the last group `«name»`, which may be a word in quotes. */
const marks =
  /\*\|([^|*\n]{1,60})\|\*|\{%([^%{}\n]{1,60})%\}|(?:%%|##|@@|\[\[|<<)([\p{L}_][\p{L}\d_. -]{0,60})(?:%%|##|@@|\]\]|>>)|«([\p{L}_][\p{L}\d_.]{0,60})»/gu

/** Elements that people write in texts. */
const elements =
  /<\/?(?:a|b|big|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|table|td|tr|u|ul)(?:\s[^<>]*)?\/?>/gi

/** What of a text is HTML, each mark once: wording is no markup, and is escaped wherever it is said. */
export function marksOfHtml(text: string): readonly string[] {
  return [...new Set([...(text.match(elements) ?? []), ...(text.match(characterReference) ?? [])])]
}

export interface ForeignMark {
  readonly found: string
  readonly inner: string
  /** Offset in the text. */
  readonly at: number
  /** Whether it can be nothing else. */
  readonly certain: boolean
}

export function foreignMarks(text: string): readonly ForeignMark[] {
  return [...text.matchAll(marks)].map(({ 0: found, 1: piped, 2: tag, 3: named, 4: quoted = '', index }) => {
    const certain = piped ?? tag ?? named
    return { found, inner: (certain ?? quoted).trim(), at: index, certain: certain !== undefined }
  })
}
