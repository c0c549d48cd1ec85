/** Text of one style -> lines, the short way: most of what documents say needs no bits, chunks and places where words could be parted. */

import { holdsBlank, owned } from '../../../model/index.ts'
import type { Glyphs } from '../fonts/face.ts'
import type { Word } from '../fonts/typeface.ts'
import type { Node } from '../markup/tree.ts'
import { breaksOf, isPlain } from './breaks.ts'
import type { LineOptions } from './chunks.ts'
import { epsilon } from './chunks.ts'
import type { Build, Inside } from './context.ts'
import { metLately } from './lately.ts'
import type { Line, Whole } from './lines.ts'
import { leadingOf } from './lines.ts'
import type { TypeStyle } from './looks.ts'
import type { Role } from './page.ts'

/** A text in its style: stretches that are not broken, each but the last followed by a blank or by nothing. */
interface Phrase {
  readonly words: readonly Word[]
  /** Whether a blank follows, and whether what follows stays on the line. */
  readonly blanks: readonly boolean[]
  readonly glued: readonly boolean[]
  readonly blank: Word
  /** All of it on one line, blanks included, and the same as one text: made once where a text comes again. */
  readonly line: readonly Word[]
  readonly whole: Whole | undefined
  readonly widthPt: number
}

type PhraseOptions = Pick<LineOptions, 'type' | 'roomPt' | 'decimal'>

/** Lines of contents that are one text, or none; undefined for others, and for what takes more than this knows. */
export function phraseLines(
  nodes: readonly Node[],
  { type, role }: Inside,
  roomPt: number,
  { decimal }: Pick<Build, 'decimal'>,
): readonly Line[] | undefined {
  const [only] = nodes
  if (only === undefined) return []
  if (nodes.length > 1 || typeof only !== 'string') return undefined
  return setPhrase(only, role, { type, roomPt, decimal: type.align === 'decimal' ? decimal : undefined })
}

/** Lines as `setLines` sets them; undefined for what takes more than this knows: the long way is the same, only longer. */
export function setPhrase(text: string, role: Role, options: PhraseOptions): Line[] | undefined {
  const { type, roomPt } = options
  if (type.whiteSpace === 'pre-line' || type.script !== undefined || type.typeface.spacing !== 0) return undefined
  const phrase = phraseOf(text, type)
  if (phrase === undefined) return undefined
  if (phrase.words.length === 0) return []
  if (phrase.widthPt <= roomPt + epsilon)
    return [lineOf(phrase.line, phrase.widthPt, role, false, options, phrase.whole)]
  return type.hyphens === 'none' ? filled(phrase, role, options) : undefined
}

function lineOf(
  words: readonly Word[],
  widthPt: number,
  role: Role,
  parted: boolean,
  { type, roomPt, decimal }: PhraseOptions,
  whole: Whole | undefined,
): Line {
  const { above, below } = leadingOf(type)
  return {
    runs: [{ type, role, link: undefined, atom: undefined, offset: undefined, words, whole }],
    widthPt,
    heightPt: above + below,
    baselinePt: above,
    roomPt,
    align: type.align,
    decimal,
    parted,
  }
}

/** First fit. Undefined where something is wider than a line. */
function filled({ words, blanks, glued, blank }: Phrase, role: Role, options: PhraseOptions): Line[] | undefined {
  const { type, roomPt } = options
  const blankPt = blank.width * type.sizePt
  const lines: Line[] = []
  let line: Word[] = []
  let widthPt = 0
  let blankAfter = false
  for (let at = 0; at < words.length; ) {
    let to = at
    let groupPt = words[at]!.width * type.sizePt
    while (glued[to] === true) {
      to += 1
      groupPt += (blanks[to - 1] === true ? blankPt : 0) + words[to]!.width * type.sizePt
    }
    if (groupPt > roomPt + epsilon) return undefined
    const gapPt = blankAfter ? blankPt : 0
    if (line.length > 0 && groupPt > roomPt - widthPt - gapPt + epsilon) {
      lines.push(lineOf(line, widthPt, role, blankAfter, options, wholeOf(line)))
      line = []
      widthPt = 0
    } else if (line.length > 0 && blankAfter) {
      line.push(blank)
      widthPt += blankPt
    }
    for (; at <= to; at += 1) {
      line.push(words[at]!)
      if (at < to && blanks[at] === true) line.push(blank)
    }
    widthPt += groupPt
    blankAfter = blanks[to] === true
  }
  lines.push(lineOf(line, widthPt, role, false, options, wholeOf(line)))
  return lines
}

/**
 * Phrases of a generation, of all styles together: a template says the same in every document, but in as many styles as it has and in
 * each language. A phrase takes about 800 bytes.
 */
const mostPhrases = 1_500

/** By style and text; null for what takes more than this knows. A style that is dropped takes its phrases with it. */
type Memory = WeakMap<TypeStyle, Map<string, Phrase | null>>

/** Two generations: when the young one is full it becomes the old one, and what is asked for again comes back from there. */
let young: Memory = new WeakMap()
let old: Memory = new WeakMap()
let inYoung = 0

