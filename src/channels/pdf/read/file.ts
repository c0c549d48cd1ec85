/** A file's objects (ISO 32000-1 §7.5), found through its cross-reference table or stream, and read when they are asked for. */
import { createDecipheriv } from 'node:crypto'
import { unpacked } from '../flate.ts'
import { Lexer, Listed, Name, Operator, type PdfDict, type PdfValue, Ref, Stream } from './lexer.ts'
import { Entries, type Place, type References, Rows } from './references.ts'
import { unlock } from './unlock.ts'

/** What an object stream holds: objects from so many places of its text. */
interface Packed {
  readonly text: string
  readonly offsets: readonly number[]
}

/**
 * Of an object in the file so many bytes are looked at first, and more where it goes on: of a stream these are its dictionary, and
 * what it holds is no text yet.
 */
const usualReach = 512

/** From the end of an object to that of `stream` behind it. */
const behind = 20

/** The objects of a file, read when asked for. */
export class PdfFile {
  readonly #bytes: Uint8Array
  /** What is read first stands last in the file, and counts. */
  readonly #references: References[] = []
  readonly #packed = new Map<number, Packed>()
  readonly #read = new Map<number, PdfValue>()
  /** What its streams are encrypted with. */
  #key: Buffer | undefined
  readonly trailer: PdfDict

  /** Throws for bytes that are no PDF, and for one that the password does not open. */
  constructor(bytes: Uint8Array, password?: string) {
    this.#bytes = bytes
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(latin1(bytes.subarray(-64)))
    if (start === null) throw new Error('not a PDF: no startxref')
    this.trailer = this.#readReferences(Number(start[1]))
    if (this.trailer.has('Encrypt')) this.#key = this.#open(password)
  }

