/** What a face is in every document: which glyph a code shows, how wide it is, and words as they are written. */
import type { Face, Glyphs } from '../fonts/face.ts'
import { characterOf, codeOf, codeOfUnit, firstOther } from './codes.ts'
import { number } from './strings.ts'

export interface Ink {
  readonly face: Face
  /** Whether codes are those of characters: not in faces with PostScript outlines, whose programs have no map from codes to glyphs. */
  readonly known: boolean
  /** The glyph of a code below `firstOther`: its character's own. */
  readonly glyph: (code: number) => number
  /** The width that viewers assume for a glyph, in thousandths of the size. */
  readonly width: (glyph: number) => number
  /** Null where it takes codes that only a document gives out. */
  readonly written: (glyphs: Glyphs) => Written | null
}

/** Glyphs as they are written. */
export interface Written {
  readonly codes: readonly number[]
  /** How the pen is moved behind each, by kerning, in millionths of the size; absent where it nowhere is. */
  readonly moves: readonly number[] | undefined
}

const known = new WeakMap<Face, Ink>()

export function inkOf(face: Face, outlined: boolean): Ink {
  let ink = known.get(face)
  if (ink === undefined) {
    ink = openInk(face, outlined)
    known.set(face, ink)
  }
  return ink
}

function openInk(face: Face, outlined: boolean): Ink {
  const scale = 1000 / face.unitsPerEm
  const glyphs = new Int32Array(firstOther).fill(-1)
  const widths = new Float64Array(face.metrics.numGlyphs).fill(-1)
  const glyph = (code: number): number => {
    if (glyphs[code] === -1) {
      const character = characterOf(code).charCodeAt(0)
      glyphs[code] = face.covers(character) ? face.glyph(character) : 0
    }
    return glyphs[code]!
  }
  const width = (id: number): number => {
    if (widths[id] === -1) widths[id] = thousandth(face.advance(id) * scale)
    return widths[id]!
  }
  /** By character, as far as glyphs are their characters' own; 0 for others. */
  const codesOf = (of: Glyphs): number[] => {
    const codes = new Array<number>(of.advances.length)
    if (of.plain) {
      for (let at = 0; at < codes.length; at += 1) codes[at] = codeOfUnit(of.text.charCodeAt(at))
      return codes
    }
    const { ids, texts } = of
    for (let at = 0; at < codes.length; at += 1) {
      const code = codeOf(texts[at]!)
      codes[at] = code !== 0 && glyph(code) === ids[at] ? code : 0
    }
    return codes
  }
  const write = (of: Glyphs): Written | null => {
    const { advances } = of
    if (!outlined || of.offsets !== undefined) return null
    const codes = codesOf(of)
    let moves: number[] | undefined
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at]!
      if (code === 0) return null
      const move = width(glyph(code)) - advances[at]! * scale
      if (!isMove(move)) continue
      moves ??= new Array<number>(codes.length).fill(0)
      moves[at] = Math.round(Math.abs(move) * 1000) * Math.sign(move)
    }
    return { codes, moves }
  }
  return {
    face,
    known: outlined,
    glyph,
    width,
    written(of) {
      of.written ??= write(of)
      return of.written as Written | null
    },
  }
}

/** Ends a string, moves, and begins the next. */
export function moved(move: number): string {
  return isMove(move) ? `)${number(move)}(` : ''
}

function isMove(move: number): boolean {
  return move >= 0.0005 || move <= -0.0005
}

export function thousandth(value: number): number {
  return Math.round(value * 1000) / 1000
}
