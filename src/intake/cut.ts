/** Cuts the raw bytes of a file into lines or CSV records, with exact byte ranges and line numbers, before anything is decoded. */
import type { Fault } from '../model/index.ts'

/** One record as it lies in the file. */
export interface Cut {
  /** Byte range in the file, line ending included. */
  readonly start: number
  readonly end: number
  /** First line, from 1. */
  readonly line: number
  /** A line without a single character. */
  readonly blank: boolean
  /** Whether a quote stands in it. */
  readonly quoted: boolean
  /** Why it is no record by RFC 4180; then it is one physical line, and cutting went on at the next. */
  readonly flaw?: Flaw
}

export interface Flaw {
  readonly kind: 'unclosed' | 'after-quote' | 'inner-quote'
  /** Where the damaged field begins, in bytes from the start of the record. */
  readonly at: number
}

/** Cuts bytes into records: push bytes, take records. */
export interface Cutting {
  /** Why nothing more can be cut, once that is known. */
  readonly refusal: Refusal | undefined
  /** The file's next bytes; none: it has ended. */
  readonly push: (chunk: Buffer | undefined) => void
  /** At most `max` records that are complete so far. */
  readonly take: (max?: number) => Cut[]
  /** Bytes of the file from `start` to `end`: of records taken since the last push. */
  readonly bytes: (start: number, end: number) => Buffer
}

/** Why a file cannot be read any further. */
export interface Refusal {
  readonly code: Fault['code']
  readonly message: string
  readonly line?: number
  readonly hint: string
}

export interface CutOptions {
  /** Bytes of a code unit: 1 for encodings that extend ASCII, 2 for UTF-16. */
  readonly unit?: 1 | 2
  readonly bigEndian?: boolean
  /** One ASCII character; absent: lines are records, and quotes mean nothing. */
  readonly delimiter?: string | undefined
  /** One ASCII character, or empty for none. */
  readonly quote?: string
  /** Longest record in bytes. */
  readonly longest?: number
  /** Offset in the file of the first byte pushed: the length of a byte order mark. */
  readonly start?: number
}

/** Longest record in bytes, unless told otherwise. */
export const sixteenMegabytes = 16 * 1024 * 1024

/** A row that is longer than any can be. */
export function tooLong(line: number, or: string): Refusal {
  const hint = `look for another kind of file, or ${or}`
  return { code: 'intake.long', message: 'a row is longer than 16 MB', line, hint }
}

/**
 * A cutter: push bytes, take records. Line endings `\n`, `\r\n` and `\r` may be mixed; the last may be missing. Scans code units as
 * one-byte or two-byte strings, so that every encoding that keeps ASCII's bytes (or is UTF-16) is cut alike.
 */
export class Cutter implements Cutting {
  readonly #unit: 1 | 2
  readonly #bigEndian: boolean
  readonly #delimiter: string
  readonly #quote: string
  readonly #longest: number
  #bytes: Buffer = Buffer.alloc(0)
  #text = ''
  #base: number
  #at = 0
  #line = 1
  #final = false
  #fields: number | undefined
  #tooLong = false
  #next = { lf: -1, cr: -1, quote: -1 }

  constructor({
    unit = 1,
    bigEndian = false,
    delimiter,
    quote = '"',
    longest = sixteenMegabytes,
    start = 0,
  }: CutOptions = {}) {
    this.#unit = unit
    this.#bigEndian = bigEndian
    this.#delimiter = delimiter ?? ''
    this.#quote = delimiter === undefined ? '' : quote
    this.#longest = longest
    this.#base = start
  }

  /** The longest record was passed: nothing more can be cut. */
  get refusal(): Refusal | undefined {
    return this.#tooLong ? tooLong(this.#line, 'line endings other than \\n, \\r\\n and \\r') : undefined
  }

  /** Number of fields of a record: one over many lines with another number has a stray quote, and is not swallowed whole. */
  expect(fields: number): void {
    this.#fields = fields
  }

  /** Hands over the file's next bytes; none: the file has ended. */
  push(chunk: Buffer | undefined): void {
    const used = this.#at * this.#unit
    const rest = this.#bytes.subarray(used)
    if (chunk === undefined) this.#final = true
    this.#bytes = chunk === undefined ? rest : rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    this.#base += used
    this.#at = 0
    this.#text = this.#decode()
    this.#next = { lf: -1, cr: -1, quote: -1 }
  }

  /** At most `max` records that are complete so far. */
  take(max = Number.POSITIVE_INFINITY): Cut[] {
    const cuts: Cut[] = []
    while (cuts.length < max && !this.#tooLong) {
      const cut = this.#one()
      if (cut === undefined) break
      cuts.push(cut)
    }
    return cuts
  }

  /** Bytes of the file from `start` to `end`: of records taken since the last push. */
  bytes(start: number, end: number): Buffer {
    return this.#bytes.subarray(start - this.#base, end - this.#base)
  }

