/**
 * A content stream (ISO 32000-1 §7.8.2), operator by operator. Reading is part of every run, and most of it is this: nothing is made for
 * a number, a string or an operator, and what is rare is left to the lexer.
 */
import { kinds, Lexer, Name, Operator } from './lexer.ts'

/** An operator's word as a number: up to four ASCII signs, the first in the lowest byte. */
export function wordCode(word: string): number {
  let code = 0
  for (let at = 0; at < word.length; at += 1) code |= word.charCodeAt(at) << (8 * at)
  return code
}

const [percent, opening, closing, plus, minus, point, slash] = [37, 40, 41, 43, 45, 46, 47]
const blank = 32
const [zero, nine, bracket, backslash, ending] = [48, 57, 91, 92, 93]

/** Longer words are no operators. */
const longest = 4

/** Numbers of more digits are left to the lexer. */
const mostDigits = 15

/**
 * All streams come through the same memory, one after the other, but for very long ones: to ask a string for a sign takes five times as
 * long as to ask an array for a byte.
 */
const room = Buffer.allocUnsafeSlow(256 * 1024)

/** With a blank behind its last byte, so that nobody looks further. */
function bytesOf(text: string): Uint8Array {
  const bytes = text.length < room.length ? room : Buffer.allocUnsafeSlow(text.length + 1)
  bytes.write(text, 'latin1')
  bytes[text.length] = blank
  return bytes
}

