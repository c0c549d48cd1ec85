/** Sentences as a reader counts them, and their words. */
import { slot } from './readings.ts'

/** A full stop behind these ends no sentence. */
const abbreviations = new Set(
  'nr no tel art ca bzw str ust kap abs р. p nn dr mr mrs ms st ул вул тел стор стр ст г р руб коп грн млн тыс тис ул обл напр т д п'.split(
    ' ',
  ),
)

/** The sentences of a text; a line end ends one too. */
export function sentences(text: string): readonly string[] {
  const all: string[] = []
  let from = 0
  for (const { index, 0: end } of text.matchAll(
    new RegExp(`\\n+|[.!?…]+["'»“”’)]*[\\s\\u00a0]+(?=[\\p{Lu}\\p{N}"'«„“(${slot}])`, 'gu'),
  )) {
    const word = /([\p{L}.]+)$/u.exec(text.slice(from, index))?.[1] ?? ''
    if (end.startsWith('.') && (abbreviations.has(word.toLowerCase()) || word.length === 1)) continue
    all.push(text.slice(from, index + end.length).trim())
    from = index + end.length
  }
  return [...all, text.slice(from).trim()].filter(sentence => sentence !== '')
}

const word = new RegExp(`[\\p{L}\\p{N}${slot}]+(?:['’\\-‑.,/][\\p{L}\\p{N}${slot}]+)*`, 'gu')

/** Words of a sentence; a value counts as one, and so does a word with hyphens or an apostrophe. */
export function countWords(sentence: string): number {
  return sentence.match(word)?.length ?? 0
}
