/** Markup between two texts of a mail, remembered whole: it is the same in all mails of a template, and is held against the next one in one go. */

import { owned } from '../../../model/index.ts'
import { countRemembered, type Open, type Step } from './elements.ts'

/** Tags with nothing but blanks between them, as they were met in an element. */
export interface Stretch {
  readonly markup: string
  /** What is open behind it. */
  readonly inner: Open
  /** Whether there are blanks in it that are seen, and such as are not. */
  readonly blanks: { readonly seen: boolean; readonly unseen: boolean }
  /** The strongest of what parts texts in it; empty: nothing. */
  readonly sign: string
}

/** Of one element: behind a cell there is another one, another row, or the end of the table. */
const mostAhead = 6

/** The stretch that begins there, if it was met in this element before. */
export function stretchAt(html: string, at: number, { ahead }: Open): Stretch | undefined {
  for (const stretch of ahead) {
    const { markup } = stretch
    if (html.slice(at, at + markup.length) === markup) return stretch
  }
  return undefined
}

/** The strongest of two signs that part texts: a line end, before a tab, before a blank. */
export function stronger(one: string, other: string): string {
  if (one === '\n' || other === '') return one
  return other === '\n' || one !== '\t' ? other : one
}

/** What is followed of a mail. */
interface Followed extends Pick<Stretch, 'sign' | 'inner'> {
  readonly from: Open
  readonly start: number
  readonly end: number
  readonly tags: number
  readonly seen: boolean
  readonly unseen: boolean
}

/** Follows the tags of a mail, and remembers stretches of such as were all met before: none has a value in it that comes but once. */
export class Trail {
  readonly #html: string
  #run: Followed | undefined

  constructor(html: string) {
    this.#html = html
  }

  /** A tag that was met before, and the text before it. */
  follow(step: Step, { at, text, inner }: { readonly at: number; readonly text: string; readonly inner: Open }): void {
    if (notBlank.test(text)) this.end()
    const run = this.#run
    const isBlank = run !== undefined && text !== ''
    this.#run = {
      from: run?.from ?? inner,
      start: run?.start ?? at,
      end: at + step.length,
      inner: step.inner,
      tags: (run?.tags ?? 0) + 1,
      sign: stronger(run?.sign ?? '', step.sign),
      seen: run?.seen === true || (isBlank && inner.shows),
      unseen: run?.unseen === true || (isBlank && !inner.shows),
    }
  }

  /** Words end a stretch, and so do other tags. */
  end(): void {
    const run = this.#run
    this.#run = undefined
    if (run === undefined || run.tags === 1 || run.from.ahead.length >= mostAhead) return
    const { from, start, end, inner, sign, seen, unseen, tags } = run
    from.ahead.push({ markup: owned(this.#html.slice(start, end)), inner, sign, blanks: { seen, unseen } })
    countRemembered(tags)
  }
}

const notBlank = /[^ \t\r\n\f]/
