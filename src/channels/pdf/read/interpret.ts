/** A content stream (ISO 32000-1 §7.8.2) -> where each of its glyphs stands. */
import { codeAt, type ReadFont } from './font.ts'
import { Lexer, Name, Operator, type PdfValue } from './lexer.ts'
import type { Lines } from './lines.ts'

type Matrix = readonly [number, number, number, number, number, number]

const identity: Matrix = [1, 0, 0, 1, 0, 0]

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ]
}

/** The text and graphics state that matters for where text stands (§9.3). Codes of two bytes know no word spacing (§9.3.3). */
interface State {
  ctm: Matrix
  font: ReadFont | undefined
  size: number
  characterSpace: number
  scale: number
  leading: number
}

/** Where fonts are found by their names. */
interface Fonts {
  readonly named: (name: string) => ReadFont
}

/** Tells `lines` each glyph that is shown. Everything but text is passed over. */
export function interpret(content: string, fonts: Fonts, lines: Lines): void {
  new Interpreter(fonts, lines).read(new Lexer(content))
}

class Interpreter {
  readonly #fonts: Fonts
  readonly #lines: Lines
  #state: State = { ctm: identity, font: undefined, size: 0, characterSpace: 0, scale: 1, leading: 0 }
  readonly #saved: State[] = []
  // The text matrix: the line's own, and how far the pen has gone along it since the line was begun (§9.4.2).
  #line = identity
  #gone = 0
  readonly #spot = { x: 0, y: 0, end: 0, size: 0 }
  // Kept full from operator to operator: emptied, it would be made anew for each.
  readonly #operands: PdfValue[] = []
  #given = 0

  constructor(fonts: Fonts, lines: Lines) {
    this.#fonts = fonts
    this.#lines = lines
  }

  read(lexer: Lexer): void {
    for (;;) {
      // What is marked, and how, shows nothing.
      if (lexer.passDict()) continue
      const value = lexer.next(false)
      if (value === undefined) return
      if (value instanceof Operator) {
        this.#operate(value.text)
        this.#given = 0
      } else {
        this.#operands[this.#given] = value
        this.#given += 1
      }
    }
  }

  #operate(operator: string): void {
    const state = this.#state
    const first = this.#given === 0 ? undefined : this.#operands[0]
    switch (operator) {
      case 'q':
        this.#saved.push({ ...state })
        break
      case 'Q':
        this.#state = this.#saved.pop() ?? state
        break
      case 'cm':
        state.ctm = multiply(this.#six(), state.ctm)
        break
      case 'BT':
        this.#begin(identity)
        break
      case 'Tf':
        if (first instanceof Name) state.font = this.#fonts.named(first.text)
        state.size = this.#number(1)
        break
      case 'Tc':
        state.characterSpace = this.#number(0)
        break
      case 'Tz':
        state.scale = this.#number(0) / 100
        break
      case 'TL':
        state.leading = this.#number(0)
        break
      case 'Td':
        this.#move(this.#number(0), this.#number(1))
        break
      case 'TD':
        state.leading = -this.#number(1)
        this.#move(this.#number(0), this.#number(1))
        break
      case 'Tm':
        this.#begin(this.#six())
        break
      case 'T*':
        this.#move(0, -state.leading)
        break
      case 'Tj':
        if (typeof first === 'string') this.#show(first)
        break
      case "'":
        this.#move(0, -state.leading)
        if (typeof first === 'string') this.#show(first)
        break
      case 'TJ':
        for (const part of Array.isArray(first) ? first : []) {
          if (typeof part === 'string') this.#show(part)
          else this.#gone += (-Number(part) / 1000) * state.size * state.scale
        }
        break
    }
  }

  #show(bytes: string): void {
    const { font, size, characterSpace, scale, ctm } = this.#state
    if (font === undefined) return
    // Rise (Ts) is left out: what is raised stands on the line that it was raised from.
    const [a, b, c, d, left, bottom] = ctm === identity ? this.#line : multiply(this.#line, ctm)
    const spot = this.#spot
    spot.size = size * (c === 0 ? Math.abs(d) : Math.hypot(c, d))
    // Nothing parts the glyphs of a string that runs along its line without space between them: it is told as one.
    if (b === 0 && characterSpace === 0 && a * scale > 0 && spot.size > 0) {
      let text = ''
      let width = 0
      for (let at = 0; at + 1 < bytes.length; at += 2) {
        const code = codeAt(bytes, at)
        text += font.text(code)
        width += font.width(code)
      }
      spot.x = left + this.#gone * a
      spot.y = bottom
      this.#gone += (width / 1000) * size * scale
      spot.end = left + this.#gone * a
      if (bytes.length > 1) this.#lines.add(text, spot)
      return
    }
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const code = codeAt(bytes, at)
      spot.x = left + this.#gone * a
      spot.y = bottom + this.#gone * b
      this.#gone += ((font.width(code) / 1000) * size + characterSpace) * scale
      spot.end = left + this.#gone * a
      this.#lines.add(font.text(code), spot)
    }
  }

  #begin(matrix: Matrix): void {
    this.#line = matrix
    this.#gone = 0
  }

  #move(x: number, y: number): void {
    this.#begin(multiply([1, 0, 0, 1, x, y], this.#line))
  }

  #number(index: number): number {
    return index < this.#given ? Number(this.#operands[index]) : 0
  }

  #six(): Matrix {
    return [this.#number(0), this.#number(1), this.#number(2), this.#number(3), this.#number(4), this.#number(5)]
  }
}
