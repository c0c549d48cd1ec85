/** Text of one style -> lines, the short way: most of what documents say needs no bits, chunks and places where words could be parted. */

import { holdsBlank, owned } from '../../../model/index.ts'
import type { Word } from '../fonts/typeface.ts'
import type { Node } from '../markup/tree.ts'
import { breaksOf, isPlain } from './breaks.ts'
import type { LineOptions } from './chunks.ts'
import { epsilon } from './chunks.ts'
import type { Build, Inside } from './context.ts'
import { metLately } from './lately.ts'
import type { Line } from './lines.ts'
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
  /** All of it on one line. */
  readonly line: { readonly words: readonly Word[]; readonly widthPt: number }
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
  if (phrase.line.widthPt <= roomPt + epsilon) return [lineOf(phrase.line, role, false, options)]
  return type.hyphens === 'none' ? filled(phrase, role, options) : undefined
}

function lineOf(
  { words, widthPt }: Phrase['line'],
  role: Role,
  parted: boolean,
  { type, roomPt, decimal }: PhraseOptions,
): Line {
  const { above, below } = leadingOf(type)
  return {
    runs: [{ type, role, link: undefined, atom: undefined, offset: undefined, words }],
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
      lines.push(lineOf({ words: line, widthPt }, role, blankAfter, options))
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
  lines.push(lineOf({ words: line, widthPt }, role, false, options))
  return lines
}

/** Phrases remembered for a style: a template says the same in every document. */
const mostPhrases = 500

/** By their texts; null for what takes more than this knows. */
interface Memory {
  young: Map<string, Phrase | null>
  old: Map<string, Phrase | null>
}

const remembered = new WeakMap<TypeStyle, Memory>()
const digit = /[0-9]/

/** What shows digits comes again in every row, as dates do, or never: it is remembered when it is met for the second time. */
function phraseOf(text: string, type: TypeStyle): Phrase | undefined {
  const figure = digit.test(text)
  let memory = remembered.get(type)
  if (memory === undefined) {
    memory = { young: new Map(), old: new Map() }
    remembered.set(type, memory)
  }
  const { young, old } = memory
  const known = young.get(text)
  if (known !== undefined) return known ?? undefined
  const before = old.get(text)
  const phrase = before === undefined ? (readPhrase(text, type) ?? null) : before
  if (figure && before === undefined && !metLately(text)) return phrase ?? undefined
  if (young.size >= mostPhrases) {
    memory.old = young
    memory.young = new Map()
  }
  memory.young.set(owned(text), phrase)
  return phrase ?? undefined
}

/** How many phrases of a style are remembered, for the test that they are bounded. */
export function rememberedPhrases(type: TypeStyle): number {
  const memory = remembered.get(type)
  return memory === undefined ? 0 : memory.young.size + memory.old.size
}

/** Amounts, dates and names of columns are one word, and most cells hold no more. */
function ofOne(word: Word, blank: Word, sizePt: number): Phrase | undefined {
  if (word.missing.length > 0 || blank.missing.length > 0) return undefined
  const words = [word]
  return { words, blanks: one, glued: one, blank, line: { words, widthPt: word.width * sizePt } }
}

const one: readonly boolean[] = [false]

const blanksIn = /[\t\r\n\f]|^ | $| {2}/
/** Ends of lines that are wanted, hyphens that show only there, and what only steers the setting. */
const unusual = /[\u0085\u00AD\u2028\u2029]/
/** Longer words are shaped in pieces. */
const longest = 64

function readPhrase(said: string, type: TypeStyle): Phrase | undefined {
  if (unusual.test(said)) return undefined
  const text = blanksIn.test(said) ? said.replace(/[ \t\r\n\f]+/g, ' ').replace(/^ | $/g, '') : said
  const words: Word[] = []
  const blanks: boolean[] = []
  const glued: boolean[] = []
  const { typeface, sizePt } = type
  const blank = typeface.shape(' ')
  if (text === '') return { words, blanks, glued, blank, line: { words, widthPt: 0 } }
  if (!text.includes(' ') && text.length <= longest && isPlain(text)) return ofOne(typeface.shape(text), blank, sizePt)
  const nowrap = type.whiteSpace === 'nowrap'
  const shown: Word[] = []
  let widthPt = 0
  let from = 0
  for (const to of breaksOf(text)) {
    const spaced = text.charCodeAt(to - 1) === 0x20
    const end = spaced ? to - 1 : to
    if (end === from || end - from > longest) return undefined
    const word = typeface.shape(text.slice(from, end))
    if (word.missing.length > 0) return undefined
    words.push(word)
    blanks.push(spaced)
    glued.push(to < text.length && (nowrap || (spaced && holdsBlank(text, end, to, type.lang))))
    shown.push(word)
    widthPt += word.width * sizePt
    if (spaced) {
      shown.push(blank)
      widthPt += blank.width * sizePt
    }
    from = to
  }
  if (blank.missing.length > 0) return undefined
  return { words, blanks, glued, blank, line: { words: shown, widthPt } }
}
