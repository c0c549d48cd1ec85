/** Mends on request: writes a message so that it fits the alphabet of 160 characters, where that can be done. */
import { gsm, type Shift } from './alphabet.ts'
import { type Parts, parts } from './parts.ts'
import { romanize } from './romanize.ts'

export const mends = ['typography', 'transliterate'] as const
export type Mend = (typeof mends)[number]

/** Signs of typographers, and what a typewriter has for them. */
// biome-ignore format: a table
const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", ʼ: "'", '′': "'", '´': "'", '`': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"',
  '»': '"', '‹': "'", '›': "'", '″': '"', '–': '-', '—': '-', '―': '-', '‒': '-', '…': '...', '•': '-', '·': '.', '№': 'No.',
  '×': 'x', '÷': '/', '½': '1/2', '¼': '1/4', '¾': '3/4', '™': '(TM)', '®': '(R)', '©': '(C)', '≤': '<=', '≥': '>=', '→': '->',
}

export interface Mended {
  readonly text: string
  readonly counted: Parts
}

/**
 * The text as it is sent. `typography` writes plain quotes, hyphens and dots where the message then fits GSM-7, and changes nothing
 * where it does not: it would only grow. `transliterate` writes Latin letters where that saves parts, so that whoever pays nothing for
 * it reads their own alphabet.
 */
export function mend(
  text: string,
  {
    mends: asked,
    locale,
    shift,
  }: { readonly mends: readonly Mend[]; readonly locale: string; readonly shift?: Shift | undefined },
): Mended {
  const own: Mended = { text, counted: parts(text, shift) }
  if (own.counted.encoding === 'GSM-7') return own
  // One letter in the way, and no sign helps.
  if (asked.includes('typography') && isTypographic(own.counted.unlike ?? '')) {
    const plain = plainly(text)
    const counted = parts(plain, shift)
    if (counted.encoding === 'GSM-7') return { text: plain, counted }
  }
  if (asked.includes('transliterate')) {
    const latin = romanize(plainly(text), locale)
    const counted = parts(latin, shift)
    if (counted.encoding === 'GSM-7' && counted.parts < own.counted.parts) return { text: latin, counted }
  }
  return own
}

/** How a piece of a message may read once it is mended. */
export function respellings(text: string, asked: readonly Mend[], locale: string): readonly string[] {
  return [
    ...(asked.includes('typography') ? [plainly(text)] : []),
    ...(asked.includes('transliterate') ? [romanize(plainly(text), locale)] : []),
  ]
}

/** A text with a typewriter's signs for those that GSM-7 lacks. */
export function plainly(text: string): string {
  let out = ''
  for (const character of text)
    out += gsm.septets[character.charCodeAt(0)] ? character : (plainSigns[character] ?? character)
  return out
}

/** Whether a character is one that `typography` mends. */
export function isTypographic(character: string): boolean {
  return Object.hasOwn(plainSigns, character)
}
