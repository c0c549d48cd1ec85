/** Markup that was met in a mail before: looked through and encoded once, it stands in each mail as it is. */
import { owned } from '../../../model/index.ts'
import { linksAreSafe } from '../html/links.ts'
import { isVisible } from '../plain/tidy.ts'
import { addQuoted, type KnownLines } from './encode.ts'
import { Octets } from './octets.ts'

/** Where markup begins, by what is before it. */
export interface Place {
  /** Whether the title's text is there. */
  readonly inTitle: boolean
  /** What was met there, the longest first. */
  readonly ahead: Known[]
}

/** Markup, and the place behind it. */
export class Known implements Place {
  readonly markup: string
  readonly inTitle: boolean
  readonly ahead: Known[] = []
  /** Whether it shows a picture that the mail brings. */
  readonly pictured: boolean
  #octets: Buffer | undefined
  #lines: KnownLines | undefined

  constructor(markup: string, { inTitle }: { readonly inTitle: boolean }) {
    this.markup = markup
    this.inTitle = inTitle
    this.pictured = markup.includes('cid:')
  }

  /** In UTF-8. */
  get octets(): Buffer {
    this.#octets ??= Buffer.from(this.markup, 'utf8')
    return this.#octets
  }

  /** Its whole lines, quoted-printable: how the others are broken depends on what stands before and behind them. */
  get lines(): KnownLines {
    this.#lines ??= linesOf(this.octets)
    return this.#lines
  }
}

const lf = 10

function linesOf(octets: Buffer): KnownLines {
  const start = octets.indexOf(lf) + 1
  const end = octets.lastIndexOf(lf) + 1
  const out = new Octets(Buffer.allocUnsafe(6 * octets.length + 6))
  const { special, length } = addQuoted(out, octets.subarray(start, end))
  return { start, end, quoted: out.taken(), special, length }
}

/** In one place: the markup of a table's cell, of its row, and of the table's end. */
const mostAhead = 8
/** Mails of a template have some dozens. */
const mostKnown = 500
/** Tags that were met once, values in them included. */
const mostMet = 500
/** Longer markup is known in several parts, or not. */
export const longestKnown = 8_000

/** What is known of the mails of a template. */
export class Memory {
  /** Places that are told by nothing known before them. */
  first: Place = { inTitle: false, ahead: [] }
  #title: Place = { inTitle: true, ahead: [] }
  #behindHead: Place = { inTitle: false, ahead: [] }
  readonly #met = new Set<string>()
  #count = 0

  /** Behind markup that is not known: the place before it, unless the title begins or ends in between. */
  behind(place: Place, inTitle: boolean): Place {
    if (place.inTitle === inTitle) return place
    return inTitle ? this.#title : this.#behindHead
  }

  /** Whether markup was met before; from now on it was. */
  meet(markup: string): boolean {
    if (this.#met.has(markup)) return true
    if (markup.length > longestKnown) return false
    if (this.#met.size >= mostMet) this.#met.clear()
    this.#met.add(owned(markup))
    return false
  }

  /** Knows markup from now on. Undefined where each mail has to be looked through for it, or others are known in its place. */
  learn(markup: string, { ahead }: Place, inTitle: boolean): Known | undefined {
    if (ahead.length >= mostAhead || !isVisible(markup) || !linksAreSafe(markup, { tags: true })) return undefined
    if (this.#count >= mostKnown) this.#forget()
    this.#count += 1
    const known = new Known(owned(markup), { inTitle })
    ahead.push(known)
    ahead.sort((one, other) => other.markup.length - one.markup.length)
    return known
  }

  #forget(): void {
    this.#count = 0
    this.first = { inTitle: false, ahead: [] }
    this.#title = { inTitle: true, ahead: [] }
    this.#behindHead = { inTitle: false, ahead: [] }
  }
}

/** What is known and stands there. */
export function knownAt(html: string, at: number, { ahead }: Place): Known | undefined {
  for (const known of ahead) {
    const { markup } = known
    if (html.slice(at, at + markup.length) === markup) return known
  }
  return undefined
}
