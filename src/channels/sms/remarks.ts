/** What is worth knowing of a text message before it is paid for: what makes it dear, how near it is to its budget, who cannot answer. */
import { type Data, quote, type Remark } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import { type Shift, unlikeIn } from './alphabet.ts'
import type { Elsewhere } from './dialled.ts'
import { type Kind, kinds } from './kind.ts'
import { isTypographic, type Mended, transliterated, typographic } from './mend.ts'
import { parts } from './parts.ts'
import type { Terms } from './settings.ts'

/** A message that is as good as full: the next longer name or amount does not fit. */
const nearlyFull = 0.9

export interface Sent extends Mended {
  readonly from: string
  /** What becomes of its letters where it goes. */
  readonly letters: 'register' | 'hidden' | undefined
  readonly country: string | undefined
  /** What its number is, where it is no telephone in a pocket. */
  readonly kind: Kind | undefined
  /** Where its number perhaps is one of, though it was dialled at home. */
  readonly elsewhere: Elsewhere | undefined
  readonly locale: string
  readonly data: Data
}

export function remarksOn(sent: Sent, terms: Terms): readonly Remark[] {
  const { counted, from, letters, country, kind, elsewhere } = sent
  const remarks: Remark[] = []
  const dear = whyDear(sent, terms)
  if (dear !== undefined) remarks.push(dear)
  if (terms.budgeted && counted.parts === terms.budget && counted.units > nearlyFull * counted.room) {
    remarks.push({
      code: 'sms.near',
      what: `{pieces} ${counted.encoding === 'UCS-2' ? 'in UCS-2 ' : ''}with less than 10 % of ${terms.budget === 1 ? 'the one part' : `the ${terms.budget} parts`} left`,
      hint: 'a longer name or amount becomes a reject: shorten the wording, or raise parts in the template or job',
      inRows: true,
    })
  }
  if (elsewhere !== undefined) {
    const { home, country: other, path } = elsewhere
    remarks.push({
      code: 'sms.recipient',
      what: `{pieces} to a number without +, dialled in ${home} since nobody says where, though the recipient's ${path === undefined ? 'locale' : 'address'} is of ${other}: it may be a stranger's`,
      hint: `say where such numbers are dialled: channels: { sms: { country: ${path ?? home} } } (a country, or a path into the data), or write them with +`,
      inRows: true,
    })
  }
  if (kind !== undefined) {
    remarks.push({
      code: 'sms.recipient',
      what: `{pieces} to ${kinds[kind]} of ${country}, where it may never be read`,
      hint: 'ask for mobile numbers, or route them to another channel: empty the field in clean.js',
      inRows: true,
    })
  }
  if (letters === 'hidden') {
    remarks.push({
      code: 'sms.sender',
      what: `{pieces} to ${country} cannot show ${quote(from)} as sender`,
      hint: `ask the gateway for a number or short code there, and name it in brand.yaml: sms: { countries: { ${country}: { sender: … } } }`,
    })
  } else if (letters === 'register') {
    remarks.push({
      code: 'sms.sender',
      what: `{pieces} to ${country}, where ${quote(from)} is shown as sender only once it is registered`,
      hint: `register it through the gateway, and say so in brand.yaml: sms: { countries: { ${country}: { letters: shown } } }`,
    })
  }
  return remarks
}

/** Parts that letters and signs outside GSM-7 cost, and what would mend it. */
function whyDear({ text, counted, country, locale, data }: Sent, { shift }: Terms): Remark | undefined {
  if (counted.encoding === 'GSM-7' || counted.parts === 1) return undefined
  const plain = typographic(text, shift)
  const latin = transliterated(text, { locale, shift })
  const mend =
    plain.counted.encoding === 'GSM-7' ? 'typography' : latin.counted.encoding === 'GSM-7' ? 'transliterate' : undefined
  const possible =
    mend === 'typography'
      ? plain.counted
      : mend === 'transliterate'
        ? latin.counted
        : parts(withoutUnlike(latin.text, shift), shift)
  const extra = counted.parts - possible.parts
  if (extra <= 0) return undefined
  const guilty = mend === 'typography' ? text : mend === 'transliterate' ? plain.text : latin.text
  const { words, make, where } = nameUnlike(unlikeIn(guilty, shift), { text, data })
  return {
    code: 'sms.dear',
    what: `${words} ${make} {pieces} longer`,
    hint:
      mend === undefined
        ? 'take them out of the wording or the data'
        : `set mend: [${mend}] under channels.sms in the template or job, or change the wording or the data`,
    ...(where === undefined ? {} : { inRows: true }),
    extra: { parts: extra, ...(country === undefined ? {} : { country }) },
  }
}

function withoutUnlike(text: string, shift: Shift | undefined): string {
  const unlike = new Set(unlikeIn(text, shift))
  return [...text].map(character => (unlike.has(character) ? '?' : character)).join('')
}

export interface Unlike {
  readonly words: string
  readonly make: 'make' | 'makes'
  /** The sign that is to be taken out; absent where a whole script stands in the way. */
  readonly sign?: string
  /** The field that brings it; absent: none does. */
  readonly where?: string
}

/** What stands in the way: a script where it is one, else the first sign and the field that brings it into the message. */
export function nameUnlike(
  unlike: readonly string[],
  { text, data }: { readonly text: string; readonly data: Data },
): Unlike {
  const letters = unlike.filter(character => !isTypographic(character))
  for (const script of scripts)
    if (letters.length > 0 && letters.every(letter => script.test(letter)))
      return { words: `letters of ${script.source.slice(script.source.indexOf('=') + 1, -1)}`, make: 'make' }
  const first = letters[0] ?? unlike[0] ?? ''
  const code = `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const others = new Set(unlike).size - 1
  const path = pathOf(bringing(first, text), data, [])
  const where = path === undefined ? 'the wording' : path
  const more = others === 0 ? '' : ` and ${others} other sign${others === 1 ? '' : 's'}`
  return {
    words: `${quote(first)} (${code})${more} in ${where}`,
    make: others === 0 ? 'makes' : 'make',
    sign: code,
    ...(path === undefined ? {} : { where: path }),
  }
}

const scripts = [/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Arabic}/u, /\p{Script=Georgian}/u]

/** Whether a value has a sign in a word that stands in the message as it is: a field that is not printed is not to blame. */
function bringing(sign: string, text: string): (value: string) => boolean {
  return value => value.split(/\s+/u).some(word => word.includes(sign) && text.includes(word))
}

/** The field that brings something; positions in lists are left out, so that all lines have one name. */
function pathOf(brings: (value: string) => boolean, value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') return brings(value) ? path.join('.') : undefined
  if (Array.isArray(value)) {
    for (const element of value) {
      const found = pathOf(brings, element, path)
      if (found !== undefined) return found
    }
  } else if (isObject(value)) {
    for (const [step, inner] of Object.entries(value)) {
      const found = pathOf(brings, inner, [...path, step])
      if (found !== undefined) return found
    }
  }
  return undefined
}
