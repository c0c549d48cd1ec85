/** A content stream (ISO 32000-1 §7.8.2) -> where each of its glyphs stands. */
import type { ReadFont } from './font.ts'
import type { Lines } from './lines.ts'
import { type Part, Scanner, wordCode } from './scanner.ts'

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
  new Interpreter(content, fonts, lines).read()
}

const [save, restore, concatenate, begin, setFont] = ['q', 'Q', 'cm', 'BT', 'Tf'].map(wordCode)
const [setSpace, setScale, setLeading, move, moveLeading] = ['Tc', 'Tz', 'TL', 'Td', 'TD'].map(wordCode)
const [setMatrix, nextLine, show, showNext, showAll] = ['Tm', 'T*', 'Tj', "'", 'TJ'].map(wordCode)

class Interpreter {
  readonly #fonts: Fonts
  readonly #lines: Lines
  #state: State = { ctm: identity, font: undefined, size: 0, characterSpace: 0, scale: 1, leading: 0 }
  readonly #saved: State[] = []
  // The text matrix: the line's own, and how far the pen has gone along it since the line was begun (§9.4.2).
  readonly #line: [number, number, number, number, number, number] = [1, 0, 0, 1, 0, 0]
  #gone = 0
  readonly #spot = { x: 0, y: 0, size: 0 }
  readonly #scanner: Scanner

  constructor(content: string, fonts: Fonts, lines: Lines) {
    this.#fonts = fonts
    this.#lines = lines
    this.#scanner = new Scanner(content)
  }

  read(): void {
    while (this.#scanner.next()) this.#operate()
  }

  #operate(): void {
    const state = this.#state
    const scanner = this.#scanner
    switch (scanner.operator) {
      case move:
        return this.#move(scanner.number(0), scanner.number(1))
      case showAll:
      case show:
        return this.#showAll()
      case begin:
        return this.#begin(identity)
      case setFont:
        if (scanner.name !== '') state.font = this.#fonts.named(scanner.name)
        state.size = scanner.number(1)
        return
      case save:
        this.#saved.push({ ...state })
        return
      case restore:
        this.#state = this.#saved.pop() ?? state
        return
      case concatenate:
        state.ctm = multiply(this.#six(), state.ctm)
        return
      case setSpace:
        state.characterSpace = scanner.number(0)
        return
      case setScale:
        state.scale = scanner.number(0) / 100
        return
      case setLeading:
        state.leading = scanner.number(0)
        return
      case moveLeading:
        state.leading = -scanner.number(1)
        return this.#move(scanner.number(0), scanner.number(1))
      case setMatrix:
        return this.#begin(this.#six())
      case nextLine:
        return this.#move(0, -state.leading)
      case showNext:
        this.#move(0, -state.leading)
        return this.#showAll()
    }
  }

  /** Strings, and between them how far the pen is moved back, in thousandths of the size. */
  #showAll(): void {
    const { parts, parted } = this.#scanner
    const { size, scale } = this.#state
    for (let at = 0; at < parted; at += 1) {
      const part = parts[at]!
      if (part.from < part.to) this.#show(part)
      else if (part.back !== 0) this.#gone += (-part.back / 1000) * size * scale
    }
  }

  #show({ bytes, from, to }: Part): void {
    const { font, size, characterSpace, scale, ctm } = this.#state
    if (font === undefined) return
    // Rise (Ts) is left out: what is raised stands on the line that it was raised from.
    const line = ctm === identity ? this.#line : multiply(this.#line, ctm)
    const [a, b, c, d] = [line[0], line[1], line[2], line[3]]
    const lines = this.#lines
    const spot = this.#spot
    spot.size = size * (c === 0 ? Math.abs(d) : Math.hypot(c, d))
    // Nothing parts the glyphs of a string that runs along its line without space between them: it is told as one.
    if (b === 0 && characterSpace === 0 && a * scale > 0 && spot.size > 0) {
      if (from + 1 >= to) return
      spot.x = line[4] + this.#gone * a
      spot.y = line[5]
      lines.begin(spot)
      let width = 0
      for (let at = from; at + 1 < to; at += 2) {
        const code = (bytes[at]! << 8) | bytes[at + 1]!
        const unit = font.unit(code)
        if (unit === 0) lines.add(font.text(code))
        else lines.put(unit)
        width += font.width(code)
      }
      this.#gone += (width / 1000) * size * scale
      lines.end(line[4] + this.#gone * a)
      return
    }
    for (let at = from; at + 1 < to; at += 2) {
      const code = (bytes[at]! << 8) | bytes[at + 1]!
      spot.x = line[4] + this.#gone * a
      spot.y = line[5] + this.#gone * b
      lines.begin(spot)
      lines.add(font.text(code))
      this.#gone += ((font.width(code) / 1000) * size + characterSpace) * scale
      lines.end(line[4] + this.#gone * a)
    }
  }

  #begin(matrix: Matrix): void {
    for (let at = 0; at < matrix.length; at += 1) this.#line[at] = matrix[at]!
    this.#gone = 0
  }

  /** From where the line was begun, in its own units. */
  #move(x: number, y: number): void {
    const line = this.#line
    line[4] += x * line[0] + y * line[2]
    line[5] += x * line[1] + y * line[3]
    this.#gone = 0
  }

  #six(): Matrix {
    const scanner = this.#scanner
    const [a, b, c] = [scanner.number(0), scanner.number(1), scanner.number(2)]
    return [a, b, c, scanner.number(3), scanner.number(4), scanner.number(5)]
  }
}
