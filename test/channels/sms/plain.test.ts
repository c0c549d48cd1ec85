/** The one policy for blanks, control characters and signs that nobody sees. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plain } from '../../../src/channels/sms/plain.ts'

test.each([
  ['  Invoice 417: \t £1,482.50 \r\n\r\n\n  Pay now \n', 'Invoice 417: £1,482.50\nPay now'],
  ['1\u00A0482,50\u00A0грн', '1 482,50 грн'],
  ['1\u202F482\u200950', '1 482 50'],
  ['\u2212124,00 \u2011 \u2010', '-124,00 - -'],
  ['e\u0301te\u0301', 'été'],
  ['\u202E05,284 1\u202C', '05,284 1'],
  ['a\u200Bb\uFEFFc\u2060d\u00ADe\u061Cf', 'abcdef'],
  ['a\u200Db', 'ab'],
  ['🏳️\u200D🌈 👩🏽\u200D🚒', '🏳️\u200D🌈 👩🏽\u200D🚒'],
  ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ['null\0bell\x07esc\x1B[31m', 'nullbellesc[31m'],
  ['half \uD800', 'half \uFFFD'],
  ['line\u2028sep\u0085next', 'line\nsep\nnext'],
])('%j', (text, sent) => {
  expect(plain(text)).toBe(sent)
})

test('it leaves its own output alone, and visible words too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(plain(plain(text))).toBe(plain(text))
      expect(plain(text)).not.toMatch(
        /[\0-\x09\x0B-\x1F\x7F-\x9F\u00A0\u202A-\u202E\u2066-\u2069\u200B\uFEFF]|^\s|\s$|\n\n| {2}/,
      )
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[\p{Lu}\p{Nd}.,:!?-]{1,40}$/u), text => {
      expect(plain(text)).toBe(text.normalize('NFC'))
    }),
  )
})

test('what is told to be tidy would not be changed', () => {
  const words = fc.array(fc.stringMatching(/^[!-~£€Äöß\u0400-\u045f]{1,9}$/u), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(words, all => {
      const text = all.join(' ')
      // Two line ends make the whole be cleaned.
      expect(plain(text)).toBe(plain(`${text}\n\n.`).slice(0, -2))
    }),
  )
})
