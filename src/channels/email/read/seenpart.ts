/** What of a pressed template its readers see whatever the data is: for what is demanded of texts, such as legal lines. */

import { findTags } from '../text/tags.ts'
import { eachText } from './seen.ts'

/** What of a template's HTML every reader gets to see, tags of Handlebars in place; of what is hidden, the tags of blocks. */
export function seenPart(html: string): string {
  let seen = ''
  eachText(html, {
    text: (written, { isSeen, isAlt }) => {
      if (!isAlt) seen += isSeen ? written : blocksOf(written)
    },
    apart: sign => {
      seen += sign
    },
    comment: blocksOf,
  })
  return seen
}

function blocksOf(text: string): string {
  const { tags } = findTags(text)
  return tags.flatMap(({ kind, text: written }) => (/^(?:block|else|close)$/.test(kind) ? [written] : [])).join('')
}
