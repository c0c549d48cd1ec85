/** Mends on request: writes a message so that it fits the alphabet of 160 characters, where that can be done. */
import { type Alphabet, alphabetsOf, isIn, nearest, type Shift } from './alphabet.ts'
import { type Span, writtenAround } from './kept.ts'
import { type Parts, parts } from './parts.ts'
import { romanize } from './romanize.ts'

export const mends = ['typography', 'transliterate'] as const
export type Mend = (typeof mends)[number]

/** Signs of typographers, and what a typewriter has for them. */
// biome-ignore format: a table
const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", ʼ: "'", '′': "'", '´': "'", '`': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"',
  '»': '"', '‹': "'", '›': "'", '″': '"', '–': '-', '—': '-', '―': '-', '‒': '-', '…': '...', '•': '*', '·': '.', '№': 'No.',
  '×': 'x', '÷': '/', '½': '1/2', '¼': '1/4', '¾': '3/4', '™': '(TM)', '®': '(R)', '©': '(C)', '≤': '<=', '≥': '>=', '→': '->',
}

export interface Mended {
  readonly text: string
  readonly counted: Parts
}

export interface Mending {
  readonly mends: readonly Mend[]
  readonly locale: string
  /** The language whose national tables may be used. */
  readonly shift?: Shift | undefined
}

/** A message, and what of it is sent as it stands: asked for where something is mended, which few are. */
export interface Message {
  readonly text: string
  readonly kept: () => readonly Span[]
}

/**
 * The text as it is sent. `typography` writes plain quotes, hyphens and dots where the message then fits GSM-7, and changes nothing
 * where it does not: it would only grow. `transliterate` writes Latin letters where that saves parts, so that whoever pays nothing for
 * it reads their own alphabet. What national tables have stays as it is, and so does what is `kept`.
 */
export function mend({ text, kept }: Message, { mends: asked, locale, shift }: Mending): Mended {
  const own: Mended = { text, counted: parts(text, shift) }
  if (own.counted.encoding === 'GSM-7') return own
  // One letter in the way, and no sign helps.
  if (asked.includes('typography') && isTypographic(own.counted.unlike ?? '')) {
    const plain = typographic({ text, kept }, shift)
    if (plain.counted.encoding === 'GSM-7') return plain
  }
  if (asked.includes('transliterate')) {
    const latin = transliterated({ text, kept }, { locale, shift })
    if (latin.counted.encoding === 'GSM-7' && latin.counted.parts < own.counted.parts) return latin
  }
  return own
}

/** The text with a typewriter's signs. */
export function typographic({ text, kept }: Message, shift: Shift | undefined): Mended {
  const spans = kept()
  return shortest(text, shift, alphabet => writtenAround(text, spans, part => plainly(part, alphabet)))
}

/** The text in Latin letters and a typewriter's signs. */
export function transliterated({ text, kept }: Message, { locale, shift }: Omit<Mending, 'mends'>): Mended {
  const spans = kept()
  return shortest(text, shift, alphabet =>
    writtenAround(text, spans, part => romanize(plainly(part, alphabet), locale, alphabet)),
  )
}

/** Of a text written for each alphabet, the one of fewest parts; among equals the one that had to change the least. */
function shortest(text: string, shift: Shift | undefined, write: (alphabet: Alphabet) => string): Mended {
  let best: Mended | undefined
  for (const alphabet of nearest(text, shift)) {
    const written = write(alphabet)
    const counted = parts(written, shift)
    const fewer =
      best === undefined || (counted.encoding === best.counted.encoding && counted.parts < best.counted.parts)
    if (fewer || (counted.encoding === 'GSM-7' && best?.counted.encoding === 'UCS-2')) best = { text: written, counted }
  }
  return best ?? { text, counted: parts(text, shift) }
}

/** How a piece of a message may read once it is mended. */
export function respellings(text: string, { mends: asked, locale, shift }: Mending): readonly string[] {
  const all = alphabetsOf(shift).flatMap(alphabet => {
    const plain = plainly(text, alphabet)
    return [
      ...(asked.includes('typography') ? [plain] : []),
      ...(asked.includes('transliterate') ? [romanize(plain, locale, alphabet)] : []),
    ]
  })
  return [...new Set(all)]
}

/** A text with a typewriter's signs for those that an alphabet lacks. */
function plainly(text: string, alphabet: Alphabet): string {
  let out = ''
  let fraction = false
  for (const character of text) {
    const plain = isIn(character, alphabet) ? undefined : plainSigns[character]
    // `2½` is no `21/2`.
    const written = plain ?? character
    const parted = (plain !== undefined || fraction) && /^\d/.test(written) && /\d$/.test(out)
    out += `${parted ? ' ' : ''}${written}`
    fraction = plain !== undefined && /\d$/.test(plain)
  }
  return out
}

/** Whether a character is one that `typography` mends. */
export function isTypographic(character: string): boolean {
  return Object.hasOwn(plainSigns, character)
}
