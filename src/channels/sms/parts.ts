/** Counts the parts of a text message exactly as phones are sent them (3GPP TS 23.038, concatenation of TS 23.040 §9.2.3.24.1). */
import { septetsOf } from './alphabet.ts'

export interface Parts {
  /** GSM-7 where every character is in the alphabet or its extension, else UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly parts: number
  /** Septets of GSM-7 or 16-bit units of UCS-2, without headers. */
  readonly units: number
  /** The first character that GSM-7 lacks. */
  readonly unlike?: string
}

/** What a single message holds, and what each part of a longer one holds beside its header, in septets or units. */
const capacity = { 'GSM-7': { alone: 160, each: 153 }, 'UCS-2': { alone: 70, each: 67 } } as const

/** Encoding and number of parts of a text; an empty text is one part. Line ends are single `\n`. */
export function parts(text: string): Parts {
  const characters = [...text]
  const unlike = characters.find(character => septetsOf(character) === undefined)
  const encoding = unlike === undefined ? 'GSM-7' : 'UCS-2'
  // An escape pair or a surrogate pair is never split: it moves whole into the next part.
  const sizes = characters.map(character => (unlike === undefined ? (septetsOf(character) ?? 1) : character.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, each } = capacity[encoding]
  const count = units <= alone ? 1 : fill(sizes, each)
  return { encoding, parts: count, units, ...(unlike === undefined ? {} : { unlike }) }
}

function fill(sizes: readonly number[], each: number): number {
  let count = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > each) {
      count += 1
      used = 0
    }
    used += size
  }
  return count
}