  #open(password: string | undefined): Buffer {
    if (password === undefined) throw new Error('the PDF is encrypted')
    const encrypt = this.trailer.get('Encrypt')
    const bytes = (name: string) => Buffer.from(String(this.get(encrypt, name)), 'latin1')
    return unlock({ revision: this.get(encrypt, 'R'), user: bytes('U'), sealed: bytes('UE') }, password)
  }

  #readReferences(at: number): PdfDict {
    const isTable = latin1(this.#bytes.subarray(at, at + 'xref'.length)) === 'xref'
    const trailer = isTable ? this.#readTable(at) : this.#readStream(at)
    const previous = trailer.get('Prev')
    if (typeof previous === 'number') this.#readReferences(previous)
    return trailer
  }

  /** A cross-reference stream (§7.5.8). Its dictionary is the trailer. */
  #readStream(at: number): PdfDict {
    const stream = this.#readAt(at)
    if (!(stream instanceof Stream)) throw new Error('not a PDF that this reads: no cross-references')
    const { dict } = stream
    const rows = this.contents(stream)
    const sizes = (this.get(dict, 'W') as PdfValue[]).map(Number)
    const index = (this.get(dict, 'Index') as PdfValue[] | null) ?? [0, dict.get('Size') ?? 0]
    let start = 0
    for (let part = 0; part + 1 < index.length; part += 2) {
      const [first, count] = [Number(index[part]), Number(index[part + 1])]
      this.#references.push(new Rows(rows, { sizes, first, count, start }))
      start += count * ((sizes[0] ?? 0) + (sizes[1] ?? 0) + (sizes[2] ?? 0))
    }
    return dict
  }

  /** A cross-reference table (§7.5.4) and, behind it, the trailer. */
  #readTable(at: number): PdfDict {
    const entries = new Entries()
    this.#references.push(entries)
    const lexer = new Lexer(latin1(this.#bytes.subarray(at)), 'xref'.length)
    for (let first = lexer.next(false); typeof first === 'number'; first = lexer.next(false)) {
      const count = lexer.next(false) as number
      for (let index = 0; index < count; index += 1) {
        const offset = lexer.next(false) as number
        lexer.next(false)
        const kind = lexer.next(false)
        if (kind instanceof Operator && kind.text === 'n') entries.add(first + index, { offset })
      }
    }
    const trailer = lexer.next()
    if (!(trailer instanceof Map)) throw new Error('not a PDF: no trailer')
    return trailer
  }

  /** What a reference leads to, and a list that was passed over; anything else as it is. */
  resolve(value: PdfValue | undefined): PdfValue {
    if (value instanceof Listed) return value.read()
    if (!(value instanceof Ref)) return value ?? null
    const { number } = value
    if (!this.#read.has(number)) this.#read.set(number, this.#readObject(number))
    return this.#read.get(number)!
  }

  /** The entry of a dictionary or stream, or of what a reference leads to. */
  get(holder: PdfValue | undefined, key: string): PdfValue {
    return this.resolve(this.entry(holder, key))
  }

  /** The same as it stands there: a reference, or a list that is not read yet. */
  entry(holder: PdfValue | undefined, key: string): PdfValue | undefined {
    const found = this.resolve(holder)
    const dict = found instanceof Stream ? found.dict : found
    return dict instanceof Map ? dict.get(key) : undefined
  }

  #place(number: number): Place | undefined {
    for (const references of this.#references) {
      const place = references.place(number)
      if (place !== undefined) return place
    }
    return undefined
  }

  #readObject(number: number): PdfValue {
    const place = this.#place(number)
    if (place === undefined) return null
    if ('offset' in place) return this.#readAt(place.offset)
    const { text, offsets } = this.#unpack(place.stream)
    const offset = offsets[place.index]
    if (offset === undefined) return null
    // There a lexer would stand for ever.
    if (!(offset >= 0)) throw new Error(`object ${number} stands nowhere in its object stream`)
    return new Lexer(text, offset).next() ?? null
  }

  /** An object stream (§7.5.7); its objects are read when asked for, since most are of the structure, which shows no text. */
  #unpack(number: number): Packed {
    const known = this.#packed.get(number)
    if (known !== undefined) return known
    const stream = this.resolve(new Ref(number))
    const text = this.contents(stream)
    const first = Number(this.get(stream, 'First'))
    const head = new Lexer(text)
    const offsets: number[] = []
    for (let left = Number(this.get(stream, 'N')); left > 0; left -= 1) {
      head.next(false)
      offsets.push(first + Number(head.next(false)))
    }
    const packed = { text, offsets }
    this.#packed.set(number, packed)
    return packed
  }

  #readAt(offset: number): PdfValue {
    for (let reach = usualReach; ; reach *= 4) {
      const text = latin1(this.#bytes.subarray(offset, offset + reach))
      const header = /^\s*\d+\s+\d+\s+obj/.exec(text.slice(0, 40))
      if (header === null) throw new Error(`no object stands at ${offset}, where one is said to be`)
      const lexer = new Lexer(text, header[0].length)
      const value = lexer.next() ?? null
      if (lexer.at + behind > reach && text.length === reach) continue
      const stream = /^\s*stream(\r\n|\n)/.exec(text.slice(lexer.at, lexer.at + behind))
      if (stream === null || !(value instanceof Map)) return value
      const length = this.resolve(value.get('Length'))
      const start = offset + lexer.at + stream[0].length
      return new Stream(value, this.#bytes.subarray(start, start + Number(length)))
    }
  }

  /** A stream's bytes as they lie in the file, one character each; undefined where they are encrypted. */
  plainBytes(value: PdfValue): string | undefined {
    return value instanceof Stream && this.#key === undefined ? latin1(value.raw) : undefined
  }

  /** A stream's contents, unpacked (only Flate is used for text). */
  contents(value: PdfValue): string {
    if (!(value instanceof Stream)) return ''
    const filter = this.get(value, 'Filter')
    const filters = Array.isArray(filter) ? filter : [filter]
    let bytes: Uint8Array = value.raw
    if (this.#key !== undefined && !isNamed(value.dict.get('Type'), 'XRef')) {
      const decipher = createDecipheriv('aes-256-cbc', this.#key, bytes.subarray(0, 16))
      bytes = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
    }
    let text: string | undefined
    for (const one of filters) {
      if (!(one instanceof Name)) continue
      if (one.text !== 'FlateDecode') throw new Error(`a stream packed with ${one.text}`)
      text = unpacked(text === undefined ? bytes : Buffer.from(text, 'latin1'))
    }
    return text ?? latin1(bytes)
  }
}

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

const isNamed = (value: PdfValue | undefined, name: string): boolean => value instanceof Name && value.text === name
