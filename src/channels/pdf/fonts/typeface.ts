/** A typeface: the face that text is set in, then those asked for what it lacks; words are shaped once and remembered. */
import type { Face, Glyphs } from './face.ts'
import { openWords } from './words.ts'

/** Text of a word in one face. */
export interface Part {
  readonly face: Face
  /** What the size is multiplied by, so that a fallback's small letters are as high as the first face's. */
  readonly scale: number
  readonly glyphs: Glyphs
}

export interface Word {
  readonly parts: readonly Part[]
  /** Width at a size of one. */
  readonly width: number
  /** Characters that no face has, each once. They are not drawn. */
  readonly missing: readonly string[]
}

export interface Typeface {
  /** In the order they are asked. */
  readonly faces: readonly Face[]
  /** Ascent and descent of the first face at a size of one. */
  readonly ascent: number
  readonly descent: number
  readonly shape: (text: string) => Word
}

/** Characters that only steer the setting and are never drawn: soft hyphens, joiners, marks of direction, variation selectors. */
export const invisible = /\p{Default_Ignorable_Code_Point}/gu

/** Blanks that stand in for each other where a face lacks one: it is drawn as a blank, and reads as itself. */
export const blanks = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/u

export function openTypeface(faces: readonly Face[]): Typeface {
  const first = faces[0]!
  const height = (face: Face) => face.xHeight / face.unitsPerEm
  const scales = faces.map(face => (face === first ? 1 : Math.round((height(first) / height(face)) * 1000) / 1000))
  const shape = openWords(text => shapeWord(text, faces, scales))
  return { faces, ascent: first.ascent / first.unitsPerEm, descent: first.descent / first.unitsPerEm, shape }
}

function shapeWord(text: string, faces: readonly Face[], scales: readonly number[]): Word {
  const parts: Part[] = []
  const missing = new Set<string>()
  let width = 0
  const add = (from: number, piece: string) => {
    const face = faces[from]!
    const scale = scales[from]!
    const glyphs = face.shape(piece)
    parts.push({ face, scale, glyphs })
    width += (glyphs.width / face.unitsPerEm) * scale
  }
  let from = 0
  let piece = ''
  for (const character of text.replace(invisible, '')) {
    const found = faceFor(character, faces, piece === '' ? undefined : from)
    if (found === -1 && blanks.test(character)) {
      const blank = asBlank(character, faces[0]!, scales[0]!)
      if (piece !== '') add(from, piece)
      piece = ''
      parts.push(blank)
      width += (blank.glyphs.width / blank.face.unitsPerEm) * blank.scale
    } else if (found === -1) missing.add(character)
    else {
      if (found !== from && piece !== '') {
        add(from, piece)
        piece = ''
      }
      from = found
      piece += character
    }
  }
  if (piece !== '') add(from, piece)
  return { parts, width, missing: [...missing] }
}

/** The first face that has the character; marks stay with the letter they belong to where its face has them. */
function faceFor(character: string, faces: readonly Face[], current: number | undefined): number {
  const codePoint = character.codePointAt(0)!
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return -1
  if (current !== undefined && faces[current]!.covers(codePoint) && /\p{M}/u.test(character)) return current
  return faces.findIndex(face => face.covers(codePoint))
}

function asBlank(character: string, face: Face, scale: number): Part {
  const space = face.shape(' ')
  return { face, scale, glyphs: { ...space, texts: [character] } }
}
