/**
 * A mail's HTML in pieces: words between tags, and markup. Most markup is the same in all mails of a template: what was met in one is known in
 * the next, and is not looked through again for what must not go out, nor encoded again.
 */
import { linksAreSafe } from '../html/links.ts'
import { isVisible } from '../plain/tidy.ts'
import { type Known, knownAt, longestKnown, Memory, type Place } from './known.ts'
import { maxHtmlBytes } from './limits.ts'
import { beginsTitle, behindHead, behindMarkup, endsByItself } from './markup.ts'

export interface Piece {
  readonly text: string
  /** Whether people read it: all between tags but the shortest, and not in elements that show it otherwise. */
  readonly words: boolean
  /** Markup that was met before: all its signs are seen, and its addresses may be followed. */
  readonly known?: Known
}

/** Less text than that is no words. */
const shortest = 3

/** Far more than mail programs show (limits.ts): it is refused, and expressions would have to remember too much of it. */
const longestCut = 4 * maxHtmlBytes

/** Cuts the mails of one template. */
export class Pieces {
  readonly #memory = new Memory()
  #last: { readonly html: string; readonly pieces: readonly Piece[] } = { html: '', pieces: [] }

  /** Their texts one behind the other are the HTML. */
  of(html: string): readonly Piece[] {
    if (this.#last.html !== html) this.#last = { html, pieces: new Cut(html, this.#memory).pieces }
    return this.#last.pieces
  }
}

/** Tags behind each other that are not known together, and were all met before. */
interface Run {
  readonly start: number
  readonly place: Place
}

class Cut {
  readonly pieces: Piece[] = []
  readonly #html: string
  readonly #memory: Memory
  #place: Place
  #inTitle = false
  #run: Run | undefined

  constructor(html: string, memory: Memory) {
    this.#html = html
    this.#memory = memory
    this.#place = memory.first
    const start = html.length > longestCut ? -1 : html.indexOf('<')
    const end = start < 0 ? 0 : this.#markupAndWords(start)
    if (start > 0) this.pieces.unshift({ text: html.slice(0, start), words: false })
    if (end < html.length) this.pieces.push({ text: html.slice(end), words: false })
  }

  /** Up to where markup begins that does not end. */
  #markupAndWords(start: number): number {
    const html = this.#html
    for (let from = start; from < html.length; ) {
      const end = this.#behindKnown(from) ?? this.#behindUnknown(from)
      if (end < 0) {
        this.#endRun(from)
        return from
      }
      const next = html.indexOf('<', end)
      const stop = next < 0 ? html.length : next
      const words = !this.#inTitle && stop - end >= shortest
      // Less goes with the markup behind it.
      if (!words && !this.#inTitle && next >= 0) from = end
      else {
        this.#endRun(end)
        if (stop > end) this.pieces.push({ text: html.slice(end, stop), words })
        from = stop
      }
    }
    return html.length
  }

  #behindKnown(from: number): number | undefined {
    const known = this.#run === undefined ? knownAt(this.#html, from, this.#place) : undefined
    if (known === undefined) return undefined
    this.pieces.push({ text: known.markup, words: false, known })
    this.#place = known
    this.#inTitle = known.inTitle
    return from + known.markup.length
  }

  /** -1: it does not end. */
  #behindUnknown(from: number): number {
    const html = this.#html
    const start = html.indexOf('<', from)
    const end = this.#inTitle ? behindHead(html, from) : behindMarkup(html, start)
    if (end < 0) return end
    const markup = html.slice(from, end)
    const isMet = (this.#inTitle || endsByItself(html, start)) && this.#memory.meet(markup)
    if (!isMet || (this.#run !== undefined && end - this.#run.start > longestKnown)) this.#endRun(from)
    if (isMet) this.#run ??= { start: from, place: this.#place }
    else this.pieces.push({ text: markup, words: false })
    this.#inTitle = !this.#inTitle && beginsTitle(html, from, end)
    this.#place = this.#memory.behind(this.#place, this.#inTitle)
    return end
  }

  #endRun(end: number): void {
    if (this.#run === undefined) return
    const { start, place } = this.#run
    const text = this.#html.slice(start, end)
    this.pieces.push({ text, words: false })
    this.#run = undefined
    this.#place = this.#memory.learn(text, place, this.#inTitle) ?? this.#memory.behind(place, this.#inTitle)
  }
}

/** Whether all signs of a mail are seen. */
export function areVisible(pieces: readonly Piece[]): boolean {
  return pieces.every(({ text, known }) => known !== undefined || isVisible(text))
}

/** Whether all its addresses can go out, as far as each piece shows that by itself. */
export function areSafe(pieces: readonly Piece[]): boolean {
  return pieces.every(({ text, words, known }) => known !== undefined || linksAreSafe(text, { tags: !words }))
}

/** Of pictures by their content-ids: those that are shown. */
export function shownIn<Image extends { readonly contentId: string }>(
  pieces: readonly Piece[],
  images: Iterable<Image>,
): readonly Image[] {
  const pictured = pieces.filter(({ text, known }) => known?.pictured ?? text.includes('cid:'))
  return [...images].filter(({ contentId }) => pictured.some(({ text }) => text.includes(`cid:${contentId}`)))
}

/** As one text, which is not put together before somebody reads it. */
export function wholeOf(pieces: readonly Piece[]): string {
  let whole = ''
  for (const { text } of pieces) whole += text
  return whole
}
