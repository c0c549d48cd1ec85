/** Mail addresses: exactly one, in plain ASCII, and nothing that a header or a mail server could read as more. */
import { domainToASCII, domainToUnicode } from 'node:url'
import { mixedAlphabets, mixedHint } from '../../../model/index.ts'
import { oneLine } from '../plain/tidy.ts'
import { encodeWords } from './encode.ts'

/**
 * The address (RFC 5321 dot-string and domain; a domain in other letters becomes its xn-- form), or undefined where the text is not
 * exactly one: lists, display names, comments, quoted local parts and control characters are refused, and so is what some server or
 * program would read as another one: encoded words (RFC 2047 §5) and routes (`victim%host`, `host!victim`).
 */
export function address(text: string): string | undefined {
  const { local, domain } = halves(text)
  if (flawOf(text) !== undefined) return undefined
  return `${local}@${asciiOf(domain)}`
}

function halves(text: string): { readonly local: string; readonly domain: string } {
  const at = text.trim().lastIndexOf('@')
  return { local: text.trim().slice(0, Math.max(0, at)), domain: text.trim().slice(at + 1) }
}

/** A domain as servers read it, nearly all of which are written so; empty where it cannot be. */
function asciiOf(domain: string): string {
  return /^(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,}$/.test(domain) ? domain : domainToASCII(domain)
}

/** Why a text is no address, without quoting it: `has no @`; undefined where it is one. Most likely mistakes first. */
export function flawOf(text: string): string | undefined {
  const written = text.trim()
  if (written === '') return 'is empty'
  if (/\p{C}/u.test(written)) return 'has a character that is not seen, such as a line break or a zero-width blank'
  if (/^"[^"]*"@[^@]+$/.test(written)) return 'has a local part in quotation marks, which not every mail server takes'
  if (/^[^\s,;<>"()@]+@+@[^\s,;<>"()@]+$/.test(written)) return 'has two @ in a row'
  if (/[\s,;<>"()]|@[^@]*@/.test(written)) return 'is more than one, or has something beside it'
  if (!written.includes('@')) return 'has no @'
  const { local, domain } = halves(written)
  return (
    localFlaw(local) ??
    mixedFlaw(domain) ??
    domainFlaw(domain) ??
    (written.length > 254 ? 'is longer than 254 characters' : undefined)
  )
}

/** What to do about a text that is no address. */
export function hintOf(text: string): string {
  const { local, domain } = halves(text)
  const mixed = mixedAlphabets(local) ?? mixedLabel(domain)
  return mixed === undefined
    ? 'write it like olena@example.org, without name, list or blanks; or let clean.js empty it, and the other channels are made'
    : mixedHint
}

function localFlaw(local: string): string | undefined {
  if (local === '') return 'has nothing before the @'
  const mixed = mixedAlphabets(local)
  if (mixed !== undefined) return `has ${mixed} letters before the @, which look alike`
  if (/[^\0-\x7f]/.test(local))
    return 'has letters before the @ that not every mail server takes (only A to Z are sent to)'
  if (/^\.|\.\.|\.$/.test(local)) return 'has a full stop before the @ at an end, or two in a row'
  if (/[%!]|=\?/.test(local)) return 'has %, ! or =? before the @, where servers or mail programs read another address'
  if (!/^[\w#$&'*+/=?^`{|}~.-]+$/.test(local)) return 'has a sign before the @ that cannot stand there'
  return local.length > 64 ? 'has more than 64 characters before the @' : undefined
}

function mixedFlaw(domain: string): string | undefined {
  const mixed = mixedLabel(domain)
  return mixed === undefined ? undefined : `has ${mixed} letters in one part of its domain, which look alike`
}

/** Labels may be of several alphabets (`пошта.example`), but each of one; also in their xn-- form. */
function mixedLabel(domain: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(domain) && !/(?:^|\.)xn--/i.test(domain)) return undefined
  for (const label of domainToUnicode(domain).split('.')) {
    const mixed = mixedAlphabets(label)
    if (mixed !== undefined) return mixed
  }
  return undefined
}

function domainFlaw(domain: string): string | undefined {
  if (domain === '') return 'has nothing behind the @'
  if (/[:[\]\\/?#%]/.test(domain)) return 'has a sign behind the @ that no domain has'
  if (domain.endsWith('.')) return 'ends with a full stop'
  if (domain.startsWith('.') || domain.includes('..')) return 'has a full stop behind the @ where none can be'
  const ascii = asciiOf(domain)
  const labels = ascii.split('.')
  if (ascii === '') return 'has a domain that cannot be'
  if (labels.length === 1) return 'has a domain without an ending such as .org'
  if (/^\d+$/.test(labels.at(-1)!)) return 'has numbers in place of a domain'
  if (ascii.length > 253 || labels.some(label => label.length > 63)) return 'has a domain that is too long'
  if (labels.some(label => /^-|-$/.test(label))) return 'has a hyphen behind the @ at an end of a part'
  return labels.every(label => /^[a-z0-9-]+$/i.test(label)) ? undefined : 'has a sign behind the @ that no domain has'
}

/**
 * A mailbox as words of a header: `"O'Brien & Sons" <a@b.example>`, the name in encoded words where it is not ASCII. A long word of ASCII
 * stays whole, its line within 998 octets: some programs put blanks between the encoded words of a name (RFC 2047 §6.2 forbids it). Blanks of
 * every kind and number are one, as nobody is called by them: a no-break one hid a plain name in encoded words.
 */
export function mailbox(name: string | undefined, at: string): string[] {
  const shown = oneLine((name ?? '').replace(/\p{Zs}+/gu, ' '))
  if (shown === '') return [at]
  // In quotes it would be one line, of which 998 octets are the most.
  if (/\S{200}/.test(shown)) return [...encodeWords(shown), `<${at}>`]
  if (/^[A-Za-z0-9 ]+$/.test(shown)) return [`${shown} <${at}>`]
  if (!/^[\x20-\x7E]+$/.test(shown) || shown.includes('=?')) return [...encodeWords(shown), `<${at}>`]
  return [`"${shown.replace(/["\\]/g, '\\$&')}" <${at}>`]
}
