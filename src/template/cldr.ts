/** All other locales, as CLDR has them, with years of four digits; the formatter adds the minus sign. */
import { currencyAffixes } from './conventions.ts'
import type { CalendarDate, Conventions, DateStyle } from './formats.ts'

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  long: { dateStyle: 'long' },
  short: { year: 'numeric', month: '2-digit', day: '2-digit' },
  // Digits alone are read as another date across borders, so bare text has the month as a word.
  sms: { day: 'numeric', month: 'long' },
  day: { day: 'numeric', month: 'long' },
  month: { year: 'numeric', month: 'long' },
  'month-name': { month: 'long' },
}

export function cldr(locale: string, { plain }: { readonly plain: boolean }): Conventions {
  const useGrouping = !(plain && groupsByOddSign(locale))
  const numbers = remember(
    (decimals: number) =>
      new Intl.NumberFormat(locale, { useGrouping, minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  )
  const dates = remember((style: DateStyle) => new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: 'UTC' }))
  return {
    number: digits => {
      const point = digits.indexOf('.')
      // Decimal text is formatted digit by digit; only a number would pass through a binary float.
      return numbers(point < 0 ? 0 : digits.length - point - 1).format(digits as Intl.StringNumericLiteral)
    },
    currency: code => currencyAffixes(locale, code),
    percent: percentAffixes(locale),
    date: (date, style) => dates(style).format(midnight(date)),
  }
}

/** Years below 100 would be taken for those of the 20th century by Date.UTC. */
function midnight({ year, month, day }: CalendarDate): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}

/** Spaces and typographic apostrophes (de-CH) have no place in plain text; commas and points do. */
function groupsByOddSign(locale: string): boolean {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567)
  return parts.some(part => part.type === 'group' && /[\s’]/u.test(part.value))
}

function percentAffixes(locale: string): { readonly before: string; readonly after: string } {
  const parts = new Intl.NumberFormat(locale, { style: 'percent' }).formatToParts(0.2)
  const at = parts.findIndex(part => part.type === 'integer')
  const text = (some: readonly Intl.NumberFormatPart[]): string => some.map(part => part.value).join('')
  return { before: text(parts.slice(0, at)), after: text(parts.slice(at + 1)) }
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return key => {
    let value = made.get(key)
    if (value === undefined) {
      value = make(key)
      made.set(key, value)
    }
    return value
  }
}
