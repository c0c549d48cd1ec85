/** What a face is in every document: which glyph a code shows, how wide it is, and words as they are written. */
import type { Face, Glyphs } from '../fonts/face.ts'
import { characterOf, codeOf, firstOther } from './codes.ts'
import { number } from './strings.ts'

export interface Ink {
  readonly face: Face
  /** Whether codes are those of characters: not in faces with PostScript outlines, whose programs have no map from codes to glyphs. */
  readonly known: boolean
  /** The glyph of a code below `firstOther`: its character's own. */
  readonly glyph: (code: number) => number
  /** The width that viewers assume for a glyph, in thousandths of the size. */
  readonly width: (glyph: number) => number
  /** Undefined where it takes codes that only a document gives out. */
  readonly written: (glyphs: Glyphs) => Written | undefined
}

/** Glyphs as they are written. */
export interface Written {
  readonly codes: readonly number[]
  /** How the pen is moved behind each, by kerning, in millionths of the size; absent where it nowhere is. */
  readonly moves: readonly number[] | undefined
}

/** What is kept with glyphs: by their texts, since blanks that stand in for others are copies with texts of their own. */
interface Kept {
  readonly texts: Glyphs['texts']
  readonly written: Written | undefined
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
  const write = ({ ids, advances, offsets, texts }: Glyphs): Written | undefined => {
    if (!outlined || offsets !== undefined) return undefined
    const codes = new Array<number>(ids.length)
    let moves: number[] | undefined
    for (let at = 0; at < ids.length; at += 1) {
      const code = codeOf(texts[at]!)
      if (code === 0 || glyph(code) !== ids[at]) return undefined
      codes[at] = code
      const move = width(ids[at]!) - advances[at]! * scale
      if (!isMove(move)) continue
      moves ??= new Array<number>(ids.length).fill(0)
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
      const kept = of.written as Kept | undefined
      if (kept !== undefined && kept.texts === of.texts) return kept.written
      const written = write(of)
      of.written = { texts: of.texts, written } satisfies Kept
      return written
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
