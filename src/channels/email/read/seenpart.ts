/** What of a pressed template its readers see whatever the data is: for what is demanded of texts, such as facts and legal lines. */

import { isBlock } from '../text/blocks.ts'
import { newShields, shieldPattern, shieldTags } from '../text/shield.ts'
import { eachText } from './seen.ts'

/**
 * What of a template's HTML every reader gets to see, tags of Handlebars in place; of what is hidden, the tags of blocks. `alts`: whether
 * the texts of images are read.
 */
export function seenPart(html: string, { alts = false }: { readonly alts?: boolean } = {}): string {
  const shields = newShields()
  const blocksOf = (text: string): string =>
    [...text.matchAll(shieldPattern)]
      .flatMap(([shield, position]) => (isBlock(shields.get(Number(position))) ? [shield] : []))
      .join('')
  let seen = ''
  // A quote or > in a tag of Handlebars ends nothing of HTML.
  eachText(shieldTags(html, shields).text, {
    text: (written, { isSeen, isAlt }) => {
      if (alts || !isAlt) seen += isSeen ? written : blocksOf(written)
    },
    apart: sign => {
      seen += sign
    },
    comment: blocksOf,
  })
  return shields.lift(seen)
}
