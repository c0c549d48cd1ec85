/** Lengths of texts, counted in characters as `minLength` and `maxLength` have them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCheck } from '../../src/schema/index.ts'

const signs = fc.constantFrom('a', 'ж', '\u{1f600}', '\ud83d', '\ude00', 'e\u0301')

test('a text is too long or too short by its characters, whatever code units they take', () => {
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 9 }), fc.nat(6), fc.nat(6), (drawn, minLength, maxLength) => {
      const text = drawn.join('')
      const check = compileCheck({ type: 'string', minLength, maxLength }, 'schema.json')
      if (!check.ok) throw new Error('the schema does not compile')
      const { length } = [...text]
      expect(check.value(text).map(({ message }) => /longer|shorter|empty/.exec(message)?.[0])).toEqual([
        ...(length > maxLength ? ['longer'] : []),
        ...(length < minLength ? [minLength === 1 ? 'empty' : 'shorter'] : []),
      ])
    }),
  )
})

test('problems of one text come in the order of before: length, pattern, format', () => {
  const check = compileCheck({ type: 'string', format: 'date', pattern: '^x', maxLength: 2 }, 'schema.json')
  expect(check.ok && check.value('\u{1f600}\u{1f600}\u{1f600}').map(({ message }) => message)).toEqual([
    'the whole is longer than 2 characters (found "\u{1f600}\u{1f600}\u{1f600}")',
    'the whole is not text of the form ^x (found "\u{1f600}\u{1f600}\u{1f600}")',
    'the whole is not a date such as 2026-03-23 (found "\u{1f600}\u{1f600}\u{1f600}")',
  ])
})
