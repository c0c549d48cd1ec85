/** Addresses: exactly one, or none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { address, flawOf, mailbox } from '../../../../src/channels/email/message/address.ts'
import { field } from '../../../../src/channels/email/message/encode.ts'

const several = 'is more than one, or has something beside it'
const another = 'has %, ! or =? before the @, where servers or mail programs read another address'
const unseen = 'has a character that is not seen, such as a line break or a zero-width blank'

test.each([
  ['olena@example.org', 'olena@example.org'],
  [" o'brien+tag@mail.example.co.uk ", "o'brien+tag@mail.example.co.uk"],
  ['bounce+olena=example.org@mail.example', 'bounce+olena=example.org@mail.example'],
  ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@приклад.example', 'a@xn--80aikifvh.example'],
  ['a@xn--80aikifvh.example', 'a@xn--80aikifvh.example'],
  ['a@пошта-24.укр', 'a@xn---24-5cd3efw1c.xn--j1amh'],
  // Japanese names mix four alphabets, and none of them looks like another.
  ['a@ソニーsony日本.example', 'a@xn--sony-fo4c6cxq8527adoc.example'],
])('%j is %s', (text, one) => {
  expect(address(text)).toBe(one)
})

test.each([
  ['', 'is empty'],
  ['olena', 'has no @'],
  ['a@b', 'has a domain without an ending such as .org'],
  ['=?utf-8?q?admin=40evil.com=3E=20?=@b.example', another],
  ['x=?y@b.example', another],
  ['victim%evil.example@b.example', another],
  ['evil.example!victim@b.example', another],
  ['a@b.example, evil@example.com', several],
  ['a@b.example;evil@example.com', several],
  ['a@b.example evil@example.com', several],
  ['Olena <a@b.example>', several],
  ['"a b"@b.example', 'has a local part in quotation marks, which not every mail server takes'],
  ['a@b@c.example', several],
  ['a@b.example(comment)', several],
  ['a@b.example\r\nBcc: evil@example.com', unseen],
  ['a\n@b.example', unseen],
  ['a@b.exam\0ple', unseen],
  ['a@\u200bb.example', unseen],
  ['@b.example', 'has nothing before the @'],
  ['a@', 'has nothing behind the @'],
  ['a..b@c.example', 'has a full stop before the @ at an end, or two in a row'],
  ['.a@c.example', 'has a full stop before the @ at an end, or two in a row'],
  ['a\\b@c.example', 'has a sign before the @ that cannot stand there'],
  ['олена@example.org', 'has letters before the @ that not every mail server takes (only A to Z are sent to)'],
  ['оlena@example.org', 'has Latin and Cyrillic letters before the @, which look alike'],
  ['olenα@example.org', 'has Latin and Greek letters before the @, which look alike'],
  ['olena@ехample.org', 'has Latin and Cyrillic letters in one part of its domain, which look alike'],
  ['olena@mail.exαmple.org', 'has Latin and Greek letters in one part of its domain, which look alike'],
  ['olena@xn--ample-ywe6i.org', 'has Latin and Cyrillic letters in one part of its domain, which look alike'],
  [`${'a'.repeat(65)}@b.example`, 'has more than 64 characters before the @'],
  ['a@-b.example', 'has a hyphen behind the @ at an end of a part'],
  ['a@b..example', 'has a full stop behind the @ where none can be'],
  ['a@b.example.', 'ends with a full stop'],
  ['a@[127.0.0.1]', 'has a sign behind the @ that no domain has'],
  ['a@b_c.example', 'has a sign behind the @ that no domain has'],
  ['a@b.exa%6dple', 'has a sign behind the @ that no domain has'],
  ['a@127.0.0.1', 'has numbers in place of a domain'],
  [`a@${'b'.repeat(64)}.example`, 'has a domain that is too long'],
  [
    `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(20)}`,
    'is longer than 254 characters',
  ],
])('%j is none: it %s', (text, flaw) => {
  expect(address(text)).toBeUndefined()
  expect(flawOf(text)).toBe(flaw)
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
  ['\u00A0 Olena \u00A0\u00A0 Kova\nlenko\u202F', ['Olena Kova lenko <a@b.example>']],
  ['\u00A0\u3000', ['a@b.example']],
  ['=?utf-8?Q?a?=', ['=?utf-8?B?PT91dGYtOD9RP2E/PQ==?=', '<a@b.example>']],
])('the mailbox of %j', (name, words) => {
  expect(mailbox(name, 'a@b.example')).toEqual(words)
})

test.each([
  'a'.repeat(2500),
  `"${'-'.repeat(250)}`,
  'Kim '.repeat(300).trim(),
])('a long name is not cut, nor is a line too long: %#', name => {
  const written = field('To', mailbox(name, 'a@b.example'))
  for (const line of written.split('\r\n')) expect(line.length).toBeLessThan(998)
  const read = written
    .replace(/\r\n(?= )/g, '')
    .replace(/^To: | ?<a@b\.example>\r\n$/g, '')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, coded: string) => Buffer.from(coded, 'base64').toString())
  expect(read).toBe(name)
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
    '!',
    '=',
    '?',
    'ü',
    '-',
    '[',
    ']',
    ':',
  ]
  const text = fc.array(fc.constantFrom(...signs, 'example.com'), { maxLength: 12 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(text, written => {
      expect(address(written) ?? 'a@b.c').toMatch(/^(?!.*=\?)[\w#$&'*+/=?^`{|}~.-]+@[a-z0-9.-]+$/)
    }),
    { numRuns: 2000 },
  )
})

test('nobody gets the address of who was asked about before', () => {
  expect(['anna@nord.example', 'anna@nord.example', 'bob', 'bob', 'ivan@nord.example'].map(address)).toEqual([
    'anna@nord.example',
    'anna@nord.example',
    undefined,
    undefined,
    'ivan@nord.example',
  ])
})
