/** The glyphs of one face that one document shows: which codes it uses, and words written in them. */
import type { Face, Glyphs } from '../fonts/face.ts'
import type { TextMark } from '../layout/page.ts'
import { firstOther, writtenCode } from './codes.ts'
import { embedFont } from './embed.ts'
import { type Ink, inkOf, moved } from './ink.ts'
import { setsOf } from './neighbours.ts'
import type { Pen } from './pen.ts'
import { programsOf } from './program.ts'
import { number } from './strings.ts'
import type { Writer } from './writer.ts'

/** A code that one document gives out: its glyph, and the text that it reads as. */
export interface Used {
  readonly code: number
  readonly glyph: number
  readonly text: string
}

/** What a document shows of a face. */
export interface Shown {
  /** Codes of characters, as `setsOf` tells them. */
  readonly sets: readonly number[]
  /** In the order of their codes. */
  readonly others: readonly Used[]
}

/** One for each face, opened when the document first shows it. */
export class Subsets {
  readonly #writer: Writer
  readonly #subsets = new Map<Face, Subset>()
  #last: Subset | undefined
  #lastFace: Face | undefined

  constructor(writer: Writer) {
    this.#writer = writer
  }

  of(face: Face): Subset {
    if (face === this.#lastFace) return this.#last!
    let subset = this.#subsets.get(face)
    if (subset === undefined) {
      subset = new Subset(face, `F${this.#subsets.size + 1}`, this.#writer)
      this.#subsets.set(face, subset)
    }
    this.#last = subset
    this.#lastFace = face
    return subset
  }

  get all(): readonly Subset[] {
    return [...this.#subsets.values()]
  }
}

/** The glyphs of one face that one document shows. */
export class Subset {
  /** Name in the pages' resources: F1, F2, … */
  readonly name: string
  /** Number of its object. */
  readonly id: number
  readonly #face: Face
  readonly #writer: Writer
  readonly #ink: Ink
  /** Codes of characters: sixteen in each number, a bit for each. So short, it needs no memory outside of the heap. */
  readonly #used = new Uint16Array(firstOther >> 4)
  readonly #others: Others

  constructor(face: Face, name: string, writer: Writer) {
    this.name = name
    this.id = writer.reserve()
    this.#face = face
    this.#writer = writer
    this.#ink = inkOf(face, programsOf(face) !== undefined)
    this.#others = new Others(this.#ink)
  }

  /** Writes the inside of a TJ array that shows the glyphs of a mark. */
  show(mark: TextMark, pen: Pen): void {
    const face = this.#face
    // A face for signs only may have no blank, and would show a box for it.
    const shown = mark.parted === true && face.covers(0x20) ? [...mark.glyphs, face.shape(' ')] : mark.glyphs
    if (mark.spacing !== undefined) return pen.text(showSlowly(mark, shown, this.#others))
    const [ink, used] = [this.#ink, this.#used]
    let move = 0
    for (let index = 0; index < shown.length; index += 1) {
      const glyphs = shown[index]!
      if (move !== 0) pen.move(move)
      move = 0
      const written = ink.written(glyphs)
      if (written === null) {
        pen.text(showSlowly(mark, [glyphs], this.#others))
        continue
      }
      const { codes, moves } = written
      for (let at = 0; at < codes.length; at += 1) used[codes[at]! >> 4]! |= 1 << (codes[at]! & 15)
      pen.codes(codes, moves)
      if (moves !== undefined) move = moves[moves.length - 1]!
    }
  }

  /** Writes the font, when all is shown. */
  end(): void {
    const shown = { sets: setsOf(this.#used), others: this.#others.all }
    embedFont({ ink: this.#ink, id: this.id, shown }, this.#writer)
  }
}

/** Codes for what is no single character's own glyph: given out in the order of asking. */
class Others {
  readonly ink: Ink
  readonly all: Used[] = []
  readonly #codes = new Map<string, number>()

  constructor(ink: Ink) {
    this.ink = ink
  }

  code(glyph: number, text: string): number {
    const key = `${glyph} ${text}`
    let code = this.#codes.get(key)
    if (code === undefined) {
      code = (this.ink.known ? firstOther : 1) + this.all.length
      this.#codes.set(key, code)
      this.all.push({ code, glyph, text })
    }
    return code
  }
}

/** Glyph by glyph: those that stand off the line, are spaced, or have codes of this document only. */
function showSlowly(
  { face, sizePt, spacing = 0, rise = 0 }: TextMark,
  words: readonly Glyphs[],
  others: Others,
): string {
  const scale = 1000 / face.unitsPerEm
  const spaced = (spacing / sizePt) * 1000
  let out = ''
  let move = 0
  for (const { ids, advances, offsets, texts } of words) {
    for (let index = 0; index < ids.length; index += 1) {
      const offX = offsets === undefined ? 0 : offsets[index * 2]! * scale
      const offY = offsets === undefined ? 0 : offsets[index * 2 + 1]!
      const shown = writtenCode(others.code(ids[index]!, texts[index]!))
      out += moved(move - offX)
      out +=
        offY === 0
          ? shown
          : `)] TJ ${number(rise + (offY / face.unitsPerEm) * sizePt)} Ts [(${shown})] TJ ${number(rise)} Ts [(`
      move = others.ink.width(ids[index]!) + spaced - advances[index]! * scale + offX
    }
  }
  return out + moved(move)
}
