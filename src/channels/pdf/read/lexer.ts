/** PDF syntax (ISO 32000-1 §7.3): text in which each character is a byte -> values. */

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
