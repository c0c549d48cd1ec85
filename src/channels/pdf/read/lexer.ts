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

/** Kinds of bytes (§7.2.2): 0 regular, 1 blank, 2 delimiter. A table, since reading is part of every run. */
const kinds = new Uint8Array(256)
for (const sign of '\0\t\n\f\r ') kinds[sign.charCodeAt(0)] = 1
for (const sign of '()<>[]{}/%') kinds[sign.charCodeAt(0)] = 2

const [percent, plus, minus, point, zero, nine] = [37, 43, 45, 46, 48, 57]

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
    if (isNumber(word)) return refs ? this.#numberOrRef(word) : Number(word)
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : new Operator(word)
  }

  #skip(): void {
    const { text } = this
    for (;;) {
      const code = text.charCodeAt(this.at)
      if (code === percent) {
        while (this.at < text.length && !/[\r\n]/.test(text[this.at]!)) this.at += 1
      } else if (kinds[code] === 1) this.at += 1
      else return
    }
  }

  #word(): string {
    const { text } = this
    const start = this.at
    let at = start
    while (kinds[text.charCodeAt(at)] === 0) at += 1
    this.at = at
    return text.slice(start, at)
  }

  #numberOrRef(word: string): PdfValue {
    if (this.text.charCodeAt(this.at) > 32) return Number(word)
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
    const inside = this.text.slice(this.at + 1, end)
    const digits = /\s/.test(inside) ? inside.replace(/\s/g, '') : inside
    this.at = end + 1
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1')
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

/** Whether a word is a number (§7.3.3). */
function isNumber(word: string): boolean {
  let digits = 0
  let points = 0
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at)
    if (code >= zero && code <= nine) digits += 1
    else if (code === point) points += 1
    else if (at > 0 || (code !== plus && code !== minus)) return false
  }
  return digits > 0 && points <= 1
}
