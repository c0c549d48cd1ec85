/** Addresses in a merged mail: only schemes that are safe to follow, whatever data put there. */
import type { Fault } from '../../../model/index.ts'
import { addressAttributes, isDisguised, quote } from '../../../model/index.ts'
import type { Shields } from '../tags/shield.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'
import { decodeEntities } from './entities.ts'

const followed = new Set(['https', 'http', 'mailto', 'tel', 'sms'])
const shown = new Set(['https', 'cid'])
const before = String.raw`\s(${[...addressAttributes].join('|')})\s*=\s*`
const addresses = new RegExp(String.raw`${before}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`, 'gi')
const anAddress = new RegExp(before, 'i')
/** One that goes on behind its end. */
const openAddress = new RegExp(`${before}(?:"[^"]*|'[^']*)$`, 'i')

/** One fault for each address in merged HTML that must not go out; one that the data brought names the field. */
export function checkLinks(html: string, data: unknown = undefined): Fault[] {
  return [...html.matchAll(addresses)].flatMap(([, name = '', double, single, bare]) => {
    const written = double ?? single ?? bare ?? ''
    const wrong = wrongAddress(name, written)
    if (wrong === undefined) return []
    const field = fieldOf(data, decoded(written))
    return field === undefined
      ? wrong
      : { ...wrong, message: `${wrong.message} (it comes from ${field})`, hint: `mend the data: ${wrong.hint}` }
  })
}

/** Whether addresses in a part of merged HTML can all go out: each of them whole, and in a tag. `tags`: the part is made of whole ones. */
export function linksAreSafe(part: string, { tags }: { readonly tags: boolean }): boolean {
  if (!part.includes('=')) return true
  if (!tags || !part.endsWith('>')) return !anAddress.test(part)
  return checkLinks(part).length === 0 && !openAddress.test(part)
}

/** The dotted path of the value that an address is, or begins with. */
function fieldOf(value: unknown, address: string): string | undefined {
  if (typeof value === 'string') {
    const bare = value.replace(invisible, '')
    return bare !== '' && (address === bare || (/^[a-z][a-z0-9+.-]*:/i.test(bare) && address.startsWith(bare)))
      ? ''
      : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = fieldOf(inner, address)
    if (found !== undefined) return found === '' ? name : `${name}.${found}`
  }
  return undefined
}

/** What is wrong with one address. Quotes no more of it than its scheme: the rest may be personal. */
export function wrongAddress(name: string, written: string): Fault | undefined {
  const value = decoded(written)
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase()
  const link = name.toLowerCase() === 'href'
  if (link && /^#[\w-]*$/.test(value)) return undefined
  if (isDisguised(value))
    return {
      code: 'email.link',
      message: `an address in ${name} has a name or password before its host, so that it leads elsewhere than it reads`,
      hint: 'take out what stands before the @: https://nord.example/pay',
    }
  if (scheme !== undefined && (link ? followed : shown).has(scheme)) return wrongContact(name, scheme, value)
  return {
    code: 'email.link',
    message:
      value === ''
        ? `an address in ${name} is empty`
        : scheme === undefined
          ? `an address in ${name} is not whole: it has no scheme`
          : `an address in ${name} has a scheme that is not taken in mail: ${quote(scheme)}`,
    hint: link ? ways : 'images are src="brand:NAME" or begin with https:',
  }
}

/** A page, or anything else, behind a scheme of letters and calls: the plain part shows it without the scheme, and programs make a link of it. */
function wrongContact(name: string, scheme: string, value: string): Fault | undefined {
  const contact = contacts[scheme]
  if (contact === undefined || contact.is(value.slice(scheme.length + 1))) return undefined
  return { code: 'email.link', message: `an address in ${name} is no ${contact.what}`, hint: `write ${contact.such}` }
}

const telephone = {
  what: 'telephone number',
  such: 'figures behind tel: or sms:, such as tel:+441632960123',
  // With an extension, or a word on the keys: what counts is that no program takes it for a host.
  is: (number: string): boolean =>
    /^(?:[?&]|[^;,?&]*\d)/.test(number) && !/^[^;,?&]*(?:[/\\:@]|[\p{L}\d-]\.\p{L}{2})/u.test(number),
}
const contacts: Readonly<
  Record<string, { readonly what: string; readonly such: string; readonly is: (written: string) => boolean }>
> = {
  mailto: { what: 'mail address', such: 'one behind mailto:, such as mailto:help@nord.example', is: isLetter },
  tel: telephone,
  sms: telephone,
}

/** RFC 6068: addresses, percent-encoded, and what the letter begins with; it may be to nobody yet. */
function isLetter(written: string): boolean {
  const [to = ''] = written.split('?', 1)
  if (to === '') return written.startsWith('?')
  return to.split(',').every(one => {
    try {
      return /^[^@:/?&,\s\p{Cc}]+@[^@:/?&,\s\p{Cc}]+$/u.test(decodeURIComponent(one))
    } catch {
      return false
    }
  })
}

const ways = 'links begin with https:, http:, mailto:, tel: or sms:'

/** Of a component that is a link, and has no address at all. */
export function leadsNowhere(component: string): Fault {
  return { code: 'email.link', message: `${component} has no href`, hint: ways }
}

/** What is wrong with an address that a template writes; of one with data in it, as much as is known before there is any. */
export function writtenAddress(name: string, written: string, shields: Shields): Fault | undefined {
  const broken = brokenAddress(name, written, shields)
  return broken ?? (written.includes(data) ? undefined : wrongAddress(name, written))
}

/** What an address holds that can be in none, as where a quote is missing, in any way that its blocks make it. Blanks around all of it are harmless. */
function brokenAddress(name: string, written: string, shields: Shields): Fault | undefined {
  const [sign] = /[<>"]/.exec(written) ?? []
  if (sign !== undefined)
    return {
      code: 'email.link',
      message: `an address in ${name} has ${quote(sign)} in it`,
      hint: `look for a quote that is missing, or write %${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    }
  if (/^srcset$/i.test(name) || !/[\s\u{E000}]/u.test(written.trim())) return undefined
  const parts = partsOf(written, { shields, value: () => data })
  const ways = waysThrough(parts, { most: mostWays }) ?? [new Map()]
  const found = ways.map(way => told(parts, way).trim()).find(address => /\s/.test(address))
  if (found === undefined) return undefined
  const [number = ''] = found.split('?', 1)
  const fixed = /^(?:tel|sms):.*\s/is.test(number) && !number.includes(data)
  const hint = fixed ? `leave it out: ${number.replace(/\s/g, '')}` : 'leave it out, or write %20'
  return { code: 'email.link', message: `an address in ${name} has a blank in it`, hint }
}

/** Begins a shield, and stands for a value, which has no blanks in an address. */
const data = '\u{E000}'
/** More ways than this through one address are not followed. */
const mostWays = 64

/** As a mail program reads it: entities decoded, control characters and blanks gone. */
function decoded(value: string): string {
  return decodeEntities(value).replace(invisible, '')
}

const invisible = /[\s\p{Cc}\p{Cf}]/gu
