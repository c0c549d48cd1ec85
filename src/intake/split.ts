/** Splits well-formed CSV records into fields (RFC 4180). */

export interface Dialect {
  readonly delimiter: string
  /** One character, or empty for none. */
  readonly quote: string
}

/**
 * Fields of records that `cut` found well-formed, `text` being exactly `count` of them one after another. Nothing is trimmed, cast or
 * skipped; how many fields a record has is the caller's to check, so that one wrong line does not spoil its neighbours.
 */
export function splitRecords(
  text: string,
  count: number,
  { delimiter, quote }: Dialect,
): readonly (readonly string[])[] {
  if (count === 0) return []
  const records =
    quote === '' || !text.includes(quote) ? splitPlain(text, delimiter) : splitQuoted(text, delimiter, quote)
  if (records.length !== count) throw new Error(`bug: ${count} records were cut, ${records.length} were split`)
  return records
}

/** Without a quote there is nothing to look for; a third of the time. */
function splitPlain(text: string, delimiter: string): string[][] {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => line.split(delimiter))
}

/** A field that begins with a quote goes on to the one that closes it; any other, to the next delimiter or line ending. */
function splitQuoted(text: string, delimiter: string, quote: string): string[][] {
  const records: string[][] = []
  let fields: string[] = []
  for (let at = 0; ; ) {
    const begin = at
    if (text[at] === quote) {
      at = closing(text, quote, begin)
      const inner = text.slice(begin + 1, at)
      fields.push(inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner)
      at += 1
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
      fields.push(text.slice(begin, at))
    }
    if (text[at] === delimiter) at += 1
    else {
      records.push(fields)
      fields = []
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
      if (at >= text.length) return records
    }
  }
}

/** Where the quote stands that closes the field which begins with the one at `open`: two in a row are a quote of its text. */
function closing(text: string, quote: string, open: number): number {
  for (let close = text.indexOf(quote, open + 1); close >= 0; close = text.indexOf(quote, close + 2))
    if (text[close + 1] !== quote) return close
  throw new Error('bug: a quote that nothing closes was cut as a record')
}
