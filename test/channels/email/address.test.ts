/** Addresses: exactly one, or none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { address, mailbox } from '../../../src/channels/email/address.ts'

test.each([
  ['olena@example.org', 'olena@example.org'],
  [" o'brien+tag@mail.example.co.uk ", "o'brien+tag@mail.example.co.uk"],
  ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@приклад.example', 'a@xn--80aikifvh.example'],
])('%j is %s', (text, one) => {
  expect(address(text)).toBe(one)
})

test.each([
  '',
  'olena',
  'a@b',
  'a@b.example, evil@example.com',
  'a@b.example;evil@example.com',
  'a@b.example evil@example.com',
  'Olena <a@b.example>',
  '"a b"@b.example',
  'a@b@c.example',
  'a@b.example\r\nBcc: evil@example.com',
  'a\n@b.example',
  'a@b.example\0',
  'a..b@c.example',
  '.a@c.example',
  'a@-b.example',
  'a@b..example',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'оlena@example.org',
  'a@b.example(comment)',
  'a@b.exa%6dple',
  `${'a'.repeat(65)}@b.example`,
  `a@${'b'.repeat(64)}.example`,
])('%j is none', text => {
  expect(address(text)).toBeUndefined()
})

test.each([
  [undefined, ['a@b.example']],
  ['Olena Kovalenko', ['Olena Kovalenko <a@b.example>']],
  ["O'Brien & Sons", ['"O\'Brien & Sons" <a@b.example>']],
  ['evil@example.com, "x"', ['"evil@example.com, \\"x\\"" <a@b.example>']],
  ['a\r\nBcc: evil@example.com', ['"a Bcc: evil@example.com" <a@b.example>']],
  ['\u202EOlena\u200B', ['Olena <a@b.example>']],
  ['Олена', ['=?utf-8?B?0J7Qu9C10L3QsA==?=', '<a@b.example>']],
  [' ', ['a@b.example']],
])('the mailbox of %j', (name, words) => {
  expect(mailbox(name, 'a@b.example')).toEqual(words)
})

test('whatever the text, an address is one, in letters that no header reads as more', () => {
  const signs = [
    'a',
    'b',
    '.',
    '@',
    ',',
    ';',
    ' ',
    '<',
    '>',
    '"',
    '\\',
    '\r',
    '\n',
    '\0',
    '\u202E',
    '(',
    ')',
    '%',
    'ü',
    '-',
    '[',
    ']',
    ':',
  ]
  const text = fc.array(fc.constantFrom(...signs, 'example.com'), { maxLength: 12 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(text, written => {
      expect(address(written) ?? 'a@b.c').toMatch(/^[\w!#$%&'*+/=?^`{|}~.-]+@[a-z0-9.-]+$/)
    }),
    { numRuns: 2000 },
  )
})
