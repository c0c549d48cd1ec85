/** Shields stand for Handlebars tags while MJML works on a template, and become the tags again after. */
import { shieldOpen, shieldShut } from './signs.ts'
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
export const shieldPattern = new RegExp(`${shieldOpen}(\\d+)${shieldShut}`, 'gu')

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
      return `${shieldOpen}${all.length - 1}${shieldShut}`
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

/** Puts every tag behind a shield; Handlebars comments are dropped, and what `~` does beside them is done. */
export function shieldTags(source: string, shields: Shields): ShieldedText {
  let text = ''
  const steps: { readonly at: number; readonly source: number }[] = []
  const copy = (from: number, to: number): void => {
    steps.push({ at: text.length, source: from })
    text += source.slice(from, to)
  }
  let before: Tag | undefined
  const { tags } = findTags(source)
  for (const [at, tag] of tags.entries()) {
    copy(...between(source, before, tag))
    if (tag.kind !== 'comment') {
      steps.push({ at: text.length, source: tag.start })
      const written = besideComments(tag, { source, before, after: tags[at + 1] })
      text += shields.add({ text: written, tag, start: tag.start })
    }
    before = tag
  }
  copy(...between(source, before, undefined))
  const sourceOffset = (offset: number): number => {
    const step = steps.findLast(({ at }) => at <= offset)
    return step === undefined ? offset : step.source + offset - step.at
  }
  return { text, sourceOffset }
}

/** What is left between two tags: beside a comment Handlebars would take blanks from both sides of it, once it is dropped. */
function between(source: string, before: Tag | undefined, after: Tag | undefined): [from: number, to: number] {
  let from = before?.end ?? 0
  let to = after?.start ?? source.length
  if (before?.kind !== 'comment' && after?.kind !== 'comment') return [from, to]
  const written = source.slice(from, to)
  if (before !== undefined && trimsAfter.test(bare(before))) from += written.length - written.trimStart().length
  if (after !== undefined && trimsBefore.test(bare(after))) to -= written.length - written.trimEnd().length
  return from < to ? [from, to] : [from, from]
}

/** A tag without each `~` that reaches no farther than to a comment. */
function besideComments(
  { text, start, end }: Tag,
  {
    source,
    before,
    after,
  }: { readonly source: string; readonly before: Tag | undefined; readonly after: Tag | undefined },
): string {
  const reached = (other: Tag | undefined, gap: string): boolean => other?.kind === 'comment' && gap.trim() === ''
  let written = text
  if (reached(before, source.slice(before?.end, start))) written = written.replace(trimsBefore, '$1')
  if (reached(after, source.slice(end, after?.start))) written = written.replace(trimsAfter, '$1')
  return written
}

/** A tag that takes blanks away before it, or behind it. */
export const trimsBefore = /^(\{{2,4})~/
export const trimsAfter = /~(\}{2,4})$/

/** A tag as written; one behind a backslash does nothing. */
const bare = ({ text }: Tag): string => (text.startsWith('\\') ? '' : text)
