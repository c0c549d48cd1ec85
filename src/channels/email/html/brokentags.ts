/** Tags of HTML that are not whole: mail programs take what stands behind them for attributes, and show none of it. */
import { isBlock } from '../tags/blocks.ts'
import { blankComments } from '../tags/comments.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import type { Remark } from './inbox.ts'

/** A name with what may stand behind one; else what HTML takes for a tag, too: an address, a host, in the last group what data begins. */
const beginning =
  /<(?:(\/?[A-Za-z](?:[\w:-]*[\w-])?(?=[\s/><"'\u{E000}]|$))|(\/?[A-Za-z][^\s<>"'\u{E000}]*|!\[CDATA\[|[!?][^\s<>]*|\/[^\s<>\u{E000}]+)|\/?\u{E000}(\d+)\u{E001})/gu

/** What a tag holds, as HTML reads it (13.2.5.32 and on): a quote begins a value behind `=` alone. */
const rest = /((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*"|'[^']*'))*)>/y

/** What begins as a comment of HTML does, and hides nothing but itself: comments have been looked at, and what only some programs read. */
const harmless = /^(?:!--|!\[(?:if|endif)\b|!doctype|\?xml)/i

const hint = 'write &lt; where no tag is meant, else look for a quote or > that is missing'

/** Remarks to be faults about shielded HTML that begins at an offset; none behind a tag without an end, which takes all along. */
export function brokenTags(html: string, { offset, shields }: { readonly offset: number; readonly shields: Shields }) {
  const text = blankComments(html).replace(
    /(<style\b[^>]*>)([\s\S]*?)(?=<\/style)/gi,
    (_all, head: string, css: string) => head.padEnd(head.length + css.length),
  )
  const found: Remark[] = []
  const say = (at: number, message: string, advice = hint): void => {
    found.push({ fault: { code: 'email.markup', message, hint: advice }, offset: offset + at })
  }
  const sayNoTag = (at: number, other: string): void =>
    say(at, `<${other} is no tag, and mail programs drop it up to the next >`, 'write &lt;')
  for (let from = 0; ; ) {
    beginning.lastIndex = from
    const match = beginning.exec(text)
    if (match === null) return found
    const { 0: written, 1: name, 2: other = '', 3: position, index: at } = match
    from = at + written.length
    if (position !== undefined) {
      const shielded = shields.get(Number(position))
      if (shielded.tag !== 'whole' && shielded.tag.kind === 'value') sayNoTag(at, shielded.text)
      continue
    }
    if (name === undefined) {
      if (other.startsWith('![CDATA['))
        say(at, `<${other} is not read by mail programs, which drop it up to the next >`, 'take <![CDATA[ and ]]> out')
      else if (!harmless.test(other)) sayNoTag(at, other)
      continue
    }
    rest.lastIndex = from
    const [whole, attributes = ''] = rest.exec(text) ?? []
    const bare = attributes.replace(/=\s*(?:"[^"]*"|'[^']*')/g, '=')
    if (whole === undefined || (bare.includes('<') && !decides(attributes, shields)))
      say(at, `the tag <${name} has no end`)
    else if (/["']/.test(bare) && !decides(attributes, shields))
      say(at, `the tag <${name} has a quote that belongs to no value`)
    else from += whole.length
    if (whole === undefined) return found
  }
}

/** A block may choose between halves of tags, each of which is whole. */
function decides(attributes: string, shields: Shields): boolean {
  return [...attributes.matchAll(shieldPattern)].some(([, position]) => isBlock(shields.get(Number(position))))
}
