/** Writes a content stream or a file byte by byte: one put together from texts has to be read once more to become bytes. */
import { number, ofThousandths } from './strings.ts'

/** A page of text takes some 10 KB. What a larger one needs is let go when the next begins. */
const usual = 64 * 1024

/** A number or a code takes less. */
const much = 32

/** One for all pages of a thread, and one for all files: each is done before the next one begins. */
export class Pen {
  #room = Buffer.allocUnsafeSlow(usual)
  #at = 0

  begin(): void {
    if (this.#room.length > usual) this.#room = Buffer.allocUnsafeSlow(usual)
    this.#at = 0
  }

  get length(): number {
    return this.#at
  }

  /** What was written since it began; holds until the next begins. */
  get written(): Uint8Array {
    return this.#room.subarray(0, this.#at)
  }

  /** One byte for each character. */
  text(text: string): void {
    this.#reserve(text.length)
    const room = this.#room
    let at = this.#at
    for (let index = 0; index < text.length; index += 1) room[at++] = text.charCodeAt(index)
    this.#at = at
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#room.set(bytes, this.#at)
    this.#at += bytes.length
  }

  /** As `number` writes it. */
  number(value: number): void {
    if (value < 0) this.text(number(value))
    else this.thousandths(Math.round(value * 1000))
  }

  /** As `ofThousandths` writes it. */
  thousandths(thousandths: number): void {
    if (!(thousandths >= 0 && thousandths < 1e7)) return this.text(ofThousandths(thousandths))
    this.#reserve(much)
    const room = this.#room
    const whole = (thousandths / 1000) | 0
    const part = thousandths - whole * 1000
    let at = this.#at
    if (whole >= 1000) room[at++] = digit0 + ((whole / 1000) | 0)
    if (whole >= 100) room[at++] = digit0 + (((whole / 100) | 0) % 10)
    if (whole >= 10) room[at++] = digit0 + (((whole / 10) | 0) % 10)
    room[at++] = digit0 + (whole % 10)
    if (part > 0) {
      room[at++] = 0x2e
      room[at++] = digit0 + ((part / 100) | 0)
      if (part % 100 > 0) room[at++] = digit0 + (((part / 10) | 0) % 10)
      if (part % 10 > 0) room[at++] = digit0 + (part % 10)
    }
    this.#at = at
  }

  /** Codes of glyphs inside a string of a TJ array (ISO 32000-1 §9.4.3), with what moves the pen between them. */
  codes(codes: readonly number[], moves: readonly number[] | undefined): void {
    if (moves === undefined) return this.#codes(codes, 0, codes.length)
    let from = 0
    for (let at = 0; at < codes.length - 1; at += 1) {
      if (moves[at] === 0) continue
      this.#codes(codes, from, at + 1)
      this.move(moves[at]!)
      from = at + 1
    }
    this.#codes(codes, from, codes.length)
  }

  /** Ends a string, moves by so many millionths of the size, and begins the next. */
  move(by: number): void {
    this.text(')')
    this.number(by / 1000)
    this.text('(')
  }

  #codes(codes: readonly number[], from: number, to: number): void {
    this.#reserve(3 * (to - from))
    const room = this.#room
    let at = this.#at
    for (let index = from; index < to; index += 1) {
      const code = codes[index]!
      const low = code & 0xff
      const escaped = escapes[low]!
      room[at++] = code >> 8
      if (escaped !== 0) room[at++] = 0x5c
      room[at++] = escaped === 0 ? low : escaped
    }
    this.#at = at
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#room.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + more))
    larger.set(this.written)
    this.#room = larger
  }
}

const digit0 = 0x30

/** What stands behind a backslash for a byte that a literal string has in no other way (§7.3.4.2); 0 for all others. */
const escapes = new Uint8Array(256)
for (const sign of '()\\') escapes[sign.charCodeAt(0)] = sign.charCodeAt(0)
escapes[0x0d] = 'r'.charCodeAt(0)
