/** Text that a telephone, a mail program, or its owner, takes for a link: what data must never bring into a message of ours. */
import { hostIn } from './host.ts'
import { comparedHost, hostMark, hostSign } from './hostsigns.ts'
import { type Sought, seek } from './seek.ts'

/** Each may begin where a word does only, and is as long as its kind can be: a word of 100,000 letters took a minute. */
const host = new RegExp(
  `(?<!${hostSign})(?:${hostSign}+${hostMark}{0,3}|${hostMark}{1,3})(?:\\.${hostSign}+${hostMark}{0,3})+`,
  'gu',
)
const schemes =
  /\b(?:[a-z][a-z0-9+.-]{0,30}:\/\/|(?:mailto|hxxps?):|javascript:(?=\S)|(?:tel|sms):(?=[+\d])|data:(?=[a-z]+\/|[,;]))\S*/gu
/** IPv4 as it is written (RFC 3986, "dec-octet"): `1.234.567.890` is an amount. */
const numeric = /(?<![\d.])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}(?![\d.])/

/** "evil . com" and "evil .com"; a company that is called after a product is none: "Dear .NET Berlin GmbH". */
const partedStop =
  / \.(?!NET(?: \p{Lu}[\p{L}&-]*){0,2} (?:AG|BV|Corp|GmbH|Inc|KG|LLC|Ltd|OHG|S\.A|SA|SARL|SAS|SL|SRL|Srl|S\.r\.l|UG)(?![\p{L}\p{N}-])) ?(?=\p{L})/gu

const everyNumeric = new RegExp(numeric, 'g')

/**
 * The first part of a text that looks like a link: a scheme (`https:`, also `hxxp:`) with something behind it, `www.`, a host (also with blanks around its
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

/** All parts of a text that look like links, as `linkIn` finds the first; a web address is told by itself and by its host. */
export function linksIn(text: string, allowed: ReadonlySet<string>): readonly string[] {
  return readingsOf(text).flatMap(sent => [...linksRead(sent, allowed)])
}

/**
 * How a text may read once a channel has cleaned it: signs that nobody sees are gone, and of the rarer ends of a line channels drop some
 * and make others blanks.
 */
function readingsOf(text: string): readonly string[] {
  if (!unlikely.test(text)) return [text]
  // Wordings hold figures together by it, as in "8–20": nobody sees it, and it is not worth asking NFKC.
  if (text.includes('\u2060')) return readingsOf(text.replaceAll('\u2060', ''))
  if (!strange.test(text)) return [text.replace(other, sign => spelt[sign] ?? sign), text]
  // NFKC makes letters of signs: `evil.com™` would end in "comTM".
  const forms = [text.normalize('NFKC').replace(unseen, ''), text.normalize('NFC').replace(unseen, '')]
  return [...new Set(forms)].flatMap(written =>
    rareEnds.test(written) ? [written.replace(everyRareEnd, ''), written.replace(everyRareEnd, ' ')] : [written],
  )
}

/** Letters and signs that stay as they are under NFKC, those of currencies among them, and blanks. */
const kept =
  '\\t\\n\\r -~\\u00a1-\\u00a7\\u00a9\\u00ab\\u00ac\\u00ae\\u00b0\\u00b1\\u00b6\\u00b7\\u00bb\\u00bf-\\u0131\\u0134-\\u013e\\u0141-\\u0148\\u014a-\\u017e\\u0400-\\u0481\\u048a-\\u052f\\u2013\\u2014\\u2018-\\u201e\\u2022\\u20ac\\u20b4\\u20bd\\u2212'

/** Those of letters and bills that do not, each by itself: of them NFKC asks for time that whole messages have not. */
const spelt: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '¹': '1',
  '²': '2',
  '³': '3',
  '¼': '1⁄4',
  '½': '1⁄2',
  '¾': '3⁄4',
  ª: 'a',
  º: 'o',
  '№': 'No',
  '™': 'TM',
  '…': '...',
}

/** A sign beside those that stay as they are, and one beside those that are spelt, too. ASCII and Cyrillic letters, which most are, are passed over first: a fifth of the price. */
const notOf = (signs: string): RegExp => new RegExp(`[^\\t\\n\\r -~\\u0410-\\u044f](?<![${signs}])`)
const unlikely = notOf(kept)
const strange = notOf(`${kept}${Object.keys(spelt).join('')}`)
const other = new RegExp(`[${Object.keys(spelt).join('')}]`, 'g')

