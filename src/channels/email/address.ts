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
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') && local.length + 1 + ascii.length <= 254
    ? `${local}@${ascii}`
    : undefined
}

/** Why a text is not one mail address that mails can be sent to, in words that follow "the recipient's mail address"; quotes none of it. */
export function addressFlaw(text: string): string {
  const written = text.trim()
  if (/\p{C}/u.test(written)) return 'holds a control character or a sign that nobody sees'
  const ats = written.split('@').length - 1
  if (ats === 0) return 'has no @'
  if (ats > 1 || /[\s,;<>()"]/.test(written)) return 'is not exactly one'
  const [local = '', domain = ''] = written.split('@')
  if (local === '') return 'has nothing before the @'
  if (/[^\0-\x7F]/.test(local)) return 'has letters outside of ASCII before the @, which need SMTPUTF8: it is not sent'
  if (local.length > 64) return 'has more than 64 characters before the @'
  if (/^\.|\.\.|\.$/.test(local)) return 'has a full stop too many before the @'
  if (/^\[.*\]$/.test(domain)) return 'names a machine by its number'
  if (domain === '') return 'has nothing behind the @'
  if (domain.endsWith('.')) return 'ends with a full stop'
  if (/^\.|\.\./.test(domain)) return 'has an empty label in its domain'
  if (!domain.includes('.')) return 'has a domain without a full stop'
  const labels = domain.split('.')
  if (labels.some(label => /^-|-$/.test(label))) return 'has a hyphen at the edge of a label of its domain'
  if (labels.some(label => label.length > 63)) return 'has a label of more than 63 characters in its domain'
  if (/^\d+$/.test(labels.at(-1) ?? '')) return 'names a machine by its number'
  if (written.length > 254) return 'has more than 254 characters'
  return 'holds a sign that no address has'
}

/**
 * A mailbox as words of a header: `"O'Brien & Sons" <a@b.example>`, the name in encoded words where it is not ASCII. A long word of ASCII
 * stays whole, its line within 998 octets: some programs put blanks between the encoded words of a name (RFC 2047 §6.2 forbids it).
 */
export function mailbox(name: string | undefined, at: string): string[] {
  const shown = [...oneLine(name ?? '')].slice(0, 200).join('')
  if (shown === '') return [at]
  if (/^[A-Za-z0-9 ]+$/.test(shown)) return [`${shown} <${at}>`]
  if (!/^[\x20-\x7E]+$/.test(shown) || shown.includes('=?')) return [...encodeWords(shown), `<${at}>`]
  return [`"${shown.replace(/["\\]/g, '\\$&')}" <${at}>`]
}
