/** Keys that look alike: which do, and how they are told apart. */
import { expect, test } from 'vitest'
import { differenceOf, foldName, looks } from '../../../src/model/index.ts'

test.each([
  ['M-1001', 'M-1001 ', 'a blank (U+0020) at the end'],
  ['M-1001', '\u00a0M-1001', 'a blank (U+00A0) at the beginning'],
  ['M 10', 'M10', 'a blank (U+0020) inside'],
  ['M-1001', 'M-1001\u200b', 'an invisible sign (U+200B) at the end'],
  ['M-1001', '\ufeffM-1001', 'an invisible sign (U+FEFF) at the beginning'],
  ['M-1001', 'M-10\u00ad01', 'an invisible sign (U+00AD) inside'],
  ['M-1001', 'm-1001', 'case'],
  ['STRASSE', 'straße', 'case'],
  ['M-1001', 'M\u20111001', 'the kind of hyphen (U+002D, U+2011)'],
  ['M-1001', 'Ｍ-1001', 'Unicode form'],
  ['é-1', 'e\u0301-1', 'Unicode form'],
  ['M-1001', 'М-1001', 'a letter of another script (U+041C)'],
  ['AB-1', 'аb-1', 'case and a letter of another script (U+0430)'],
  ['ΑΒ', 'AB', 'a letter of another script (U+0391, U+0392)'],
  ['M-1001', 'm-1001 ', 'a blank (U+0020) at the end and case'],
])('%j and %j differ by %s', (one, other, words) => {
  expect(looks(one)).toBe(looks(other))
  expect(differenceOf(one, other)).toBe(words)
  expect(differenceOf(other, one, { secret: true })).toBe(words.replace(/ \(.*?\)( at the \w+| inside)?/g, ''))
})

test.each([
  ['M-1001', 'M-1002'],
  ['M-1001', 'M1001'],
  ['кв-1', 'kd-1'],
  ['', 'a'],
])('%j and %j do not look alike', (one, other) => {
  expect(looks(one)).not.toBe(looks(other))
  expect(differenceOf(one, other)).toBe('')
})

test('what file names keep apart may look alike, and is no twin', () => {
  for (const [one, other] of [
    ['12 3', '1 23'],
    ['M-1', 'M\u20111'],
    ['M-1', 'М-1'],
  ] as const) {
    expect(looks(one)).toBe(looks(other))
    expect(foldName(one)).not.toBe(foldName(other))
  }
  expect(foldName(' Café')).toBe(foldName('cafe\u0301'))
})
