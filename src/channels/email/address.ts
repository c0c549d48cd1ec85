/** Mail addresses: exactly one, in plain ASCII, and nothing that a header or a mail server could read as more. */
import { domainToASCII } from 'node:url'
import { encodeWords } from './encode.ts'
import { oneLine } from './tidy.ts'

/**
 * The address (RFC 5321 dot-string and domain; a domain in other letters becomes its xn-- form), or undefined where the text is not
 * exactly one: lists, display names, comments, quoted local parts and control characters are refused.
 */
export function address(text: string): string | undefined {
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/.exec(text.trim()) ?? []
  if (local.length > 64 || !/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local)) return undefined
  if (/[\s\p{C}"(),:;<>[\]\\/?#%]/u.test(domain)) return undefined
  const ascii = domainToASCII(domain)
  const labels = ascii.split('.')
  const isName = labels.length > 1 && labels.every(label => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') && ascii.length <= 253 ? `${local}@${ascii}` : undefined
}

/** A mailbox as words of a header: `"O'Brien & Sons" <a@b.example>`, the name in encoded words where it is not ASCII. */
export function mailbox(name: string | undefined, at: string): string[] {
  const shown = oneLine(name ?? '').slice(0, 200)
  if (shown === '') return [at]
  if (/^[A-Za-z0-9 ]+$/.test(shown) && !/\S{70}/.test(shown)) return [`${shown} <${at}>`]
  const words = encodeWords(shown)
  const quoted = words.length === 1 && words[0] === shown
  return quoted ? [`"${shown.replace(/["\\]/g, '\\$&')}" <${at}>`] : [...words, `<${at}>`]
}
