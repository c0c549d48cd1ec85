/**
 * A PDF file as it is written (ISO 32000-1 §7.5): streams as they come, everything else packed into object streams (§7.5.7), and all
 * found through a cross-reference stream (§7.5.8). Nothing is kept but where it stands.
 */
import { hash } from 'node:crypto'
import { packed } from '../flate.ts'
import type { Cipher } from './encrypt.ts'
import { reference } from './strings.ts'

/** More objects in one stream pack better; fewer are found faster. */
const most = 200

/** Cross-references up to here stand as they are: packing them, and unpacking them to be read, saves too few bytes. */
const fewBytes = 256

/** Bytes that are joined at once: what is in small buffers would hold on to more than its own. */
const block = 256 * 1024

/** One file that is being written. Its methods are the class's own: what is made for each document V8 compiles anew after each collection. */
export class Writer {
  readonly #cipher: Cipher | undefined
  #chunks: Uint8Array[] = []
  readonly #blocks: Uint8Array[] = []
  #text = '%PDF-1.7\n%\xff\xff\xff\xff\n'
  #loose = 0
  #offset = this.#text.length
  /** By object number: its offset, or below 0 its object stream and the place therein; 0 while it is not written. */
  readonly #places: number[] = [0]
  #waiting: { readonly id: number; readonly text: string }[] = []

  constructor(cipher?: Cipher) {
    this.#cipher = cipher
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
    this.#stream(id, entries, this.#cipher === undefined ? bytes : this.#cipher.encrypt(bytes))
    return id
  }

  /** Closes the file with these objects as its root and its account of itself. */
  end(root: number, info: number): Uint8Array {
    if (this.#waiting.length > 0) this.#pack()
    let encrypt = ''
    if (this.#cipher !== undefined) {
      const id = this.reserve()
      this.#places[id] = this.#offset
      this.#write(`${id} 0 obj\n${this.#cipher.dictionary}\nendobj\n`)
      encrypt = ` /Encrypt ${reference(id)}`
    }
    this.#join()
    // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
    const body = this.#blocks.length === 1 ? this.#blocks[0]! : Buffer.concat(this.#blocks)
    const name = hash('sha256', body).slice(0, 32)
    const at = this.#offset
    const own = this.reserve()
    this.#places[own] = at
    const trailer = `/Root ${reference(root)} /Info ${reference(info)} /ID [<${name}> <${name}>]${encrypt}`
    const { entries, bytes } = this.#crossReferences()
    this.#stream(own, `/Type /XRef /Size ${this.#places.length} ${entries} ${trailer}`, bytes)
    this.#write(`startxref\n${at}\n%%EOF\n`)
    this.#flush()
    return Buffer.concat([body, ...this.#chunks])
  }

  #write(more: string): void {
    this.#text += more
    this.#offset += more.length
  }

  #flush(): void {
    if (this.#text !== '') this.#chunks.push(Buffer.from(this.#text, 'latin1'))
    this.#text = ''
  }

  #join(): void {
    this.#flush()
    if (this.#chunks.length > 0)
      this.#blocks.push(this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks))
    this.#chunks = []
    this.#loose = 0
  }

  #stream(id: number, entries: string, bytes: Uint8Array): void {
    this.#places[id] = this.#offset
    this.#write(`${id} 0 obj\n<<${entries} /Length ${bytes.length}>>\nstream\n`)
    this.#flush()
    this.#chunks.push(bytes)
    this.#offset += bytes.length
    this.#loose += bytes.length
    this.#write('\nendstream\nendobj\n')
    if (this.#loose > block) this.#join()
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
    this.stream(entries, packed(index + body), own)
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
