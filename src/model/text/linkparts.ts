/** Addresses in markup: which attributes hold them, and where a value of the data is one part of one, percent-encoded: it must neither lead elsewhere nor write to others. */

/** Attributes of markup that hold addresses, in small letters. */
export const addressAttributes: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'background-url',
  'poster',
  'srcset',
  'ping',
  'xlink:href',
])

/**
 * Whether a value behind this beginning is such a part. In a web address and in a letter's all of it is: a `,` or `?` in a mail address
 * adds recipients (RFC 6068 §2). Numbers keep their `+`, and have parts behind the `?` of `sms:` alone.
 */
export function takesParts(before: string): boolean {
  return /^(?:https?:|mailto:|sms:[^?]*\?)/i.test(before)
}

/** Text as one part of an address (RFC 3986 §3.3): what would end the part or begin another is percent-encoded. */
export function percentEncoded(text: string): string {
  // Unreserved signs stay as they are (RFC 3986 §2.3): numbers of documents are made of them.
  if (/^[\w.~-]*$/.test(text)) return text
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, percent)
    .replaceAll('%40', '@')
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