  #decode(): string {
    if (this.#unit === 1) return this.#bytes.toString('latin1')
    const even = this.#bytes.subarray(0, this.#bytes.length & ~1)
    return (this.#bigEndian ? Buffer.from(even).swap16() : even).toString('utf16le')
  }

  #one(): Cut | undefined {
    const text = this.#text
    const at = this.#at
    if (at >= text.length) {
      // Half a code unit at the end of the file: given out, so that decoding meets it.
      const odd = this.#final && this.#bytes.length > at * this.#unit
      return odd ? this.#cut(at, this.#line, this.#bytes.length) : undefined
    }
    const stop = Math.min(this.#find('lf', '\n'), this.#find('cr', '\r'))
    if (this.#quote === '' || this.#find('quote', this.#quote) > stop) return this.#toLineEnd(stop, false)
    return this.#quoted(stop)
  }

  /** The record that ends with this physical line. */
  #toLineEnd(stop: number, quoted: boolean, flaw?: Flaw): Cut | undefined {
    const text = this.#text
    if (stop === Number.POSITIVE_INFINITY) {
      if (this.#final) return this.#cut(text.length, this.#line, this.#bytes.length, { quoted, flaw })
      return this.#wait()
    }
    if (text[stop] === '\r' && stop + 1 === text.length && !this.#final) return this.#wait()
    const end = stop + breakAt(text, stop)
    return this.#cut(end, this.#line + 1, end * this.#unit, { quoted, flaw, blank: stop === this.#at })
  }

  /** A record with quotes in it (RFC 4180): fields are quoted whole, with quotes inside doubled, or carry no quotes. */
  #quoted(stop: number): Cut | undefined {
    const text = this.#text
    const quote = this.#quote
    let at = this.#at
    let fields = 1
    let crossing: number | undefined
    const flawed = (kind: Flaw['kind'], field: number): Cut | undefined =>
      this.#toLineEnd(stop, true, { kind, at: (field - this.#at) * this.#unit })
    const crowded = (text.length - this.#at) * this.#unit >= this.#longest
    for (;;) {
      const field = at
      if (text[at] === quote) {
        at += 1
        for (;;) {
          const close = text.indexOf(quote, at)
          const open = close < 0 || (close + 1 >= text.length && !this.#final)
          if (open && !this.#final && !crowded) return this.#wait()
          if (open || (close - this.#at) * this.#unit > this.#longest) return flawed('unclosed', field)
          at = close + 1
          if (text[at] !== quote) break
          at += 1
        }
        if (at > stop) crossing ??= field
        const after = text[at]
        if (at < text.length && after !== this.#delimiter && after !== '\n' && after !== '\r')
          return flawed(crossing === field ? 'unclosed' : 'after-quote', field)
      } else {
        while (at < text.length && !this.#ends(text[at] as string)) {
          if (text[at] === quote) return flawed('inner-quote', field)
          at += 1
        }
      }
      if (at >= text.length && !this.#final) return this.#wait()
      if (text[at] !== this.#delimiter) break
      at += 1
      fields += 1
    }
    if (crossing !== undefined && this.#fields !== undefined && fields !== this.#fields && this.#swallows(at))
      return flawed('unclosed', crossing)
    if (crossing === undefined) return this.#toLineEnd(at < text.length ? at : Number.POSITIVE_INFINITY, true)
    if (text[at] === '\r' && at + 1 === text.length && !this.#final) return this.#wait()
    const end = at + breakAt(text, at)
    const endByte = at < text.length ? end * this.#unit : this.#bytes.length
    return this.#cut(end, this.#line + lineBreaks(text, this.#at, end), endByte, { quoted: true })
  }

  /** Whether a record over many lines, as far as `end`, may have others in it: then a stray quote opened it, and they have keys of their own. */
  #swallows(end: number): boolean {
    const [, ...behind] = this.#text.slice(this.#at, end).split(/\r\n|[\r\n]/)
    return behind.some(line => {
      const quote = line.indexOf(this.#quote)
      if (quote >= 0) return line.slice(0, quote).includes(this.#delimiter)
      return line.split(this.#delimiter).length === this.#fields
    })
  }

  #ends(character: string): boolean {
    return character === this.#delimiter || character === '\n' || character === '\r'
  }

  #wait(): undefined {
    if ((this.#text.length - this.#at) * this.#unit >= this.#longest) this.#tooLong = true
    return undefined
  }

  #cut(
    end: number,
    nextLine: number,
    endByte: number,
    { quoted = false, blank = false, flaw }: { quoted?: boolean; blank?: boolean; flaw?: Flaw | undefined } = {},
  ): Cut {
    const range = { start: this.#base + this.#at * this.#unit, end: this.#base + endByte, line: this.#line }
    // Half a code unit at the end of the file belongs to what is cut last.
    this.#at = Math.max(end, Math.ceil(endByte / this.#unit))
    this.#line = nextLine
    return flaw === undefined ? { ...range, blank, quoted } : { ...range, blank, quoted, flaw }
  }

  /** The next place of a character at or after the present one, remembered while it lies ahead. */
  #find(which: 'lf' | 'cr' | 'quote', character: string): number {
    if (this.#next[which] < this.#at) {
      const found = this.#text.indexOf(character, this.#at)
      this.#next[which] = found < 0 ? Number.POSITIVE_INFINITY : found
    }
    return this.#next[which]
  }
}

/** Length of the line break at a place: 2 for `\r\n`, 1 for `\n` and `\r`, 0 for none. */
function breakAt(text: string, at: number): number {
  if (text[at] === '\r') return text[at + 1] === '\n' ? 2 : 1
  return text[at] === '\n' ? 1 : 0
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += breakAt(text, at) || 1) if (breakAt(text, at) > 0) count += 1
  return count
}
