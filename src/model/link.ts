/** Text that a telephone, a mail program, or its owner, takes for a link: what data must never bring into a message of ours. */
import { hostIn } from './host.ts'
import { seek } from './seek.ts'

/** Each may begin where a word does only, and is as long as its kind can be: a word of 100,000 letters took a minute. */
const host = /(?<![\p{L}\p{M}\p{N}_-])[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}-][\p{L}\p{M}\p{N}_-]*)+/gu
const schemes = /\b(?:[a-z][a-z0-9+.-]{0,30}:\/\/|(?:mailto|tel|sms|javascript|data|hxxps?):)\S*/gu
const numeric = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/

/**
 * The first part of a text that looks like a link: a scheme (`https:`, also `hxxp:`), `www.`, a host (also with blanks around its
 * dot, with dots of other scripts or the word "dot"), an address of IPv4. Signs that nobody sees do not count.
 * Undefined where there is none. Hosts of `allowed`, and those below them, are no links.
 */
export function linkIn(text: string, allowed: ReadonlySet<string>): string | undefined {
  for (const sent of readingsOf(text)) {
    const found = linkRead(sent, allowed)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * How a text may read once a channel has cleaned it: signs that nobody sees are gone, and of the rarer ends of a line channels drop some
 * and make others blanks.
 */
function readingsOf(text: string): readonly string[] {
  if (simple.test(text)) return [text]
  const written = text.normalize('NFKC').replace(unseen, '')
  return rareEnds.test(written) ? [written.replace(everyRareEnd, ''), written.replace(everyRareEnd, ' ')] : [written]
}

/** Nearly all values: letters and signs that stay as they are under NFKC, and blanks. */
const simple =
  /^[\t\n\r -~\u00bf-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0400-\u0481\u2013\u2014\u2018-\u201e]*$/

/** Text messages leave all of these out or read on without them; what mails leave in, mail programs may pass over. */
const unseen = /(?![\t-\r\u0085])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu
const rareEnds = /[\v\f\u0085\u2028\u2029]/
const everyRareEnd = /[\v\f\u0085\u2028\u2029]/g

/** The first link of a text that `readingsOf` gave. */
function linkRead(text: string, allowed: ReadonlySet<string>): string | undefined {
  if (!/[.:。·․ꓸ\u06d4]|\bdot\b/iu.test(text)) return undefined
  const written = text
    .replace(/[。·․ꓸ\u06d4]/gu, '.')
    .replace(/\s+/g, ' ')
    .replace(/ ?(?:[[({] ?(?:\.|dot) ?[\])}]| dot ) ?/giu, '.')
    .replace(/ \. ?(?=\p{L})/gu, '.')
  const plain = written.toLowerCase()
  for (const [scheme] of plain.matchAll(schemes)) {
    const [, at = ''] = /^[a-z0-9+.-]+:\/\/(?:[^/?#]*@)?([^/?#:]*)/u.exec(scheme) ?? []
    if (isDisguised(scheme) || !isAllowed(at, allowed)) return scheme
  }
  for (const { 0: words, index } of written.matchAll(host)) {
    const labels = words.split('.')
    const found = labels.slice(0, hostIn({ labels, rest: written.slice(index + words.length) })).join('.')
    if (found !== '' && !isAllowed(found.toLowerCase(), allowed)) return found
  }
  return numeric.exec(plain)?.[0]
}

/**
 * Whether a web address has a name or password before its host, as `https://bank.example@evil.example` has: it leads elsewhere than it
 * reads, and no letter of ours needs it (RFC 3986 §7.6).
 */
export function isDisguised(address: string): boolean {
  return /^\s*https?:[\\/]{2,}[^\\/?#]*@/i.test(address)
}

function isAllowed(found: string, allowed: ReadonlySet<string>): boolean {
  // No host has more than 253 characters.
  const last = found.length > 253 ? found.slice(found.indexOf('.', found.length - 254) + 1) : found
  for (let name = last; name !== ''; name = name.includes('.') ? name.slice(name.indexOf('.') + 1) : '')
    if (allowed.has(name)) return true
  return false
}

export interface LinkSearch {
  /** What the recipient reads; asked for when a value looks like a link, which few do. */
  readonly message: () => string
  /** Hosts that data may name. */
  readonly allowed: ReadonlySet<string>
  /** Values that stand in the message as links because the template says so. */
  readonly vouched?: (value: string) => boolean
  /** How the message may spell a value besides: where it was written in other letters on its way. Absent: as it stands. */
  readonly spellings?: (value: string) => readonly string[]
  /** Whether mail addresses pass: where they only begin a letter to somebody. */
  readonly mailAddresses?: boolean
}

/** Where in the data a value, or a key of a map, looks like a link and stands in the message, in words: `customer.name`, `a key of charges`. */
export function linkPath(
  data: unknown,
  { message: write, allowed, vouched = () => false, spellings, mailAddresses = false }: LinkSearch,
): string | undefined {
  let written: string | undefined
  let squeezed: string | undefined
  const looks = (value: string): boolean =>
    readingsOf(value).some(
      sent => linkRead(mailAddresses ? sent.replace(mailAddress, ' ') : sent, allowed) !== undefined,
    ) && !vouched(value)
  const stands = (value: string): boolean => {
    written ??= write()
    const message = written
    // Letters and digits of ASCII reach a message as they are: where the first word does not stand, the value does not.
    const word = /^[!-~ ]*$/.test(value) ? /[A-Za-z0-9]+/.exec(value)?.[0] : undefined
    if (word !== undefined && !message.includes(word)) return false
    squeezed ??= squeeze(message)
    const needle = squeeze(value)
    return needle !== '' && squeezed.includes(needle)
  }
  // In this order: nearly no value has what links need, and few of those that do stand in the message.
  const isLink = (one: string): boolean => mayLink(one) && stands(one) && looks(one)
  const found = seek(data, value => {
    if (typeof value !== 'string') return false
    if (isLink(value)) return true
    return spellings !== undefined && !/^[!-~ ]*$/.test(value) && spellings(value).some(isLink)
  })
  if (found === undefined) return undefined
  const path = found.path.join('.')
  // A key may be anybody's name, and is not told.
  return found.isKey ? `a key of ${path === '' ? 'the data' : path}` : path
}

/** A mail address with nothing behind it that would lead on: `a@b.example/now` is a page. */
const mailAddress =
  /(?<![\w.+%/:@-])[\w.+%-]+@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}]|[/:?#])/gu

/** Whether a text has what a link cannot do without; looked at sign by sign, since every value of every message is. */
function mayLink(value: string): boolean {
  let marks = 0
  let letters = false
  let dotted = false
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (code > 0x7e || code < 0x20)
      return simple.test(value) ? isSuspicious(value) : readingsOf(value).some(isSuspicious)
    if (code === 0x2e || code === 0x3a) marks += 1
    else if (code < 0x30 || code > 0x39) {
      letters = true
      if ((code | 0x20) === 0x64 && (value.charCodeAt(at + 1) | 0x20) === 0x6f) dotted ||= suspicious.test(value)
    }
  }
  if (marks === 0 && !dotted) return false
  // An amount without a sign is told without asking.
  return (letters || marks > 1) && !figures.test(value)
}

function isSuspicious(text: string): boolean {
  return suspicious.test(text) && !figures.test(text)
}

/** What a link cannot do without. */
const suspicious = /[.:。·․ꓸ\u06d4]|\bdot\b/i

/** Amounts, days, times: one full stop, or none. */
const figures = /^-?\d*[.:]?\d*$|^\d{4}-\d\d-\d\dT[\d:.]*Z?$/

/** A text without blanks and what `plain` changes, so that a value is found in the message as sent. */
function squeeze(text: string): string {
  if (/^[!-~ ]*$/.test(text)) return text.replace(/[ -]/g, '')
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\p{Pd}\u2212]/gu, '')
}
