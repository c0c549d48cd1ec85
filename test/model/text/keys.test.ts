/** Keys that look alike: which do, and how they are told apart. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf, drawn, foldName, looks } from '../../../src/model/index.ts'

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
  ['КВ 20423', 'КВ 2O423', 'a letter for a digit (U+004F)'],
  ['КВ 20423', 'КВ 2О423', 'a letter for a digit (U+041E)'],
  ['M-1001', 'M-l00I', 'a letter for a digit (U+006C, U+0049)'],
  ['M-1001', 'M-1ОО\u0406 ', 'a blank (U+0020) at the end and a letter for a digit (U+041E, U+0406)'],
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
  ['BOIL', 'B011'],
  ['M-1001', 'M-1O02'],
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

test.each([
  ['КВ 20417', 'KB 20417'],
  ['КВ 20417', 'кв\u00a0 20417 '],
  ['DE-04-1181', 'DE\u201104\u20131181'],
  ['M-1', 'M-1\ufe0f'],
  ['M-1', 'Ｍ－1'],
])('%j and %j are drawn alike', (one, other) => expect(drawn(foldName(one))).toBe(drawn(foldName(other))))

test.each([
  ['12 3', '1 23'],
  ['12 3', '123'],
  ['1A 2', '1 A2'],
  ['DE-04', 'DE04'],
  ['M2', 'M²'],
  ['B-20', 'B-2O'],
])('%j and %j are two documents', (one, other) => expect(drawn(foldName(one))).not.toBe(drawn(foldName(other))))

test('what is drawn alike looks alike, so that it can be said by what it differs', () => {
  const id = fc.string({
    unit: fc.constantFrom(...'aAéÉßẞsїЇıİi \u0301\u00a0Kk\u212aКв-\u2011\u200b\ufe0fＭ²ﬁΐ\u0345'),
    maxLength: 4,
  })
  fc.assert(
    fc.property(id, id, (one, other) => {
      if (foldName(one) === foldName(other)) expect(drawn(foldName(one))).toBe(drawn(foldName(other)))
      else if (drawn(foldName(one)) === drawn(foldName(other))) expect(differenceOf(one, other)).not.toBe('')
    }),
    { numRuns: 5_000 },
  )
})
