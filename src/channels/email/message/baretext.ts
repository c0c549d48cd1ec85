/** What of merged HTML is read outside of its links, each block and cell parted from the next by a sign that no link goes across. */
import { decodeEntities } from '../html/entities.ts'

export const parting = ' | '

/** In one go, since every mail is read so. A link that is never closed hides nothing. */
const markup =
  /<head\b[\s\S]*?<\/head>|<!--[\s\S]*?-->|<a\s(?:(?!<a\s)[\s\S])*?<\/a>|<(\/?[a-z][\w-]*)?(?:[^<>"']|"[^"]*"|'[^']*')*>/gi

/** Elements that words go across. */
const inline =
  /^\/?(?:abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/i

export function bareText(html: string): string {
  return decodeEntities(html.replace(markup, inPlaceOf)).replace(/\s+/g, ' ')
}

function inPlaceOf(found: string, name: string | undefined): string {
  if (name === undefined) return found.startsWith('<a') ? parting : ''
  return inline.test(name) ? '' : parting
}
