/** Signs of currencies as texts have them beside a figure: which currencies each may stand for. Shares no code with what formats them. */
import { isCurrency } from '../../schema/index.ts'

/**
 * Signs in letters, by their currencies. Those that also stand beside a figure for something else are left out: single letters of
 * Latin, and KM (kilometres), CF (carried forward), Db (debit), Ar, FC, FG, RF.
 */
const inLetters: Readonly<Record<string, string>> = {
  AOA: 'Kz',
  'BAM RSD MKD': 'дин ден',
  BGN: 'лв',
  'BOB VES': 'Bs',
  'BYN RUB': 'р руб рубль рубля рубли рублей рублі рублів rub',
  CHF: 'SFr sFr',
  CZK: 'Kč',
  'DKK ISK NOK SEK': 'kr',
  EUR: 'Euro euro euros євро евро',
  HRK: 'kn',
  HUF: 'Ft',
  IDR: 'Rp',
  'INR LKR MUR NPR PKR SCR': 'Rs',
  KZT: 'тг тенге',
  'MDL RON': 'lei lej лей',
  MYR: 'RM',
  PLN: 'zł zl złoty złote złotego złotych злотий злотих злотый злотых',
  TMT: 'ТМТ',
  TRY: 'TL',
  UAH: 'грн hrn гривня гривні гривень гривна гривны гривен',
  'XAF XOF': 'FCFA CFA',
  XPF: 'CFPF',
  ZMW: 'ZK',
}

const bySign: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(inLetters).flatMap(([currencies, signs]) =>
    signs.split(' ').map(sign => [sign, currencies.split(' ')] as const),
  ),
)

/** The currencies that a word may be a sign of; undefined for what is none. Other letters than those of ASCII may be capitals. */
function currenciesOf(word: string): readonly string[] | undefined {
  return bySign.get(word) ?? (/^[\x00-\x7f]*$/.test(word) ? undefined : bySign.get(word.toLowerCase()))
}

export const isCurrencySign = (text: string): boolean =>
  text !== '' && (/\p{Sc}$/u.test(text) || isCurrency(text) || currenciesOf(text) !== undefined)

/** More than a sign takes with the blank and the stop beside it: what stands further off is something else. */
export const signReach = 12

/** A sign or code of a currency right before a figure, with the blank between them; not one that belongs to another figure before it. */
export function signBefore(ahead: string): string {
  const unit = /(?:[A-Z]{0,2}\p{Sc}|(?<![\p{L}\p{N}])[A-Z]{3})[ \u00a0\t]?$/u.exec(ahead)?.[0] ?? ''
  if (isCurrencySign(unit.trim())) return unit
  const word = /(?<![\p{L}\p{M}\p{N}]|\d[ \u00a0\t])(\p{L}{1,8})\.?[ \u00a0\t]?$/u.exec(ahead)
  return word !== null && currenciesOf(word[1] as string) !== undefined ? word[0] : ''
}

/** A sign or code of a currency right behind a figure, without the blank; not one that belongs to another figure behind it. */
export function signBehind(behind: string): string {
  const sign = /^[ \u00a0\t]?(\p{Sc}|[A-Z]{3}\b)(?![ \u00a0\t]?\d)/u.exec(behind)?.[1]
  if (sign !== undefined && isCurrencySign(sign)) return sign
  const word = /^[ \u00a0\t]?(\p{L}{1,8})(?![\p{L}\p{M}\p{N}]|\.\p{L}|\.?[ \u00a0\t]?\d)/u.exec(behind)?.[1] ?? ''
  return currenciesOf(word) === undefined ? '' : word
}

/** Whether a sign may stand for a currency that is shown so, by its code, or as people write it. */
export function isSignOf(sign: string, currency: string | undefined, shown: string): boolean {
  const word = sign.replace(/[.\s]+$/u, '')
  const known = currenciesOf(word)
  if (known !== undefined)
    return (currency !== undefined && known.includes(currency)) || word === shown.replace(/[^\p{L}]/gu, '')
  return word === currency || shown.includes(word) || (currency !== undefined && narrowOf(currency) === word)
}

const narrow = new Map<string, string>()

/** A currency's own sign, `₴`, where a locale shows it otherwise. */
function narrowOf(currency: string): string | undefined {
  let sign = narrow.get(currency)
  if (sign === undefined && isCurrency(currency)) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    sign = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? ''
    narrow.set(currency, sign)
  }
  return sign
}
