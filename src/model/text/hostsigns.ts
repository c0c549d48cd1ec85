/** Signs of hosts, as classes of patterns: letters and symbols (`i❤.ws`, `bank→.net`), as registries sell and telephones take them. */

/** A sign of a label: ASCII has only letters, digits, `_` and `-`. All of UTS #46 but punctuation, which would join quotation marks to a host. */
export const hostSign = '(?:[\\p{L}\\p{M}\\p{N}_-]|(?![\\0-\\x7f])\\p{S})'

/** Punctuation, which is a part of a host right before its dot alone: `bank•.net`. */
export const hostMark = '(?:(?![\\0-\\x7f])\\p{P})'
