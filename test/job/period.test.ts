import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodExample, periodUnits, readPeriod } from '../../src/job/index.ts'
import { date } from '../../src/schema/index.ts'

describe('readPeriod', () => {
  it.each([
    ['2010-12', 'month', '2010-12-01', '2010-12-31'],
    ['2024-02', 'month', '2024-02-01', '2024-02-29'],
    ['2010-Q1', 'quarter', '2010-01-01', '2010-03-31'],
    ['2010-Q4', 'quarter', '2010-10-01', '2010-12-31'],
    ['1993', 'year', '1993-01-01', '1993-12-31'],
  ])('reads %s as a %s from %s to %s', (text, unit, start, end) =>
    expect(readPeriod(text)).toEqual({ text, unit, start, end }))

  it.each([
    '',
    '2010-13',
    '2010-00',
    '2010-1',
    '2010-Q5',
    '2010-Q0',
    '2010-q1',
    '0000',
    '0000-01',
    '10-12',
    '2010-12-01',
    'month',
    ' 2010',
  ])('refuses %j', text => expect(readPeriod(text)).toBeUndefined())

  it('quarters and months cut a year without gap or overlap', () => {
    const year = fc.integer({ min: 1583, max: 9998 }).map(number => String(number).padStart(4, '0'))
    fc.assert(
      fc.property(year, fc.constantFrom('month', 'quarter'), (text, unit) => {
        const whole = readPeriod(text)!
        const names =
          unit === 'month'
            ? Array.from({ length: 12 }, (_, at) => `${text}-${String(at + 1).padStart(2, '0')}`)
            : Array.from({ length: 4 }, (_, at) => `${text}-Q${at + 1}`)
        let next = whole.start
        for (const name of names) {
          const part = readPeriod(name)!
          expect(part.start).toBe(next)
          next = date.plusDays(part.end, 1)
        }
        expect(date.plusDays(next, -1)).toBe(whole.end)
      }),
    )
  })

  it('reads its own examples', () => {
    expect(periodUnits.map(unit => readPeriod(periodExample(unit))?.unit)).toEqual(periodUnits)
  })
})
