/** The words of HTML in their order, as a reader sees them, and apart from them those that nobody sees. Shares no code with what writes it but how style sheets are read. */

import { owned } from '../../../model/index.ts'
import type { Bare } from './bare.ts'
import { type Around, type Open, outermost, remember, type Step, stepInto, type Tag } from './elements.ts'
import type { Look } from './looks.ts'
import { decoded } from './references.ts'
import { stretchAt, stronger, Trail } from './stretches.ts'

export interface Words {
  /** Cells parted by tabs, blocks by line ends. */
  readonly seen: string
  /** What is there and not seen: a preheader, an element without height, the text of a picture, which stands where none is shown. Head, comments and styles are no words. */
  readonly unseen: string
}

/** Words of a bare HTML text in one of its looks. */
export function wordsIn(bare: Bare, look: Look): Words {
  const seen = new Line()
  const unseen = new Line()
  let between = false
  eachText(bare, {
    text: (text, isSeen) => {
      if (isSeen) {
        seen.add(text)
        between ||= text.trim() !== ''
      } else {
        // What is seen parts what is not: no number is made up of the two ends.
        if (between) unseen.part(' ')
        unseen.add(text)
        between = false
      }
    },
    apart: sign => {
      seen.part(sign)
      unseen.part(sign)
    },
    joins: true,
    look,
  })
  return { seen: seen.tidy(), unseen: unseen.tidy() }
}

/** Texts one behind the other: of all blanks and signs between two words the strongest stands there, a line end before a tab before a blank. */
class Line {
  #text = ''
  #between = ''

  part(sign: string): void {
    this.#between = stronger(this.#between, sign)
  }

  add(written: string): void {
    // Nearly all texts between tags are a line end.
    if (written === '\n' || written === ' ') {
      this.part(' ')
      return
    }
    const text = uneven.test(written) ? written.replace(blanks, ' ') : written
    const start = text.startsWith(' ') ? 1 : 0
    const end = text.endsWith(' ') ? text.length - 1 : text.length
    if (start > 0) this.part(' ')
    if (end <= start) return
    this.#text += this.#between + text.slice(start, end)
    this.#between = end < text.length ? ' ' : ''
  }

  /** Character references as the signs they stand for, blanks among them. */
  tidy(): string {
    if (!this.#text.includes('&')) return this.#text.trim()
    return decoded(this.#text)
      .replace(/ +/g, ' ')
      .replace(/ ?\t[\t ]*/g, '\t')
      .replace(/[\t ]*\n[\n\t ]*/g, '\n')
      .trim()
  }
}

const blanks = /[ \t\r\n\f]+/g
/** Most texts have one blank between two words, and no other. */
const uneven = /[\t\r\n\f]| {2}/

/** What is told of an HTML text, in its order. */
interface Hear {
  readonly text: (text: string, isSeen: boolean) => void
  /** What parts the texts of two elements. */
  readonly apart: (sign: string) => void
  /** Whether blanks and signs between two texts may be told as the strongest of them. */
  readonly joins?: boolean
  readonly look: Look
}

/** Tells each text, and whether a reader sees it. */
export function eachText(
  { text: bare, drawn }: Pick<Bare, 'text' | 'drawn'>,
  { text: hear, apart, joins = false, look: { rules } }: Hear,
): void {
  const around: Around = { rules, drawn }
  const trail = joins ? new Trail(bare) : undefined
  let inner = outermost(around, wholeMail.test(bare))
  let from = 0
  for (let at = bare.indexOf('<'); at >= 0; at = bare.indexOf('<', Math.max(from, at + 1))) {
    const stretch = joins ? stretchAt(bare, at, inner) : undefined
    if (stretch !== undefined) {
      trail?.end()
      if (at > from) hear(bare.slice(from, at), inner.shows)
      if (stretch.blanks.seen) hear(' ', true)
      if (stretch.blanks.unseen) hear(' ', false)
      if (stretch.sign !== '') apart(stretch.sign)
      from = at + stretch.markup.length
      inner = stretch.inner
      continue
    }
    // One that ends at the first `>` is the same wherever it stands.
    const short = bare.slice(at, bare.indexOf('>', at) + 1)
    const met = inner.steps.get(short)
    const next = met ?? firstStep(bare, at, { short, inner, around })
    if (next === undefined) continue
    const text = bare.slice(from, at)
    if (met === undefined || met.alt !== undefined) trail?.end()
    else trail?.follow(met, { at, text, inner })
    if (text !== '') hear(text, inner.shows)
    from = at + next.length
    inner = next.inner
    if (next.alt !== undefined) hear(` ${next.alt} `, false)
    if (next.sign !== '') apart(next.sign)
  }
  trail?.end()
  hear(bare.slice(from), inner.shows)
}

const wholeMail = /<body\b/i

/** What a tag does that was not met in its element; undefined where none begins. `short`: up to the first `>`. */
function firstStep(
  html: string,
  at: number,
  { short, inner, around }: { readonly short: string; readonly inner: Open; readonly around: Around },
): Step | undefined {
  const tag = tagAt(html, at, short)
  if (tag === undefined) return undefined
  const step = stepInto(inner, tag, around)
  if (tag.length === short.length) remember(inner, short, step, around)
  return step
}

/** A quote begins a value behind `=` alone. */
const tag = /<(\/?)([a-z][^\s/>]*)((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*"|'[^']*'))*)>|<[!?/][^>]*>/iy

/** Mails of a template have the same tags over and over, but for where their links lead. */
const known = new Map<string, Tag>()
const mostKnown = 1000
/** Pictures written into a tag are longer. */
const longestKnown = 1000

function tagAt(html: string, at: number, short: string): Tag | undefined {
  const met = known.get(short)
  if (met !== undefined) return met
  tag.lastIndex = at
  const found = tag.exec(html)
  if (found === null) return undefined
  const [whole, slash, written = '', attributes = ''] = found
  const read: Tag = {
    length: whole.length,
    closes: slash === '/',
    name: written.toLowerCase(),
    attributes: owned(attributes),
  }
  if (whole === short && short.length <= longestKnown && !short.includes('href')) {
    if (known.size >= mostKnown) known.clear()
    known.set(owned(short), read)
  }
  return read
}
