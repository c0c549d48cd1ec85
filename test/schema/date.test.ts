import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { date, isDate, problemOfPattern, readDate } from '../../src/schema/index.ts'

const dayMs = 86_400_000
const first = new Date('1583-01-01T00:00:00Z').getTime() / dayMs
const last = new Date('9999-12-31T00:00:00Z').getTime() / dayMs
const days = fc.integer({ min: first, max: last })
const isoOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** The calendar by another way than the room's: the parts that Intl gives. */
const intl = new Intl.DateTimeFormat('en-u-ca-iso8601', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})
function partsOf(iso: string): { year: number; month: number; day: number } {
  const parts = intl.formatToParts(new Date(`${iso}T00:00:00Z`))
  const number = (type: string): number => Number(parts.find(part => part.type === type)?.value)
  return { year: number('year'), month: number('month'), day: number('day') }
}

describe('isDate', () => {
  it('takes every day of the years 1583 to 9999', () => {
    fc.assert(
      fc.property(days, day => {
        expect(isDate(isoOf(day))).toBe(true)
      }),
    )
  })

  it('agrees with Date on which days there are', () => {
    const part = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 9999 }), part(13), part(32), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const parsed = new Date(`${text}T00:00:00Z`)
        expect(isDate(text)).toBe(!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text))
      }),
    )
  })

  it.each([
    '',
    '2026-3-23',
    '2026-02-29',
    '0000-01-01',
    '0026-03-31',
    '0001-01-01',
    '1582-12-31',
    '10000-01-01',
    '2026-03-23T00:00:00',
    '2026-03-23\n',
  ])('refuses %j', text => expect(isDate(text)).toBe(false))
})

describe('date', () => {
  it('plusDays goes as many days as it says, and back', () => {
    fc.assert(
      fc.property(days, days, (from, to) => {
        expect(date.plusDays(isoOf(from), to - from)).toBe(isoOf(to))
        expect(date.plusDays(isoOf(to), from - to)).toBe(isoOf(from))
      }),
    )
  })

  it('plusMonths keeps the day, or takes the last one of a shorter month', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -2400, max: 2400 }), (from, months) => {
        const before = partsOf(isoOf(from))
        const month = before.year * 12 + before.month - 1 + months
        fc.pre(month >= 1583 * 12 && month < 120_000)
        const later = date.plusMonths(isoOf(from), months)
        const after = partsOf(later)
        expect(after.year * 12 + after.month - 1).toBe(month)
        if (after.day !== before.day) {
          expect(after.day).toBeLessThan(before.day)
          expect(date.endOfMonth(later)).toBe(later)
        }
      }),
    )
  })

  it('endOfMonth is in the month, and the day after is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: first, max: last - 31 }), day => {
        const end = date.endOfMonth(isoOf(day))
        expect(end.slice(0, 7)).toBe(isoOf(day).slice(0, 7))
        expect(end >= isoOf(day)).toBe(true)
        expect(partsOf(date.plusDays(end, 1)).day).toBe(1)
      }),
    )
  })

  it('is right at the edges', () => {
    expect(date.plusMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(date.plusMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(date.endOfMonth('1900-02-01')).toBe('1900-02-28')
    expect(date.endOfMonth('1583-02-01')).toBe('1583-02-28')
  })

  it('throws RangeError for what is no day, no whole number or beyond the calendar', () => {
    expect(() => date.plusDays('2026-02-30', 1)).toThrow(new RangeError('not a date: "2026-02-30"'))
    expect(() => date.plusDays('2026-02-03', 1.5)).toThrow(new RangeError('not a whole number: 1.5'))
    expect(() => date.plusDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => date.plusDays('1583-01-01', -1)).toThrow(new RangeError('a date outside the years 1583 to 9999'))
    expect(() => date.plusMonths('2026-01-01', 1e12)).toThrow(RangeError)
    expect(() => date.endOfMonth(undefined as unknown as string)).toThrow(RangeError)
  })
})

describe('readDate', () => {
  const patterns: Readonly<Record<string, (year: string, month: string, day: string) => string>> = {
    'yyyy-MM-dd': (y, m, d) => `${y}-${m}-${d}`,
    'dd.MM.yyyy': (y, m, d) => `${d}.${m}.${y}`,
    'd/M/yyyy': (y, m, d) => `${Number(d)}/${Number(m)}/${y}`,
    yyyyMMdd: (y, m, d) => `${y}${m}${d}`,
  }

  it('reads back every day in every pattern', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...Object.keys(patterns)), (day, pattern) => {
        const iso = isoOf(day)
        const text = patterns[pattern]?.(iso.slice(0, 4), iso.slice(5, 7), iso.slice(8)) ?? ''
        expect(readDate(text, pattern)).toEqual({ date: iso })
      }),
    )
  })

  it.each([
    ['2010-12-01', undefined, { date: '2010-12-01' }],
    ['2010-12-01T08:26:00', undefined, { date: '2010-12-01', time: '08:26:00' }],
    ['2010-12-01 08:26', undefined, { date: '2010-12-01', time: '08:26:00' }],
    ['2010-12-01T08:26:00.123Z', undefined, { date: '2010-12-01', time: '08:26:00' }],
    ['930101', 'yyMMdd', { date: '1993-01-01' }],
    ['690101', 'yyMMdd', { date: '2069-01-01' }],
    ['700101', 'yyMMdd', { date: '1970-01-01' }],
    ['2010-12-01 16:57:58', 'yyyy-MM-dd HH:mm:ss', { date: '2010-12-01', time: '16:57:58' }],
    ['2010-12-01T9:05', 'yyyy-MM-ddTH:mm', { date: '2010-12-01', time: '09:05:00' }],
    ['am 3.4.2026', "'am' d.M.yyyy", { date: '2026-04-03' }],
  ])('reads %s by %s', (text, pattern, expected) => expect(readDate(text, pattern)).toEqual(expected))

  it.each([
    ['2010-12-01 24:00:00', undefined],
    ['2010-12-01T08:26+01:00', undefined],
    ['2010-02-30', undefined],
    ['31.02.2010', 'dd.MM.yyyy'],
    ['1.2.2010', 'dd.MM.yyyy'],
    ['2010-12-01 ', 'yyyy-MM-dd'],
    ['2010x12x01', 'yyyy.MM.dd'],
  ])('refuses %j by %s', (text, pattern) => expect(readDate(text, pattern)).toBeUndefined())
})

describe('problemOfPattern', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss', undefined],
    ['yyMMdd', undefined],
    ["yyyy-MM-dd'T'HH:mm:ss'Z'", undefined],
    ['dd.mm.yyyy', 'has no month (MM or M)'],
    ['MM.dd', 'has no year (yyyy or yy)'],
    ['yyyy-MM', 'has no day (dd or d)'],
    ['YYYY-MM-DD', 'has "YYYY", which stands for nothing'],
    ['dd MMM yyyy', 'has "MMM", which stands for nothing'],
  ])('%s: %s', (pattern, problem) => expect(problemOfPattern(pattern)).toBe(problem))
})
