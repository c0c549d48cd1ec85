/** Where in an address a value of the data is one part of it, percent-encoded: it must neither lead elsewhere nor write to others. */

/**
 * Whether a value behind this beginning is such a part. In a web address and in a letter's all of it is: a `,` or `?` in a mail address
 * adds recipients (RFC 6068 §2). Numbers keep their `+`, and have parts behind the `?` of `sms:` alone.
 */
export function takesParts(before: string): boolean {
  return /^(?:https?:|mailto:|sms:[^?]*\?)/i.test(before)
}
