/** Elements that HTML does not have: mail programs show what is in them, and nothing of the tag, which was meant to be read. */
import { hintNearest } from '../../../schema/index.ts'
import type { Remark } from './inbox.ts'

/** Those of HTML, former ones too, and what Outlook reads its settings from. Names of other kinds are inside of svg and math. */
const known =
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml'.split(
    ' ',
  )
const elements = new Set(known)

/** Warnings about HTML without its comments. A name with a colon (`o:p`) is for programs that know it, and one that data ends cannot be told. */
export function elementRemarks(html: string, at: number): Remark[] {
  const bare = html.replace(/<(svg|math|style)\b[\s\S]*?<\/\1\s*>/gi, text => ' '.repeat(text.length))
  return [...bare.matchAll(/<([a-z][\w-]*)(?=[\s/>])/gi)].flatMap(({ 1: name = '', index }) => {
    if (elements.has(name.toLowerCase())) return []
    const message = `HTML has no element <${name}>, and mail programs show nothing of the tag`
    const hint = hintNearest(name.toLowerCase(), known) ?? 'write &lt; where no tag is meant'
    return [{ fault: { code: 'email.markup' as const, message, hint }, offset: at + index }]
  })
}
