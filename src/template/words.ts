/** Amounts in words, as payment documents want them: whole units in words, hundredths as two digits. The one home of n2words. */
import { decimal, isDecimal, later } from '../schema/index.ts'
import { Unshowable } from './formats.ts'
import { type Gender, slavic } from './numerals.ts'

const german = later<typeof import('n2words/de-DE')>('n2words/de-DE')
const english = later<typeof import('n2words/en-GB')>('n2words/en-GB')
const polish = later<typeof import('n2words/pl-PL')>('n2words/pl-PL')

/** One, few and many of a unit; languages without few have it twice. */
type Noun = readonly [one: string, few: string, many: string]

interface Unit {
  /** Where numerals have it before nouns. */
  readonly gender?: Gender
  readonly whole: Noun
  readonly part: Noun
}

const same = (word: string): Noun => [word, word, word]
const unit = (gender: Gender, whole: Noun, part: Noun): Unit => ({ gender, whole, part })
const plain = (whole: Noun, part: Noun): Unit => ({ whole, part })
const plural = (one: string, many: string): Noun => [one, many, many]

/** By language and currency (ISO 4217). */
const units: Readonly<Record<string, Readonly<Record<string, Unit>>>> = {
  uk: {
    UAH: unit('f', ['гривня', 'гривні', 'гривень'], ['копійка', 'копійки', 'копійок']),
    RUB: unit('m', ['рубль', 'рублі', 'рублів'], ['копійка', 'копійки', 'копійок']),
    EUR: unit('n', same('євро'), ['цент', 'центи', 'центів']),
    USD: unit('m', ['долар', 'долари', 'доларів'], ['цент', 'центи', 'центів']),
    GBP: unit('m', ['фунт', 'фунти', 'фунтів'], ['пенс', 'пенси', 'пенсів']),
    PLN: unit('m', ['злотий', 'злоті', 'злотих'], ['грош', 'гроші', 'грошів']),
  },
  ru: {
    UAH: unit('f', ['гривна', 'гривны', 'гривен'], ['копейка', 'копейки', 'копеек']),
    RUB: unit('m', ['рубль', 'рубля', 'рублей'], ['копейка', 'копейки', 'копеек']),
    EUR: unit('m', same('евро'), ['цент', 'цента', 'центов']),
    USD: unit('m', ['доллар', 'доллара', 'долларов'], ['цент', 'цента', 'центов']),
    GBP: unit('m', ['фунт', 'фунта', 'фунтов'], ['пенс', 'пенса', 'пенсов']),
    PLN: unit('m', ['злотый', 'злотых', 'злотых'], ['грош', 'гроша', 'грошей']),
  },
  pl: {
    UAH: unit('f', ['hrywna', 'hrywny', 'hrywien'], ['kopiejka', 'kopiejki', 'kopiejek']),
    RUB: unit('m', ['rubel', 'ruble', 'rubli'], ['kopiejka', 'kopiejki', 'kopiejek']),
    EUR: unit('n', same('euro'), ['cent', 'centy', 'centów']),
    USD: unit('m', ['dolar', 'dolary', 'dolarów'], ['cent', 'centy', 'centów']),
    GBP: unit('m', ['funt', 'funty', 'funtów'], ['pens', 'pensy', 'pensów']),
    PLN: unit('m', ['złoty', 'złote', 'złotych'], ['grosz', 'grosze', 'groszy']),
  },
  de: {
    RUB: plain(same('Rubel'), plural('Kopeke', 'Kopeken')),
    EUR: plain(same('Euro'), same('Cent')),
    USD: plain(same('US-Dollar'), same('Cent')),
    GBP: plain(same('Pfund'), plural('Penny', 'Pence')),
    PLN: plain(same('Zloty'), plural('Grosz', 'Groszy')),
  },
  en: {
    UAH: plain(plural('hryvnia', 'hryvnias'), plural('kopiyka', 'kopiykas')),
    RUB: plain(plural('rouble', 'roubles'), plural('kopeck', 'kopecks')),
    EUR: plain(plural('euro', 'euros'), plural('cent', 'cents')),
    USD: plain(plural('dollar', 'dollars'), plural('cent', 'cents')),
    GBP: plain(plural('pound', 'pounds'), plural('penny', 'pence')),
    PLN: plain(plural('zloty', 'zlotys'), plural('grosz', 'groszy')),
  },
}

/** The currencies whose amounts are said in words in a locale. */
export function spokenCurrencies(locale: string): readonly string[] {
  return Object.keys(units[new Intl.Locale(locale).language] ?? {})
}

const mostDigits = 12

/** `Одна тисяча чотириста вісімдесят дві гривні 50 копійок`. Throws `Unshowable` for what cannot be said. */
export function amountInWords(value: unknown, currency: string, locale: string): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !isDecimal(text)) throw new Unshowable('is not a decimal number')
  const { language } = new Intl.Locale(locale)
  const known = units[language]
  if (known === undefined)
    throw new Unshowable(`has no words for amounts in ${language}`, `known: ${Object.keys(units).join(', ')}`)
  const named = Object.hasOwn(known, currency) ? known[currency] : undefined
  if (named === undefined)
    throw new Unshowable(`has no words for ${currency} in ${language}`, `known: ${Object.keys(known).join(', ')}`)
  if (decimal(text).cmp('0') < 0) throw new Unshowable('is below zero, which no document says in words')
  const [whole = '0', hundredths = ''] = decimal(text).round(2).toString().split('.')
  if (whole.length > mostDigits) throw new Unshowable('is too large to be said in words')
  const part = hundredths.padEnd(2, '0')
  const number = cardinal(BigInt(whole), language, named.gender)
  const said = `${number} ${nounFor(BigInt(whole), named.whole, language)} ${part} ${nounFor(BigInt(part), named.part, language)}`
  return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1)
}

function cardinal(number: bigint, language: string, gender: Gender = 'm'): string {
  switch (language) {
    case 'pl':
      return polishCardinal(number, gender)
    case 'de':
      // Before a noun one is `ein`, also at the end of a number, and before its thousands, where n2words writes `einhunderteinstausend`.
      return german()
        .toCardinal(number)
        .replace(/eins(?=$|tausend)/g, 'ein')
    case 'en':
      // `and` stands before tens and ones alone: n2words writes `one million and one thousand`.
      return english()
        .toCardinal(number)
        .replace(/(?<=illion) and (?=.*(?:thousand|illion))/g, ' ')
    default:
      return slavic(number, language === 'uk' ? 'uk' : 'ru', gender)
  }
}

/** One alone has three genders, at the end of a number none (`sto jeden hrywien`); two is `dwie` before feminine nouns, also there. */
function polishCardinal(number: bigint, gender: Gender): string {
  if (number === 1n) return { m: 'jeden', f: 'jedna', n: 'jedno' }[gender]
  const said = polish().toCardinal(number)
  return gender === 'f' ? said.replace(/(^| )dwa$/, '$1dwie') : said
}

function nounFor(number: bigint, [one, few, many]: Noun, language: string): string {
  const category = new Intl.PluralRules(language).select(
    Number(number % 1_000_000n) + (number >= 1_000_000n ? 1_000_000 : 0),
  )
  return category === 'one' ? one : category === 'few' ? few : many
}
