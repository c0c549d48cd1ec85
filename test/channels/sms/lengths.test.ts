/** How long numbers are that begin alike, by the pattern of their plan. */
import { expect, test } from 'vitest'
import { compileLengths } from '../../../src/channels/sms/lengths.ts'

const mobiles = compileLengths('1(?:6[023]|7\\d)\\d{7,8}|15(?:[0-25-9]\\d\\d|3(?:10|33)|410)\\d{6}')

test.each([
  ['', [10, 11]],
  ['171', [10, 11]],
  ['151', [11]],
  ['1531', [11]],
  ['1532', []],
  ['164', []],
  ['30', []],
  ['17112345678', [11]],
  ['171123456789', []],
])('numbers that begin with %j have %j digits', (head, digits) => {
  expect([...mobiles(head)].sort()).toEqual(digits)
})

test('what may be left out is counted both ways', () => {
  expect([...compileLengths('9?11\\d{2}(?:[34]5)?')('91')].sort()).toEqual([5, 7])
})

test('a sign that no pattern of a plan has is told, not passed over', () => {
  expect(() => compileLengths('1(?=2)\\d')).toThrow('signs that are not known')
})
