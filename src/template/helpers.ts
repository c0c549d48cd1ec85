/** What the helpers of templates do. Their arguments are described in signatures.ts, which the audit reads. */
import { isDisguised, lookup, percentEncoded, type Value } from '../model/index.ts'
import { type Decimal, type DecimalLike, decimal, isDate, isDecimal } from '../schema/index.ts'
import { type DateStyle, dateStyles, type Formats, Unshowable } from './formats.ts'
import { withoutStop, withStop } from './onestop.ts'
import { amountInWords } from './words.ts'

/** What the helpers know of the communication that is being merged. */
export interface Voice {
  readonly formats: Formats
  readonly say: (key: string, values: Readonly<Record<string, unknown>>) => string
  readonly currency: () => string
  readonly fact: (name: string) => string
  /** Lines of an address, as the brand sends to it. */
  readonly address: (value: unknown, country: unknown) => readonly string[]
  /** The style of a date that names none. */
  readonly dateStyle: DateStyle
}

type Hash = Readonly<Record<string, unknown>>
/** Positional arguments, then those by name. */
export type Helper = (voice: Voice, params: readonly unknown[], hash: Hash) => unknown

export const helpers: Readonly<Record<string, Helper>> = {
  money: ({ formats, currency }, [value], hash) =>
    formats.money(value, {
      currency: hash['currency'] === undefined ? currency() : String(hash['currency']),
      decimals: decimalsOf(hash),
      symbol: hash['symbol'] !== false,
    }),
  number: ({ formats }, [value], hash) => formats.number(value, { decimals: decimalsOf(hash) }),
  words: ({ formats, currency }, [value], hash) =>
    amountInWords(value, hash['currency'] === undefined ? currency() : String(hash['currency']), formats.locale),
  percent: ({ formats }, [value], hash) => formats.percent(value, { decimals: decimalsOf(hash) }),
  date: ({ formats, dateStyle }, [value], hash) => withStop(formats.date(value, styleOf(hash, dateStyle))),
  t: ({ say }, key, hash) => say(key.map(keyPart).join('.'), hash),
  fact: ({ fact }, [name]) => fact(String(name)),

  sum: (_, [list, path]) => {
    if (!Array.isArray(list)) throw new Unshowable('is not about a list')
    let total = decimal(0)
    for (const element of list as readonly Value[]) total = total.plus(exact(lookup(element, String(path))))
    return total.toString()
  },
  plus: (_, [one, other]) => exact(one).plus(exact(other)).toString(),
  minus: (_, [one, other]) => exact(one).minus(exact(other)).toString(),
  times: (_, [one, other]) => exact(one).times(exact(other)).toString(),

  url: (_, [value]) => safeUrl(withoutStop(value)),
  urlPart: (_, [value]) => urlPart(withoutStop(value)),
  telPart: (_, [value]) => telPart(withoutStop(value)),
  addressLines: ({ address }, [value], hash) => address(value, hash['country']),

  eq: (_, [one, other]) => equal(one, other),
  gt: (_, [one, other]) => compare(one, other) > 0,
  lt: (_, [one, other]) => compare(one, other) < 0,
  not: (_, [value]) => !holds(value),
  and: (_, values) => values.every(holds),
  or: (_, values) => values.some(holds),
}

function decimalsOf(hash: Hash): number | undefined {
  const decimals = hash['decimals']
  if (decimals === undefined) return undefined
  if (!Number.isInteger(decimals) || Number(decimals) < 0 || Number(decimals) > 20) {
    throw new Unshowable('wants decimals that are not a whole number from 0 to 20')
  }
  return Number(decimals)
}

function styleOf(hash: Hash, otherwise: DateStyle): DateStyle {
  const style = hash['style']
  if (style === undefined) return otherwise
  if (!dateStyles.includes(style as DateStyle)) throw new Unshowable('wants a date style that does not exist')
  return style as DateStyle
}

function keyPart(part: unknown): string {
  if (typeof part === 'string' || typeof part === 'boolean' || typeof part === 'number') return String(part)
  throw new Unshowable('has a key with a part that is missing')
}

function exact(value: unknown): Decimal {
  if (value === undefined || value === null) throw new Unshowable('adds up a value that is missing')
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !isDecimal(text))
    throw new Unshowable('reckons with a value that is not a decimal number')
  return decimal(text as DecimalLike)
}

/** A number in the template or the data compares as a number (`0.00` is 0); texts compare letter by letter, so `007` is not `7`. */
function equal(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' || typeof other === 'number') {
    return isNumeric(one) && isNumeric(other) && exact(one).cmp(exact(other)) === 0
  }
  return one === other || (typeof one === 'string' && withoutStop(one) === withoutStop(other))
}

/** Decimals by value, dates by day. What is missing is neither greater nor less, so that a guard may stand in the same condition. */
function compare(one: unknown, other: unknown): number {
  if (one === undefined || one === null || other === undefined || other === null) return 0
  if (isNumeric(one) && isNumeric(other)) return exact(one).cmp(exact(other))
  const [first, second] = [one, other].map(value => (typeof value === 'string' ? value.slice(0, 10) : ''))
  if (!isDate(first as string) || !isDate(second as string))
    throw new Unshowable('compares what is neither two numbers nor two dates')
  return (first as string) < (second as string) ? -1 : first === second ? 0 : 1
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && isDecimal(value))
}

/** As `#if` decides: nothing, empty text, 0, false and an empty list do not hold. Decimal text always does, `0.00` too. */
function holds(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

/** Links go where a reader can see them going: a scheme list, and nothing that a browser would skip before the scheme. */
function safeUrl(value: unknown): string {
  if (typeof value !== 'string') throw new Unshowable('is missing')
  if (isDisguised(value))
    throw new Unshowable(
      'has a name or password before its host, so that it leads elsewhere than it reads',
      'take out what stands before the @: https://nord.example/pay',
    )
  if (
    !/^(?:https?:\/\/[^/?#\s]|mailto:[^\s]|tel:[+\d][\d+()./-]*$)/i.test(value) ||
    /[\s\p{Cc}\p{Cf}\\]/u.test(value) ||
    !URL.canParse(value)
  )
    throw new Unshowable('is not an http, https, mailto or tel address')
  if (/^mailto:.*[?,;]/i.test(value))
    throw new Unshowable(
      'is a mail address with others, or words of a letter, beside it',
      'take out what stands behind the address: mailto:help@nord.example',
    )
  return value
}

function urlPart(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Unshowable('is missing')
  // Programs walk up by it before they ask (RFC 3986 §5.2.4), encoded or not.
  if (value === '.' || value === '..')
    throw new Unshowable('is nothing but dots, and would lead to another page', 'mend the data')
  return percentEncoded(String(value))
}

/** Figures of a telephone number as people write them: what else is dialled (`*21*…#`) may turn calls over to a stranger. */
function telPart(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Unshowable('is missing')
  if (!/^[\d\p{Zs}+()./-]*$/u.test(String(value)))
    throw new Unshowable(
      'has other signs than those of a telephone number',
      'mend the data: figures, blanks, +, -, (, ), . and / alone; the template may write others, such as ;ext=',
    )
  return String(value)
}
