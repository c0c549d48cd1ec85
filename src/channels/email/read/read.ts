/** Reads a message back as its recipient does: subject, plain part, HTML part. Shares no code with what writes it. */

import type { ReadApart } from '../../../model/index.ts'
import { looksOf } from './looks.ts'
import { decoded } from './references.ts'
import { wordsOf } from './seen.ts'

/** Subject, plain text and the HTML's text, parted by empty lines. Throws where the bytes are no message. */
export function read(bytes: Uint8Array): string {
  return readApart(bytes)
    .texts.filter(({ name }) => shown.has(name))
    .map(({ text }) => text)
    .join('\n\n')
}

const shown = new Set(['subject', 'text', 'html'])

/** The same, each by itself, with the words that the HTML shows in narrower windows where they are others, those that nobody sees, and what is enclosed. */
export function readApart(bytes: Uint8Array): ReadApart {
  const root = parsePart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
  const texts = [{ name: 'subject', text: decodeHeader(root.headers.get('subject') ?? ''), whole: false }]
  const enclosed: Uint8Array[] = []
  const links: string[] = []
  for (const part of leaves(root)) {
    const type = part.headers.get('content-type') ?? 'text/plain'
    if (/^\s*attachment\b/i.test(part.headers.get('content-disposition') ?? '')) enclosed.push(decodeBytes(part))
    else if (/^\s*text\/plain/i.test(type))
      texts.push({ name: 'text', text: cellsOf(decodeBody(part).trim()), whole: true })
    else if (/^\s*text\/html/i.test(type)) {
      const html = decodeBody(part)
      const [wide, ...others] = looksOf(html)
      const { seen, unseen } = wordsOf(html, wide)
      texts.push({ name: 'html', text: seen, whole: true })
      // Seen by who reads at a desk alone, a fact is not shown.
      const told = new Set([seen])
      for (const look of others) {
        const text = wordsOf(html, look).seen
        if (!told.has(text))
          texts.push({ name: ['html at', look.widthPx, 'px', ...look.under].join(' '), text, whole: true })
        told.add(text)
      }
      // It proves nothing, and may tell of somebody else all the same.
      if (unseen !== '') texts.push({ name: 'unseen', text: unseen, whole: false })
      links.push(...hrefsOf(html))
    }
  }
  return { texts, enclosed, to: recipientOf(root.headers), links: [...links, ...unsubscribes(root.headers)] }
}

/** The HTML part as a page that needs nothing from outside: the images that the message brings are in it. */
export function pageOf(bytes: Uint8Array): string {
  const parts = leaves(parsePart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')))
  const type = ({ headers }: Part): string => headers.get('content-type') ?? ''
  const html = parts.find(part => /^\s*text\/html/i.test(type(part)))
  const images = new Map(
    parts.flatMap(part => {
      const id = /<([^>]+)>/.exec(part.headers.get('content-id') ?? '')?.[1]
      const media = /^\s*(image\/[\w.+-]+)/i.exec(type(part))?.[1]
      return id === undefined || media === undefined
        ? []
        : [[id, `data:${media};base64,${part.body.replace(/\s+/g, '')}`] as const]
    }),
  )
  return (html === undefined ? '' : decodeBody(html)).replace(
    /\bcid:([^"'\s)>]+)/g,
    (whole, id: string) => images.get(id) ?? whole,
  )
}

/** The one mailbox of `To`, names left out; with others, or with copies to others, all of them, which is nobody's address. */
function recipientOf(headers: Part['headers']): string {
  const mailboxes = ['to', 'cc', 'bcc', 'resent-to', 'resent-cc', 'resent-bcc'].flatMap(name =>
    (headers.get(name) ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '').split(','),
  )
  const addresses = mailboxes.map(one => (/<([^>]*)>\s*$/.exec(one)?.[1] ?? one).trim()).filter(one => one !== '')
  return addresses.join(', ').toLowerCase()
}

const unsubscribes = (headers: Part['headers']): string[] =>
  headers.get('list-unsubscribe')?.match(/(?<=<)[^>]+/g) ?? []

function hrefsOf(html: string): string[] {
  const found = html.matchAll(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)
  return [...found].map(([, one, other]) => decoded(one ?? other ?? ''))
}

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

function parsePart(text: string): Part {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) throw new SyntaxError('a part without an empty line behind its headers')
  const headers = new Map<string, string>()
  for (const line of text
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).toLowerCase()
    const before = headers.get(name)
    headers.set(name, [...(before === undefined ? [] : [before]), line.slice(colon + 1).trim()].join(', '))
  }
  return { headers, body: text.slice(end + 4) }
}

function leaves(part: Part): Part[] {
  const type = part.headers.get('content-type') ?? ''
  if (!/^\s*multipart\//i.test(type)) return [part]
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  const marker = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`
  const inner = `\r\n${part.body}`.split(`\r\n${marker}`).slice(1)
  if (!inner.at(-1)?.startsWith('--')) throw new SyntaxError('a multipart body without an end')
  return inner.slice(0, -1).flatMap(text => leaves(parsePart(text.replace(/^[ \t]*\r\n/, ''))))
}

function decodeBody(part: Part): string {
  return decodeBytes(part).toString('utf8').replaceAll('\r\n', '\n')
}

function decodeBytes({ headers, body }: Part): Buffer {
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1')
  return decodeQuoted(Buffer.from(body.replace(/[ \t]+(?=\r\n)/g, '').replace(/=\r\n/g, ''), 'latin1'))
}

/** Decodes `=D0` (RFC 2045 §6.7) in place: letters of most scripts are two of these each. */
function decodeQuoted(bytes: Buffer): Buffer {
  let to = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const sign = bytes[at]!
    const high = sign === equals ? hexDigit(bytes[at + 1]) : undefined
    const low = high === undefined ? undefined : hexDigit(bytes[at + 2])
    if (high === undefined || low === undefined) bytes[to++] = sign
    else {
      bytes[to++] = high * 16 + low
      at += 2
    }
  }
  return bytes.subarray(0, to)
}

const equals = 0x3d

function hexDigit(code = 0): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code & ~0x20
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : undefined
}

function decodeHeader(text: string): string {
  return text
    .replace(/(\?=)[ \t]+(?==\?)/g, '$1')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_whole, kind: string, coded: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(coded, 'base64').toString('utf8') : qWord(coded),
    )
}

function qWord(coded: string): string {
  const raw = coded
    .replaceAll('_', ' ')
    .replace(/=([\dA-F]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(raw, 'latin1').toString('utf8')
}

/** Columns of plain text are aligned with blanks, at least two of them: a tab instead, as between the cells of HTML. */
function cellsOf(text: string): string {
  return text.replace(/(?<=\S) {2,}(?=\S)/g, '\t')
}
