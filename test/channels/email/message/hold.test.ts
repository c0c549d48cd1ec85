/** What belongs together in a mail stays in one line. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdTogether, longestHeld, namesHeld } from '../../../../src/channels/email/message/hold.ts'
import { Pieces, wholeOf } from '../../../../src/channels/email/message/pieces.ts'
import type { Brand } from '../../../../src/model/index.ts'

const names = namesHeld({ style: { '*': { spelling: ['Home 500', 'e-mail'] } } } as unknown as Brand)
const shown = (html: string, { locale = 'en-GB', spelt = names, pieces = new Pieces() } = {}): string =>
  wholeOf(holdTogether(pieces.of(html), { locale, names: spelt })).replaceAll('\u00a0', '~')

test.each([
  ['<p>Pay 12 EUR by 5 May, see no. 7</p>', 'en-GB', '<p>Pay 12~EUR by 5~May, see no.~7</p>'],
  ['<td>Your Home 500. Home 5000</td>', 'en-GB', '<td>Your Home~500. Home 5000</td>'],
  ['<td>1 234 567,89 грн</td>', 'uk-UA', '<td>1 234 567,89~грн</td>'],
  ['<b>Оплата в місті</b>', 'uk-UA', '<b>Оплата в~місті</b>'],
  ['<b>Місто «У морі» [з нами]\u00a0і ми — так</b>', 'uk-UA', '<b>Місто «У~морі» [з~нами]~і~ми~— так</b>'],
  ['<b>Zahlung bis 5 Uhr</b>', 'de-DE', '<b>Zahlung bis 5~Uhr</b>'],
  ['<p>12\n EUR and 5  EUR</p>', 'en-GB', '<p>12\n EUR and 5  EUR</p>'],
])('%s in %s', (html, locale, held) => {
  expect(shown(html, { locale })).toBe(held)
})

test('numbers, days and ids with hyphens are not broken; addresses and words are', () => {
  const span = (number: string) => `<span style="white-space:nowrap">${number}</span>`
  expect(shown('<td>2026-03-01</td><td>Contract 1014-2288, 5 EUR</td>')).toBe(
    `<td>${span('2026-03-01')}</td><td>Contract ${span('1014-2288')}, 5~EUR</td>`,
  )
  expect(shown('<td>M-10266: INV-2026-007, КВ-20417, 20A-3B</td>')).toBe(
    `<td>${span('M-10266')}: ${span('INV-2026-007')}, ${span('КВ-20417')}, ${span('20A-3B')}</td>`,
  )
  const others =
    '<td>https://nord.example/s/1014-2288 5-pack a-1-2 pre-2026 B-pack CD-ROM 1-2@nord.example &#8209;-1 -5 1-2-3-4-5-6</td>'
  expect(shown(others)).toBe(others)
})

test('no mail is longer than it is foreseen to be', () => {
  const words = fc.string({ unit: fc.constantFrom('1-2', 'A-1', '-', '1', 'Ж', ' ', '\n', 'INV-2026-007', '5 EUR') })
  fc.assert(
    fc.property(fc.array(words), cells => {
      const html = cells.map(cell => `<td>${cell}</td>`).join('')
      expect(shown(html).length).toBeLessThanOrEqual(longestHeld(new Pieces().of(html)))
    }),
  )
  expect(longestHeld(new Pieces().of('<p>None</p>'))).toBe('<p>None</p>'.length)
})

test('a tag whose quotes are none, or never end, does not take the text behind it', () => {
  expect(shown("<p title=it's>don't 5 EUR</p><b \">5 EUR</b>")).toBe("<p title=it's>don't 5~EUR</p><b \">5~EUR</b>")
  expect(shown('<p title="x>5 EUR</p>')).toBe('<p title="x>5~EUR</p>')
})

test.each([
  '<img src="cid:a" alt="rates 5 > 4 of 2026-01-02, 5 EUR">',
  '<p title=\'a > b 5 EUR, c\' class = "> 5 EUR, d"><br/></p>',
  '<a href="https://nord.example/?a=5 EUR" title="5 EUR">pay</a>',
  '<head><title>5 EUR</title><style>td{border:1px solid; margin:5 px}</style></head>',
  '<!--[if mso]><td width="5 px">5 EUR</td><![endif]-->',
  '<pre>5 EUR</pre>',
  '<p>a</p><style>a b{margin:5 px',
])('%s stays as it is', html => {
  expect(shown(html)).toBe(html)
})

test('of names that begin alike the longest is held', () => {
  const both = namesHeld({ style: { '*': { spelling: ['Home 500', 'Home 500 Plus Max'] } } } as unknown as Brand)
  expect(shown('<p>Your Home 500 Plus Max</p>', { spelt: both })).toBe('<p>Your Home~500~Plus~Max</p>')
})

test('letters that have more signs in small ones move nothing', () => {
  expect(shown('<head><title>İİİİİİİİİİİİİİ</title></head><p>5 EUR</p>')).toBe(
    '<head><title>İİİİİİİİİİİİİİ</title></head><p>5~EUR</p>',
  )
})

test.each([
  ['<p>a</p>\n<!-->5 EUR<p>5 EUR</p>', '<p>a</p>\n<!-->5~EUR<p>5~EUR</p>'],
  [
    '<b>a</b><!-- 5 EUR - -- > --><STYLE>5 px</STYLE><header>5 EUR</header>',
    '<b>a</b><!-- 5 EUR - -- > --><STYLE>5 px</STYLE><header>5~EUR</header>',
  ],
  ['<td><p title=">5 EUR</td><td>5 EUR</td>', '<td><p title=">5~EUR</td><td>5~EUR</td>'],
])('tags are passed in runs: %s', (html, held) => {
  expect(shown(html)).toBe(held)
})

test('what is too long to be sent is left as it is, however it is written', () => {
  for (const html of [
    '<tr><td style="color:red">1</td></tr>'.repeat(900_000),
    `<p>5 EUR</p><!-- ${'- '.repeat(5_000_000)}-->`,
  ])
    expect(shown(html)).toBe(html)
})
