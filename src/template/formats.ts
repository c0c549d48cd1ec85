/** How amounts, numbers, percentages and dates read in a locale: one formatter for all channels, with a plain flavour for text. */
import { isCurrency, isDate, isDecimal } from '../schema/index.ts'
import { cldr } from './cldr.ts'
import { conventions } from './conventions.ts'

/** The ways to write a date: 23 March 2026, 23 Mar 2026, 23 March (or 23.03), 23 March, March 2026, March. */
export const dateStyles = ['long', 'short', 'sms', 'day', 'month', 'month-name'] as const
export type DateStyle = (typeof dateStyles)[number]

/** Formatters of one locale. Values are decimal or ISO 8601 text as it stands in data; each throws `Unshowable` for what it cannot show. */
export interface Formats {
  readonly locale: string
  /** With the currency's own decimals unless told otherwise; without the currency's sign if `symbol` is false. */
  readonly money: (
    value: unknown,
    options: { currency: string; decimals?: number | undefined; symbol?: boolean },
  ) => string
  /** With the decimals that the value has, unless told otherwise. */
  readonly number: (value: unknown, options?: { decimals?: number | undefined }) => string
  /** The value is the number before the sign: 20 reads 20%. Zeros at the end of the fraction are left out, unless told otherwise. */
  readonly percent: (value: unknown, options?: { decimals?: number | undefined }) => string
  /** A date, a date with time (its time is not shown), or a month (`2026-03`) where the style shows no day. */
  readonly date: (value: unknown, style: DateStyle) => string
}

/** What a locale has to know: how digits, signs and dates are put together. */
export interface Conventions {
  /** `digits` is unsigned canonical decimal text, and is shown with all its decimals. */
  readonly number: (digits: string) => string
  /** What stands before and after a number for a currency, and for a percentage. */
  readonly currency: (code: string) => Affixes
  readonly percent: Affixes
  readonly date: (date: CalendarDate, style: DateStyle) => string
}

export interface Affixes {
  readonly before: string
  readonly after: string
}

export interface CalendarDate {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
}

/** A value that a formatter or helper cannot show. The message is a clause that a fault's subject stands before. */
export class Unshowable extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'Unshowable'
    this.hint = hint
  }
}

/**
 * The formatter of a locale (BCP 47). `plain` is for channels of bare text such as SMS, where one typographic character halves the
 * room: ordinary spaces, hyphen-minus, and no grouping where that would be a space. Locales are data, so the memory is bounded.
 */
