/** Letters of two alphabets in one word that look like one: a slip of the keyboard, or somebody else's address (UTS #39 §5.2). */

const alphabets = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
] as const

/** Their names, `Latin and Cyrillic`; undefined where a word has one of them at most. Alphabets that nobody confounds may stand beside each other. */
export function mixedAlphabets(word: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(word)) return undefined
  const found = alphabets.filter(([, letter]) => letter.test(word)).map(([name]) => name)
  return found.length < 2 ? undefined : found.join(' and ')
}

/** What to do about them. */
export const mixedHint = 'write it again by hand, in letters of one alphabet'
