/**
 * Deflate with codes that are fixed beforehand: pieces are coded once and joined bit by bit, so that a stream of known pieces costs no
 * compression at all. Literals only: a sixth larger than what zlib finds in outlines of letters.
 */
import { type Bits, longestCode, openBlock } from './huffman.ts'

/** Codes for bytes of one kind of text, made from how often each byte occurs in a sample. */
export interface Coder {
  /** A block's header: that it is the last one, of dynamic codes, and which. */
  readonly header: Piece
  /** By byte: its code, and above it how many bits that takes. */
  readonly codes: Uint32Array
  readonly piece: (bytes: Uint8Array) => Piece
  readonly end: Piece
}

/** Bytes as bits, with what their part in checksums is. Never changed. */
export interface Piece {
  /** Up to a multiple of four bytes, filled up with zeros. */
  readonly bits: DataView
  readonly bitLength: number
  /** How many bytes it stands for, and their share in Adler-32: the sum of all, and the sum of all sums from each on. */
  readonly length: number
  readonly sum: number
  readonly sums: number
}

const base = 65521

export function openCoder(sample: Iterable<Uint8Array>): Coder {
  const { lengths, codes, header, end } = openBlock(sample)
  const coder: Coder = {
    header: codeAlone(header),
    codes: Uint32Array.from(codes, (code, byte) => code | (lengths[byte]! << longestCode)),
    piece: bytes => new Joining(coder).code(bytes).piece(),
    end: codeAlone(end),
  }
  return coder
}

/** Bits that stand for no bytes. */
function codeAlone({ bits, bitLength }: Bits): Piece {
  return { bits: inFours(bits), bitLength, length: 0, sum: 0, sums: 0 }
}

function inFours(bytes: Uint8Array): DataView {
  const own = new Uint8Array((bytes.length + 3) & ~3)
  own.set(bytes)
  return new DataView(own.buffer)
}

/** One zlib stream (RFC 1950) of one block that holds the pieces. */
export function join(coder: Coder, pieces: readonly Piece[]): Uint8Array {
  const joining = new Joining(coder).begin()
  for (const piece of pieces) joining.add(piece)
  return joining.stream()
}

/** Pieces as one: what stands side by side in many streams is joined once. */
export function chained(coder: Coder, pieces: readonly Piece[]): Piece {
  const joining = new Joining(coder)
  for (const piece of pieces) joining.add(piece)
  return joining.piece()
}

/** Where all of a thread is put together before it is copied to a place of its own: longer for good once something needs it. */
let room = new Uint8Array(64 * 1024)
let view = new DataView(room.buffer)
let holder: Joining | undefined

/** Sums of so many bytes do not pass 31 bits. */
const addedAtOnce = 2048

/** Pieces, and bytes that are coded as they come, one behind the other. One at a time: its end is asked for before the next begins. */
export class Joining {
  readonly #coder: Coder
  #at = 0
  /** Bits of the last byte that is begun, and how many. */
  #held = 0
  #count = 0
  #length = 0
  #sum = 0
  #sums = 0

  constructor(coder: Coder) {
    this.#coder = coder
    holder = this
  }

  /** As a stream: what comes in front of all pieces. */
  begin(): this {
    room[0] = 0x78
    room[1] = 0xda
    this.#at = 2
    this.#lay(this.#coder.header)
    return this
  }

  /** Were another one written in between, bytes of both would be mixed. */
  #hold(): void {
    if (holder !== this) throw new Error('another joining was begun before this one was taken')
  }

  add(piece: Piece): this {
    this.#lay(piece)
    this.#sums = (this.#sums + piece.length * this.#sum + piece.sums) % base
    this.#sum = (this.#sum + piece.sum) % base
    this.#length += piece.length
    return this
  }

  /** The first so many bytes. */
  code(bytes: Uint8Array, length = bytes.length): this {
    this.#hold()
    const { codes } = this.#coder
    reserve(this.#at + Math.ceil((length * longestCode) / 8) + 4)
    const out = room
    let at = this.#at
    let held = this.#held
    let count = this.#count
    let sum = this.#sum
    let sums = this.#sums
    for (let index = 0; index < length; ) {
      for (const until = Math.min(length, index + addedAtOnce); index < until; index += 1) {
        const byte = bytes[index]!
        const code = codes[byte]!
        held |= (code & 0x7fff) << count
        count += code >> longestCode
        // Written whether they are whole or not: whether sixteen bits are is not to be foreseen, and asking took a third longer.
        out[at] = held
        out[at + 1] = held >> 8
        at += (count & 16) >> 3
        held >>>= count & 16
        count &= 15
        sum += byte
        sums += sum
      }
      sum %= base
      sums %= base
    }
    if (count >= 8) {
      out[at] = held
      at += 1
      held >>>= 8
      count -= 8
    }
    this.#at = at
    this.#held = held
    this.#count = count
    this.#sum = sum
    this.#sums = sums
    this.#length += length
    return this
  }

  piece(): Piece {
    this.#hold()
    const bitLength = this.#at * 8 + this.#count
    room[this.#at] = this.#held
    const bits = inFours(room.subarray(0, (bitLength + 7) >> 3))
    return { bits, bitLength, length: this.#length, sum: this.#sum, sums: this.#sums }
  }

  stream(): Uint8Array {
    this.#lay(this.#coder.end)
    reserve(this.#at + 5)
    room[this.#at] = this.#held
    let at = this.#at + (this.#count > 0 ? 1 : 0)
    // Adler-32 begins with 1, which each byte adds to the sum of sums.
    const [one, two] = [(this.#sum + 1) % base, (this.#sums + this.#length) % base]
    for (const half of [two, one]) {
      room[at++] = half >> 8
      room[at++] = half
    }
    return room.slice(0, at)
  }

  /** Bits begin anywhere in a byte: four bytes are moved at a time. */
  #lay({ bits, bitLength }: Piece): void {
    this.#hold()
    const length = bits.byteLength
    reserve(this.#at + length + 4)
    const out = view
    const count = this.#count
    let at = this.#at
    let held = this.#held
    for (let from = 0; from < length; from += 4, at += 4) {
      const four = bits.getUint32(from, true)
      out.setUint32(at, held | (four << count), true)
      // In two steps, since a shift by 32 is one by 0.
      held = (four >>> 1) >>> (31 - count)
    }
    room[at] = held
    const end = count + bitLength
    this.#at += end >> 3
    this.#count = end & 7
    this.#held = this.#count === 0 ? 0 : room[this.#at]!
  }
}

function reserve(length: number): void {
  if (length <= room.length) return
  const larger = new Uint8Array(2 * length)
  larger.set(room)
  room = larger
  view = new DataView(room.buffer)
}