export function formatsOf(locale: string, { plain = false }: { readonly plain?: boolean } = {}): Formats {
  const key = `${locale} ${plain}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const made = makeFormats(locale, plain)
  if (remembered.size >= 128) remembered.delete(remembered.keys().next().value as string)
  remembered.set(key, made)
  return made
}

const remembered = new Map<string, Formats>()

function makeFormats(locale: string, plain: boolean): Formats {
  const rules = conventions(locale, { plain }) ?? cldr(locale, { plain })
  const minus = plain ? '-' : '\u2212'
  const text = plain ? plainText : (shown: string): string => shown
  const affixed = (digits: string, negative: boolean, { before, after }: Affixes): string =>
    text(`${negative ? minus : ''}${before}${rules.number(digits)}${after}`)
  const days = new Map<DateStyle, Map<string, string>>()
  const currencies = new Map<string, { readonly decimals: number; readonly affixes: Affixes }>()
  const currencyOf = (code: string): { readonly decimals: number; readonly affixes: Affixes } => {
    let known = currencies.get(code)
    if (known === undefined) {
      known = { decimals: currencyDecimals(code), affixes: rules.currency(code) }
      currencies.set(code, known)
    }
    return known
  }
  return {
    locale,
    money(value, { currency, decimals, symbol = true }) {
      const known = currencyOf(currency)
      const places = decimals ?? known.decimals
      const { digits, negative } = fixed(value, places, decimals === undefined ? currency : undefined)
      return affixed(digits, negative, symbol ? known.affixes : none)
    },
    number(value, { decimals } = {}) {
      const { digits, negative } = decimals === undefined ? read(value) : fixed(value, decimals)
      return affixed(digits, negative, none)
    },
    percent(value, { decimals } = {}) {
      const { digits, negative } = decimals === undefined ? trimmed(read(value)) : fixed(value, decimals)
      return affixed(digits, negative, rules.percent)
    },
    date(value, style) {
      // The letters of a batch share their days: reading and writing one anew costs a quarter of merging a text message.
      let known = days.get(style)
      if (known === undefined) {
        known = new Map()
        days.set(style, known)
      }
      const before = known.get(value as string)
      if (before !== undefined) return before
      const shown = text(rules.date(readDay(value, style), style))
      if (known.size >= mostDays) known.clear()
      // Whole days alone: a day with a time is nearly never met again.
      if (typeof value === 'string' && value.length <= 10) known.set(value, shown)
      return shown
    },
  }
}

const mostDays = 1_000

const none: Affixes = { before: '', after: '' }

/** Of a value in the data, which may be private: it says nothing of what was found. */
export const codeHint = 'codes are three capital letters, such as EUR: mend the data, or let schema.json list them'

function currencyDecimals(code: string): number {
  if (!isCurrency(code)) throw new Unshowable('has a currency that is not an ISO 4217 code', codeHint)
  return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
}

interface Unsigned {
  readonly digits: string
  readonly negative: boolean
}

function read(value: unknown): Unsigned {
  const text = typeof value === 'number' ? String(value) : value
  if (text === undefined || text === null) throw new Unshowable('is missing')
  if (typeof text !== 'string' || !isDecimal(text)) {
    throw new Unshowable(
      'is not a decimal number',
      'amounts are decimal text such as 12.50: format "decimal" in schema.json',
    )
  }
  const negative = text.charCodeAt(0) === 45
  const digits = negative ? text.slice(1) : text
  return { digits, negative: negative && /[1-9]/.test(digits) }
}

/** Exactly so many decimals; what would be lost by that is refused, because whoever adds up the figures would find it missing. */
function fixed(value: unknown, places: number, currency?: string): Unsigned {
  const written = read(value)
  const { digits, negative } = written
  const point = digits.indexOf('.')
  if ((point < 0 ? 0 : digits.length - point - 1) === places) return written
  const fraction = point < 0 ? '' : digits.slice(point + 1)
  const whole = point < 0 ? digits : digits.slice(0, point)
  if (fraction.length < places) return { digits: `${whole}.${fraction.padEnd(places, '0')}`, negative }
  if (/[1-9]/.test(fraction.slice(places))) {
    throw new Unshowable(
      `has more decimals than ${currency === undefined ? `are to be shown (${places})` : `${currency} has`}`,
      'round it in prepare.js, or show more with decimals=',
    )
  }
  return { digits: places === 0 ? whole : `${whole}.${fraction.slice(0, places)}`, negative }
}

function trimmed({ digits, negative }: Unsigned): Unsigned {
  return { digits: digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits, negative }
}

function readDay(value: unknown, style: DateStyle): CalendarDate {
  if (value === undefined || value === null) throw new Unshowable('is missing')
  const text = typeof value === 'string' ? value : ''
  if (/^\d{4}-\d{2}$/.test(text) && isDate(`${text}-01`)) {
    if (style !== 'month' && style !== 'month-name') throw new Unshowable('is a month, not a date', "use style='month'")
    return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: 1 }
  }
  const day = text.slice(0, 10)
  if (!isDate(day) || (text.length > 10 && !/^[T ]\d{2}:\d{2}/.test(text.slice(10)))) {
    throw new Unshowable('is not a date', 'dates are ISO 8601 text such as 2026-03-23: format "date" in schema.json')
  }
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) }
}

function plainText(shown: string): string {
  if (!/[\u00a0\u2009\u202f\u2212]/.test(shown)) return shown
  return shown.replace(/[\u00a0\u2009\u202f]/g, ' ').replaceAll('\u2212', '-')
}
