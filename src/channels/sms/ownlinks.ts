/** Links of a finished message: each has to be the wording's own, since data may put one together out of two harmless values. */
import { type Brand, linkIn, seek } from '../../model/index.ts'
import { says, type Wording, wholly } from './optout.ts'

/** Hosts that template and brand say themselves. */
export function hostsOf(source: string, { wording, company, partials }: Brand): ReadonlySet<string> {
  const hosts = new Set<string>()
  seek([source, wording, company, partials], (leaf, isKey) => {
    if (typeof leaf !== 'string' || isKey) return false
    for (const host of linkedHosts(leaf.replace(/\{\{.*?\}\}/gs, ' '), hosts)) hosts.add(host)
    return false
  })
  return hosts
}

/** Whether a message has a link that its own words do not say. `own`: hosts that are known to be. */
export function isPutTogether(message: string, own: ReadonlySet<string>, wording: Wording): boolean {
  if (!mayLink(message)) return false
  let rest = message
  for (const host of own) rest = rest.replaceAll(host, ' ')
  if (!mayLink(rest)) return false
  for (const host of linkedHosts(message, new Set([...own, ...wording.links]))) {
    const said = new RegExp(wholly(host), 'iu')
    if (said.test(message) && !says(message, { said, words: host, byLink: false }, wording)) return true
  }
  return false
}

/**
 * Whether a text has what no link is without: a stop right before a word or behind a blank or a bracket, a scheme, `dot`, or figures with
 * three stops. Looked at sign by sign, since every message is.
 */
function mayLink(text: string): boolean {
  let figures = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x2e || (code > 0x7e && otherStops.has(code))) {
      if (at > 0 && parts.has(text.charCodeAt(at - 1))) return true
      let next = at + 1
      while (next < text.length && figuresOrLines.has(text.charCodeAt(next))) next += 1
      if (next > at + 1) figures += 1
      if (next < text.length && !ends.has(text.charCodeAt(next))) return true
    } else if (code === 0x3a && (text.charCodeAt(at + 1) === 0x2f || scheme.test(text.slice(Math.max(0, at - 11), at))))
      return true
    else if ((code | 0x20) === 0x64 && text.slice(at, at + 3).toLowerCase() === 'dot') return true
  }
  return figures >= 3 && /\d(?:\.\d+){3}/.test(text)
}

const codesOf = (signs: string): ReadonlySet<number> => new Set(Array.from(signs, sign => sign.charCodeAt(0)))
const otherStops = codesOf('。·․ꓸ\u06d4')
/** What parts a stop from the word before it, and does not end a sentence there. */
const parts = codesOf(' \u00a0\t[({')
const figuresOrLines = codesOf('0123456789_-')
/** What may follow a stop that ends a sentence or a figure. */
const ends = codesOf(' \u00a0\t\n\r.,;:!?)]}"\'%/»“”’…€£$+*')
const scheme = /(?:^|[^a-z0-9])(?:mailto|tel|sms|javascript|data|hxxps?)$/i

/** Hosts of a text's links but those that were passed, each once. */
function* linkedHosts(text: string, passed: ReadonlySet<string>): Generator<string> {
  const known = new Set(passed)
  for (let found = linkIn(text, known); found !== undefined; found = linkIn(text, known)) {
    const host = (/^[a-z0-9+.-]+:\/\/(?:[^/?#]*@)?([^/?#:]+)/.exec(found)?.[1] ?? found).toLowerCase()
    // What no host is passed for, such as an address of figures, would be found for ever.
    if (known.has(host)) return
    known.add(host)
    yield host
  }
}
