/** A text that is looked through unit by unit has the words, places and spelling of one that was put into lower case as a whole. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/run/prove/tokens.ts'
import { canonical, wordsOf } from '../../src/run/prove/words.ts'

const read = (text: string): readonly string[] => {
  const { units, count, starts, ends } = wordsOf(fold(text))
  return Array.from({ length: count }, (_, at) => String.fromCharCode(...units.subarray(starts[at], ends[at])))
}

const sign = fc.oneof(
  fc.constantFrom(
    '-\n',
    '\n',
    ' ',
    '\t',
    '\u00a0',
    '-',
    '.',
    'Σ',
    'ΟΔΟΣ',
    'İ',
    'ẞ',
    'A',
    'Ж',
    '1',
    '\u{10400}',
    '\uffff',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
)

test('words are those of the whole text in lower case', () => {
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 20 }), signs => {
      const text = signs.join('')
      expect(read(text)).toEqual(canonical(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
    }),
    { numRuns: 2000 },
  )
})

test('a final sigma, a dotted I and a word that goes on behind a line end are told from the whole text', () => {
  expect(read('ΟΔΟΣ 1')).toEqual(['οδος', '1'])
  expect(read('İZMİR')).toEqual(['i̇zmi̇r'])
  expect(read('INV-\n2025')).toEqual(['inv', '2025'])
})
