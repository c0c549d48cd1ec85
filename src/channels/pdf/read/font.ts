/** A font as a reader of text needs it: which characters its codes stand for, and how wide they are. */

import type { PdfFile } from './file.ts'
import { Lexer, Listed, Name, Operator, type PdfValue } from './lexer.ts'

/** A composite font with two-byte codes (ISO 32000-1 §9.7), the only kind that is written here. */
export class ReadFont {
  readonly #unicode: Unicode
  readonly #widths: readonly number[]
  readonly #usual: number

  constructor(font: PdfValue, file: PdfFile) {
    const encoding = file.get(font, 'Encoding')
    if (!(encoding instanceof Name) || encoding.text !== 'Identity-H')
      throw new Error('a font with an encoding that this does not read')
    this.#unicode = unicodeOf(file.get(font, 'ToUnicode'), file)
    const descendants = file.get(font, 'DescendantFonts')
    const descendant = file.resolve(Array.isArray(descendants) ? descendants[0] : undefined)
    const widths = file.entry(descendant, 'W')
    // Nearly as many codes have a width as stand for a text: room for all is made at once.
    const room = Math.min(this.#unicode.texts.length, mostRoom)
    this.#widths = scanWidths(widths, room) ?? readWidths(file.resolve(widths), file)
    const otherwise = file.get(descendant, 'DW')
    this.#usual = typeof otherwise === 'number' ? otherwise : 1000
  }

  text(code: number): string {
    return this.#unicode.texts[code] ?? ''
  }

  /** The same for a text of one unit, as most are; 0 for another one. */
  unit(code: number): number {
    const { units } = this.#unicode
    return code < units.length ? units[code]! : 0
  }

  /** In thousandths of the size. */
  width(code: number): number {
    return this.#widths[code] ?? this.#usual
  }
}

/** What the codes of a font stand for. */
interface Unicode {
  readonly texts: readonly string[]
  /** Texts of one unit, by their codes. */
  readonly units: Uint16Array
}

/**
 * All documents of a run share their CMaps, or most of a subset: what one says is read once, and told by its bytes as they lie in the
 * file. Bounded, since data chooses the subsets.
 */
const remembered = new Map<string, Unicode>()
const mostRemembered = 32

function unicodeOf(cmap: PdfValue, file: PdfFile): Unicode {
  const bytes = file.plainBytes(cmap)
  if (bytes === undefined) return readUnicode(file.contents(cmap))
  const known = remembered.get(bytes)
  if (known !== undefined) return known
  const read = readUnicode(file.contents(cmap))
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value as string)
  remembered.set(bytes, read)
  return read
}

/** The code of two bytes that stands at a place of a string. */
function codeAt(bytes: string, at: number): number {
  return (bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1)
}

/** Codes that room is made for at once. */
const mostRoom = 1024

/** `c [w1 w2 …]` and `first last w` (§9.7.4.3), read where they stand; undefined for what holds anything but numbers. */
function scanWidths(list: PdfValue | undefined, room: number): number[] | undefined {
  if (!(list instanceof Listed)) return undefined
  const widths: number[] = []
  widths.length = room
  const lexer = new Lexer(list.text, list.at)
  lexer.passSign('[')
  for (let first = lexer.nextNumber(); first !== undefined; first = lexer.nextNumber()) {
    if (lexer.passSign('[')) {
      let code = first
      for (let width = lexer.nextNumber(); width !== undefined; width = lexer.nextNumber()) {
        widths[code] = width
        code += 1
      }
      if (!lexer.passSign(']')) return undefined
    } else {
      const [last, width] = [lexer.nextNumber(), lexer.nextNumber()]
      if (last === undefined || width === undefined) return undefined
      for (let code = first; code <= last; code += 1) widths[code] = width
    }
  }
  return lexer.passSign(']') ? widths : undefined
}

/** The same in any shape, with references. */
function readWidths(list: PdfValue, file: PdfFile): number[] {
  const widths: number[] = []
  if (!Array.isArray(list)) return widths
  for (let index = 0; index < list.length; ) {
    const first = Number(list[index])
    const second = file.resolve(list[index + 1])
    if (Array.isArray(second)) {
      for (let offset = 0; offset < second.length; offset += 1) widths[first + offset] = Number(second[offset])
      index += 2
    } else {
      for (let given = first; given <= Number(second); given += 1) widths[given] = Number(list[index + 2])
      index += 3
    }
  }
  return widths
}

/** The bfchar and bfrange sections of a ToUnicode CMap (§9.10.3). */
function readUnicode(cmap: string): Unicode {
  const texts: string[] = []
  const lexer = new Lexer(cmap)
  let operands: PdfValue[] = []
  for (let value = lexer.next(false); value !== undefined; value = lexer.next(false)) {
    if (!(value instanceof Operator)) {
      operands.push(value)
      continue
    }
    const strings = operands.filter(operand => typeof operand === 'string' || Array.isArray(operand))
    if (value.text === 'endbfchar') {
      for (let index = 0; index + 1 < strings.length; index += 2)
        texts[number(strings[index]!)] = utf16(strings[index + 1]!)
    }
    if (value.text === 'endbfrange') {
      for (let index = 0; index + 2 < strings.length; index += 3) {
        const [first, last, to] = [number(strings[index]!), number(strings[index + 1]!), strings[index + 2]!]
        for (let given = first; given <= last; given += 1) texts[given] = inRange(to, given - first)
      }
    }
    operands = []
  }
  const units = new Uint16Array(Math.min(texts.length, 0x10000))
  for (let code = 0; code < units.length; code += 1)
    if (texts[code]?.length === 1) units[code] = texts[code]!.charCodeAt(0)
  return { texts, units }
}

function inRange(to: PdfValue, offset: number): string {
  if (Array.isArray(to)) return utf16(to[offset] ?? '')
  const text = utf16(to)
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + offset)
}

function number(bytes: PdfValue): number {
  return [...String(bytes)].reduce((sum, byte) => sum * 256 + byte.charCodeAt(0), 0)
}

function utf16(bytes: PdfValue): string {
  const text = String(bytes)
  let out = ''
  for (let index = 0; index + 1 < text.length; index += 2) out += String.fromCharCode(codeAt(text, index))
  return out
}
