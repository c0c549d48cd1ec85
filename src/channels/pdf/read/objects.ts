/** PDF syntax (ISO 32000-1 §7): bytes -> objects, found through the cross-reference table. */
import { inflateSync } from 'node:zlib'

export type PdfValue = null | boolean | number | string | Name | Operator | Ref | PdfDict | Stream | PdfValue[]

/** `/Type` and the like, so that they differ from strings. */
export class Name {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A bare word: an operator of a content stream. */
export class Operator {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export class Ref {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}

export type PdfDict = Map<string, PdfValue>

export class Stream {
  readonly dict: PdfDict
  readonly raw: Uint8Array
  constructor(dict: PdfDict, raw: Uint8Array) {
    this.dict = dict
    this.raw = raw
  }
}

const blank = /[\0\t\n\f\r ]/
const regular = /[^\0\t\n\f\r ()<>[\]{}/%]/

/** Reads values one after another from text in which each character is a byte. Strings come as bytes, too. */
export class Lexer {
  readonly text: string
  at: number

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  /** The next value; undefined at the end. `refs` are looked for only where they can stand. */
  next(refs = true): PdfValue | undefined {
    this.#skip()
    const character = this.text[this.at]
    if (character === undefined) return undefined
    if (character === '/') return this.#name()
    if (character === '(') return this.#string()
    if (character === '[') return this.#list(refs)
    if (character === '<') return this.text[this.at + 1] === '<' ? this.#dict() : this.#hex()
    const word = this.#word()
    if (word === '') {
      this.at += 1
      return new Operator(character)
    }
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return refs ? this.#numberOrRef(word) : Number(word)
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : new Operator(word)
  }

  #skip(): void {
    for (;;) {
      const character = this.text[this.at]
      if (character === undefined) return
      if (character === '%') {
        while (this.at < this.text.length && !/[\r\n]/.test(this.text[this.at]!)) this.at += 1
      } else if (blank.test(character)) this.at += 1
      else return
    }
  }

  #word(): string {
    const start = this.at
    while (this.at < this.text.length && regular.test(this.text[this.at]!)) this.at += 1
    return this.text.slice(start, this.at)
  }

  #numberOrRef(word: string): PdfValue {
    const ahead = /^\s+(\d+)\s+R(?![^\s()<>[\]{}/%])/.exec(this.text.slice(this.at, this.at + 24))
    if (ahead === null || !/^\d+$/.test(word)) return Number(word)
    this.at += ahead[0].length
    return new Ref(Number(word))
  }

  #name(): Name {
    this.at += 1
    return new Name(
      this.#word().replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    )
  }

  #list(refs: boolean): PdfValue[] {
    this.at += 1
    const list: PdfValue[] = []
    for (;;) {
      this.#skip()
      if (this.at >= this.text.length) return list
      if (this.text[this.at] === ']') {
        this.at += 1
        return list
      }
      list.push(this.next(refs)!)
    }
  }

  #dict(): PdfDict {
    this.at += 2
    const dict: PdfDict = new Map()
    for (;;) {
      this.#skip()
      if (this.at >= this.text.length || this.text.startsWith('>>', this.at)) break
      const key = this.next()
      const value = this.next()
      if (key instanceof Name && value !== undefined) dict.set(key.text, value)
    }
    this.at += 2
    return dict
  }

  #hex(): string {
    const end = this.text.indexOf('>', this.at)
    const digits = this.text.slice(this.at + 1, end).replace(/\s/g, '')
    this.at = end + 1
    let out = ''
    for (let index = 0; index < digits.length; index += 2) {
      out += String.fromCharCode(Number.parseInt(digits.slice(index, index + 2).padEnd(2, '0'), 16))
    }
    return out
  }

  #string(): string {
    let out = ''
    let depth = 0
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at]!
      if (character === '\\') {
        out += this.#escape()
        continue
      }
      if (character === '(') depth += 1
      if (character === ')' && depth-- === 0) break
      out += character
    }
    this.at += 1
    return out
  }

  /** Stands on the backslash, and leaves on the last character of the escape. */
  #escape(): string {
    const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at + 1, this.at + 4))
    if (octal !== null) {
      this.at += octal[0].length
      return String.fromCharCode(Number.parseInt(octal[0], 8) & 255)
    }
    this.at += 1
    const character = this.text[this.at] ?? ''
    const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' }
    return known[character] ?? character
  }
}

