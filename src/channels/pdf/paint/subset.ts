/** The glyphs of one face that one document shows: which codes it uses, and words written in them. */
import type { Face, Glyphs } from '../fonts/face.ts'
import type { TextMark } from '../layout/page.ts'
import { firstOther, writtenCode } from './codes.ts'
import { embedFont } from './embed.ts'
import { type Ink, inkOf, moved } from './ink.ts'
import { programsOf } from './program.ts'
import { number } from './strings.ts'
import type { Writer } from './writer.ts'

export interface Subset {
  /** Name in the pages' resources: F1, F2, … */
  readonly name: string
  /** Number of its object. */
  readonly id: number
  /** The inside of a TJ array that shows the glyphs of a mark. */
  readonly show: (mark: TextMark) => string
  /** Writes the font, when all is shown. */
  readonly end: () => void
}

/** A code that is used: its glyph, and the text that it reads as where the code does not say it. */
export interface Used {
  readonly code: number
  readonly glyph: number
  readonly text?: string
}

export function openSubset(face: Face, name: string, writer: Writer): Subset {
  const ink = inkOf(face, programsOf(face) !== undefined)
  const id = writer.reserve()
  const used = new Uint8Array(firstOther)
  const others = openOthers(ink)
  return {
    name,
    id,
    show(mark) {
      // A face for signs only may have no blank, and would show a box for it.
      const shown = mark.parted === true && face.covers(0x20) ? [...mark.glyphs, face.shape(' ')] : mark.glyphs
      if (mark.spacing !== undefined) return showSlowly(mark, shown, others)
      let out = ''
      let tail = ''
      for (const glyphs of shown) {
        const written = ink.written(glyphs)
        if (written === undefined) {
          out += tail + showSlowly(mark, [glyphs], others)
          tail = ''
          continue
        }
        const { body, codes } = written
        for (let at = 0; at < codes.length; at += 1) used[codes[at]!] = 1
        out += tail + body
        tail = written.tail
      }
      return out
    },
    end() {
      const all: Used[] = []
      for (let code = 1; code < firstOther; code += 1) if (used[code] === 1) all.push({ code, glyph: ink.glyph(code) })
      all.push(...others.all)
      embedFont({ ink, id, used: all }, writer)
    },
  }
}

/** Codes for what is no single character's own glyph: given out in the order of asking. */
interface Others {
  readonly ink: Ink
  readonly all: readonly Used[]
  readonly code: (glyph: number, text: string) => number
}

function openOthers(ink: Ink): Others {
  const all: Used[] = []
  const codes = new Map<string, number>()
  const first = ink.known ? firstOther : 1
  return {
    ink,
    all,
    code(glyph, text) {
      const key = `${glyph} ${text}`
      let code = codes.get(key)
      if (code === undefined) {
        code = first + all.length
        codes.set(key, code)
        all.push({ code, glyph, text })
      }
      return code
    },
  }
}

/** Glyph by glyph: those that stand off the line, are spaced, or have codes of this document only. */
function showSlowly(
  { face, sizePt, spacing = 0, rise = 0 }: TextMark,
  words: readonly Glyphs[],
  { ink, code }: Others,
): string {
  const scale = 1000 / face.unitsPerEm
  const spaced = (spacing / sizePt) * 1000
  let out = ''
  let move = 0
  for (const { ids, advances, offsets, texts } of words) {
    for (let index = 0; index < ids.length; index += 1) {
      const offX = offsets === undefined ? 0 : offsets[index * 2]! * scale
      const offY = offsets === undefined ? 0 : offsets[index * 2 + 1]!
      const shown = writtenCode(code(ids[index]!, texts[index]!))
      out += moved(move - offX)
      out +=
        offY === 0
          ? shown
          : `)] TJ ${number(rise + (offY / face.unitsPerEm) * sizePt)} Ts [(${shown})] TJ ${number(rise)} Ts [(`
      move = ink.width(ids[index]!) + spaced - advances[index]! * scale + offX
    }
  }
  return out + moved(move)
}