/** Text messages leave all of these out or read on without them; what mails leave in, mail programs may pass over. */
const unseen = /(?![\t-\r\u0085])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu
const rareEnds = /[\v\f\u0085\u2028\u2029]/
const everyRareEnd = /[\v\f\u0085\u2028\u2029]/g

/** The first link of a text that `readingsOf` gave. */
function linkRead(text: string, allowed: ReadonlySet<string>): string | undefined {
  return holdsMark(text) ? linksRead(text, allowed).next().value : undefined
}

function* linksRead(text: string, allowed: ReadonlySet<string>): Generator<string, undefined> {
  if (!holdsMark(text)) return
  const written = text
    // With blanks beside it, it parts words; `partsWords` says the same of one sign.
    .replace(/(?<=\s)[·‧∙⋅]|[·‧∙⋅](?=\s)/gu, ',')
    .replace(/[。․ꓸ\u06d4]|[·‧∙⋅](?!\.)/gu, '.')
    .replace(/\s+/g, ' ')
    .replace(/ ?(?:[[({] ?(?:\.|dot) ?[\])}]| dot ) ?/giu, '.')
    .replace(partedStop, '.')
  const plain = written.toLowerCase()
  for (const [scheme] of plain.matchAll(schemes)) {
    const [, at = ''] = /^[a-z0-9+.-]+:\/\/(?:[^/?#]*@)?([^/?#:]*)/u.exec(scheme) ?? []
    if (isDisguised(scheme) || !isAllowed(at, allowed)) yield scheme
  }
  for (const { 0: words, index } of written.matchAll(host)) {
    const found = hostIn({ labels: words.split('.'), rest: written.slice(index + words.length) })
    if (found !== undefined && !isAllowed(comparedHost(found), allowed)) yield found
  }
  for (const [figures] of plain.matchAll(everyNumeric)) if (!allowed.has(figures)) yield figures
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
export function linkPath(data: unknown, search: LinkSearch): string | undefined {
  const found = new LinkSeeker(search).seek(data)
  if (found === undefined) return undefined
  const path = found.path.join('.')
  // A key may be anybody's name, and is not told.
  return found.isKey ? `a key of ${path === '' ? 'the data' : path}` : path
}

/** Asks in the order of what it costs: nearly no value has what links need, and few of those that do stand in the message. */
class LinkSeeker {
  readonly #search: LinkSearch
  #written: string | undefined
  #squeezed: string | undefined

  constructor(search: LinkSearch) {
    this.#search = search
  }

  seek(data: unknown): Sought | undefined {
    return seek(data, leaf => typeof leaf === 'string' && this.#isFound(leaf))
  }

  #isFound(value: string): boolean {
    if (this.#isLink(value)) return true
    const { spellings } = this.#search
    return spellings !== undefined && !ascii.test(value) && spellings(value).some(one => this.#isLink(one))
  }

  #isLink(value: string): boolean {
    if (!mayLink(value)) return false
    // Every customer has a mail address, which is none.
    if (value.includes('@')) return this.#looks(value) && this.#stands(value)
    return this.#stands(value) && this.#looks(value)
  }

  #looks(value: string): boolean {
    const { allowed, vouched, mailAddresses = false } = this.#search
    for (const sent of readingsOf(value)) {
      if (linkRead(mailAddresses ? withoutMailAddresses(sent) : sent, allowed) === undefined) continue
      return vouched === undefined || !vouched(value)
    }
    return false
  }

  #stands(value: string): boolean {
    this.#written ??= this.#search.message()
    // Letters and digits of ASCII reach a message as they are: where the first word does not stand, the value does not.
    const word = ascii.test(value) ? /[A-Za-z0-9]+/.exec(value)?.[0] : undefined
    if (word !== undefined && !this.#written.includes(word)) return false
    this.#squeezed ??= squeeze(this.#written)
    const needle = squeeze(value)
    return needle !== '' && this.#squeezed.includes(needle)
  }
}

const ascii = /^[!-~ ]*$/

/** A text without its mail addresses, a blank for each. */
export function withoutMailAddresses(text: string): string {
  let left = ''
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', Math.max(from, at + 1))) {
    // Before it no sign stands that a name is made of: there is one place where it may begin.
    let start = at
    while (start > from && inNames.has(text.charCodeAt(start - 1))) start -= 1
    mailAddress.lastIndex = start
    if (!mailAddress.test(text)) continue
    left += `${text.slice(from, start)} `
    from = mailAddress.lastIndex
  }
  return left + text.slice(from)
}

/** A mail address with nothing around it that would lead on: `a@b.example/now` is a page. Marks that only end a sentence or a label do not. */
const mailAddress =
  /(?<![\w.+%/@-]|\b(?:f|ht|hxx)tps?:)[\w.+%-]+@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}]|\/|[?#][\p{L}\p{N}%_=&]|:\d)/uy

/** Whether a message may hold a link. Apart from `mayLink`, which is half as fast where it is asked of long and joined texts, too. */
export function mayHoldLink(message: string): boolean {
  return readingsOf(message).some(holdsMark)
}

/** Whether a value may look like a link: nearly none does, and every value of every message is asked. */
function mayLink(value: string): boolean {
  let hasMark = false
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (code > 0x7e || code < 0x20) return readingsOf(value).some(holdsMark)
    if (code === 0x2e || code === 0x3a || ((code | 0x20) === 0x64 && (value.charCodeAt(at + 1) | 0x20) === 0x6f))
      hasMark = true
  }
  return hasMark && holdsMark(value)
}

