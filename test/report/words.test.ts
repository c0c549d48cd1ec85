import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duration, group, groupDecimal, plural, size } from '../../src/report/index.ts'

describe('words', () => {
  it.each([
    [0, '0 rows'],
    [1, '1 row'],
    [42481, '42,481 rows'],
  ])('plural %i', (count, words) => expect(plural(count, 'row')).toBe(words))

  it.each([
    [0, '0.0 s'],
    [1.234, '1.2 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [119.7, '2 min 0 s'],
    [200, '3 min 20 s'],
    [3599.6, '1 h 0 min'],
    [7260, '2 h 1 min'],
  ])('duration %f', (seconds, words) => expect(duration(seconds)).toBe(words))

  it('never says 60 seconds or 60 minutes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), seconds => {
        expect(duration(seconds)).not.toMatch(/\b60 (s|min)\b/)
      }),
    )
  })

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_960, '1.0 MB'],
    [38_200_000, '38.2 MB'],
    [5e15, '5000.0 TB'],
  ])('size %i', (bytes, words) => expect(size(bytes)).toBe(words))

  it.each([
    ['748957.02', '748,957.02'],
    ['-1234567.8901', '-1,234,567.8901'],
    ['-123', '-123'],
    ['0', '0'],
  ])('groupDecimal %s', (text, grouped) => expect(groupDecimal(text)).toBe(grouped))

  it('groups whole numbers as Intl does, of any size', () => {
    fc.assert(
      fc.property(fc.bigInt(), number => {
        expect(groupDecimal(String(number))).toBe(number.toLocaleString('en-GB'))
      }),
    )
    expect(group(1_000_000)).toBe('1,000,000')
  })
})
