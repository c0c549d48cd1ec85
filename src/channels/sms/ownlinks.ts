/** Links of a finished message: each has to be the wording's own, since data may put one together out of two harmless values. */
import { type Brand, linkIn, linksIn, seek } from '../../model/index.ts'
import { says, type Wording, wholly } from './optout.ts'

const nobody: ReadonlySet<string> = new Set()

/** Hosts that template and brand say themselves. */
export function hostsOf(source: string, { wording, company, partials }: Brand): ReadonlySet<string> {
  const hosts = new Set<string>()
  seek([source, wording, company, partials], (leaf, isKey) => {
    if (typeof leaf !== 'string' || isKey) return false
    for (const found of linksIn(leaf.replace(/\{\{.*?\}\}/gs, ' '), nobody)) if (!found.includes(':')) hosts.add(found)
    return false
  })
  return hosts
}

/** Whether a message has a link that its own words do not say. `own`: hosts that are known to be. */
export function isPutTogether(message: string, own: ReadonlySet<string>, wording: Wording): boolean {
  let rest = message
  for (const host of own) rest = rest.replaceAll(host, ' ')
  if (linkIn(rest, wording.links) === undefined) return false
  return linksIn(message, new Set([...own, ...wording.links])).some(found => {
    // Of an address the data may bring all but where it leads.
    const words = /^(?:[a-z0-9+.-]+:\/\/[^/?#]+|[a-z]+:)/.exec(found)?.[0] ?? found
    return !says(message, { said: new RegExp(wholly(words), 'iu'), words, byLink: false }, wording)
  })
}
