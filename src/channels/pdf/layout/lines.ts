/** Text -> lines: as many unbroken stretches as fit, words that are too long cut, each line with its height and baseline. */
import type { Face, Glyphs } from '../fonts/face.ts'
import type { Word } from '../fonts/typeface.ts'
import type { Bit, Chunk, LineOptions } from './chunks.ts'
import { chunksOf, epsilon } from './chunks.ts'
import { canCut, cut, partAt } from './cut.ts'
import type { Decimal } from './decimal.ts'
import type { Atom, Inline, Link } from './inline.ts'
import type { TypeStyle } from './looks.ts'
import type { Role } from './page.ts'

/** Words of a line in one style. */
export interface Run {
  readonly type: TypeStyle
  readonly role: Role
  readonly link?: Link | undefined
  /** Its one word is a reserve, to be replaced by the atom's text. */
  readonly atom?: Atom | undefined
  /** Of an atom: pages counted on from it. */
  readonly offset?: number | undefined
  readonly words: readonly Word[]
  /** Of a run that is all of its line: its words as one text, where they are of one face. */
  readonly whole?: Whole | undefined
}

/** Words of one face, as they are drawn. */
export interface Whole {
  readonly face: Face
  readonly scale: number
  readonly glyphs: readonly Glyphs[]
}

export interface Line {
  readonly runs: readonly Run[]
  /** Of the words, blanks at the end left out. */
  readonly widthPt: number
  readonly heightPt: number
  /** From the top of the line. */
  readonly baselinePt: number
  /** What the line may be aligned within. */
  readonly roomPt: number
  readonly align: TypeStyle['align']
  readonly decimal?: Decimal | undefined
  /** A blank, or an end that was wanted, parts it from the next line of its paragraph. */
  readonly parted?: boolean
}

export function setLines(inlines: readonly Inline[], options: LineOptions): Line[] {
  const { roomPt } = options
  const within = { ...options, roomPt: roomPt - overhang(inlines) }
  const lines = fillLines(chunksOf(inlines, within), within)
  return within.roomPt === roomPt ? lines : lines.map(line => ({ ...line, roomPt }))
}

/** How far the last letter of a line reaches beyond the pen, where letters are set tighter than they are. */
function overhang(inlines: readonly Inline[]): number {
  let most = 0
  for (const { type } of inlines) most = Math.max(most, -type.typeface.spacing * type.sizePt)
  return most
}

/** The widest unbreakable stretch, and the widest line if there is no end of room. */
export function extent(inlines: readonly Inline[], options: LineOptions): { least: number; most: number } {
  let least = 0
  let most = 0
  let line = 0
  for (const chunk of chunksOf(inlines, { ...options, roomPt: Number.POSITIVE_INFINITY })) {
    least = Math.max(least, chunk.width + (chunk.hyphen?.width ?? 0))
    line += chunk.width
    most = Math.max(most, line)
    line = chunk.ends ? 0 : line + (chunk.blank?.width ?? 0)
  }
  const beyond = overhang(inlines)
  return { least: least + beyond, most: most + beyond }
}

/** One line of known text in one style, such as a list's number. */
export function setOneLine(text: string, role: Role, options: LineOptions): Line | undefined {
  return setLines([{ text, type: { ...options.type, whiteSpace: 'nowrap' }, role }], options)[0]
}

/** More lines than this in a row do not end with a hyphen, but where a word would not fit on a line of its own. */
const mostHyphens = 2

/** A line that is filled but for this part of its room is not filled further by parting a word. */
const leastGap = 0.15

/** A line that is filled for this part of its room ends where its word has a hyphen of its own, rather than inside a part of it. */
const leastAtHyphen = 0.5