function behindComment(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

/** A string of an operator, or what stands between two of them. Most strings stand in the stream as they are, and are not cut out of it. */
export interface Part {
  /** Where the string's bytes stand from one place to another, until the next operator is read. */
  bytes: Uint8Array
  from: number
  to: number
  /** A number: how far the pen is moved back, in thousandths of the size; 0 for a string. */
  back: number
}

const nothing = new Uint8Array()

/**
 * Stands on one operator after the other, with what it was given. Dictionaries, which say what is marked and how, are passed over. One
 * stream is read to its end before the next one is begun.
 */
export class Scanner {
  readonly #text: string
  readonly #bytes: Uint8Array
  readonly #lexer: Lexer
  #at = 0
  /** The operator's word; 0 for what is none. */
  operator = 0
  /** How many operands it was given. */
  given = 0
  /** The last name that it was given; empty where there is none. */
  name = ''
  /** Its string, or the strings and numbers of its array: as many as `parted`. The same ones from operator to operator. */
  readonly parts: Part[] = []
  parted = 0
  readonly #numbers: number[] = []

  constructor(text: string) {
    this.#text = text
    this.#bytes = bytesOf(text)
    this.#lexer = new Lexer(text)
  }

  /** The operand at a place, from 0; 0 for what is no number. */
  number(index: number): number {
    return index < this.given ? this.#numbers[index]! : 0
  }

  /** False at the end. */
  next(): boolean {
    const bytes = this.#bytes
    const { length } = this.#text
    this.given = 0
    this.parted = 0
    this.name = ''
    for (let at = this.#at; at < length; at = this.#at) {
      const code = bytes[at]!
      const kind = kinds[code]
      if (kind === 1) this.#at = at + 1
      else if (code === percent) this.#at = behindComment(this.#text, at)
      else if (kind === 0) {
        if (code >= plus && code <= nine && this.#number()) this.#give(this.#numbers[this.given]!)
        else if (this.#word()) return true
      } else if (code === opening) {
        this.#string()
        this.#give(0)
      } else if (code === bracket) {
        this.#array()
        this.#give(0)
      } else this.#other(code)
    }
    return false
  }

  #give(value: number): void {
    this.#numbers[this.given] = value
    this.given += 1
  }

  #part(bytes: Uint8Array, from: number, to: number, back = 0): void {
    this.parts[this.parted] ??= { bytes, from, to, back }
    const part = this.parts[this.parted]!
    part.bytes = bytes
    part.from = from
    part.to = to
    part.back = back
    this.parted += 1
  }

  /** A string that had to be put together. */
  #made(string: string): void {
    this.#part(Buffer.from(string, 'latin1'), 0, string.length)
  }

  /** Names, dictionaries, strings in hexadecimal, and signs that should not stand there. */
  #other(code: number): void {
    const lexer = this.#lexer
    lexer.at = this.#at
    if (code === slash || !lexer.passDict()) {
      const value = lexer.next(false)
      if (typeof value === 'string') this.#made(value)
      if (value instanceof Name) this.name = value.text
      // A sign that should not stand there takes what it was given with it.
      if (value instanceof Operator) {
        this.given = this.parted = 0
        this.name = ''
      } else this.#give(0)
    }
    this.#at = lexer.at
  }

  /** An operator; false for `true`, `false` and `null`, which are operands. */
  #word(): boolean {
    const bytes = this.#bytes
    const start = this.#at
    let at = start
    let word = 0
    for (let code = bytes[at]!; kinds[code] === 0; code = bytes[++at]!) word |= code << (8 * (at - start))
    this.#at = at
    this.operator = at - start > longest ? 0 : word
    if (at - start < longest || !/^(?:true|false|null)$/.test(this.#text.slice(start, at))) return true
    this.#give(0)
    return false
  }

  /** Leaves a number behind those given; false, and nothing is read, where another word stands. */
  #number(): boolean {
    const bytes = this.#bytes
    const isNegative = bytes[this.#at] === minus
    const start = isNegative ? this.#at + 1 : this.#at
    let at = start
    let whole = 0
    let parts = 0
    for (let code = bytes[at]!; ; code = bytes[++at]!) {
      if (code >= zero && code <= nine) {
        whole = whole * 10 + code - zero
        parts *= 10
      } else if (code === point && parts === 0) parts = 1
      else break
    }
    const digits = parts === 0 ? at - start : at - start - 1
    if (digits === 0 || digits > mostDigits || kinds[bytes[at]!] === 0) return this.#strangeNumber()
    const value = parts > 1 ? whole / parts : whole
    this.#at = at
    this.#numbers[this.given] = isNegative ? -value : value
    return true
  }

  /** The same for one in an unusual shape, as the lexer reads it. */
  #strangeNumber(): boolean {
    const lexer = this.#lexer
    lexer.at = this.#at
    const value = lexer.number()
    if (value === undefined) return false
    this.#at = lexer.at
    this.#numbers[this.given] = value
    return true
  }

  /** Stands on a parenthesis: a string. One with escapes or others inside is put together by the lexer. */
  #string(): void {
    const bytes = this.#bytes
    const { length } = this.#text
    const start = this.#at + 1
    for (let at = start; at < length; at += 1) {
      const code = bytes[at]!
      if (code === closing) {
        this.#at = at + 1
        return this.#part(bytes, start, at)
      }
      if (code === backslash || code === opening) break
    }
    const lexer = this.#lexer
    lexer.at = this.#at
    const value = lexer.next(false)
    this.#at = lexer.at
    if (typeof value === 'string') this.#made(value)
  }

  #array(): void {
    const bytes = this.#bytes
    const { length } = this.#text
    this.#at += 1
    for (let at = this.#at; at < length; at = this.#at) {
      const code = bytes[at]!
      if (code === ending) {
        this.#at = at + 1
        return
      }
      if (kinds[code] === 1) this.#at = at + 1
      else if (code === opening) this.#string()
      else if (code >= plus && code <= nine && this.#number()) this.#moved(this.#numbers[this.given]!)
      else if (code === percent) this.#at = behindComment(this.#text, at)
      else {
        const lexer = this.#lexer
        lexer.at = at
        const value = lexer.next(false)
        this.#at = lexer.at
        if (typeof value === 'string') this.#made(value)
        if (typeof value === 'number') this.#moved(value)
      }
    }
  }

  #moved(back: number): void {
    this.#part(nothing, 0, 0, back)
  }
}
