/** The five languages whose conventions are written down here, because CLDR's are not what readers expect on a bill. */
import type { Affixes, CalendarDate, Conventions, DateStyle } from './formats.ts'

interface Language {
  readonly decimal: string
  readonly group: string
  readonly percent: string
  /** Currency signs that stand instead of CLDR's. */
  readonly signs: Readonly<Record<string, string>>
  readonly date: (date: CalendarDate, months: Months) => Readonly<Record<DateStyle, () => string>>
}

interface Months {
  /** As it stands beside a day: березня. */
  readonly ofDay: (month: number) => string
  /** As it stands alone: березень. */
  readonly alone: (month: number) => string
  readonly short: (month: number) => string
}

const nbsp = '\u00a0'
const two = (number: number): string => (number < 10 ? `0${number}` : String(number))
const dotted = ({ year, month, day }: CalendarDate): string => `${two(day)}.${two(month)}.${year}`

/** Languages that write a word after the year, and one after the year of a month that stands alone. */
const slavic =
  (year: string, monthYear: string): Language['date'] =>
  (date, months) => {
    const day = (): string => `${date.day}${nbsp}${months.ofDay(date.month)}`
    return {
      long: () => `${day()} ${date.year}${nbsp}${year}`,
      short: () => dotted(date),
      sms: () => dotted(date).slice(0, 5),
      day,
      month: () => `${months.alone(date.month)} ${date.year}${nbsp}${monthYear}`,
      'month-name': () => months.alone(date.month),
    }
  }

const german: Language['date'] = (date, months) => {
  const day = (): string => `${date.day}.${nbsp}${months.ofDay(date.month)}`
  return {
    long: () => `${day()} ${date.year}`,
    short: () => dotted(date),
    sms: () => dotted(date).slice(0, 6),
    day,
    month: () => `${months.alone(date.month)} ${date.year}`,
    'month-name': () => months.alone(date.month),
  }
}

const british: Language['date'] = (date, months) => {
  const day = (): string => `${date.day}${nbsp}${months.ofDay(date.month)}`
  return {
    long: () => `${day()} ${date.year}`,
    short: () => `${date.day}${nbsp}${months.short(date.month)}${nbsp}${date.year}`,
    sms: day,
    day,
    month: () => `${months.alone(date.month)} ${date.year}`,
    'month-name': () => months.alone(date.month),
  }
}

const languages: Readonly<Record<string, Language>> = {
  uk: {
    decimal: ',',
    group: nbsp,
    percent: '%',
    signs: { UAH: 'грн', EUR: '€', GBP: '£' },
    date: slavic('р.', 'року'),
  },
  ru: { decimal: ',', group: nbsp, percent: `${nbsp}%`, signs: { UAH: 'грн' }, date: slavic('г.', 'года') },
  pl: { decimal: ',', group: nbsp, percent: '%', signs: { GBP: '£' }, date: slavic('r.', 'r.') },
  de: { decimal: ',', group: '.', percent: `${nbsp}%`, signs: {}, date: german },
  en: { decimal: '.', group: ',', percent: '%', signs: {}, date: british },
}

/** Which locales follow the table; German and English of other countries have their own habits, which CLDR knows. */
function languageOf(locale: string): readonly [string, Language] | undefined {
  const { language, region } = new Intl.Locale(locale)
  const home = { de: 'DE', en: 'GB' }[language]
  const known = languages[language]
  if (known === undefined || (home !== undefined && region !== undefined && region !== home)) return undefined
  return [home === undefined ? language : `${language}-${home}`, known]
}

/** The conventions of a locale, if it is one of the five; CLDR gives the names of months and the places of currency signs. */
export function conventions(locale: string, { plain }: { readonly plain: boolean }): Conventions | undefined {
  const found = languageOf(locale)
  if (found === undefined) return undefined
  const [base, language] = found
  const group = plain && language.group === nbsp ? '' : language.group
  // Asked for only by dates, and dear to make.
  let months: Months | undefined
  return {
    number: digits => grouped(digits, group, language.decimal),
    currency: code => currencyAffixes(base, code, language.signs[code]),
    percent: { before: '', after: language.percent },
    date: (date, style) => {
      months ??= monthNames(base)
      return language.date(date, months)[style]()
    },
  }
}

const zero = 48

function grouped(digits: string, group: string, decimal: string): string {
  const point = digits.indexOf('.')
  const end = point < 0 ? digits.length : point
  const fraction = point < 0 ? '' : decimal + digits.slice(point + 1)
  let start = 0
  while (start < end - 1 && digits.charCodeAt(start) === zero) start += 1
  if (end - start <= 3 || group === '') return digits.slice(start, end) + fraction
  let next = start + ((end - start) % 3 || 3)
  let out = digits.slice(start, next)
  for (; next < end; next += 3) out += group + digits.slice(next, next + 3)
  return out + fraction
}

/** What CLDR puts before and after an amount, with our sign in place of its. */
export function currencyAffixes(locale: string, code: string, sign?: string): Affixes {
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency: code }).formatToParts(1)
  const text = (part: Intl.NumberFormatPart): string =>
    part.type === 'currency' && sign !== undefined ? sign : part.value
  const first = parts.findIndex(part => part.type === 'integer')
  const last = parts.findLastIndex(part => part.type === 'integer' || part.type === 'fraction')
  return {
    before: parts.slice(0, first).map(text).join(''),
    after: parts
      .slice(last + 1)
      .map(text)
      .join(''),
  }
}

function monthNames(locale: string): Months {
  const names = (options: Intl.DateTimeFormatOptions): ((month: number) => string) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    const list = Array.from({ length: 12 }, (_, at) => {
      const parts = format.formatToParts(Date.UTC(2001, at, 15))
      return parts.find(part => part.type === 'month')?.value ?? ''
    })
    return month => list[month - 1] as string
  }
  return {
    ofDay: names({ day: 'numeric', month: 'long' }),
    alone: names({ month: 'long' }),
    short: names({ day: 'numeric', month: 'short', year: 'numeric' }),
  }
}
