/** Links of a finished message: each has to be the wording's own, since data may put one together out of two harmless values. */
import { hostSign } from './hostsigns.ts'
import { linkIn, linksIn, mayHoldLink } from './link.ts'
import { says, type Telling, wholly } from './ownwords.ts'
import { seek } from './seek.ts'

const nobody: ReadonlySet<string> = new Set()

/** Hosts that texts of template and brand say themselves. */
export function ownHosts(...said: readonly unknown[]): ReadonlySet<string> {
  const hosts = new Set<string>()
  seek(said, (leaf, isKey) => {
    if (typeof leaf !== 'string' || isKey) return false
    for (const found of linksIn(leaf.replace(/\{\{.*?\}\}/gs, ' '), nobody)) if (!found.includes(':')) hosts.add(found)
    return false
  })
  return hosts
}

/** Whether a message may have links besides its own hosts: nearly none has, and every one is asked. */
export function mayHaveOtherLinks(message: string, own: ReadonlySet<string>): boolean {
  let rest = message
  for (const host of own) rest = withoutHost(rest, host)
  return mayHoldLink(rest)
}

/** Whether a message has a link that its own words do not say. `own`: hosts that are known to be. */
export function isPutTogether(message: string, own: ReadonlySet<string>, telling: Telling): boolean {
  const allowed = new Set([...own, ...telling.links])
  const read = message.includes('%') ? withoutParts(message, allowed) : message
  return linksIn(read, allowed).some(found => {
    // Of an address the data may bring all but where it leads.
    const words = /^(?:[a-z0-9+.-]+:\/\/[^/?#]+|[a-z]+:)/.exec(found)?.[0] ?? found
    return (
      words.length > longest || !says(read, { said: new RegExp(wholly(words), 'iu'), words, byLink: false }, telling)
    )
  })
}

/** A message without what is percent-encoded in the addresses of these hosts: as a part of one it leads nowhere else. */
function withoutParts(message: string, hosts: ReadonlySet<string>): string {
  return message.replace(address, (whole, host: string) =>
    linkIn(`https://${host}`, hosts) === undefined ? whole.replace(encodedPart, '') : whole,
  )
}

const address =
  /(?<![\p{L}\p{M}\p{N}_.@-])(?:https?:\/\/)?([\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+)(?::\d+)?\/\S*/giu
const encodedPart = /(?<=[/?=&#])[\w.~@-]*%[\w.~@%-]*/g

/** No wording says a host of more signs, and none has more than 253: what stands there is a value's. */
const longest = 300

/** A message without a host and the scheme before it, where it is not the part of a longer one. By hand: every message is looked through. */
function withoutHost(message: string, host: string): string {
  let out = ''
  let from = 0
  for (let at = message.indexOf(host); at >= 0; at = message.indexOf(host, at + host.length)) {
    const end = at + host.length
    if (continues.test(message.slice(end, end + 2)) || continued.test(message.slice(Math.max(0, at - 2), at))) continue
    const scheme = message.startsWith('https://', at - 8) ? 8 : 0
    out += `${message.slice(from, at - scheme)} `
    from = end
  }
  return from === 0 ? message : out + message.slice(from)
}

const continues = /^(?:[\p{L}\p{M}\p{N}_-]|\.[\p{L}\p{N}_-])/u
const continued = new RegExp(`(?:${hostSign}|[.\\p{Cf}])$`, 'u')
