/** Addresses: exactly one, or none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { address, addressFlaw, mailbox } from '../../../src/channels/email/address.ts'

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
  ['оlena@example.org', 'has letters outside of ASCII before the @, which need SMTPUTF8: it is not sent'],
  [`${'a'.repeat(65)}@b.example`, 'has more than 64 characters before the @'],
  [`a@${'bcdefghi.'.repeat(28)}example`, 'has more than 254 characters'],
  ['a@b', 'has a domain without a full stop'],
  ['a@b..example', 'has an empty label in its domain'],
  ['a@-b.example', 'has a hyphen at the edge of a label of its domain'],
  ['a@b.example\0', 'holds a control character or a sign that nobody sees'],
  ['a\u200B@b.example', 'holds a control character or a sign that nobody sees'],
  ['a@b.example.', 'ends with a full stop'],
  ['a@[127.0.0.1]', 'names a machine by its number'],
  ['a@127.0.0.1', 'names a machine by its number'],
  ['a@b.example, c@d.example', 'is not exactly one'],
  ['Olena <a@b.example>', 'is not exactly one'],
  ['a..b@c.example', 'has a full stop too many before the @'],
  [`a@${'b'.repeat(64)}.example`, 'has a label of more than 63 characters in its domain'],
  ['olena', 'has no @'],
  ['a@b.exa%6dple', 'holds a sign that no address has'],
])('%j is none because it %s', (text, flaw) => {
  expect(address(text)).toBeUndefined()
  expect(addressFlaw(text)).toBe(flaw)
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
  ['a'.repeat(250), [`${'a'.repeat(200)} <a@b.example>`]],
  [`"${'-'.repeat(250)}`, [`"\\"${'-'.repeat(199)}" <a@b.example>`]],
  ['=?utf-8?Q?a?=', ['=?utf-8?B?PT91dGYtOD9RP2E/PQ==?=', '<a@b.example>']],
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
