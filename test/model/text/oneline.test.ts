/** Lines that data brings into a message, and those that are the template's. */
import { expect, test } from 'vitest'
import { plain } from '../../../src/channels/sms/plain.ts'
import { inOneLine } from '../../../src/model/index.ts'

const name = 'Olena\nYour bank: call 0900 123'

test.each([
  '\n',
  '\r\n',
  '\r',
  '\v',
  '\f',
  '\u0085',
  '\u2028',
  '\u2029',
  ' \n\t\n ',
])('a line end %j in a value is a blank', end => {
  const value = `Olena${end}Kovalenko`
  expect(inOneLine(`Dear ${value},\nplease pay`, { customer: { name: value } })).toBe(
    'Dear Olena Kovalenko,\nplease pay',
  )
})

test('lines of the wording stay, also beside those of data', () => {
  expect(inOneLine('Dear Olena,\nplease pay', { name: 'Olena', blank: '\n' })).toBe('Dear Olena,\nplease pay')
  expect(inOneLine('Invoice 5\nplease pay', { quantity: '5\n' })).toBe('Invoice 5\nplease pay')
  expect(inOneLine(`Dear ${name}\nPay`, { name })).toBe('Dear Olena Your bank: call 0900 123\nPay')
})

test('what JavaScript takes for a pattern of replacement stays as it was written', () => {
  for (const sign of ["$'", '$`', '$&', '$$', '$1', '$<name>']) {
    const note = `x ${sign}\ny`
    expect(inOneLine(`Note: ${note}. You owe 10.\nPay`, { note })).toBe(`Note: x ${sign} y. You owe 10.\nPay`)
  }
})

test('many blanks in a value take no longer than many letters', () => {
  const value = `a${' '.repeat(100_000)}b\nc`
  expect(inOneLine(value, { value })).toBe(value.replace('\n', ' '))
})

test('a value that holds another is one line, wherever they stand in the data', () => {
  const lines = [{ note: 'a\nb' }, { note: 'x a\nb\nc' }]
  expect(inOneLine('x a\nb\nc; a\nb', { lines })).toBe('x a b c; a b')
})

test('a value that the template takes apart keeps its lines', () => {
  expect(inOneLine('12 Harbour Street\nLeith', { address: '12 Harbour Street\r\nLeith' })).toBe(
    '12 Harbour Street\nLeith',
  )
})

test('no other sign of a value can begin a line: tabs and controls are blanks or nothing', () => {
  const value = `a${String.fromCharCode(...Array(32).keys(), 0x7f, 0x85, 0x200b, 0x202e, 0x2028, 0xfeff)}b`
  expect(plain(inOneLine(`Dear ${value}!`, { value }))).not.toMatch(/\n/)
})
