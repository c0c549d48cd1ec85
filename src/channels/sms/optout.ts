/** What a message that sells has to say of how to stop it. */
import { type Demand, wholly } from '../../model/index.ts'
import { plain } from './plain.ts'

/** Words that have to stand as they are, between others: in each of their spellings, since a message is written so, too. */
export function wordsDemand(words: string, respell: (text: string) => readonly string[]): Demand {
  const written = plain(words)
  const spelt = [...new Set([written, ...respell(written)])].filter(one => one !== '')
  return { words: written, said: new RegExp(spelt.map(wholly).join('|'), 'u'), byLink: true }
}
