/** Words of an HTML text as it is. */
import { bareOf } from '../../../../src/channels/email/read/bare.ts'
import { type Look, looksIn } from '../../../../src/channels/email/read/looks.ts'
import { type Words, wordsIn } from '../../../../src/channels/email/read/seen.ts'

/** In one of its looks; without one in a wide window, in the light. */
export function wordsOf(html: string, look?: Look): Words {
  const bare = bareOf(html)
  return wordsIn(bare, look ?? looksIn(bare.css)[0])
}
