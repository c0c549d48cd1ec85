/** Addresses of links in the plain part, as people write them, each once: `help@nord.example <help@nord.example>` is one too many. */
import { linkMark } from '../tags/signs.ts'

const link = new RegExp(` ${linkMark}< *([^<>\\s]{3,2000}) *>`, 'gu')

/** The merged plain part without its marks; an address stays where the words before it are others, and the next line does not say it. */
export function linksOnce(text: string): string {
  if (!text.includes(linkMark)) return text
  return text
    .replace(link, (found, encoded: string, at: number) => {
      const address = asWritten(encoded)
      const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 2 * address.length - 40), at)
      const next = nextLine(text, at + found.length)
      return address === '' || says(line, address) || says(next, address) ? '' : ` <${address}>`
    })
    .replaceAll(`${linkMark}<`, '<')
}

/** The line behind the one that ends there, past empty ones: under a button its address often stands in full. */
function nextLine(text: string, at: number): string {
  const [, line = ''] = /^[ \t]*\n\s*([^\n]+)/.exec(text.slice(at, at + 5000)) ?? []
  return line.replace(link, '').trimEnd()
}

/** A mailbox as people write it, without what the letter begins with: in a link its `+` is percent-encoded, as all is that data could write to others with. */
function asWritten(address: string): string {
  return address
    .replace(/^([^\s?:/]+@[^\s?:/]+)?\?.*$/, '$1')
    .replace(/^[^@\s?:/]+(?=@)/, name => name.replace(/%(?:21|27|2A|2B)/g, decodeURIComponent))
}

/** Whether a line ends with an address. Scheme and host are the same in any case, a path and a mailbox's name are not. */
function says(line: string, address: string): boolean {
  const [origin] = /^https?:\/\/[^/?#]*/i.exec(address) ?? []
  if (origin !== undefined) {
    const bare = line.replace(/\/$/, '')
    const path = address.slice(origin.length).replace(/\/$/, '')
    const host = bare.slice(0, bare.length - path.length)
    return bare.endsWith(path) && endsWith(host.toLowerCase(), origin.toLowerCase())
  }
  // A number is grouped as its country does.
  if (/^\+?[\d().-]{6,}$/.test(address)) return endsWith(line, address.replace(/[().-]/g, ''), grouping)
  const [, name = '', domain] = /^([^@\s]+)@([^@\s]+)$/.exec(address) ?? []
  if (domain === undefined) return false
  const before = line.slice(0, Math.max(0, line.length - domain.length))
  return line.slice(before.length).toLowerCase() === domain.toLowerCase() && endsWith(before, `${name}@`)
}

/** Signs that may stand between the digits of a number. */
const grouping = /[\s().\-‑–/]/

/** Whether these are the last words of a line, and not the end of longer ones. */
function endsWith(line: string, words: string, between?: RegExp): boolean {
  let at = line.length
  for (let left = words.length; left > 0; at -= 1) {
    const sign = line[at - 1]
    if (sign === undefined) return false
    if (sign === words[left - 1]) left -= 1
    else if (left === words.length || between?.test(sign) !== true) return false
  }
  return !/[\p{L}\p{N}@./:+_-]$/u.test(line.slice(Math.max(0, at - 2), at))
}
