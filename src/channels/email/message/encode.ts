/** Encodings of mail: quoted-printable and base64 (RFC 2045), encoded words (RFC 2047), parameters (RFC 2231). All output is ASCII. */

import type { Octets } from './octets.ts'

/**
 * A text in UTF-8 with CRLF, by whichever encoding is shorter, behind the field that names it: quoted-printable for mostly Latin text, else
 * base64. `bytes`: as it stands; `known`: lines of them.
 */
export function addText(
  out: Octets,
  text: string,
  bytes: Uint8Array = Buffer.from(text, 'utf8'),
  known: readonly KnownLines[] = [],
): void {
  const ends = bytes.includes(cr)
  const lines = ends ? text.replace(/\r\n?/g, '\n') : text
  const start = out.length
  out.ascii('Content-Transfer-Encoding: quoted-printable\r\n\r\n')
  const { special, length } = ends ? addQuoted(out, Buffer.from(lines, 'utf8')) : addQuoted(out, bytes, known)
  if (special * 6 <= length) return
  out.end(start)
  out.ascii('Content-Transfer-Encoding: base64\r\n\r\n')
  addBase64(out, Buffer.from(lines.replaceAll('\n', '\r\n'), 'utf8'))
}

/** Base64 in lines of 76 characters (RFC 2045 §6.8). */
export function addBase64(out: Octets, bytes: Uint8Array): void {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const end = out.length + all.length + 2 * Math.max(0, Math.ceil(all.length / longest) - 1)
  const room = out.room(end - out.length)
  let to = out.length
  // Written as far behind as line ends take, each line moves to its place.
  let from = end - all.length
  room.write(all, from, 'latin1')
  for (; end - from > longest; from += longest) {
    room.copyWithin(to, from, from + longest)
    room[to + longest] = cr
    room[to + longest + 1] = lf
    to += longest + 2
  }
  out.end(end)
}

const longest = 76

interface Quoted {
  /** How many bytes take three. */
  readonly special: number
  /** Of the text with CRLF. */
  readonly length: number
}

/** Whole lines, the end of the last one included, that were quoted before. */
export interface KnownLines extends Quoted {
  readonly start: number
  readonly end: number
  readonly quoted: Uint8Array
}

/**
 * RFC 2045 §6.7: lines of at most 76 characters; blanks before a line end are encoded. Line ends are LF or CRLF, and become CRLF. `known`: in
 * their order.
 */
export function addQuoted(to: Octets, bytes: Uint8Array, known: readonly KnownLines[] = []): Quoted {
  // Three for each byte, and a soft break for every 73 of them.
  const out = to.room(bytes.length * 3 + Math.ceil(bytes.length / 24) * 3 + 2)
  let at = to.length
  let column = 0
  let special = 0
  let bareEnds = 0
  let from = 0
  for (const lines of [...known, undefined]) {
    const stop = lines?.start ?? bytes.length
    for (let index = from; index < stop; index += 1) {
      const byte = bytes[index]!
      // By far the most: nothing has to be known of what comes next, but behind a blank.
      if (column < longest - 3) {
        if (isPlain[byte] === 1 || (byte === blank && bytes[index + 1]! > blank)) {
          out[at++] = byte
          column += 1
          continue
        }
        if (byte === equals || byte > 126) {
          out[at++] = equals
          out[at++] = digits[byte >> 4]!
          out[at++] = digits[byte & 15]!
          column += 3
          special += 1
          continue
        }
      }
      const end = endAt(bytes, index)
      if (end > 0) {
        out[at++] = cr
        out[at++] = lf
        column = 0
        index += end - 1
        bareEnds += 2 - end
        continue
      }
      const ends = index + 1 === bytes.length || endAt(bytes, index + 1) > 0
      const plain = isPlain[byte] === 1 || ((byte === blank || byte === tab) && !ends)
      if (byte === equals || byte > 126) special += 1
      const width = plain ? 1 : 3
      // The last of a line may stand where a soft break would.
      if (column + width > longest - (ends ? 0 : 1)) {
        out[at++] = equals
        out[at++] = cr
        out[at++] = lf
        column = 0
      }
      column += width
      if (plain) out[at++] = byte
      else {
        out[at++] = equals
        out[at++] = digits[byte >> 4]!
        out[at++] = digits[byte & 15]!
      }
    }
    if (lines === undefined) break
    out.set(lines.quoted, at)
    at += lines.quoted.length
    special += lines.special
    bareEnds += lines.length - (lines.end - lines.start)
    column = 0
    from = lines.end
  }
  to.end(at)
  return { special, length: bytes.length + bareEnds }
}

