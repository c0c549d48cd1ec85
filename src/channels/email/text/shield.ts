/** Shields stand for Handlebars tags while MJML works on a template, and become the tags again after. */
import { findTags, type Tag } from './tags.ts'

/** What a shield stands for. */
export interface Shielded {
  /** Text that comes back in its place. */
  readonly text: string
  /** The tag, or `whole` for a stretch of text (a subject, an attribute's value) that moves as one. */
  readonly tag: Tag | 'whole'
  /** Offset in the source, for faults. */
  readonly start: number
}

/** Shields of one template. Private-use characters frame a number: no markup, no blank, nothing that MJML or CSS reads. */
export interface Shields {
  readonly add: (shielded: Shielded) => string
  readonly get: (position: number) => Shielded
  /** The text with all its shields taken off again, those inside others included. */
  readonly lift: (text: string) => string
}

/** One shield, its number in the first group. */
export const shieldPattern = /\u{E000}(\d+)\u{E001}/gu

/** Stands before each cell of a row in the plain part, until the message is known and columns can be aligned. */
export const cellMark = '\u{E002}'

/** Begins a table of the plain part, so that its distance to what is before it is not its first row's, which a loop may repeat. */
export const tableMark = '\u{E003}'

export function newShields(): Shields {
  const all: Shielded[] = []
  const get = (position: number): Shielded => {
    const shielded = all[position]
    if (shielded === undefined) throw new RangeError(`no shield ${position}`)
    return shielded
  }
  const lift = (text: string): string =>
    text.replace(shieldPattern, (_whole, position: string) => lift(get(Number(position)).text))
  return {
    add(shielded) {
      all.push(shielded)
      return `\u{E000}${all.length - 1}\u{E001}`
    },
    get,
    lift,
  }
}

/** A text behind shields, and the way back from its offsets to those of the source. */
export interface ShieldedText {
  readonly text: string
  readonly sourceOffset: (offset: number) => number
}

/** Puts every tag behind a shield; Handlebars comments are dropped. */
export function shieldTags(source: string, shields: Shields): ShieldedText {
  let text = ''
  let from = 0
  const steps: { readonly at: number; readonly source: number }[] = [{ at: 0, source: 0 }]
  for (const tag of findTags(source).tags) {
    text += source.slice(from, tag.start)
    if (tag.kind !== 'comment') {
      steps.push({ at: text.length, source: tag.start })
      text += shields.add({ text: tag.text, tag, start: tag.start })
    }
    from = tag.end
    steps.push({ at: text.length, source: tag.end })
  }
  text += source.slice(from)
  const sourceOffset = (offset: number): number => {
    const step = steps.findLast(({ at }) => at <= offset)
    return step === undefined ? offset : step.source + offset - step.at
  }
  return { text, sourceOffset }
}
