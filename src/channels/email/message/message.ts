/** Writes a standard message (RFC 5322, 2045-2047, 2183, 2231, 2387, 8058): mixed > related > alternative, as far as it needs them. */
import { hash } from 'node:crypto'
import type { InlineImage } from '../look/look.ts'
import { oneLine } from '../plain/tidy.ts'
import { mailbox } from './address.ts'
import { addBase64, addText, encodeWords, field, type KnownLines, parameter } from './encode.ts'
import { mailDate } from './maildate.ts'
import { Octets } from './octets.ts'
import type { Piece } from './pieces.ts'

export interface Message {
  readonly from: { readonly name: string; readonly address: string; readonly replyTo?: string }
  /** A checked address, and the name to show with it. */
  readonly to: { readonly name?: string; readonly address: string }
  /** One line. */
  readonly subject: string
  /** The run's date, ISO 8601. */
  readonly date: string
  /** IANA: where that day begins with the sender. */
  readonly timezone: string
  /** Goes into the Message-ID, beside what the message says. */
  readonly id: string
  readonly text: string
  readonly html: string
  /** What that is made of; absent: all of it is new. */
  readonly pieces?: readonly Piece[]
  readonly images: readonly InlineImage[]
  readonly attachments: readonly Attachment[]
  /** The https address that takes the recipient off the list with one POST; only mails that sell have one. */
  readonly unsubscribe?: string
}

export interface Attachment {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** Of the bytes, where somebody has it. */
  readonly sha256?: string | undefined
}

/** The message's bytes, a function of what is handed in: boundaries and Message-ID are digests of it. */
export function writeMessage(message: Message): Uint8Array {
  const { from, to, subject, images, attachments } = message
  const { digest, text, html, known } = digestOf(message)
  const alternative = multipart('alternative', digest, [
    textPart('plain', message.text, text),
    textPart('html', message.html, html, known),
  ])
  const related =
    images.length === 0
      ? alternative
      : multipart('related', digest, [alternative, ...images.map(imagePart)], '; type="multipart/alternative"')
  const body =
    attachments.length === 0 ? related : multipart('mixed', digest, [related, ...attachments.map(attachmentPart)])
  const domain = from.address.split('@').at(-1) ?? ''
  const head = [
    field('From', mailbox(from.name, from.address)),
    field('To', mailbox(to.name, to.address)),
    ...(from.replyTo === undefined ? [] : [field('Reply-To', [from.replyTo])]),
    field('Subject', encodeWords(subject)),
    field('Date', [mailDate(message.date, message.timezone)]),
    field('Message-ID', [`<${digest}@${domain}>`]),
    field('Auto-Submitted', ['auto-generated']),
    ...unsubscribeFields(message),
    field('MIME-Version', ['1.0']),
  ]
  const out = new Octets()
  out.ascii(head.join(''))
  body(out)
  return out.taken()
}

/** RFC 2369 and RFC 8058 §3: mail programs show a button for it, and POST exactly this. */
function unsubscribeFields({ unsubscribe }: Message): string[] {
  if (unsubscribe === undefined) return []
  return [
    field('List-Unsubscribe', [`<${unsubscribe}>`]),
    field('List-Unsubscribe-Post', ['List-Unsubscribe=One-Click']),
  ]
}

/** What tells a message apart from others, and its texts in UTF-8, good until the next message is digested. */
interface Digested {
  readonly digest: string
  readonly text: Buffer
  readonly html: Buffer
  /** In the HTML. */
  readonly known: readonly KnownLines[]
}

