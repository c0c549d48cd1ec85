/** What of a pressed template its readers see whatever the data is: for what is demanded of texts, such as facts and legal lines. */

import { isBlock } from '../tags/blocks.ts'
import { newShields, type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'
import { type Look, looksOf } from './looks.ts'
import { eachText, isShut } from './seen.ts'
import { hides, showingOf } from './showing.ts'

/**
 * What of a template's HTML its readers get to see in each look, absent: of its own, the widest first; tags of Handlebars in place; of what is hidden,
 * the tags of blocks.
 */
export function seenParts(html: string, looks: readonly Look[] = looksOf(html)): readonly string[] {
  const shields = newShields()
  const blocksOf = (text: string): string =>
    [...text.matchAll(shieldPattern)]
      .flatMap(([shield, position]) => (isBlock(shields.get(Number(position))) ? [shield] : []))
      .join('')
  // A quote or > in a tag of Handlebars ends nothing of HTML.
  const shielded = leastSeen(shieldTags(html, shields).text, shields)
  return looks.map(look => {
    let seen = ''
    eachText(shielded, {
      text: (written, isSeen) => {
        seen += isSeen ? written : blocksOf(written)
      },
      apart: sign => {
        seen += sign
      },
      comment: blocksOf,
      look,
    })
    return shields.lift(seen)
  })
}

/** Each element as it is in a way in which nobody sees it, where blocks of its tag choose one: not every reader does. */
function leastSeen(html: string, shields: Shields): string {
  return html.replace(/<[A-Za-z][\w:-]*(?:[^<>"']|"[^"]*"|'[^']*')*>/g, tag => {
    if (!tag.includes('\u{E000}')) return tag
    const parts = partsOf(tag, { shields, value: ({ shield }) => `\u{E000}${shield}\u{E001}` })
    const ways = waysThrough(parts, { most: 64 }) ?? []
    return ways.map(way => told(parts, way)).find(isHiding) ?? tag
  })
}

function isHiding(tag: string): boolean {
  const [, name = '', attributes = ''] = /^<([^\s/>]+)(.*)>$/s.exec(tag) ?? []
  return hides(showingOf(tag)) || isShut(name.toLowerCase(), attributes)
}