/** The objects of a file, read when asked for. */
export class PdfFile {
  readonly #bytes: Uint8Array
  readonly #text: string
  readonly #offsets = new Map<number, number>()
  readonly #read = new Map<number, PdfValue>()
  readonly trailer: PdfDict

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.#text.slice(-64))
    if (start === null) throw new Error('not a PDF: no startxref')
    this.trailer = this.#readTable(Number(start[1]))
  }

  /** A cross-reference table (§7.5.4) and, behind it, the trailer. */
  #readTable(at: number): PdfDict {
    const lexer = new Lexer(this.#text, at + 'xref'.length)
    if (!this.#text.startsWith('xref', at)) throw new Error('not a PDF that this reads: no cross-reference table')
    for (let first = lexer.next(false); typeof first === 'number'; first = lexer.next(false)) {
      const count = lexer.next(false) as number
      for (let index = 0; index < count; index += 1) {
        const offset = lexer.next(false) as number
        lexer.next(false)
        const kind = lexer.next(false)
        const number = first + index
        if (kind instanceof Operator && kind.text === 'n' && !this.#offsets.has(number))
          this.#offsets.set(number, offset)
      }
    }
    const trailer = lexer.next()
    if (!(trailer instanceof Map)) throw new Error('not a PDF: no trailer')
    const previous = trailer.get('Prev')
    if (typeof previous === 'number') this.#readTable(previous)
    return trailer
  }

  /** What a reference leads to; anything else as it is. */
  resolve(value: PdfValue | undefined): PdfValue {
    if (!(value instanceof Ref)) return value ?? null
    const { number } = value
    if (!this.#read.has(number)) this.#read.set(number, this.#readObject(number))
    return this.#read.get(number)!
  }

  /** The entry of a dictionary or stream, or of what a reference leads to. */
  get(holder: PdfValue | undefined, key: string): PdfValue {
    const found = this.resolve(holder)
    const dict = found instanceof Stream ? found.dict : found
    return dict instanceof Map ? this.resolve(dict.get(key)) : null
  }

  #readObject(number: number): PdfValue {
    const offset = this.#offsets.get(number)
    if (offset === undefined) return null
    const header = /^\s*\d+\s+\d+\s+obj/.exec(this.#text.slice(offset, offset + 40))
    if (header === null) throw new Error(`object ${number} is not where the table says`)
    const lexer = new Lexer(this.#text, offset + header[0].length)
    const value = lexer.next() ?? null
    const stream = /^\s*stream(\r\n|\n)/.exec(this.#text.slice(lexer.at, lexer.at + 20))
    if (stream === null || !(value instanceof Map)) return value
    const length = this.resolve(value.get('Length'))
    const start = lexer.at + stream[0].length
    return new Stream(value, this.#bytes.subarray(start, start + Number(length)))
  }

  /** A stream's contents, unpacked (only Flate is used for text). */
  contents(value: PdfValue): string {
    if (!(value instanceof Stream)) return ''
    const filter = this.get(value, 'Filter')
    const names = (Array.isArray(filter) ? filter : [filter]).flatMap(one => (one instanceof Name ? [one.text] : []))
    let bytes: Uint8Array = value.raw
    for (const name of names) {
      if (name !== 'FlateDecode') throw new Error(`a stream packed with ${name}`)
      bytes = inflateSync(bytes)
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  }
}