/**
 * Whether a text that `readingsOf` gave has what no link is without: a stop right before a word, or behind `www`, a blank or a bracket; a
 * scheme; `dot`; or figures with three stops. It is asked so often that only signs which may be one are looked at.
 */
function holdsMark(text: string): boolean {
  let figures = 0
  marks.lastIndex = 0
  while (marks.test(text)) {
    const at = marks.lastIndex - 1
    const code = text.charCodeAt(at)
    if ((code | 0x20) === 0x64) return true
    if (code > 0x7e && partsWords(text, at)) continue
    if (code === 0x3a) {
      if (text.charCodeAt(at + 1) === 0x2f || schemeEnd.test(text.slice(Math.max(0, at - 11), at))) return true
      continue
    }
    if (at > 0 && openers.has(text.charCodeAt(at - 1))) return true
    if (at > 2 && text.slice(at - 3, at).toLowerCase() === 'www') return true
    let next = at + 1
    while (next < text.length && figuresOrLines.has(text.charCodeAt(next))) next += 1
    if (next > at + 1) figures += 1
    if (next < text.length && !ends.has(text.charCodeAt(next))) return true
  }
  return figures >= 3 && numeric.test(text)
}

/** Whether a stop stands between words, as in "No. 417 · Kim Nowak". */
function partsWords(text: string, at: number): boolean {
  return interpuncts.has(text.charCodeAt(at)) && (blank.test(text[at - 1] ?? '') || blank.test(text[at + 1] ?? ''))
}

/** Stops of all scripts, colons, and `dot`. */
const marks = /[.:\u00b7。‧∙⋅․ꓸ\u06d4]|[Dd](?=[Oo][Tt])/g

const codesOf = (signs: string): ReadonlySet<number> => new Set(Array.from(signs, sign => sign.charCodeAt(0)))
const inNames = codesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+%-')
const interpuncts = codesOf('·‧∙⋅')
const blank = /\s/
/** What parts a stop from the word before it, so that it ends no sentence there. */
const openers = codesOf(' \u00a0\t\n\r\v\f\u0085\u2028\u2029[({')
const figuresOrLines = codesOf('0123456789_-')
/** What may follow a stop that ends a sentence or a figure. */
const ends = codesOf(' \u00a0\t\n\r.,;:!?)]}"\'%/»“”’…€£$+*')
const schemeEnd = /(?:^|[^a-z0-9])(?:mailto|tel|sms|javascript|data|hxxps?)$/i

/** A text without blanks and what `plain` changes, so that a value is found in the message as sent. */
function squeeze(text: string): string {
  if (/^[!-~ ]*$/.test(text)) return text.replace(/[ -]/g, '')
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\p{Pd}\u2212]/gu, '')
}
