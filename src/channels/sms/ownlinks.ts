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
  let rest = message
  for (const host of own) rest = rest.replaceAll(host, ' ')
  if (!mayLink.test(rest)) return false
  for (const host of linkedHosts(message, new Set([...own, ...wording.links]))) {
    const said = new RegExp(wholly(host), 'iu')
    if (said.test(message) && !says(message, { said, words: host, byLink: false }, wording)) return true
  }
  return false
}

/** What no link is without: a stop right before a word, a scheme, `dot`, or figures with three stops. Nearly no message has it. */
const mayLink =
  /[.。·․ꓸ\u06d4][\p{N}_-]*\p{L}| [.。·․ꓸ\u06d4]|[[({] ?\.|:\/\/|\b(?:mailto|tel|sms|javascript|data|hxxps?):|\bdot\b|\d(?:\.\d+){3}/iu

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
