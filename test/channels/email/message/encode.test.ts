/** Encodings of mail: what goes in comes out, in short ASCII lines. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addBase64,
  addQuoted,
  addText,
  encodeWords,
  field,
  parameter,
} from '../../../../src/channels/email/message/encode.ts'
import { Octets } from '../../../../src/channels/email/message/octets.ts'

const written = (add: (out: Octets) => unknown): string => {
  const out = new Octets()
  add(out)
  return out.taken().toString('latin1')
}
const quotedPrintable = (bytes: Uint8Array): string => written(out => addQuoted(out, bytes))
const encodeText = (text: string) => {
  const whole = written(out => addText(out, text))
  const [, encoding, body = ''] = /^Content-Transfer-Encoding: (\S+)\r\n\r\n(.*)$/s.exec(whole) ?? []
  return { encoding, body }
}

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-zäöüя =.\t\n]{0,300}$/))

/** RFC 2045 §6.7, read the other way round. */
function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

test('quoted-printable gives any text back, in lines of at most 76', () => {
  fc.assert(
    fc.property(anyText, text => {
      const canonical = text.toWellFormed().replace(/\r\n?|\n/g, '\r\n')
      const encoded = quotedPrintable(Buffer.from(canonical))
      expect(fromQuotedPrintable(encoded)).toBe(canonical)
      expect(encoded).toMatch(/^[\x20-\x7E\t\r\n]*$/)
      for (const line of encoded.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76)
        expect(line).not.toMatch(/[ \t]$/)
      }
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a '.repeat(3), 'a a a=20'],
  ['a=b', 'a=3Db'],
  ['tab\t\nx', 'tab=09\r\nx'],
  ['a'.repeat(76), 'a'.repeat(76)],
  ['a'.repeat(77), `${'a'.repeat(75)}=\r\naa`],
  [`${'a'.repeat(74)}=`, `${'a'.repeat(74)}=\r\n=3D`],
  ['ä', '=C3=A4'],
])('%j', (text, encoded) => {
  expect(quotedPrintable(Buffer.from(text.replaceAll('\n', '\r\n')))).toBe(encoded)
})

test('line ends are CRLF, whichever they were', () => {
  fc.assert(
    fc.property(anyText, text => {
      const lines = text.replaceAll('\r', '')
      const [bare, whole] = [lines, lines.replaceAll('\n', '\r\n')].map(one => quotedPrintable(Buffer.from(one)))
      expect(bare).toBe(whole)
      expect(encodeText(lines.toWellFormed())).toEqual(encodeText(lines.toWellFormed().replaceAll('\n', '\r\n')))
    }),
    { numRuns: 300 },
  )
})

test('mostly Latin text is quoted-printable, other text base64', () => {
  expect(encodeText('Grüße, das ist ein deutscher Satz.').encoding).toBe('quoted-printable')
  const { encoding, body } = encodeText('Шановна пані Олено!\n')
  expect(encoding).toBe('base64')
  expect(Buffer.from(body, 'base64').toString()).toBe('Шановна пані Олено!\r\n')
})

test('base64 has lines of 76 and no empty one', () => {
  for (const size of [0, 1, 56, 57, 58, 114, 1000]) {
    const encoded = written(out => addBase64(out, new Uint8Array(size).fill(size)))
    const lines = encoded.split('\r\n')
    expect(lines.join('')).toBe(Buffer.alloc(size, size).toString('base64'))
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76)
    if (size > 0) expect(lines).not.toContain('')
  }
})

test('encoded words are at most 75 characters, never split a character, and give the text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), text => {
      const words = encodeWords(text)
      const folded = field('Subject', words)
      for (const line of folded.trimEnd().split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
      expect(folded).toMatch(/^Subject: [\x20-\x7E\r\n]*\r\n$/)
      if (words[0] === text) return
      const back = words.map(word => Buffer.from(/^=\?utf-8\?B\?(.*)\?=$/.exec(word)?.[1] ?? '', 'base64').toString())
      expect(back.every(part => part.isWellFormed())).toBe(true)
      expect(back.join('')).toBe(text)
    }),
  )
})

test('encoded words part behind blanks where they can', () => {
  const decoded = (text: string) => encodeWords(text).map(word => Buffer.from(word.slice(10, -2), 'base64').toString())
  expect(decoded('Олександра Миколаївна Коваленко')).toEqual(['Олександра ', 'Миколаївна Коваленко'])
  expect(decoded('Донаудампфшиффартсгезельшафт')).toEqual(['Донаудампфшиффартсг', 'езельшафт'])
})

test('ASCII stays readable, unless it looks encoded', () => {
  expect(encodeWords('Invoice 417: pay by 23 March')).toEqual(['Invoice 417: pay by 23 March'])
  expect(encodeWords('=?utf-8?B?SGk=?=')[0]).toMatch(/^=\?utf-8\?B\?/)
  expect(field('Subject', [`${'word '.repeat(30)}end`])).toBe(
    `Subject:${' word'.repeat(13)}\r\n${' word'.repeat(15)}\r\n${' word'.repeat(2)} end\r\n`,
  )
})

test('a field of one text says it whole, in lines of at most 76 characters', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'bc', ' '), minLength: 20, maxLength: 80 })
  fc.assert(
    fc.property(words, text => {
      const folded = field('Subject', [text])
      expect(folded.replace(/\r\n(?=.)/g, '')).toBe(`Subject: ${text.trimStart()}\r\n`)
      if (!/\S{60}| {2}/.test(text)) for (const line of folded.split('\r\n')) expect(line.length).toBeLessThan(77)
    }),
  )
})

test('file names: plain where short, else UTF-8 in sections', () => {
  expect(parameter('filename', 'Invoice-417.pdf')).toEqual(['filename="Invoice-417.pdf"'])
  expect(parameter('filename', 'Fälle.pdf')).toEqual(["filename*=utf-8''F%C3%A4lle.pdf"])
  const sections = parameter('filename', `${'я'.repeat(60)}.pdf`)
  expect(sections[0]).toMatch(/^filename\*0\*=utf-8''/)
  const joined = sections.map(section => section.replace(/^filename\*\d+\*=(utf-8'')?/, '')).join('')
  expect(decodeURIComponent(joined)).toBe(`${'я'.repeat(60)}.pdf`)
  for (const section of sections) expect(section.length).toBeLessThanOrEqual(74)
})

test('octets that need more room than is kept are all there, and the next ones begin anew', () => {
  const bytes = Buffer.alloc(400_000, 'Großes Paket=')
  const encoded = written(out => {
    out.ascii('head\r\n')
    addBase64(out, bytes)
    addQuoted(out, bytes)
  })
  expect(encoded.slice(0, 82)).toBe(`head\r\n${bytes.toString('base64').slice(0, 76)}`)
  expect(encoded.endsWith(quotedPrintable(bytes))).toBe(true)
  expect(written(out => out.ascii('next'))).toBe('next')
})
