/** Whole tokens in a text that was read: what folds together, and what a token is not part of. */

/**
 * Text as it is compared: composed, without signs that nobody sees (soft hyphens, word joiners, marks of direction), with one kind of
 * hyphen, quote and line end, and single blanks. No-break blanks stay, since they hold figures together, and tabs, which part cells.
 */
export function fold(text: string): string {
  // Most ids: nothing to fold.
  if (/^[\x21-\x7e]*$/.test(text)) return text
  const signs = settled.test(text) ? text : quoted.test(text) ? foldMarks(text) : foldSigns(text)
  // As most texts are that were read.
  if (!loose.test(signs)) return signs
  return signs
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\t[\t ]*/g, '\t')
    .replace(/[ \t]?\n[\n\t ]*/g, '\n')
}

/** Blanks that are more than one, or stand beside a tab or a line's end. */
const loose = /[ \t\n]{2}/

/**
 * Texts of signs that fold to themselves: most pieces. No composing changes letters below U+0300 or Cyrillic ones, where no mark
 * stands between them.
 */
const settled =
  /^[\n\t\x20-\x7e\xa0-\xac\xae-\u02bb\u02bd-\u02ff\u0400-\u0482\u048a-\u052f\u2013\u2014\u2116\u20a0-\u20c0]*$/

/** The same, and the hyphens, minuses and quotes that fold to those of ASCII: nearly all other pieces. */
const quoted =
  /^[\n\t\x20-\x7e\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010\u2011\u2013\u2014\u2018\u2019\u201c-\u201f\u2116\u20a0-\u20c0\u2212]*$/

function foldSigns(text: string): string {
  const composed = text
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Cf}\u200b]|(?![\n\t])\p{Cc}/gu, '')
    .replace(/(?![\u00a0\u2007\u202f])\p{Zs}/gu, ' ')
    .replace(/[\u2007\u202f]/g, '\u00a0')
  return foldMarks(composed)
}

function foldMarks(text: string): string {
  return text
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
}

/** A text's words, ready to be searched for many tokens. */
export interface Tokens {
  /** Whether the text holds a folded token as a whole: no longer word, number or name has it inside. */
  readonly hold: (token: string) => boolean
}

/** Reads all tokens of a folded text. */
export function readTokens(text: string): Tokens {
  return {
    hold(token) {
      const wanted = inBlanks(token).replace(/ {2,}/g, ' ').trim()
      if (wanted === '') return false
      const [first = ''] = wanted.split(' ', 1)
      for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
        const end = endOf(wanted, text, at)
        if (end !== undefined && isWhole(text, at, end)) return true
      }
      // A long token may have been broken over lines, with a hyphen or without.
      if (wanted.length < 4 || !text.includes('\n')) return false
      for (const found of text.replaceAll('\u00a0', ' ').matchAll(broken(wanted)))
        if (isWhole(text, found.index, found.index + found[0].length)) return true
      return false
    },
  }
}

/** Where a token ends that stands at a place; each of its blanks may be any number of blanks, tabs and line ends. */
function endOf(token: string, text: string, start: number): number | undefined {
  let end = start
  for (let at = 0; at < token.length; at += 1) {
    const unit = token.charCodeAt(at)
    const isSame = unit === 0x20 ? isBlank(text.charCodeAt(end)) : unit === text.charCodeAt(end)
    if (!isSame) return undefined
    end += 1
    while (unit === 0x20 && isBlank(text.charCodeAt(end))) end += 1
  }
  return end
}

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0xa0

/** With a blank for each line end, tab and no-break blank. */
export const inBlanks = (text: string): string => text.replace(/[\n\t\u00a0]/g, ' ')

function broken(token: string): RegExp {
  const parts = Array.from(token, sign => (sign === ' ' ? '[ \\n\\t]' : sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')))
  return new RegExp(parts.join('(?:-?\\n)?'), 'gu')
}

/**
 * Whether what stands from `start` to `end` is a whole token: no letter or digit goes on beside it, also not behind a sign that
 * joins (`1004-2288` is not `1004`, `17.850` not `17.85`, `B-1/2` not `B-1`). Behind a slash a token may begin, as in addresses of the web.
 */
export function isWhole(text: string, start: number, end: number): boolean {
  if (wordAt(text, start) && start > 0) {
    if (wordBefore(text, start)) return false
    if (/[-._@,:]/.test(text[start - 1] as string) && joins(text, start - 1)) return false
  }
  if (wordBefore(text, end) && end < text.length) {
    if (wordAt(text, end)) return false
    if (/[-._@,:/]/.test(text[end] as string) && joins(text, end)) return false
  }
  return true
}

/** Whether the sign at a place has letters or digits on both sides; a comma or colon joins digits only. */
function joins(text: string, at: number): boolean {
  if (/[,:]/.test(text[at] as string))
    return /\p{Nd}$/u.test(text.slice(0, at).slice(-2)) && /^\p{Nd}/u.test(text.slice(at + 1, at + 3))
  return wordBefore(text, at) && wordAt(text, at + 1)
}

function wordBefore(text: string, at: number): boolean {
  const low = text.charCodeAt(at - 1)
  return isTrail(low) && isLead(text.charCodeAt(at - 2)) ? isWordSign(text, at - 2) : isWordSign(text, at - 1)
}

function wordAt(text: string, at: number): boolean {
  return isWordSign(text, at)
}

/** What is known of the code units: 0 nothing yet, or that it takes two; 1 a sign of words, 2 none. Each piece of a run is looked at sign by sign. */
const known = new Uint8Array(0x10000)

/** Whether a letter, a digit or a mark of any script stands at a place. */
export function isWordSign(text: string, at: number): boolean {
  const kind = known[text.charCodeAt(at)]
  return kind === 1 || (kind === 0 && isStrangeWordSign(text, at))
}

/** The same of a code unit; undefined where that is not known yet, or takes two. */
export function isWordUnit(unit: number): boolean | undefined {
  const kind = known[unit]
  return kind === 0 ? undefined : kind === 1
}

function isStrangeWordSign(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (isLead(unit)) return word.test(String.fromCodePoint(text.codePointAt(at) as number))
  known[unit] = word.test(String.fromCharCode(unit)) ? 1 : 2
  return known[unit] === 1
}

const word = /[\p{L}\p{N}\p{M}]/u

export const isLead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
export const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000
