/** A typeface: the face that text is set in, then those asked for what it lacks; words are shaped once and remembered. */
import type { Face, Glyphs, Setting } from './face.ts'
import { readAs } from './face.ts'
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
  /** Space after each letter at a size of one; words include it. */
  readonly spacing: number
  readonly shape: (text: string) => Word
}

/** Characters that only steer the setting and are never drawn: soft hyphens, joiners, marks of direction, variation selectors. */
export const invisible = /\p{Default_Ignorable_Code_Point}/gu

/** Blanks that stand in for each other where a face lacks one: it is drawn as a blank, and reads as itself. */
export const blanks = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/u

/** Without a setting, as the faces are by themselves. */
export function openTypeface(faces: readonly Face[], setting?: Setting): Typeface {
  const first = faces[0]!
  const height = (face: Face) => face.xHeight / face.unitsPerEm
  const scales = faces.map(face => (face === first ? 1 : Math.round((height(first) / height(face)) * 1000) / 1000))
  const settings = scales.map(scale => setting && { ...setting, spacing: setting.spacing / scale })
  const means: Means = { faces, scales, settings }
  // What shows digits hardly ever comes again: it is put together each time, and leaves the memory to words.
  const quickly = (text: string): Word | undefined => {
    const glyphs = setting === undefined ? first.plainly(text) : undefined
    if (glyphs === undefined) return undefined
    return { parts: [{ face: first, scale: 1, glyphs }], width: glyphs.width / first.unitsPerEm, missing: none }
  }
  const remembered = openWords(text => quickly(text) ?? shapeWord(text, means))
  const shape = (text: string): Word => (hasDigit(text) ? quickly(text) : undefined) ?? remembered(text)
  const ascent = first.ascent / first.unitsPerEm
  const descent = first.descent / first.unitsPerEm
  return { faces, ascent, descent, spacing: setting?.spacing ?? 0, shape }
}

function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) return true
  }
  return false
}

const none: readonly string[] = []

/** Faces in the order they are asked, each with its scale and setting. */
interface Means {
  readonly faces: readonly Face[]
  readonly scales: readonly number[]
  readonly settings: readonly (Setting | undefined)[]
}

function shapeWord(text: string, { faces, scales, settings }: Means): Word {
  const parts: Part[] = []
  const missing = new Set<string>()
  let width = 0
  const add = (part: Part) => {
    parts.push(part)
    width += (part.glyphs.width / part.face.unitsPerEm) * part.scale
  }
  let from = 0
  let piece = ''
  const flush = () => {
    if (piece !== '')
      add({ face: faces[from]!, scale: scales[from]!, glyphs: faces[from]!.shape(piece, settings[from]) })
    piece = ''
  }
  const take = (letter: string): boolean => {
    const found = faceFor(letter, faces)
    if (found === -1) return false
    if (found !== from) flush()
    from = found
    piece += letter
    return true
  }
  for (const stretch of stretchesOf(text)) {
    for (const letter of lettersOf(stretch)) {
      if (take(letter) || (letter.length > 1 && take(letter.normalize('NFC')))) continue
      // No face has all of it: each character by itself.
      for (const character of letter) {
        if (take(character)) continue
        if (blanks.test(character)) {
          flush()
          add(asBlank(character, faces[0]!, scales[0]!, settings[0]))
        } else missing.add(character)
      }
    }
    flush()
  }
  return { parts, width, missing: [...missing] }
}

/** Text that is shaped together: letters do not join over a zero-width non-joiner, so that Auf\u200Clage has no ligature. */
function stretchesOf(text: string): readonly string[] {
  return text.includes('\u200C') ? text.split('\u200C') : [text]
}

/** Characters that are drawn, each with the marks that follow it. */
function lettersOf(text: string): Iterable<string> {
  const shown = text.replace(invisible, '')
  return /\p{M}/u.test(shown) ? (shown.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) : shown
}

/** The first face that has the whole letter, its marks included; -1 where none has. */
function faceFor(letter: string, faces: readonly Face[]): number {
  const codePoint = letter.codePointAt(0)!
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return -1
  if (letter.length === (codePoint > 0xffff ? 2 : 1)) return faces.findIndex(face => face.covers(codePoint))
  const codePoints = [...letter].map(character => character.codePointAt(0)!)
  return faces.findIndex(face => codePoints.every(face.covers))
}

function asBlank(character: string, face: Face, scale: number, setting: Setting | undefined): Part {
  return { face, scale, glyphs: readAs(face.shape(' ', setting), character) }
}
