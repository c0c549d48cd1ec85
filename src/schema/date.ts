/** Calendar days as ISO 8601 text: reading them by pattern, and the arithmetic that scripts use. No clock, no time zone. */

/** What `clean` and `prepare` see as `date`. All arguments and results are `yyyy-mm-dd`; anything else throws RangeError. */
export interface DateTools {
  plusDays(iso: string, days: number): string
  /** The same day of a later month, or its last day where that day does not exist. */
  plusMonths(iso: string, months: number): string
  endOfMonth(iso: string): string
}

export const date: DateTools = {
  plusDays(iso, days) {
    const [year, month, day] = parts(iso)
    return text(dayOf(year, month, day + whole(days)))
  },
  plusMonths(iso, months) {
    const [year, month, day] = parts(iso)
    const last = daysInMonth(year, month + whole(months))
    return text(dayOf(year, month + months, Math.min(day, last)))
  },
  endOfMonth(iso) {
    const [year, month] = parts(iso)
    return text(dayOf(year, month + 1, 0))
  },
}

/**
 * The first year that is taken. Before it ISO 8601 dates are a matter of agreement between two sides (§4.3.2.1: the calendar is
 * Gregorian from 1583 on), and a year like 0026 is what a spreadsheet makes of two digits.
 */
const firstYear = 1583

/** Whether text is a real day as `yyyy-mm-dd`, of the years 1583 to 9999. */
export function isDate(value: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (found === null) return false
  return isDay(Number(found[1]), Number(found[2]), Number(found[3]))
}

/**
 * Reads a date, and a time if the pattern has one, by a pattern of `yyyy yy MM M dd d HH H mm ss SSS` and literal characters.
 * Without a pattern: ISO 8601, `2010-12-01`, `2010-12-01T08:26:00`, or with a blank between. Two-digit years: 69 and less are 20xx,
 * 70 and more 19xx (POSIX strptime). Undefined for what does not match, is no real day, or is before the year 1583.
 */
export function readDate(
  value: string,
  pattern?: string,
): { readonly date: string; readonly time?: string } | undefined {
  const field = fieldsOf(value, pattern)
  if (field === undefined) return undefined
  const short = field('yy')
  const year = field('yyyy') ?? (short === undefined ? undefined : short >= 70 ? 1900 + short : 2000 + short)
  const month = field('MM')
  const day = field('dd')
  if (year === undefined || month === undefined || day === undefined || !isDay(year, month, day)) return undefined
  const hour = field('HH')
  const isoDate = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  if (hour === undefined) return { date: isoDate }
  const minute = field('mm') ?? 0
  const second = field('ss') ?? 0
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return { date: isoDate, time: `${pad(hour)}:${pad(minute)}:${pad(second)}` }
}

/** Whether text has the form of a date, with a year before 1583. */
export function isEarly(value: string, pattern?: string): boolean {
  const year = fieldsOf(value, pattern)?.('yyyy')
  return year !== undefined && year < firstYear
}

/** The numbers of a date by their names in the pattern; undefined where it does not match. */
function fieldsOf(value: string, pattern?: string): ((name: string) => number | undefined) | undefined {
  const { expression, names } = pattern === undefined ? iso : compilePattern(pattern)
  const found = expression.exec(value)
  if (found === null) return undefined
  return name => {
    const at = names.indexOf(name)
    const digits = at < 0 ? undefined : found[at + 1]
    return digits === undefined ? undefined : Number(digits)
  }
}

/** What is wrong with a date pattern, in words; undefined where it can be used. */
export function problemOfPattern(pattern: string): string | undefined {
  const { names, unknown } = compilePattern(pattern)
  if (unknown !== undefined) return `has "${unknown}", which stands for nothing`
  if (!names.includes('yyyy') && !names.includes('yy')) return 'has no year (yyyy or yy)'
  if (!names.includes('MM')) return 'has no month (MM or M)'
  if (!names.includes('dd')) return 'has no day (dd or d)'
  return undefined
}

interface Pattern {
  readonly expression: RegExp
  readonly names: readonly string[]
  readonly unknown?: string
}

const symbols: Readonly<Record<string, { name: string; digits: string }>> = {
  yyyy: { name: 'yyyy', digits: '(\\d{4})' },
  yy: { name: 'yy', digits: '(\\d{2})' },
  MM: { name: 'MM', digits: '(\\d{2})' },
  M: { name: 'MM', digits: '(\\d{1,2})' },
  dd: { name: 'dd', digits: '(\\d{2})' },
  d: { name: 'dd', digits: '(\\d{1,2})' },
  HH: { name: 'HH', digits: '(\\d{2})' },
  H: { name: 'HH', digits: '(\\d{1,2})' },
  mm: { name: 'mm', digits: '(\\d{2})' },
  ss: { name: 'ss', digits: '(\\d{2})' },
  SSS: { name: 'SSS', digits: '(\\d{3})' },
}

const iso: Pattern = {
  expression: /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?)?$/,
  names: ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'],
}

const patterns = new Map<string, Pattern>()

function compilePattern(pattern: string): Pattern {
  const known = patterns.get(pattern)
  if (known !== undefined) return known
  const names: string[] = []
  let source = ''
  let unknown: string | undefined
  for (const [token] of pattern.matchAll(/'[^']*'|([a-zA-Z])\1*|[^a-zA-Z']/g)) {
    const symbol = Object.hasOwn(symbols, token) ? symbols[token] : undefined
    if (symbol !== undefined) {
      names.push(symbol.name)
      source += symbol.digits
    } else {
      const literal = token.startsWith("'") ? token.slice(1, -1) : token
      if (/^[a-zA-Z]/.test(token) && token !== 'T' && token !== 'Z') unknown ??= token
      source += literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    }
  }
  const compiled = { expression: new RegExp(`^${source}$`), names, ...(unknown === undefined ? {} : { unknown }) }
  if (patterns.size < 100) patterns.set(pattern, compiled)
  return compiled
}

function parts(value: string): [number, number, number] {
  if (!isDate(value)) throw new RangeError(`not a date: ${JSON.stringify(value)?.slice(0, 60)}`)
  return [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10))]
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${String(value).slice(0, 60)}`)
  return value
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  return dayOf(year, month + 1, 0).getUTCDate()
}

/** Months and days may run over. Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
function dayOf(year: number, month: number, day: number): Date {
  const value = new Date(0)
  value.setUTCFullYear(year, month - 1, day)
  return value
}

function text(value: Date): string {
  if (Number.isNaN(value.getTime()) || value.getUTCFullYear() > 9999 || value.getUTCFullYear() < firstYear) {
    throw new RangeError(`a date outside the years ${firstYear} to 9999`)
  }
  return value.toISOString().slice(0, 10)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
