/** Character references that HTML does not have: mail programs show them as they stand. */
import { quote } from '../../../model/index.ts'
import { hintNearest } from '../../../schema/index.ts'
import { decodeEntities } from './entities.ts'
import type { Remark } from './inbox.ts'

/** Those that letters use. */
const usual =
  'amp lt gt quot apos nbsp shy ensp emsp thinsp zwnj zwj ndash mdash hellip bull middot laquo raquo lsquo rsquo sbquo ldquo rdquo bdquo euro pound cent yen copy reg trade sect para deg plusmn times divide minus frac12 frac14 larr rarr check auml ouml uuml szlig eacute egrave agrave ccedil ntilde'.split(
    ' ',
  )

/** Warnings about HTML: its texts and the values of its attributes, but for addresses, whose & parts their fields. */
export function referenceRemarks(html: string, at: number): Remark[] {
  const bare = html.replace(
    /<(style|script)\b[\s\S]*?<\/\1|\s(href|src|srcset|action|background)\s*=\s*("[^"]*"|'[^']*')/gi,
    text => text.replace(/&/g, ' '),
  )
  return [...bare.matchAll(/&([a-z][a-z\d]*);/gi)].flatMap(({ 0: reference, 1: name = '', index }) => {
    if (decodeEntities(reference) !== reference) return []
    const hint =
      hintNearest(name, usual)?.replace(/"(\w+)"/, '"&$1;"') ?? `write the character itself, or &amp;${name};`
    const message = `${quote(reference)} is no character of HTML, and is shown as it stands`
    return [{ fault: { code: 'email.markup' as const, message, hint }, offset: at + index }]
  })
}
