/** What hosts are made of, and when two are one: letters and symbols (`i❤.ws`, `bank→.net`), as registries sell and telephones take them. */

/** A sign of a label: ASCII has only letters, digits, `_` and `-`. All of UTS #46 but punctuation, which would join quotation marks to a host. */
export const hostSign = '(?:[\\p{L}\\p{M}\\p{N}_-]|(?![\\0-\\x7f])\\p{S})'

/** Punctuation, which is a part of a host right before its dot alone: `bank•.net`. */
export const hostMark = '(?:(?![\\0-\\x7f])\\p{P})'

/** A host as hosts are compared: browsers take all forms of a letter for one (UTS #46 §4). */
export function comparedHost(host: string): string {
  return host.normalize('NFKC').toLowerCase()
}
