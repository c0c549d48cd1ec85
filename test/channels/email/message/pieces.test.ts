/** What is known of markup changes nothing about a mail: each one is what it would be as the first. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLinks } from '../../../../src/channels/email/html/links.ts'
import { holdTogether } from '../../../../src/channels/email/message/hold.ts'
import { type Message, writeMessage } from '../../../../src/channels/email/message/message.ts'
import {
  areSafe,
  areVisible,
  type Piece,
  Pieces,
  shownIn,
  wholeOf,
} from '../../../../src/channels/email/message/pieces.ts'
import { visible } from '../../../../src/channels/email/plain/tidy.ts'

const mail = (name: string, title = name) =>
  `<!doctype html>\n<html>\n<head>\n<title>${title}</title>\n<style>td{margin:5 px}</style>\n</head>\n<body>
<!--[if mso]><table width="600"><![endif]-->\n<div aria-label="${name}">\n<table>\n<tr>\n<td\nstyle="a:b;c=d"\n>Dear ${name}</td>
</tr>\n<tr><td align="left">5 EUR of M-10266</td></tr></table>\n<a href="https://nord.example/${name}">pay</a></div></body></html>`

const known = (pieces: readonly Piece[]) => pieces.filter(piece => piece.known !== undefined)

/** The same, and nothing known of it. */
const anew = (html: string): readonly Piece[] => new Pieces().of(html)
const told = (pieces: readonly Piece[]) => pieces.filter(({ words }) => words).map(({ text }) => text)

test('all but values and words is known in the third mail, and nothing of the others is in it', () => {
  const pieces = new Pieces()
  for (const name of ['Anna', 'Bohdan']) expect(known(pieces.of(mail(name)))).toEqual([])
  const cut = pieces.of(mail('Claire'))
  expect(wholeOf(cut)).toBe(mail('Claire'))
  expect(cut.filter(piece => piece.known === undefined).map(({ text }) => text)).toEqual([
    'Claire',
    '\n<div aria-label="Claire">',
    'Dear Claire',
    '5 EUR of M-10266',
    '\n<a href="https://nord.example/Claire">',
    'pay',
  ])
  expect(JSON.stringify(known(cut))).not.toMatch(/Anna|Bohdan|Claire/)
})

/** Parts of mails, some of them broken. */
const part = fc.constantFrom(
  ...[
    '<tr>\n<td style="a=b">',
    '</td></tr>',
    '\n',
    ' ',
    '<br/>',
    '<p title="',
    '">',
    "<b a='",
    "'>",
    '<!-- 5 EUR -->',
    '<!--',
  ],
  ...[
    '<head><title>',
    '</title>',
    '</head>',
    '<pre>',
    '</pre>',
    '<svg>',
    '</SVG>',
    '<style>',
    '</style>',
    '<',
    '>',
    '=',
    '"',
  ],
  ...[
    ' href="https://nord.example/1"',
    ' src=',
    ' href="javascript:1"',
    ' href=',
    '<a\nhref="mailto:a@b.example">',
    '<img src="cid:a">',
  ],
  ...[
    'Pay 5 EUR',
    'M-10266',
    '2026-03-01 ',
    'Оплата в місті',
    'ä\u2013\u00a0€',
    '\u200b',
    '\u0007',
    '\ud83d\ude00',
    '\ud83d',
    '\r\n',
    'a'.repeat(80),
  ],
)
const mails = fc.array(fc.array(part, { maxLength: 14 }), { minLength: 1, maxLength: 4 }).map(several =>
  // Each twice, and once more with all of them: so some of its markup is known.
  [...several, ...several, several.flat(), ...several].map(parts => parts.join('')),
)

test('pieces are the mail, and tell the same words whatever is known', () => {
  const pieces = new Pieces()
  fc.assert(
    fc.property(mails, several => {
      for (const html of several) {
        const cut = pieces.of(html)
        expect(wholeOf(cut)).toBe(html)
        expect(told(cut)).toEqual(told(anew(html)))
        const held = holdTogether(cut, { locale: 'en-GB' })
        expect(wholeOf(held)).toBe(wholeOf(holdTogether(anew(html), { locale: 'en-GB' })))
        if (areVisible(cut)) expect(visible(html)).toBe(html)
        if (areSafe(held)) expect(checkLinks(wholeOf(held))).toEqual([])
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a tag whose quote nothing closes is never known: it goes on where another mail closes it', () => {
  const pieces = new Pieces()
  const [open, closed] = ['</head><p title="</SVG><br/>', ' href="https://nord.example/1"<tr>\n<td style="a=b">']
  for (const html of [open, closed, open, closed, open + closed, open, closed])
    expect(told(pieces.of(html)), html).toEqual(told(anew(html)))
})

const message = (html: string, pieces?: readonly Piece[]): Message => ({
  from: { name: 'Nord', address: 'post@nord.example' },
  to: { address: 'anna@example.org' },
  subject: 'Bill',
  date: '2026-03-09',
  timezone: 'Europe/Kyiv',
  id: '417',
  text: 'Bill\n',
  html,
  ...(pieces === undefined ? {} : { pieces }),
  images: [],
  attachments: [],
})

test('a message is the same bytes, known or not, also where it is base64', () => {
  const pieces = new Pieces()
  fc.assert(
    fc.property(mails, several => {
      for (const html of [...several, ...several.map(one => `${one}<p>${'Оплата'.repeat(40)}</p>`)].map(visible)) {
        const cut = pieces.of(html)
        expect(Buffer.compare(writeMessage(message(html, cut)), writeMessage(message(html)))).toBe(0)
      }
    }),
    { numRuns: 100 },
  )
})

test('what may not go out is never known: unseen signs, addresses that lead nowhere or go on behind the markup', () => {
  for (const markup of [
    '<a href="javascript:1"><br/>',
    '<a title="\u200b"><br/>',
    '<!-- <a href="https://a.example --><br/>',
  ]) {
    const pieces = new Pieces()
    for (const name of ['Anna', 'Bohdan', 'Claire']) {
      const cut = pieces.of(`${markup}${name}</a>`)
      expect(wholeOf(known(cut))).not.toContain('<a')
      expect(areVisible(cut) && areSafe(cut)).toBe(false)
    }
  }
})

test('an address in words is for who looks at the whole mail', () => {
  expect(areSafe(anew('<p>write href=5 here</p>'))).toBe(false)
  expect(areSafe(anew('<p>write a=5 here</p>'))).toBe(true)
})

test('pictures are those of new markup and of known', () => {
  const images = [{ contentId: 'a.1@nord.example' }, { contentId: 'b.2@nord.example' }]
  const pieces = new Pieces()
  for (const name of ['Anna', 'Bohdan', 'Claire'])
    expect(shownIn(pieces.of(`<p><img src="cid:a.1@nord.example"></p>${name}<br/>`), images)).toEqual([images[0]])
})

test('markup that is another one in each mail is forgotten, and not kept for ever', () => {
  const pieces = new Pieces()
  for (let number = 0; number < 3_000; number += 1)
    for (const time of [1, 2])
      expect(wholeOf(pieces.of(`<b id="${number}"><i>${time} of two</i></b>`))).toContain(`"${number}"`)
  expect(known(pieces.of('<b id="7"><i>3 of two</i></b>')).map(({ text }) => text)).not.toContain('<b id="7"><i>')
  for (const name of ['Anna', 'Bohdan']) pieces.of(mail(name))
  expect(known(pieces.of(mail('Claire'))).length).toBeGreaterThan(0)
})
