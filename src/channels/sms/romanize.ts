/** Cyrillic and other letters in Latin ones that GSM-7 has: Ukrainian by its national standard. The one home of any-ascii. */
import { later } from '../../schema/index.ts'
import { type Alphabet, gsm, isIn } from './alphabet.ts'

const library = later<typeof import('any-ascii')>('any-ascii')
const anyAscii = (text: string): string => library().default(text)

/**
 * The table of the resolution of the Cabinet of Ministers of Ukraine No. 55 of 27 January 2010, `http://zakon.rada.gov.ua/go/55-2010-п`:
 * letters, and those that are written otherwise at the beginning of a word. The soft sign and the apostrophe are not written.
 */
// biome-ignore format: a table
const ukrainian: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l',
  м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '',
  ю: 'iu', я: 'ia',
}
const ukrainianFirst: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }

/**
 * A text in Latin letters. Ukrainian words (by the recipient's `locale`) follow the resolution of 2010; all other letters are written as
 * any-ascii has them, which for Russian is close to passports. What the alphabet has stays as it is: `ä`, `é`, `£`.
 */
export function romanize(text: string, locale: string, alphabet: Alphabet = gsm): string {
  const unstressed = text.replace(stress, '')
  const words = /^uk\b/.test(locale) ? unstressed.replace(cyrillicWord, romanizeUkrainian) : unstressed
  const bulgarian = /^bg\b/.test(locale)
  const latin = (letter: string): string => (isIn(letter, alphabet) ? letter : letterFor(letter, bulgarian))
  const capitals = withoutMixed(words, alphabet).replace(capitalWord, word =>
    word === word.toUpperCase() ? [...word].map(letter => latin(letter).toUpperCase()).join('') : word,
  )
  let out = ''
  for (const character of capitals) out += latin(character)
  return out
}

/** `ЖКХ` is ZHKKH, where `Жанна` is Zhanna. */
const capitalWord = /(?<!\p{L})[\u0400-\u052f]{2,}(?!\p{L})/gu

/** Marks that show a reader where a Cyrillic word is stressed: no letters, and Latin has none for them. */
const stress = /(?<=[\u0400-\u052f])[\u0300\u0301]/g

/** Greek words: those of capitals that the alphabet has stay, and of others no letter does. */
function withoutMixed(text: string, alphabet: Alphabet): string {
  return text.replace(greekWord, word =>
    [...word].every(letter => isIn(letter, alphabet)) ? word : romanizeGreek(word),
  )
}

function romanizeGreek(word: string): string {
  const latin = [...word].map(letter => anyAscii(letter)).join('')
  return word.length > 1 && word === word.toUpperCase() ? latin.toUpperCase() : latin
}

const greekWord = /\p{Script=Greek}+/gu

/**
 * Letters alone are written otherwise: a library's names for pictures would be longer than any message. The soft and hard signs are not written,
 * but in Bulgarian, where the hard one is a vowel (its law of transliteration of 2009).
 */
function letterFor(character: string, bulgarian: boolean): string {
  if (bulgarian && /[ъЪ]/.test(character)) return character === 'ъ' ? 'a' : 'A'
  if (/[ьЬъЪ]/.test(character)) return ''
  const written = letterwise.test(character) ? anyAscii(character) : ''
  return written === '' ? character : written
}

/** Scripts whose readers know their words in Latin letters, one by one: consonants alone (`dvd` for David) or sounds of Chinese are no name. */
const letterwise = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{M}]/u

const cyrillicWord = /[\u0400-\u052f]+(?:['’ʼ\u02bc][\u0400-\u052f]+)*/g

function romanizeUkrainian(word: string): string {
  const upper = word.length > 1 && word === word.toUpperCase()
  const letters = [...word]
  let out = ''
  for (const [at, letter] of letters.entries()) {
    if (/['’ʼ]/.test(letter)) continue
    const small = letter.toLowerCase()
    // The pair зг is zgh, so that it is not taken for ж (zh).
    const pair = small === 'г' && letters[at - 1]?.toLowerCase() === 'з' ? 'gh' : undefined
    const latin = pair ?? (at === 0 ? ukrainianFirst[small] : undefined) ?? ukrainian[small]
    if (latin === undefined) out += letter
    else if (letter === small) out += latin
    else out += upper ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1)
  }
  return out
}
