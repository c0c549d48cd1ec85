/** Splits well-formed CSV records into fields (RFC 4180). The home of csv-parse. */
import { parse } from 'csv-parse/sync'

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
    quote === '' || !text.includes(quote)
      ? splitPlain(text, delimiter)
      : parse(text, options(text, { delimiter, quote }))
  if (records.length !== count) throw new Error(`bug: ${count} records were cut, ${records.length} were split`)
  return records
}

/** Without a quote there is nothing to parse; a tenth of the time. */
function splitPlain(text: string, delimiter: string): string[][] {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => line.split(delimiter))
}

/** Record delimiters are named, since csv-parse otherwise takes the first it meets for the only one; those that there are, since it asks for each at every byte. */
function options(text: string, { delimiter, quote }: Dialect) {
  return {
    delimiter,
    quote,
    escape: quote,
    record_delimiter: text.includes('\r') ? ['\r\n', '\n', '\r'] : ['\n'],
    relax_column_count: true,
  }
}
