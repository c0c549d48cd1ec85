/** Markup between two texts of a mail, remembered whole: it is the same in all mails of a template, and is held against the next one in one go. */

import { owned } from '../../../model/index.ts'
import { countRemembered, type Open, type Step } from './elements.ts'

/** Tags with nothing but blanks between them, as they were met in an element. */
export interface Stretch {
  readonly markup: string
  readonly tags: number
  /** What is open behind it. */
  readonly inner: Open
  /** Whether there are blanks in it that are seen, and such as are not. */
  readonly blanks: { readonly seen: boolean; readonly unseen: boolean }
  /** The strongest of what parts texts in it; empty: nothing. */
  readonly sign: string
}

/** Of one element: behind a cell there is another one, another row, or the end of the table. */
const mostAhead = 12

/** The stretch that begins there, if it was met in this element before. */
export function stretchAt(html: string, at: number, { ahead }: Open): Stretch | undefined {
  for (const stretch of ahead) {
    const end = at + stretch.markup.length
    // Which nearly all others do not have there.
    if (html.charCodeAt(end - 1) === tagEnd && html.slice(at, end) === stretch.markup) return stretch
  }
  return undefined
}

const tagEnd = 0x3e

/** The strongest of two signs that part texts: a line end, before a tab, before a blank. */
export function stronger(one: string, other: string): string {
  if (one === '\n' || other === '') return one
  return other === '\n' || one !== '\t' ? other : one
}

/** Follows the tags of a mail, and remembers stretches of such as were all met before: none has a value in it that comes but once. */
export class Trail {
  readonly #html: string
  /** Tags, and stretches that were known: those become a longer one. None: nothing is followed. */
  #pieces = 0
  #tags = 0
  #from: Open | undefined
  #start = 0
  #end = 0
  #inner: Open | undefined
  #sign = ''
  #seen = false
  #unseen = false

  constructor(html: string) {
    this.#html = html
  }

  /** A tag that was met before, and the text before it. */
  follow(step: Step, { at, text, inner }: Before): void {
    this.#add({ at, text, inner }, step)
    this.#tags += 1
    this.#end = at + step.length
  }

  /** A stretch that is known. */
  followStretch(stretch: Stretch, before: Before): void {
    this.#add(before, stretch)
    this.#tags += stretch.tags
    this.#end = before.at + stretch.markup.length
    this.#seen ||= stretch.blanks.seen
    this.#unseen ||= stretch.blanks.unseen
  }

  #add({ at, text, inner }: Before, { inner: behind, sign }: Pick<Step, 'inner' | 'sign'>): void {
    if (notBlank.test(text)) this.end()
    if (this.#pieces === 0) {
      this.#from = inner
      this.#start = at
    } else if (text !== '') {
      this.#seen ||= inner.shows
      this.#unseen ||= !inner.shows
    }
    this.#pieces += 1
    this.#inner = behind
    this.#sign = stronger(this.#sign, sign)
  }

  /** Words end a stretch, and so do other tags. */
  end(): void {
    const [from, inner] = [this.#from, this.#inner]
    if (this.#pieces > 1 && from !== undefined && inner !== undefined && from.ahead.length < mostAhead) {
      from.ahead.push({
        markup: owned(this.#html.slice(this.#start, this.#end)),
        tags: this.#tags,
        inner,
        sign: this.#sign,
        blanks: { seen: this.#seen, unseen: this.#unseen },
      })
      // One goes before those that it begins with.
      from.ahead.sort((one, other) => other.markup.length - one.markup.length)
      countRemembered(this.#tags)
    }
    this.#pieces = this.#tags = 0
    this.#sign = ''
    this.#seen = this.#unseen = false
  }
}

/** Where a tag or a stretch stands. */
interface Before {
  readonly at: number
  /** The text before it. */
  readonly text: string
  /** What is open there. */
  readonly inner: Open
}

const notBlank = /[^ \t\r\n\f]/
