/** One stop where a date that ends in its own (uk `2026 р.`, pl `2026 r.`, de `16.11.`, hr `2026.`) ends a sentence. */

/**
 * Stands behind a date's own stop until the text is merged: two controls that no text has beside each other and no escaping knows. A sign
 * beyond U+00FF would have a German text message kept in two bytes a letter, which cost 3 % of all its work.
 */
const mark = '\u0002\u0003'

/** A date as helpers give it: what stands behind it is known only in the merged text. */
export function withStop(date: string): string {
  return date.charCodeAt(date.length - 1) === 46 ? date + mark : date
}

/** A merged text: a stop behind a date's own is left out, and those of data and template stay. */
export function oneStop(text: string): string {
  let at = text.indexOf(mark)
  if (at < 0) return text
  // Cut by hand, since every text message in German comes by here.
  let out = ''
  let from = 0
  for (; at >= 0; at = text.indexOf(mark, from)) {
    out += text.slice(from, at)
    from = at + mark.length
    if (text[from] === '.' && !/[.\w/]/.test(text[from + 1] ?? '')) from += 1
  }
  return out + text.slice(from)
}

/** What `withStop` was given, for helpers that look at it. */
export function withoutStop(value: unknown): unknown {
  return typeof value === 'string' && value.endsWith(mark) ? value.slice(0, -mark.length) : value
}
