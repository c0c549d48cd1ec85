/** Tags of MJML that end or begin a component where none can: MJML would pass them on as text, and mail would show them as none. */
import { hintNearest, nearest } from '../../../schema/index.ts'
import { blankComments } from '../tags/comments.ts'
import { placeAt } from '../tags/place.ts'
import type { Loom } from './loom.ts'
import type { Content, Opening } from './scan.ts'

/** The first tag of MJML in shielded HTML, comments left out. */
export function firstTag(
  html: string,
): { readonly name: string; readonly ends: boolean; readonly at: number } | undefined {
  const found = /<(\/?)(mj-[\w-]+|mjml)\b/i.exec(blankComments(html))
  return found === null ? undefined : { name: found[2] ?? '', ends: found[1] === '/', at: found.index }
}

/** Whether a component that holds HTML or text ends as it should; else that has been said. */
export function endsWell({ name, at }: Opening, { inner, at: from, closing }: Content, loom: Loom): boolean {
  const tag = firstTag(inner)
  const place = (offset: number): string => `line ${placeAt(loom.source, loom.sourceOffset(offset)).line}`
  const first = `close <${name}> of ${place(at)} first`
  if (tag?.ends && (closing !== undefined || nearest(tag.name, [name]) !== undefined))
    loom.fail(from + tag.at, noEnd(tag.name, name), hintNearest(tag.name, [name]) ?? first)
  else if (tag !== undefined && closing !== undefined)
    loom.fail(from + tag.at, noComponent(tag.name, `<${name}>`), `${first}, or write HTML`)
  else if (closing === undefined) {
    const before = tag && ` before <${tag.ends ? '/' : ''}${tag.name}> of ${place(from + tag.at)}`
    loom.fail(at, `<${name}> is never closed`, `write </${name}>${before ?? ''}`)
  } else return true
  return false
}

export const noComponent = (tag: string, where: string): string =>
  `<${tag}> stands in ${where}, where it is no component`

/** What an end is that has nearly the name of what it should close. */
export function noEnd(end: string, name: string): string {
  return `</${end}> is no end of <${name}>`
}
