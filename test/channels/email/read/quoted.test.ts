/** Quoted-printable is read as it stands, whatever lines were met before. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeQuoted } from '../../../../src/channels/email/read/quoted.ts'

/** RFC 2045 §6.7, and line ends as LF: `=0D=0A` is one, too. */
function decoded(coded: string): string {
  const bytes = coded
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return bytes.replaceAll('\r\n', '\n')
}

function read(coded: string, asText = true): string {
  const bytes = Buffer.from(coded, 'latin1')
  return decodeQuoted(bytes, { into: Buffer.alloc(bytes.length), asText }).toString('latin1')
}

const mail = (name: string, town: string) =>
  `<title>\r\n${name}\r\n<body>\r\n<table>\r\n<tr>=\r\n<td>\r\n=C3=A4 \r\n</td>\r\nDear ${name}\r\n<p>\r\n${town}\r\n</p>\r\n<hr>\r\n<hr>\r\n</body>`

test('each mail is read as the first one would be', () => {
  for (const town of ['Lviv', 'Lviv', 'Kyiv', 'Lviv', 'Odesa'])
    for (const name of ['Anna', 'Bohdan', 'Claire']) expect(read(mail(name, town))).toBe(decoded(mail(name, town)))
})

const line = fc.constantFrom(
  ...[
    '<tr>',
    '<td>=\r\n',
    'a=3Db',
    '=C3=A4',
    'blank \t',
    '=0D=0A',
    '=0D',
    '=0A',
    '=',
    '=G1',
    '',
    ' ',
    '\r',
    '\n',
    'x=',
    '=3',
    'z'.repeat(1200),
  ],
)
const ends = fc.constantFrom('\r\n', '\r\n', '\r\n', '=\r\n', '= \r\n', '\n', ' \r\n', '')

test('any lines read the same alone and behind all others', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(line, ends), { maxLength: 30 }), lines => {
      const coded = lines.map(parts => parts.join('')).join('')
      // Of the whole as bytes nothing is remembered.
      const alone = read(coded, false).replace(/\r\n/g, '\n')
      for (let time = 0; time < 4; time += 1) expect(read(coded)).toBe(alone)
      expect(read(`${coded}\r\nmore`)).toBe(read(`${coded}\r\nmore`, false).replace(/\r\n/g, '\n'))
    }),
    { numRuns: 500 },
  )
})
