/** What data may bring into a message, and how the plain part is set. */
import { expect, test } from 'vitest'
import { oneLine, plainLines, visible } from '../../../../src/channels/email/plain/tidy.ts'

test.each([
  ['\u202E05,284 1\u202C', '05,284 1'],
  ['a\u200Bb\uFEFFc\u2063d\0e\x1B[31m', 'abcde[31m'],
  ['1\u00A0482,50 €\t🏳️\u200D🌈 می\u200Cخواهم', '1\u00A0482,50 €\t🏳️\u200D🌈 می\u200Cخواهم'],
  ['8–\u206020\u00A0Uhr', '8–\u206020\u00A0Uhr'],
  ['half \uD800', 'half \uFFFD'],
  ['a\r\nb\rc', 'a\nb\nc'],
  ['Anna\u2028Maria\u2029and\vthe\fothers\u0085here', 'Anna Maria and the others here'],
])('visible(%j)', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('of all signs those are left out that nobody sees, between letters of any kind', () => {
  const dropped =
    /[\0-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2061-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/
  for (let code = 0; code < 0x10000; code += 1) {
    const sign = String.fromCharCode(code)
    if (/[\v\f\r\u0085\u2028\u2029\uD800-\uDFFF]/.test(sign)) continue
    expect(visible(`aЖ€${sign}`)).toBe(dropped.test(sign) ? 'aЖ€' : `aЖ€${sign}`)
  }
})

test('one line is one line', () => {
  expect(oneLine(' Invoice\r\n Bcc: x\u2028 417\u00AD ')).toBe('Invoice Bcc: x 417')
})

test('tables are aligned: figures right, texts left, short rows under the last columns', () => {
  expect(
    plainLines(
      'Head\n\n\n\nService\tQty\tAmount\nHome 500\t1\t350.00\nCalls\t12\t1,132.50\nTotal\t£1,482.50\n\nEnd  \n',
    ),
  ).toBe(
    `Head

Service   Qty     Amount
Home 500    1     350.00
Calls      12   1,132.50
Total          £1,482.50

End
`,
  )
})

test('a tab before the first cell is none; an empty first cell stays, but no empty column', () => {
  expect(plainLines('\ta\tb\n\t\tc\n')).toBe('a  b\n   c\n')
  expect(plainLines('x\n\t\tc\n\t\td')).toBe('x\nc\nd\n')
})

test('amounts with their currency are figures, however short', () => {
  expect(plainLines('6 × Глобус\t193,30\u00A0грн\n1 × Листівка\t2,10\u00A0грн\nДата\t9 березня 2026 р.\n')).toContain(
    '6 × Глобус           193,30\u00A0грн\n1 × Листівка           2,10\u00A0грн',
  )
})

test('a wide table keeps its rows on lines of their own', () => {
  expect(plainLines(`${'a'.repeat(60)}\t1.00\t${'b'.repeat(20)}\nc\t2.00\td\n`)).toBe(
    `${'a'.repeat(60)}  1.00  ${'b'.repeat(20)}\nc  2.00  d\n`,
  )
})

test('a table is aligned as long as no line has more than 76 signs', () => {
  expect(plainLines(`${'a'.repeat(70)}\t1.00\nc\t2.00\n`)).toBe(`${'a'.repeat(70)}  1.00\nc${' '.repeat(71)}2.00\n`)
  expect(plainLines(`${'a'.repeat(71)}\t1.00\nc\t2.00\n`)).toBe(`${'a'.repeat(71)}  1.00\nc  2.00\n`)
})