/** First fit. Every chunk is visited once, and again only where it is parted or a hyphen does not fit. */
function fillLines(chunks: readonly Chunk[], options: LineOptions): Line[] {
  const lines: Line[] = []
  const { roomPt } = options
  const waiting = [...chunks].reverse()
  let line: Chunk[] = []
  let width = 0
  let hyphens = 0
  const blankAfter = () => line.at(-1)?.blank?.width ?? 0
  const hyphenFits = () => width + (line.at(-1)?.hyphen?.width ?? 0) <= roomPt + epsilon
  const end = (atBreak: boolean) => {
    hyphens = atBreak && line.at(-1)?.hyphen !== undefined ? hyphens + 1 : 0
    lines.push(finish(line, { atBreak, goesOn: waiting.length > 0 }, options))
    line = []
    width = 0
  }
  /** What of a chunk that does not fit may stand on this line all the same; never the end of the paragraph's last word. */
  const part = (chunk: Chunk, left: number) => {
    if (line.at(-1)?.blank === undefined && width >= roomPt * leastAtHyphen && hyphenFits()) return
    const overlong = chunk.width > roomPt + epsilon
    if (overlong && isFigure(chunk)) options.torn?.(chunk.width, chunk.bits[0]!.inline.role)
    if (!overlong && (hyphens >= mostHyphens || left < roomPt * leastGap || chunk.ends || waiting.length === 0)) return
    return partAt(chunk, left, options)
  }
  for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
    const left = roomPt - width - blankAfter()
    if (line.length > 0 && chunk.width > left + epsilon) {
      const parts = part(chunk, left)
      if (parts !== undefined) {
        line.push(parts[0])
        width = roomPt - left + parts[0].width
        waiting.push(parts[1])
        end(true)
        continue
      }
      waiting.push(chunk)
      while (line.length > 1 && !hyphenFits()) {
        const last = line.pop()!
        waiting.push(last)
        width -= last.width + blankAfter()
      }
      end(hyphenFits())
      continue
    }
    if (chunk.width > roomPt + epsilon && canCut(chunk)) {
      if (isFigure(chunk)) options.torn?.(chunk.width, chunk.bits[0]!.inline.role)
      waiting.push(...cut(chunk, options).reverse())
      continue
    }
    width += (line.length === 0 ? 0 : blankAfter()) + chunk.width
    line.push(chunk)
    if (chunk.ends) end(false)
  }
  if (line.length > 0) end(false)
  return lines
}

/** Digits and what stands among them; a sign of currency may be a letter. */
function isFigure({ bits }: Chunk): boolean {
  const text = bits.map(bit => bit.text).join('')
  return /\d/.test(text) && !/\p{L}{4}/u.test(text)
}

/** How a line ends: where a hyphen shows it or not, and whether the paragraph goes on. */
interface Ending {
  readonly atBreak: boolean
  readonly goesOn: boolean
}

function finish(chunks: readonly Chunk[], { atBreak, goesOn }: Ending, { type, roomPt, decimal }: LineOptions): Line {
  const bits: Bit[] = []
  chunks.forEach((chunk, index) => {
    bits.push(...chunk.bits)
    const last = index === chunks.length - 1
    if (!last && chunk.blank !== undefined) bits.push(chunk.blank)
    if (last && atBreak && chunk.hyphen !== undefined) bits.push(chunk.hyphen)
  })
  let { above, below } = leadingOf(type)
  const runs: { -readonly [K in keyof Run]: K extends 'words' ? Word[] : Run[K] }[] = []
  let widthPt = 0
  let previous: Inline | undefined
  for (const { inline, word, width } of bits) {
    const run = runs.at(-1)
    widthPt += width
    const joins = run !== undefined && inline.atom === undefined && run.atom === undefined
    if (
      joins &&
      (inline === previous || (inline.type === run.type && inline.role === run.role && inline.link === run.link))
    ) {
      run.words.push(word)
    } else {
      const { type: own, role, link, atom, offset } = inline
      runs.push({ type: own, role, link, atom, offset, words: [word] })
      if (own.script === undefined) {
        const leading = leadingOf(own)
        above = Math.max(above, leading.above)
        below = Math.max(below, leading.below)
      }
    }
    previous = inline
  }
  // Space after the last letter would move what is set to the right.
  if (previous !== undefined) widthPt -= previous.type.typeface.spacing * previous.type.sizePt
  const end = chunks.at(-1)
  const parted = goesOn && (end?.blank !== undefined || end?.ends === true)
  return { runs, widthPt, heightPt: above + below, baselinePt: above, roomPt, align: type.align, decimal, parted }
}

/** How far a line reaches above and below the baseline: half of the leading goes to either side (CSS 2.2 §10.8.1). */
export function leadingOf({ typeface, sizePt, leading }: TypeStyle): { above: number; below: number } {
  const height = 'pt' in leading ? leading.pt : leading.times * sizePt
  const ascent = typeface.ascent * sizePt
  const descent = typeface.descent * sizePt
  const half = (height - ascent - descent) / 2
  return { above: ascent + half, below: descent + half }
}
