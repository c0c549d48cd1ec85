/** Finished PDF -> the text that a recipient reads, in reading order. Shares no code with layout and paint, so that it can prove them. */
import { PdfFile } from './file.ts'
import type { ReadFont } from './font.ts'
import { codeAt, readFont } from './font.ts'
import { Lexer, Name, Operator, type PdfValue } from './lexer.ts'

/** Lines end with a line feed, pages are parted by a form feed. Throws for bytes that are no PDF of ours, or that the password does not open. */
export function readPdf(bytes: Uint8Array, { password }: { readonly password?: string } = {}): string {
  const file = new PdfFile(bytes, password)
  const pages = readPages(file.get(file.get(file.trailer.get('Root'), 'Pages'), 'Kids'), file)
  return pages.map(page => readPage(page, file)).join('\f')
}

/** The leaves of the page tree (ISO 32000-1 §7.7.3), in order. */
function readPages(kids: PdfValue, file: PdfFile): PdfValue[] {
  if (!Array.isArray(kids)) return []
  return kids.flatMap(kid => {
    const node = file.resolve(kid)
    const below = file.get(node, 'Kids')
    return Array.isArray(below) ? readPages(below, file) : [node]
  })
}

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

/** The text and graphics state that matters for where text stands (§9.3). */
interface State {
  ctm: Matrix
  font: ReadFont | undefined
  size: number
  characterSpace: number
  wordSpace: number
  scale: number
  leading: number
}

function readPage(page: PdfValue, file: PdfFile): string {
  const fonts = new Map<string, ReadFont>()
  const fontNamed = (name: string): ReadFont => {
    let font = fonts.get(name)
    if (font === undefined) {
      font = readFont(file.get(file.get(file.get(page, 'Resources'), 'Font'), name), file)
      fonts.set(name, font)
    }
    return font
  }
  const contents = file.get(page, 'Contents')
  const parts = Array.isArray(contents)
    ? contents.map(one => file.contents(file.resolve(one)))
    : [file.contents(contents)]
  const lines = new Lines()
  run(parts.join('\n'), fontNamed, lines)
  return lines.text()
}

function run(content: string, fontNamed: (name: string) => ReadFont, lines: Lines): void {
  let state: State = {
    ctm: identity,
    font: undefined,
    size: 0,
    characterSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
  }
  const saved: State[] = []
  let matrix = identity
  let lineMatrix = identity

  const show = (bytes: string) => {
    const { font, size } = state
    if (font === undefined) return
    // Rise (Ts) is left out: what is raised stands on the line that it was raised from.
    const [a, b, c, d, left, bottom] = multiply(matrix, state.ctm)
    const height = size * Math.hypot(c, d)
    let along = 0
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const code = codeAt(bytes, at)
      const [x, y] = [left + along * a, bottom + along * b]
      along += ((font.width(code) / 1000) * size + state.characterSpace) * state.scale
      lines.add({ text: font.text(code), x, y, end: left + along * a, size: height })
    }
    matrix = multiply([1, 0, 0, 1, along, 0], matrix)
  }
  const move = (x: number, y: number) => {
    lineMatrix = multiply([1, 0, 0, 1, x, y], lineMatrix)
    matrix = lineMatrix
  }

  const lexer = new Lexer(content)
  let operands: PdfValue[] = []
  const number = (index: number) => Number(operands[index] ?? 0)
  const six = (): Matrix => [number(0), number(1), number(2), number(3), number(4), number(5)]
  for (let value = lexer.next(false); value !== undefined; value = lexer.next(false)) {
    if (!(value instanceof Operator)) {
      operands.push(value)
      continue
    }
    const first = operands[0]
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
        matrix = identity
        lineMatrix = identity
        break
      case 'Tf':
        if (first instanceof Name) state.font = fontNamed(first.text)
        state.size = number(1)
        break
      case 'Tc':
        state.characterSpace = number(0)
        break
      case 'Tw':
        state.wordSpace = number(0)
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
        lineMatrix = six()
        matrix = lineMatrix
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
          else matrix = multiply([1, 0, 0, 1, (-Number(part) / 1000) * state.size * state.scale, 0], matrix)
        }
        break
    }
    operands = []
  }
}

/** A glyph on the page, in the page's own units. */
interface Shown {
  readonly text: string
  readonly x: number
  readonly y: number
  end: number
  readonly size: number
}

/** Glyphs in the order of showing become lines: what goes on along a baseline is one line, a gap in it a blank, a wide one a tab. */
class Lines {
  readonly #ended: string[] = []
  #line = ''
  #last: Shown | undefined

  add(shown: Shown): void {
    const last = this.#last
    if (last === undefined) {
      this.#line = shown.text
      this.#last = shown
      return
    }
    const goesOn =
      Math.abs(shown.y - last.y) < 0.35 * Math.min(shown.size, last.size) && shown.x > last.end - 0.5 * shown.size
    if (!goesOn) {
      const line = this.#line.trimEnd()
      if (line !== '') this.#ended.push(line)
      this.#line = ''
    } else {
      const gap = (shown.x - last.end) / shown.size
      if (gap > 1.5) this.#line = `${this.#line.trimEnd()}\t`
      else if (gap > 0.15 && !/\s$/.test(this.#line)) this.#line += ' '
      // A mark is set back over its letter, and does not end before it.
      if (last.end > shown.end) shown.end = last.end
    }
    this.#line += shown.text
    this.#last = shown
  }

  text(): string {
    return [...this.#ended, this.#line].join('\n').trimEnd()
  }
}
