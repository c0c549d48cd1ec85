/** Parts of finished messages, by their bytes. */
import { expect, test } from 'vitest'
import { decodeBytes, decodeText, leaves, readMessage } from '../../../../src/channels/email/read/parts.ts'

const messageOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1')

const coded = (encoding: string, ...lines: readonly string[]): Buffer =>
  messageOf(['Content-Type: text/plain', `Content-Transfer-Encoding: ${encoding}`, '', ...lines])

test.each([
  ['=D0=9A=d0=b8=D1=97=D0=B2', 'Київ'],
  ['a line that is =\r\nbroken, =  \r\nalso before blanks', 'a line that is broken, also before blanks'],
  ['blanks before an end \t \r\nare dropped', 'blanks before an end\nare dropped'],
  ['coded ones=20\r\nare not', 'coded ones \nare not'],
  ['no =digits=, =4 and =', 'no =digits=, =4 and ='],
  ['a=0D=0Ab=0Ac\rd', 'a\nb\nc\rd'],
])('quoted-printable %j', (written, text) => {
  expect(decodeText(readMessage(coded('Quoted-Printable', written)))).toBe(text)
})

test('what is enclosed keeps its line ends, and is nobody else’s memory', () => {
  const [one, other] = ['a=0D=0Ab\r\nc', 'xxxxxxx'].map(written =>
    decodeBytes(readMessage(coded('quoted-printable', written))),
  )
  expect(one?.toString()).toBe('a\r\nb\r\nc')
  expect(other?.toString()).toBe('xxxxxxx')
})

test('base64 and bare bytes', () => {
  expect(decodeText(readMessage(coded('base64', '0JrQuNGX', '0LINCmI=')))).toBe('Київ\nb')
  expect(decodeText(readMessage(coded('8bit', 'a=20', 'b')))).toBe('a=20\nb')
})

test('parts of parts, in their order; what stands before the first and behind the last is none', () => {
  const inner = [
    'Content-Type: multipart/alternative; boundary=in',
    '',
    '--in  ',
    'W: v',
    '',
    'b',
    '--in',
    'X: y',
    '',
    'c',
    '--in--',
  ]
  const message = messageOf([
    'Content-Type: multipart/mixed;\r\n boundary="out"',
    '',
    'before',
    '--out',
    'A: 1\r\n 2\r\nA: 3',
    '',
    'a',
    '--out',
    ...inner,
    '--out--',
    'behind',
  ])
  const found = leaves(readMessage(message))
  expect(found.map(decodeText)).toEqual(['a', 'b', 'c'])
  expect(found.map(({ headers }) => Object.fromEntries(headers))).toEqual([{ a: '1 2, 3' }, { w: 'v' }, { x: 'y' }])
})

test.each([
  [['no headers'], 'a part without an empty line behind its headers'],
  [['Content-Type: multipart/mixed; boundary=b', '', 'x'], 'a multipart body without an end'],
  [['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'x', '--b'], 'a multipart body without an end'],
])('%j is no message', (lines, words) => {
  expect(() => leaves(readMessage(messageOf(lines)))).toThrow(words)
})
