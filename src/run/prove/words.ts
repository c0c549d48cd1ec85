/** A text as identities are looked for in it: one line of words, in one spelling. */
import { fold, inBlanks, isWordSign, unitsAt } from './tokens.ts'

/** Folded, in lower case, on one line; a word that goes on behind a hyphen at a line's end is put together. */
export function canonical(text: string): string {
  return inBlanks(fold(text).toLowerCase().replaceAll('-\n', '-'))
}

export interface Words {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

export function wordsOf(text: string): Words {
  const line = canonical(text)
  const starts: number[] = []
  const ends: number[] = []
  let inside = false
  for (let at = 0; at < line.length; at += unitsAt(line, at)) {
    const isWord = isWordSign(line, at)
    if (isWord === inside) continue
    inside = isWord
    if (isWord) starts.push(at)
    else ends.push(at)
  }
  if (inside) ends.push(line.length)
  return { text: line, starts, ends }
}
