/** Why a text message takes more than one part: letters and signs that cost more than others, or its length. */
import type { Remark } from '../../model/index.ts'
import { type Shift, unlikeIn } from './alphabet.ts'
import { nameUnlike, pathOf } from './blame.ts'
import { keptIn, type Span } from './kept.ts'
import { transliterated, typographic } from './mend.ts'
import { alphabetOf, parts, roomOf } from './parts.ts'
import { plain } from './plain.ts'
import type { Sent } from './remarks.ts'

/** Why a message takes more than one part, and what would mend it; undefined where it takes one. */
export function whyDear(sent: Sent, shift: Shift | undefined): Remark | undefined {
  const { counted, country } = sent
  if (counted.parts === 1) return undefined
  const { parts: extra, ...why } =
    (counted.encoding === 'GSM-7' ? doubleSigns : foreignSigns)(sent, shift) ?? length(sent, shift)
  return { code: 'sms.dear', ...why, extra: { parts: extra, ...(country === undefined ? {} : { country }) } }
}

/** A remark to be, and the parts that would not be paid for without it. */
type Why = Omit<Remark, 'code' | 'extra'> & { readonly parts: number }

/** Signs and letters outside GSM-7. */
function foreignSigns(sent: Sent, shift: Shift | undefined): Why | undefined {
  const { text, counted, locale, data, exact } = sent
  const kept = keptIn(text, { data, exact })
  const message = { text, kept: () => kept }
  const typed = typographic(message, shift)
  const latin = transliterated(message, { locale, shift })
  const mend =
    typed.counted.encoding === 'GSM-7' ? 'typography' : latin.counted.encoding === 'GSM-7' ? 'transliterate' : undefined
  const keeps = mend === undefined ? keptLetters(sent, kept, shift) : undefined
  if (keeps !== undefined) return keeps
  const possible =
    mend === 'typography'
      ? typed.counted
      : mend === 'transliterate'
        ? latin.counted
        : parts(withoutUnlike(latin.text, shift), shift)
  const extra = counted.parts - possible.parts
  if (extra <= 0) return undefined
  const guilty = mend === 'typography' ? text : mend === 'transliterate' ? typed.text : latin.text
  const { words, make, where } = nameUnlike(unlikeIn(guilty, shift), { text, data })
  return {
    what: `${words} ${make} {pieces} longer`,
    hint:
      mend === undefined
        ? 'take them out of the wording or the data'
        : `set mend: [${mend}] under channels.sms in the template or job, or change the wording or the data`,
    ...(where === undefined ? {} : { inRows: true }),
    parts: extra,
  }
}

/** Codes and addresses, where they alone keep a message from Latin letters. */
function keptLetters(
  { text, counted, locale, data }: Sent,
  kept: readonly Span[],
  shift: Shift | undefined,
): Why | undefined {
  const letters = kept.map(({ start, end }) => text.slice(start, end)).find(code => unlikeIn(code, shift).length > 0)
  if (letters === undefined) return undefined
  const latin = transliterated({ text, kept: () => [] }, { locale, shift })
  if (latin.counted.encoding !== 'GSM-7' || latin.counted.parts >= counted.parts) return undefined
  const where = pathOf(value => plain(value).includes(letters), data)
  return {
    what: `letters in ${where ?? 'the wording'} that no mend writes otherwise make {pieces} longer`,
    hint: 'a code, an identity and an address are sent as they stand, with mend: [transliterate] too: write them in Latin letters where they are made, or pay for them',
    ...(where === undefined ? {} : { inRows: true }),
    parts: counted.parts - latin.counted.parts,
  }
}

function withoutUnlike(text: string, shift: Shift | undefined): string {
  const unlike = new Set(unlikeIn(text, shift))
  return [...text].map(character => (unlike.has(character) ? '?' : character)).join('')
}

/** Signs that GSM-7 has behind an escape alone. */
function doubleSigns({ text, counted, data }: Sent, shift: Shift | undefined): Why | undefined {
  const { septets, alone, each } = alphabetOf(counted, shift)
  const doubles = [...text].filter(sign => septets[sign.charCodeAt(0)] === 2)
  const possible = text.length <= alone ? 1 : Math.ceil(text.length / each)
  if (counted.parts <= possible) return undefined
  const { words, make, where } = nameUnlike(doubles, { text, data })
  return {
    what: `${words} ${make} {pieces} longer`,
    hint: 'each counts as two letters: write others in the wording or the data, such as EUR for €',
    ...(where === undefined ? {} : { inRows: true }),
    parts: counted.parts - possible,
  }
}

/** Mere length, by a long value of the data where leaving that out saves the part. */
function length({ text, counted, data }: Sent, shift: Shift | undefined): Why {
  const excess = Math.max(1, counted.units - roomOf(counted.parts - 1, counted, shift))
  const long = Math.max(excess, roomOf(1, counted, shift) / 2)
  const where = pathOf(value => value.length >= long && text.includes(value), data)
  const what = '{pieces} {excess} too long for a part less'
  const named =
    where === undefined
      ? { what, hint: 'shorten the wording' }
      : { what: `${where} makes ${what}`, hint: `shorten ${where}, or leave it out of the wording` }
  return { ...named, inRows: true, excess, parts: 1 }
}
