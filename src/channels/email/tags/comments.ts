/** Comments of HTML: what is commented out does not go out, but blocks in it still decide about what is outside. */
import { isBlock } from './blocks.ts'
import { type Shields, shieldPattern, trimsAfter, trimsBefore } from './shield.ts'
import { commentEdge } from './signs.ts'

/**
 * Beginnings and ends of what only some programs read (`<!--[if mso]>`, `<!--[if !mso]><!-->`, `<!--<![endif]-->`), which are no
 * comments, or in the group a comment as HTML reads it (13.2.5.43 and on): `<!-->` is a whole one, and `--!>` ends one too.
 */
const pattern =
  /<!--\[if\b[^\]]*\]>(?:\s*<!--\s*(?:--)?>|-->)?|<!--\s*<!\[endif\]-->|<!\[endif\]-->|(<!--(?:-?>|[\s\S]*?--!?>))/gi

const replaceComments = (html: string, replaced: (comment: string) => string): string =>
  html.replace(pattern, (whole, comment: string | undefined) => (comment === undefined ? whole : replaced(comment)))

/** Shielded HTML without its comments: `<!-- {{#if a}} -->` leaves `{{#if a}}`. A `~` beside a comment reaches no farther than to it. */
export function withoutComments(html: string, shields: Shields): string {
  const cut = replaceComments(html, comment => {
    const blocks = [...comment.matchAll(shieldPattern)].filter(([, position]) => isBlock(shields.get(Number(position))))
    return `${commentEdge}${blocks.map(([shield]) => shield).join('')}${commentEdge}`
  })
  if (cut === html) return html
  const settled = (written: string, blanks: string, position: string, trims: RegExp): string => {
    const shielded = shields.get(Number(position))
    const text = shielded.text.replace(trims, '$1')
    return text === shielded.text
      ? written
      : written.replace(blanks, '').replace(/\u{E000}\d+\u{E001}/u, shields.add({ ...shielded, text }))
  }
  return cut
    .replace(/\u{E000}(\d+)\u{E001}(\s*)(?=\u{E00F})/gu, (written, position, blanks) =>
      settled(written, blanks, position, trimsAfter),
    )
    .replace(/(?<=\u{E00F})(\s*)(?:\u{E006}\d+\u{E007})?\u{E000}(\d+)\u{E001}/gu, (written, blanks, position) =>
      settled(written, blanks, position, trimsBefore),
    )
    .replaceAll(commentEdge, '')
}

/** Shielded text with comments of Handlebars in the place of those of HTML: as many lines, and nothing that goes out; blocks in them stay. */
export function hideComments(text: string, shields: Shields): string {
  const hidden = (written: string): string => {
    const lines = shields.lift(written).split('\n')
    const last = lines.at(-1)?.length ?? 0
    if (lines.length === 1) return last < 5 ? '' : `{{!${' '.repeat(last - 5)}}}`
    return `{{!${'\n'.repeat(lines.length - 1)}${' '.repeat(Math.max(0, last - 2))}}}`
  }
  return replaceComments(text, comment => {
    let kept = ''
    let from = 0
    for (const { 0: shield, 1: position, index } of comment.matchAll(shieldPattern)) {
      if (!isBlock(shields.get(Number(position)))) continue
      kept += hidden(comment.slice(from, index)) + shield
      from = index + shield.length
    }
    return kept + hidden(comment.slice(from))
  })
}

/** Merged HTML without its comments. */
export function dropComments(html: string): string {
  return html.includes('<!--') ? replaceComments(html, () => '') : html
}

/** Where a comment, or what only some programs read, begins and does not end: it takes what follows along; -1: nowhere. */
export function openComment(html: string): number {
  const bare = blankComments(html)
  for (const { index, inside } of hiddenConditions(bare)) {
    const [next = '<!--'] = /<!--\s*<!\[endif\]-->|<!--|--!?>/i.exec(bare.slice(inside)) ?? []
    // Another comment that begins is inside of this one, which ends where that does.
    if (next === '<!--' || !/<!\[endif\]/i.test(bare.slice(inside))) return index
  }
  const nested = [...html.matchAll(pattern)].find(([, comment = '']) => holdsComment(comment))
  return nested?.index ?? html.replace(pattern, whole => ' '.repeat(whole.length)).indexOf('<!--')
}

/** Whether another one begins in a comment, so that its end is that one's (HTML 13.2.5.47); a condition may hold some, and be commented out itself. */
export function holdsComment(comment: string): boolean {
  return !/^<!--(?:\s*<!--)?\[if\b/i.test(comment) && comment.includes('<!--', 4)
}

/** Beginnings of what is a comment for all programs but those of the condition: `<!--[if mso]>`, and not `<!--[if !mso]><!-->`; `inside` is behind it. */
export function hiddenConditions(html: string) {
  return [...html.matchAll(pattern)].flatMap(({ 0: found, index }) => {
    const [, condition] = /^<!--\[if\b([^>]*)\]>$/i.exec(found) ?? []
    return condition === undefined ? [] : [{ index, inside: index + found.length, condition: condition.trim() }]
  })
}

/** The same HTML with blanks for its comments, so that offsets stay what they are. */
export function blankComments(html: string): string {
  return replaceComments(html, comment => ' '.repeat(comment.length))
}

/** HTML alone: blanks for its comments and for what only some programs read, blocks in them left. */
export function blankHidden(html: string, shields: Shields): string {
  return html.replace(/<!--(?:-?>|[\s\S]*?--!?>)/g, comment =>
    comment.replace(/\u{E000}(\d+)\u{E001}|[\s\S]/gu, (found, position: string | undefined) =>
      position !== undefined && isBlock(shields.get(Number(position))) ? found : ' '.repeat(found.length),
    ),
  )
}
