import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lotName, safeName } from '../../src/lots/index.ts'

const id = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(..."aAbBéÉßїЇ%.~()'!*/\\: 0", '%41', '%c3', '\u0301') }),
)

describe('safeName', () => {
  it('is reversible', () => {
    fc.assert(
      fc.property(id, text => {
        expect(decodeURIComponent(safeName(text))).toBe(text)
      }),
    )
  })

  it('has only characters that every file system takes, and never begins with a dot', () => {
    fc.assert(
      fc.property(id, text => {
        expect(safeName(text)).toMatch(/^(?!\.)([A-Za-z0-9_.-]|%[0-9A-F]{2})*$/)
      }),
    )
  })

  it('keeps ids apart also where the file system takes upper for lower case, unless they differ in case alone', () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        fc.pre(a.toLowerCase() !== b.toLowerCase())
        expect(safeName(a).toLowerCase()).not.toBe(safeName(b).toLowerCase())
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['C537416', 'C537416'],
    ['a-b_c.d', 'a-b_c.d'],
    ['..', '%2E.'],
    ['.hidden', '%2Ehidden'],
    ['../../etc/passwd', '%2E.%2F..%2Fetc%2Fpasswd'],
    ["O'Brien (1)*!~", 'O%27Brien%20%281%29%2A%21%7E'],
    ['їжак', '%D1%97%D0%B6%D0%B0%D0%BA'],
    ['100%', '100%25'],
    ['a\u0000b', 'a%00b'],
  ])('%j -> %s', (text, name) => expect(safeName(text)).toBe(name))
})

describe('lotName', () => {
  it.each([
    [1, 'lot-0001'],
    [9999, 'lot-9999'],
    [10_000, 'lot-10000'],
  ])('%i -> %s', (number, name) => expect(lotName(number)).toBe(name))
})
