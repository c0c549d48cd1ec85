/** Comments of HTML: what is commented out does not go out, but blocks in it still decide about what is outside. */
import { isBlock } from './blocks.ts'
import { type Shields, shieldPattern } from './shield.ts'

/** Those that only some programs read (`<!--[if mso]>`) are no comments. */
const comment = /<!--(?!\[if|<!\[endif)[\s\S]*?-->/g

/** Shielded HTML without its comments: `<!-- {{#if a}} -->` leaves `{{#if a}}`. */
export function withoutComments(html: string, shields: Shields): string {
  return html.replace(comment, found =>
    [...found.matchAll(shieldPattern)]
      .filter(([, position]) => isBlock(shields.get(Number(position))))
      .map(([shield]) => shield)
      .join(''),
  )
}

/** The same HTML with blanks for its comments, so that offsets stay what they are. */
export function blankComments(html: string): string {
  return html.replace(comment, found => ' '.repeat(found.length))
}