/** What shows digits comes again in every row, as dates do, or never: it is remembered when it is met for the second time. */
function phraseOf(text: string, type: TypeStyle): Phrase | undefined {
  const signs = signsIn(text)
  // Not looked for either: most figures never come again.
  if ((signs & figures) !== 0 && !metLately(text)) return readPhrase(text, signs, type) ?? undefined
  const known = young.get(type)?.get(text)
  if (known !== undefined) return known ?? undefined
  const before = old.get(type)?.get(text)
  const phrase = before === undefined ? readPhrase(text, signs, type) : before
  remember(text, type, phrase)
  return phrase ?? undefined
}

function remember(text: string, type: TypeStyle, phrase: Phrase | null): void {
  if (inYoung === mostPhrases) {
    old = young
    young = new WeakMap()
    inYoung = 0
  }
  let ofType = young.get(type)
  if (ofType === undefined) {
    ofType = new Map()
    young.set(type, ofType)
  }
  ofType.set(owned(text), phrase)
  inYoung += 1
}

/** How many phrases of a style are remembered, for the test that they are bounded. */
export function rememberedPhrases(type: TypeStyle): number {
  return (young.get(type)?.size ?? 0) + (old.get(type)?.size ?? 0)
}

/** Amounts, dates and names of columns are one word, and most cells hold no more. */
function ofOne(word: Word, blank: Word, sizePt: number): Phrase | null {
  if (word.missing.length > 0 || blank.missing.length > 0) return null
  const words = [word]
  return { words, blanks: one, glued: one, blank, line: words, whole: wholeOf(words), widthPt: word.width * sizePt }
}

const one: readonly boolean[] = [false]

/** Undefined for words of several faces. */
function wholeOf(words: readonly Word[]): Whole | undefined {
  const first = words[0]?.parts[0]
  if (first === undefined) return undefined
  const { face, scale } = first
  const glyphs = new Array<Glyphs>(words.length)
  for (let at = 0; at < words.length; at += 1) {
    const { parts } = words[at]!
    const [part] = parts
    if (parts.length !== 1 || part!.face !== face || part!.scale !== scale) return undefined
    glyphs[at] = part!.glyphs
  }
  return { face, scale, glyphs }
}

/** What a text has: digits, blanks, and what takes more than this knows: ends of lines that are wanted, and what only steers the setting. */
const [figures, spaces, unusual] = [1, 2, 4] as const
const signsOf = new Uint8Array(0x100)
for (const sign of '0123456789') signsOf[sign.charCodeAt(0)] = figures
for (const sign of ' \t\r\n\f') signsOf[sign.charCodeAt(0)] = spaces
for (const sign of '\u0085\u00AD') signsOf[sign.charCodeAt(0)] = unusual

/** Found in one pass, since every cell asks. */
function signsIn(text: string): number {
  let signs = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x100) signs |= signsOf[code]!
    else if (code === 0x2028 || code === 0x2029) signs |= unusual
  }
  return signs
}

/** Blanks that are one, or none. */
const joining = /[\t\r\n\f]|^ | $| {2}/

/** Longer words are shaped in pieces. */
const longest = 64

/** Null for what takes more than this knows. */
function readPhrase(said: string, signs: number, type: TypeStyle): Phrase | null {
  if ((signs & unusual) !== 0) return null
  const { typeface, sizePt } = type
  const space = typeface.shape(' ')
  if ((signs & spaces) === 0 && said !== '' && said.length <= longest && isPlain(said))
    return ofOne(typeface.shape(said), space, sizePt)
  const text = joining.test(said) ? said.replace(/[ \t\r\n\f]+/g, ' ').replace(/^ | $/g, '') : said
  if (text === '') return { words: [], blanks: [], glued: [], blank: space, line: [], whole: undefined, widthPt: 0 }
  const nowrap = type.whiteSpace === 'nowrap'
  const breaks = breaksOf(text)
  // As long as they become: arrays that grow keep room for sixteen.
  const words = new Array<Word>(breaks.length)
  const blanks = new Array<boolean>(breaks.length)
  const glued = new Array<boolean>(breaks.length)
  const line = new Array<Word>(breaks.length * 2)
  let shown = 0
  let widthPt = 0
  let from = 0
  for (let at = 0; at < breaks.length; at += 1) {
    const to = breaks[at]!
    const spaced = text.charCodeAt(to - 1) === 0x20
    const end = spaced ? to - 1 : to
    if (end === from || end - from > longest) return null
    const word = typeface.shape(text.slice(from, end))
    if (word.missing.length > 0) return null
    words[at] = word
    blanks[at] = spaced
    glued[at] = to < text.length && (nowrap || (spaced && holdsBlank(text, end, to, type.lang)))
    line[shown++] = word
    widthPt += word.width * sizePt
    if (spaced) {
      line[shown++] = space
      widthPt += space.width * sizePt
    }
    from = to
  }
  if (space.missing.length > 0) return null
  line.length = shown
  return { words, blanks, glued, blank: space, line, whole: wholeOf(line), widthPt }
}
