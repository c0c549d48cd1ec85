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

/** Tells `lines` each glyph that is shown. Everything but text is passed over. */
export function interpret(content: string, fontNamed: (name: string) => ReadFont, lines: Lines): void {
  let state: State = {
    ctm: identity,
    font: undefined,
    size: 0,
    characterSpace: 0,
    scale: 1,
    leading: 0,
  }
  const saved: State[] = []
  // The text matrix: the line's own, and how far the pen has gone along it since the line was begun (§9.4.2).
  let line = identity
  let gone = 0
  const spot = { x: 0, y: 0, end: 0, size: 0 }

  const show = (bytes: string) => {
    const { font, size, characterSpace, scale, ctm } = state
    if (font === undefined) return
    // Rise (Ts) is left out: what is raised stands on the line that it was raised from.
    const [a, b, c, d, left, bottom] = ctm === identity ? line : multiply(line, ctm)
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
      spot.x = left + gone * a
      spot.y = bottom
      gone += (width / 1000) * size * scale
      spot.end = left + gone * a
      if (bytes.length > 1) lines.add(text, spot)
      return
    }
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const code = codeAt(bytes, at)
      spot.x = left + gone * a
      spot.y = bottom + gone * b
      gone += ((font.width(code) / 1000) * size + characterSpace) * scale
      spot.end = left + gone * a
      lines.add(font.text(code), spot)
    }
  }
  const begin = (matrix: Matrix) => {
    line = matrix
    gone = 0
  }
  const move = (x: number, y: number) => begin(multiply([1, 0, 0, 1, x, y], line))

  const lexer = new Lexer(content)
  // Kept full from operator to operator: emptied, it would be made anew for each.
  const operands: PdfValue[] = []
  let given = 0
  const number = (index: number) => (index < given ? Number(operands[index]) : 0)
  const six = (): Matrix => [number(0), number(1), number(2), number(3), number(4), number(5)]
  for (;;) {
    // What is marked, and how, shows nothing.
    if (lexer.passDict()) continue
    const value = lexer.next(false)
    if (value === undefined) return
    if (!(value instanceof Operator)) {
      operands[given++] = value
      continue
    }
    const first = given === 0 ? undefined : operands[0]
    switch (value.text) {
      case 'q':
        saved.push({ ...state })
        break
      case 'Q':
        state = saved.pop() ?? state
        break
      case 'cm':
        state.ctm = multiply(six(), state.ctm)
        break
      case 'BT':
        begin(identity)
        break
      case 'Tf':
        if (first instanceof Name) state.font = fontNamed(first.text)
        state.size = number(1)
        break
      case 'Tc':
        state.characterSpace = number(0)
        break
      case 'Tz':
        state.scale = number(0) / 100
        break
      case 'TL':
        state.leading = number(0)
        break
      case 'Td':
        move(number(0), number(1))
        break
      case 'TD':
        state.leading = -number(1)
        move(number(0), number(1))
        break
      case 'Tm':
        begin(six())
        break
      case 'T*':
        move(0, -state.leading)
        break
      case 'Tj':
        if (typeof first === 'string') show(first)
        break
      case "'":
        move(0, -state.leading)
        if (typeof first === 'string') show(first)
        break
      case 'TJ':
        for (const part of Array.isArray(first) ? first : []) {
          if (typeof part === 'string') show(part)
          else gone += (-Number(part) / 1000) * state.size * state.scale
        }
        break
    }
    given = 0
  }
}
