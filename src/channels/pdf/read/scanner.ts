/**
 * A content stream (ISO 32000-1 §7.8.2), operator by operator. Reading is part of every run, and most of it is this: nothing is made for
 * a number or an operator, and what is rare is left to the lexer.
 */
import { kinds, Lexer, Name, Operator } from './lexer.ts'

/** An operator's word as a number: up to four ASCII signs, the first in the lowest byte. */
export function wordCode(word: string): number {
  let code = 0
  for (let at = 0; at < word.length; at += 1) code |= word.charCodeAt(at) << (8 * at)
  return code
}

const [percent, opening, closing, plus, slash] = [37, 40, 41, 43, 47]
const [nine, bracket, backslash, ending] = [57, 91, 92, 93]

/** Longer words are no operators. */
const longest = 4

function behindComment(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

/** Stands on one operator after the other, with what it was given. Dictionaries, which say what is marked and how, are passed over. */
export class Scanner {
  readonly #text: string
  readonly #lexer: Lexer
  #at = 0
  /** The operator's word; 0 for what is none. */
  operator = 0
  /** How many operands it was given. */
  given = 0
  /** The last name that it was given; empty where there is none. */
  name = ''
  /** Its string, or the strings and numbers of its array: as many as `parted`. Kept full from operator to operator: emptied, it would be made anew for each. */
  readonly parts: (string | number)[] = []
  parted = 0
  readonly #numbers: number[] = []

  constructor(text: string) {
    this.#text = text
    this.#lexer = new Lexer(text)
  }

  /** The operand at a place, from 0; 0 for what is no number. */
  number(index: number): number {
    return index < this.given ? this.#numbers[index]! : 0
  }

  /** False at the end. */
  next(): boolean {
    const text = this.#text
    this.given = 0
    this.parted = 0
    this.name = ''
    for (let at = this.#at; at < text.length; at = this.#at) {
      const code = text.charCodeAt(at)
      const kind = kinds[code]
      if (kind === 1) this.#at = at + 1
      else if (code === percent) this.#at = behindComment(text, at)
      else if (code >= plus && code <= nine && this.#number()) this.#give(this.#numbers[this.given]!)
      else if (kind === 0) {
        if (this.#word()) return true
      } else if (code === opening) {
        this.#part(this.#string())
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

  #part(part: string | number): void {
    this.parts[this.parted] = part
    this.parted += 1
  }

  /** Names, dictionaries, strings in hexadecimal, and signs that should not stand there. */
  #other(code: number): void {
    const lexer = this.#lexer
    lexer.at = this.#at
    if (code === slash || !lexer.passDict()) {
      const value = lexer.next(false)
      if (typeof value === 'string') this.#part(value)
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
    const text = this.#text
    const start = this.#at
    let at = start
    let word = 0
    for (let code = text.charCodeAt(at); kinds[code] === 0; code = text.charCodeAt(++at))
      word |= code << (8 * (at - start))
    this.#at = at
    this.operator = at - start > longest ? 0 : word
    if (at - start < longest || !/^(?:true|false|null)$/.test(text.slice(start, at))) return true
    this.#give(0)
    return false
  }

  /** Leaves a number behind those given; false, and nothing is read, where another word stands. */
  #number(): boolean {
    const lexer = this.#lexer
    lexer.at = this.#at
    const value = lexer.number()
    if (value === undefined) return false
    this.#at = lexer.at
    this.#numbers[this.given] = value
    return true
  }

  #string(): string {
    const text = this.#text
    const start = this.#at + 1
    for (let at = start; ; at += 1) {
      const code = text.charCodeAt(at)
      if (code === closing) {
        this.#at = at + 1
        return text.slice(start, at)
      }
      if (code === backslash || code === opening || Number.isNaN(code)) break
    }
    const lexer = this.#lexer
    lexer.at = this.#at
    const value = lexer.next(false)
    this.#at = lexer.at
    return typeof value === 'string' ? value : ''
  }

  #array(): void {
    const text = this.#text
    this.#at += 1
    for (let at = this.#at; at < text.length; at = this.#at) {
      const code = text.charCodeAt(at)
      if (code === ending) {
        this.#at = at + 1
        return
      }
      if (kinds[code] === 1) this.#at = at + 1
      else if (code === percent) this.#at = behindComment(text, at)
      else if (code === opening) this.#part(this.#string())
      else if (code >= plus && code <= nine && this.#number()) this.#part(this.#numbers[this.given]!)
      else {
        const lexer = this.#lexer
        lexer.at = at
        const value = lexer.next(false)
        this.#at = lexer.at
        if (typeof value === 'string' || typeof value === 'number') this.#part(value)
      }
    }
  }
}