/** Bytes of the line end that stands there: 1 or 2; 0 where none does. */
function endAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === lf) return 1
  return byte === cr && bytes[at + 1] === lf ? 2 : 0
}

const tab = 9
const lf = 10
const cr = 13
const blank = 32
const equals = 61
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) => (byte > blank && byte < 127 && byte !== equals ? 1 : 0))
const digits = Buffer.from('0123456789ABCDEF')

const hex = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

/**
 * Header text as it may stand in a header: ASCII as it is, else encoded words of at most 75 characters, one a line. They are parted
 * behind blanks where they can be: what stands between two is nothing (RFC 2047 §6.2), but Python's parser of addresses reads it as a
 * blank (python/cpython#128110), and so do others; two blanks harm a name less than one inside of a word.
 */
export function encodeWords(text: string): string[] {
  if (/^[\x20-\x7E]*$/.test(text) && !text.includes('=?') && !/\S{70}/.test(text)) return [text]
  const words: string[] = []
  let chunk = ''
  // 39 bytes are 52 characters of base64; with =?utf-8?B? and ?= around them 64: a line of 76 holds that beside `Subject: `.
  for (const part of text.match(/\S+\s*|\s+/g) ?? []) {
    const fits = Buffer.byteLength(part) <= 39
    for (const piece of fits ? [part] : part) {
      if (chunk !== '' && Buffer.byteLength(chunk + piece) > 39) {
        words.push(encodedWord(chunk))
        chunk = ''
      }
      chunk += piece
    }
  }
  return [...words, encodedWord(chunk)]
}

function encodedWord(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
}

/** A header field folded to lines of at most 76 characters where blanks allow it (RFC 5322 §2.2.3). */
export function field(name: string, words: readonly string[]): string {
  const [only = ''] = words
  if (words.length < 2 && `${name}: ${only}`.length <= 76) return `${name}: ${only.trimStart()}\r\n`
  const pieces = words.length > 1 ? words : (words[0] ?? '').split(/(?<=\S)(?= \S)/).map(piece => piece.trimStart())
  let line = `${name}:`
  const lines: string[] = []
  for (const piece of pieces) {
    if (line.length + 1 + piece.length > 76 && line !== `${name}:`) {
      lines.push(line)
      line = ''
    }
    line += ` ${piece}`
  }
  return `${[...lines, line].join('\r\n')}\r\n`
}

/** A parameter of a structured header (RFC 2231): plain where it is short ASCII, else in UTF-8, in sections of at most 60 characters. */
export function parameter(name: string, value: string): string[] {
  if (/^[A-Za-z0-9][A-Za-z0-9 ._()+-]{0,50}$/.test(value)) return [`${name}="${value}"`]
  const encoded = [...value].map(character =>
    /[A-Za-z0-9._~-]/.test(character)
      ? character
      : [...Buffer.from(character)].map(byte => hex[byte]?.replace('=', '%')).join(''),
  )
  const sections: string[] = ['']
  for (const piece of encoded) {
    if ((sections.at(-1) ?? '').length + piece.length > 48) sections.push('')
    sections[sections.length - 1] += piece
  }
  return sections.length === 1
    ? [`${name}*=utf-8''${sections[0]}`]
    : sections.map((section, at) => `${name}*${at}*=${at === 0 ? "utf-8''" : ''}${section}`)
}