/** Tells messages apart that say something else, or say it to someone else: all that they say, each with its length before it. */
function digestOf(message: Message): Digested {
  const { id, date, to, from, subject, text, html, attachments, unsubscribe = '' } = message
  const files = attachments.flatMap(({ fileName, bytes, sha256 }) => [fileName, sha256 ?? hash('sha256', bytes)])
  const names = [to.name ?? '', to.address, from.name, from.address, from.replyTo ?? '']
  const before = `${[id, date, ...names, subject].map(measured).join('')}${text.length}:`
  const between = `${html.length}:`
  const after = [unsubscribe, ...files].map(measured).join('')
  // Of each sign three bytes at the most.
  const most = 3 * (before.length + text.length + between.length + html.length + after.length)
  const bytes = most <= room.length ? room : Buffer.allocUnsafe(most)
  const textAt = bytes.write(before, 0, 'utf8')
  const textEnd = textAt + bytes.write(text, textAt, 'utf8')
  const htmlAt = textEnd + bytes.write(between, textEnd, 'latin1')
  const known: KnownLines[] = []
  let at = htmlAt
  for (const piece of message.pieces ?? [{ text: html, words: false }]) {
    if (piece.known === undefined) at += bytes.write(piece.text, at, 'utf8')
    else {
      const { octets, lines } = piece.known
      const from = at - htmlAt
      if (lines.quoted.length > 0) known.push({ ...lines, start: from + lines.start, end: from + lines.end })
      at += octets.copy(bytes, at)
    }
  }
  const end = at + bytes.write(after, at, 'utf8')
  return {
    digest: hash('sha256', bytes.subarray(0, end)).slice(0, 32),
    text: bytes.subarray(textAt, textEnd),
    html: bytes.subarray(htmlAt, at),
    known,
  }
}

const measured = (one: string): string => `${one.length}:${one}`

/** Enough for nearly every mail: what is made anew for each waits for a collection of all. */
const room = Buffer.allocUnsafeSlow(256 * 1024)

/** Writes a part of a message, its own headers first. */
type Part = (out: Octets) => void

/** `=_` stands in neither base64 nor quoted-printable, so that no part can hold a boundary. */
function multipart(kind: string, digest: string, parts: readonly Part[], more = ''): Part {
  const boundary = `=_${kind}_${digest}`
  return out => {
    out.ascii(`Content-Type: multipart/${kind}${more};\r\n boundary="${boundary}"\r\n\r\n`)
    for (const part of parts) {
      out.ascii(`--${boundary}\r\n`)
      part(out)
      out.ascii('\r\n')
    }
    out.ascii(`--${boundary}--\r\n`)
  }
}

function textPart(kind: 'plain' | 'html', text: string, bytes: Uint8Array, known: readonly KnownLines[] = []): Part {
  return out => {
    out.ascii(`Content-Type: text/${kind}; charset=utf-8\r\n`)
    addText(out, text, bytes, known)
  }
}

function imagePart({ name, format, bytes, contentId }: InlineImage): Part {
  const head = [
    field('Content-Type', [`image/${format}`]),
    field('Content-Transfer-Encoding', ['base64']),
    field('Content-ID', [`<${contentId}>`]),
    disposition('inline', `${name}.${format === 'jpeg' ? 'jpg' : format}`),
  ]
  return fileOf(head, bytes)
}

function attachmentPart({ fileName, mediaType, bytes }: Attachment): Part {
  const head = [
    field('Content-Type', [mediaType]),
    field('Content-Transfer-Encoding', ['base64']),
    disposition('attachment', safeName(fileName)),
  ]
  return fileOf(head, bytes)
}

function fileOf(head: readonly string[], bytes: Uint8Array): Part {
  return out => {
    out.ascii(`${head.join('')}\r\n`)
    addBase64(out, bytes)
  }
}

function disposition(kind: string, fileName: string): string {
  return `Content-Disposition: ${kind};\r\n ${parameter('filename', fileName).join(';\r\n ')}\r\n`
}

/** Signs of the longest name that is kept, its ending included. */
const longest = 150

/** A name that stays in its folder on every system and shows its true ending, which a long one keeps: nobody opens a bill without it. */
function safeName(name: string): string {
  const safe = oneLine(name)
    .replace(/[/\\:*?"<>|]/g, '-')
    .replace(/^\.+/, '')
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(safe)?.[0] ?? ''
  const stem = [...safe.slice(0, safe.length - ending.length)]
  if (stem.length + ending.length <= longest) return safe || 'attachment'
  return `${stem
    .slice(0, longest - ending.length)
    .join('')
    .trimEnd()}${ending}`
}
