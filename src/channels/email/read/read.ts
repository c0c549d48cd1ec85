/** Reads a message back as its recipient does: subject, plain part, HTML part. Shares no code with what writes it. */

import type { ReadApart } from '../../../model/index.ts'
import { bareOf } from './bare.ts'
import { looksIn } from './looks.ts'
import { decodeBytes, decodeText, leaves, type Part, readMessage } from './parts.ts'
import { decoded } from './references.ts'
import { wordsIn } from './seen.ts'

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
  const root = readMessage(bytes)
  const texts = [{ name: 'subject', text: decodeHeader(root.headers.get('subject') ?? ''), whole: false }]
  const enclosed: Uint8Array[] = []
  const links: string[] = []
  for (const part of leaves(root)) {
    const type = part.headers.get('content-type') ?? 'text/plain'
    if (/^\s*attachment\b/i.test(part.headers.get('content-disposition') ?? '')) enclosed.push(decodeBytes(part))
    else if (/^\s*text\/plain/i.test(type))
      texts.push({ name: 'text', text: cellsOf(decodeText(part).trim()), whole: true })
    else if (/^\s*text\/html/i.test(type)) {
      const html = decodeText(part)
      const bare = bareOf(html)
      const [wide, ...others] = looksIn(bare.css)
      const { seen, unseen } = wordsIn(bare, wide)
      texts.push({ name: 'html', text: seen, whole: true })
      // Seen by who reads at a desk alone, a fact is not shown.
      const told = new Set([seen])
      for (const look of others) {
        const text = wordsIn(bare, look).seen
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
  const parts = leaves(readMessage(bytes))
  const type = ({ headers }: Part): string => headers.get('content-type') ?? ''
  const html = parts.find(part => /^\s*text\/html/i.test(type(part)))
  const images = new Map(
    parts.flatMap(part => {
      const id = /<([^>]+)>/.exec(part.headers.get('content-id') ?? '')?.[1]
      const media = /^\s*(image\/[\w.+-]+)/i.exec(type(part))?.[1]
      return id === undefined || media === undefined
        ? []
        : [[id, `data:${media};base64,${part.sent.toString('latin1').replace(/\s+/g, '')}`] as const]
    }),
  )
  return (html === undefined ? '' : decodeText(html)).replace(
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
