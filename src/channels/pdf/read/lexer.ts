/** PDF syntax (ISO 32000-1 §7.3): text in which each character is a byte -> values. */

export type PdfValue = null | boolean | number | string | Name | Operator | Ref | PdfDict | Stream | Listed | PdfValue[]

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

/** A list in a dictionary, from its bracket on; read when it is asked for: the longest are widths, and few of the others are. */
export class Listed {
  readonly text: string
  readonly at: number
  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }
  read(): PdfValue {
    return new Lexer(this.text, this.at).next()!
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

/** One for each word, so that reading thousands makes none. Bounded: what is no PDF of ours may have any words. */
const operators = new Map<string, Operator>()
const mostOperators = 256

/** Those of one sign or two, by their codes. */
const short: (Operator | undefined)[] = Array.from({ length: 0x4000 })

function operatorOf(word: string): Operator {
  let operator = operators.get(word)
  if (operator === undefined) {
    operator = new Operator(word)
    if (operators.size < mostOperators) operators.set(word, operator)
  }
  return operator
}

/** Kinds of bytes (§7.2.2): 0 regular, 1 blank, 2 delimiter. A table, since reading is part of every run. */
export const kinds = new Uint8Array(256)
for (const sign of '\0\t\n\f\r ') kinds[sign.charCodeAt(0)] = 1
for (const sign of '()<>[]{}/%') kinds[sign.charCodeAt(0)] = 2

const [percent, opening, closing, plus, minus, point, slash] = [37, 40, 41, 43, 45, 46, 47]
const [zero, nine, less, bracket, backslash] = [48, 57, 60, 91, 92]

/** A list, with lists in it at most: nothing that may hold a bracket of its own. */
const plainList = /\[[^[\](<%]*(?:\[[^[\](<%]*\][^[\](<%]*)*\]/y

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
    const { text, at } = this
    if (at >= text.length) return undefined
    const code = text.charCodeAt(at)
    if (code <= nine && code >= plus) {
      const number = this.number()
      if (number !== undefined) return refs && this.#isRef() ? new Ref(number) : number
    }
    if (kinds[code] === 2) {
      if (code === slash) return new Name(this.#name())
      if (code === opening) return this.#string()
      if (code === bracket) return this.#list(refs)
      if (code === less) return text.charCodeAt(at + 1) === less ? this.#dict() : this.#hex()
      this.at += 1
      return operatorOf(text[at]!)
    }
    const known = this.#operator()
    if (known !== undefined) return known
    const word = this.#word()
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : operatorOf(word)
  }

  /** Stands on a dictionary: passes over it. */
  passDict(): boolean {
    this.#skip()
    if (this.text.charCodeAt(this.at) !== less || this.text.charCodeAt(this.at + 1) !== less) return false
    this.at += 2
    for (this.#skip(); this.at < this.text.length && !this.text.startsWith('>>', this.at); this.#skip())
      this.next(false)
    this.at += 2
    return true
  }

  /** The number that stands here; undefined, and nothing but blanks is passed over, where something else does. */
  nextNumber(): number | undefined {
    this.#skip()
    const code = this.text.charCodeAt(this.at)
    return code <= nine && code >= plus ? this.number() : undefined
  }

  /** Whether a sign stands here, which is passed over. */
  passSign(sign: '[' | ']'): boolean {
    this.#skip()
    if (this.text[this.at] !== sign) return false
    this.at += 1
    return true
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

  /** The operator of one sign or two, in ASCII, that stands here: most are. */
  #operator(): Operator | undefined {
    const { text, at } = this
    const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)]
    const length = kinds[second] === 0 ? 2 : 1
    if (length === 2 && kinds[text.charCodeAt(at + 2)] === 0) return undefined
    if (first > 127 || (length === 2 && second > 127)) return undefined
    const place = length === 2 ? (first << 7) | second : first
    short[place] ??= operatorOf(text.slice(at, at + length))
    this.at = at + length
    return short[place]
  }

  #word(): string {
    const { text } = this
    const start = this.at
    let at = start
    while (kinds[text.charCodeAt(at)] === 0) at += 1
    this.at = at
    return text.slice(start, at)
  }

  /** Stands on a sign or digit: the number (§7.3.3); undefined, and nothing is read, where another word stands. */
  number(): number | undefined {
    const { text } = this
    const start = this.at
    let at = start
    let code = text.charCodeAt(at)
    if (code === minus || code === plus) code = text.charCodeAt(++at)
    let digits = 0
    let whole = 0
    let parts = 0
    for (; ; code = text.charCodeAt(++at)) {
      if (code >= zero && code <= nine) {
        whole = whole * 10 + code - zero
        parts *= 10
        digits += 1
      } else if (code === point && parts === 0) parts = 1
      else break
    }
    if (digits === 0 || kinds[code] === 0) return undefined
    this.at = at
    // Up to so many digits both are exact, and what their quotient is rounded to is the number that was written.
    if (digits > 15) return Number(text.slice(start, at))
    const value = parts > 1 ? whole / parts : whole
    return text.charCodeAt(start) === minus ? -value : value
  }

  /** Whether a number was the first half of a reference (§7.3.10); the rest of it is read then. */
  #isRef(): boolean {
    const { text } = this
    let at = this.at
    while (kinds[text.charCodeAt(at)] === 1) at += 1
    const generation = at
    while (isDigit(text.charCodeAt(at))) at += 1
    if (at === generation || generation === this.at) return false
    const behind = at
    while (kinds[text.charCodeAt(at)] === 1) at += 1
    if (at === behind || text[at] !== 'R' || kinds[text.charCodeAt(at + 1)] === 0) return false
    this.at = at + 1
    return true
  }

  #name(): string {
    this.at += 1
    const word = this.#word()
    if (!word.includes('#')) return word
    return word.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
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

  /** Where a list stands that may be passed over. */
  #listed(): Listed | undefined {
    this.#skip()
    const { text, at } = this
    plainList.lastIndex = at
    if (text.charCodeAt(at) !== bracket || !plainList.test(text)) return undefined
    this.at = plainList.lastIndex
    return new Listed(text, at)
  }

  #dict(): PdfDict {
    this.at += 2
    const dict: PdfDict = new Map()
    for (;;) {
      this.#skip()
      if (this.at >= this.text.length || this.text.startsWith('>>', this.at)) break
      const isName = this.text.charCodeAt(this.at) === slash
      const key = isName ? this.#name() : this.next()
      const value = this.#listed() ?? this.next()
      if (isName && value !== undefined) dict.set(key as string, value)
    }
    this.at += 2
    return dict
  }

  #hex(): string {
    const found = this.text.indexOf('>', this.at)
    const end = found < 0 ? this.text.length : found
    const inside = this.text.slice(this.at + 1, end)
    const digits = /\s/.test(inside) ? inside.replace(/\s/g, '') : inside
    this.at = end + 1
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1')
  }

  #string(): string {
    const { text } = this
    let out = ''
    let depth = 0
    let from = this.at + 1
    for (this.at = from; this.at < text.length; this.at += 1) {
      const code = text.charCodeAt(this.at)
      if (code === backslash) {
        out += text.slice(from, this.at) + this.#escape()
        from = this.at + 1
      } else if (code === opening) depth += 1
      else if (code === closing && depth-- === 0) break
    }
    out += text.slice(from, this.at)
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

const isDigit = (code: number): boolean => code >= zero && code <= nine
