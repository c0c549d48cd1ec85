/** Text as a regular expression takes it. */

/** Matches the text itself, in an expression with the flag `u`. */
export function literal(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')
}
