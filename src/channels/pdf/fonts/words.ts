/** Words that were shaped, remembered: those used lately stay, and a million different ones do not fill the memory. */
import type { Word } from './typeface.ts'

/** A shaped word takes about 350 bytes with what paint keeps of it, and a long table has thousands that never come again. */
const mostWords = 2_500

/** Two generations: when the young one is full it becomes the old one, and what is asked for again comes back from there. */
export function openWords(shape: (text: string) => Word): (text: string) => Word {
  let young = new Map<string, Word>()
  let old = new Map<string, Word>()
  return text => {
    const known = young.get(text)
    if (known !== undefined) return known
    const word = old.get(text) ?? shape(text)
    if (young.size >= mostWords) {
      old = young
      young = new Map()
    }
    young.set(owned(text), word)
    return word
  }
}

/** A slice of more than twelve characters keeps the whole text alive that it was cut from: what is remembered has a copy. */
export function owned(text: string): string {
  return text.length > 12 ? Buffer.from(text, 'utf16le').toString('utf16le') : text
}
