/**
 * A PDF file as it is written (ISO 32000-1 §7.5): streams as they come, everything else packed into object streams (§7.5.7), and all
 * found through a cross-reference stream (§7.5.8). Kept of what is written is where it stands, and what names the file.
 */
import { hash } from 'node:crypto'
import { packed } from '../flate.ts'
import type { Cipher } from './encrypt.ts'
import { packedObjects } from './objects.ts'
import { Pen } from './pen.ts'
import { reference } from './strings.ts'

/** More objects in one stream pack better; fewer are found faster. */
const most = 200

/** Cross-references up to here stand as they are: packing them, and unpacking them to be read, saves too few bytes. */
const fewBytes = 256

/** A longer file is kept in blocks of so many bytes: what is larger than the pen's own room is copied as it grows. */
const block = 256 * 1024

/** One for all files of a thread: no file begins before the last is closed or given up. */
const pen = new Pen()
let holder: Writer | undefined

/** One file that is being written. Its methods are the class's own: what is made for each document V8 compiles anew after each collection. */
export class Writer {
  readonly #cipher: Cipher | undefined
  readonly #blocks: Uint8Array[] = []
  /** What the file's name is made from: all of it but what its objects say already; of a long file all that stands in blocks. */
  #naming: Uint8Array[] = []
  readonly #once = new Map<Uint8Array, number>()
  /** Of the bytes that the pen holds. */
  #from = 0
  /** By object number: its offset, or below 0 its object stream and the place therein; 0 while it is not written. */
  readonly #places: number[] = [0]
  #waiting: { readonly id: number; readonly text: string }[] = []

  constructor(cipher?: Cipher) {
    this.#cipher = cipher
    holder = this
    pen.begin()
    pen.text('%PDF-1.7\n%\xff\xff\xff\xff\n')
  }

  /** A number for an object that comes later. */
  reserve(): number {
    return this.#places.push(0) - 1
  }

  /** The object of this number, as it stands in the file between `obj` and `endobj`. */
  put(id: number, text: string): void {
    this.#waiting.push({ id, text })
    if (this.#waiting.length === most) this.#pack()
  }

  /** An object that is a stream, with these entries of its dictionary and these bytes. Gives its number. */
  stream(entries: string, bytes: Uint8Array, id = this.reserve()): number {
    const written = this.#cipher === undefined ? bytes : this.#cipher.encrypt(bytes)
    this.#naming.push(written)
    this.#stream(id, entries, written)
    return id
  }

  /**
   * A stream that follows from what objects say, as a font's program does from its name and widths: written once for all that ask for
   * these very bytes, and the file's name goes without it.
   */
  once(entries: string, bytes: Uint8Array): number {
    let id = this.#once.get(bytes)
    if (id === undefined) {
      id = this.reserve()
      this.#once.set(bytes, id)
      this.#stream(id, entries, this.#cipher === undefined ? bytes : this.#cipher.encrypt(bytes))
    }
    return id
  }

  /** Closes the file with these objects as its root and its account of itself. */
  end(root: number, info: number): Uint8Array {
    if (this.#waiting.length > 0) this.#pack()
    let encrypt = ''
    if (this.#cipher !== undefined) {
      const id = this.reserve()
      this.#places[id] = this.#offset
      pen.text(`${id} 0 obj\n${this.#cipher.dictionary}\nendobj\n`)
      encrypt = ` /Encrypt ${reference(id)}`
    }
    // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
    const name = hash('sha256', Buffer.concat(this.#naming)).slice(0, 32)
    const at = this.#offset
    const own = this.reserve()
    this.#places[own] = at
    const trailer = `/Root ${reference(root)} /Info ${reference(info)} /ID [<${name}> <${name}>]${encrypt}`
    const { entries, bytes } = this.#crossReferences()
    this.#stream(own, `/Type /XRef /Size ${this.#places.length} ${entries} ${trailer}`, bytes)
    pen.text(`startxref\n${at}\n%%EOF\n`)
    holder = undefined
    return this.#whole()
  }

  /** In memory of its own, to be given back: `Buffer.concat` takes a short one from what all short buffers share. */
  #whole(): Uint8Array {
    const whole = Buffer.allocUnsafeSlow(this.#offset)
    let at = 0
    for (const block of [...this.#blocks, pen.written]) {
      whole.set(block, at)
      at += block.length
    }
    return whole
  }

  get #offset(): number {
    return this.#from + pen.length
  }

  #stream(id: number, entries: string, bytes: Uint8Array): void {
    if (holder !== this) throw new Error('another file was begun before this one was closed')
    this.#places[id] = this.#offset
    pen.text(`${id} 0 obj\n<<${entries} /Length ${bytes.length}>>\nstream\n`)
    pen.bytes(bytes)
    pen.text('\nendstream\nendobj\n')
    if (pen.length > block) this.#keep()
  }

  #keep(): void {
    this.#from = this.#offset
    this.#blocks.push(new Uint8Array(pen.written))
    this.#naming = [...this.#blocks]
    pen.begin()
  }

  #pack(): void {
    const own = this.reserve()
    const waiting = this.#waiting
    let index = ''
    let body = ''
    for (let at = 0; at < waiting.length; at += 1) {
      const one = waiting[at]!
      index += `${one.id} ${body.length} `
      body += `${one.text}\n`
      this.#places[one.id] = -(own * most + at)
    }
    const entries = `/Type /ObjStm /N ${waiting.length} /First ${index.length} /Filter /FlateDecode`
    this.stream(entries, packedObjects(index + body), own)
    this.#waiting = []
  }

  /**
   * A row for each object: 1 and its offset, or 2 with its stream and place therein; what is not written is 0. Never encrypted
   * (§7.5.8.2). Offsets take as many bytes as the longest needs. Of 836 rows: 54 µs, at level 6 339.
   */
  #crossReferences(): { readonly entries: string; readonly bytes: Uint8Array } {
    const places = this.#places
    const wide = this.#offset < 0x10000 ? 2 : this.#offset < 0x1000000 ? 3 : 4
    const size = wide + 2
    const rows = Buffer.alloc(places.length * size)
    for (let id = 0; id < places.length; id += 1) {
      const place = places[id]!
      const at = id * size
      rows[at] = place < 0 ? 2 : place === 0 ? 0 : 1
      rows.writeUIntBE(place < 0 ? Math.floor(-place / most) : place, at + 1, wide)
      rows[at + 1 + wide] = place < 0 ? -place % most : 0
    }
    const entries = `/W [1 ${wide} 1]`
    if (rows.length <= fewBytes) return { entries, bytes: rows }
    return { entries: `${entries} /Filter /FlateDecode`, bytes: packed(rows) }
  }
}
