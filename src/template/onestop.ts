/** One stop where a date that ends in its own (uk `2026 р.`, pl `2026 r.`, de `16.11.`, hr `2026.`) ends a sentence. */

/** Stands behind a date's own stop until the text is merged. A noncharacter (Unicode 23.7): no text has it, no escaping knows it. */
const mark = '\uFDD0'
const closed = /\uFDD0(?:\.(?![.\w/]))?/g

/** A date as helpers give it: what stands behind it is known only in the merged text. */
export function withStop(date: string): string {
  return date.endsWith('.') ? date + mark : date
}

/** A merged text: a stop behind a date's own is left out, and those of data and template stay. */
export function oneStop(text: string): string {
  return text.includes(mark) ? text.replace(closed, '') : text
}

/** What `withStop` was given, for helpers that look at it. */
export function withoutStop(value: unknown): unknown {
  return typeof value === 'string' && value.endsWith(mark) ? value.slice(0, -1) : value
}
