/** HTML without what is no text: comments, style sheets, the head and what else is never read. Shares no code with what writes it. */

export interface Bare {
  readonly text: string
  /** Its own sheets, one behind the other; what is for some media in a rule of these. */
  readonly css: string
  /** Whether something is drawn for Outlook in the place of what it does not show. */
  readonly drawn: boolean
}

/** `inPlaceOf`: what is read where a comment stands. Absent: nothing. */
export function bareOf(html: string, inPlaceOf: (comment: string) => string = () => ''): Bare {
  let drawn = false
  const uncommented = html.replace(comments, comment => {
    // A button drawn for Outlook (VML) says there what `mso-hide:all` keeps from it.
    drawn ||= comment.includes('<v:')
    return inPlaceOf(comment)
  })
  const sheets: string[] = []
  const unstyled = uncommented.replace(styles, (_style, attributes: string, sheet: string) => {
    const media = /\smedia\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
    sheets.push(media === null ? sheet : `@media ${media[1] ?? media[2]}{${sheet}}`)
    return ''
  })
  return { text: unstyled.replace(neverRead, ''), css: sheets.join('\n'), drawn }
}

const comments = /<!--[\s\S]*?-->/g
const styles = /<style\b([^>]*)>([\s\S]*?)<\/style\s*>/gi
const neverRead = /<(head|script|title|template)\b[\s\S]*?<\/\1\s*>/gi
