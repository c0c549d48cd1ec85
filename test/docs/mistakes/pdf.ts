/** Mistakes on paper: page markup, and what no page has room for. */
import { readFileSync } from 'node:fs'
import { proofJob } from '../../../src/run/index.ts'
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'
import { clock, request } from './provoke.ts'

const page = 'templates/bill/pdf.hbs'

/** Only finished pages show it. */
const proved = {
  by: () => proofJob({ ...request, channels: ['pdf'] }, { ids: [], limit: 1, folder: 'proof' }, () => {}, clock),
}

/** Writes something else in place of the paragraph with the name, line 5. */
const block = (markup: string) => ({
  make: (f: Factory): void => f.mend(page, '<p>{{customer.name}}, {{date issued}}</p>', markup),
})

export const pdf: readonly Mistake[] = [
  {
    what: 'an address of more lines than its window',
    code: 'pdf.address',
    ...block(`<address-window preset="din-5008-b">${'<p>{{number}}</p>'.repeat(9)}</address-window>`),
    exit: 5,
    says: 'data/bills.csv:2: the address has more lines than the window holds (9, of 6) (templates/bill/pdf.hbs (document/page/address-window))',
    hint: 'shorten the address; it is never made smaller',
  },
  {
    what: 'a return line too long for the window',
    code: 'pdf.address',
    ...block(
      `<address-window preset="din-5008-b" return-line="${'Nord &amp; Sohn, Hafenstrasse 1, '.repeat(12)}"><p>x</p></address-window>`,
    ),
    exit: 5,
    says: 'data/bills.csv:2: the return line does not fit above the address (templates/bill/pdf.hbs (document/page/address-window))',
    hint: 'shorten return-line',
  },
  {
    what: 'an attribute that does not exist',
    code: 'pdf.attribute',
    make: f => f.mend(page, 'text-align="right"', 'text-aling="right"'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:7:54: td has no attribute "text-aling"',
    hint: 'did you mean "text-align"?',
  },
  {
    what: 'a style as on web pages',
    code: 'pdf.attribute',
    ...block('<p style="color: red">{{customer.name}}</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: p has no attribute "style"',
    hint: 'docs/page-markup.md lists what p takes',
  },
  {
    what: 'an image without words for those who do not see it',
    code: 'pdf.attribute',
    make: f => {
      f.mend('assets/brand.yaml', 'senders:', 'images: { logo: logo.svg }\nsenders:')
      f.write('assets/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
      block('<image src="brand:logo"/>').make(f)
    },
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:5: image needs the attribute alt',
    hint: 'add alt="…": text',
  },
  {
    what: 'a box at a place that is not fixed',
    code: 'pdf.attribute',
    ...block('<box left="10mm">{{customer.name}}</box>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:5: left of box needs position="fixed"',
    hint: 'add position="fixed"',
  },
  {
    what: 'a standard that cannot be promised',
    code: 'pdf.conformance',
    make: f => f.mend('jobs/bills.yaml', 'pdf: {}', 'pdf: { conformance: [pdf/x-4] }'),
    exit: 2,
    says: 'jobs/bills.yaml (channels.pdf.conformance): the standard "pdf/x-4" is not supported',
    hint: 'supported: pdf/a-3a, pdf/a-3u, pdf/a-3b, pdf/ua-1',
  },
  {
    what: 'an element that does not exist',
    code: 'pdf.element',
    make: f => f.mend(page, "<h1>{{t 'title' number=number}}</h1>", '<heading>Bill</heading>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:4:5: unknown element "heading"',
    hint: 'it is called "h1" here',
  },
  {
    what: 'an element of web pages',
    code: 'pdf.element',
    ...block('<div>{{customer.name}}</div>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:5: unknown element "div"',
    hint: 'it is called "box" here',
  },
  {
    what: 'a cell without a row',
    code: 'pdf.element',
    make: f =>
      f.mend(page, '<tr><td>{{item}}</td><td text-align="right">{{money amount}}</td></tr>', '<td>{{item}}</td>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:7:29: td cannot stand in tbody',
    hint: 'it stands in tr',
  },
  {
    what: 'a list item without a list',
    code: 'pdf.element',
    ...block('<li>{{customer.name}}</li>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:5: li cannot stand in page',
    hint: 'it stands in ul, ol',
  },
  {
    what: 'text straight in a table',
    code: 'pdf.element',
    make: f => f.mend(page, '<tbody>', 'Your items: <tbody>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:6:5: text cannot stand in table',
    hint: 'put it into a p',
  },
  {
    what: 'a carry outside a table',
    code: 'pdf.element',
    ...block('<p><carry/></p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: carry cannot stand outside the head and foot of a table',
    hint: 'put it into a row of thead or tfoot',
  },
  {
    what: 'more cells than the table has columns',
    code: 'pdf.fit',
    make: f => f.mend(page, 'columns="* 30mm"', 'columns="*"'),
    ...proved,
    exit: 3,
    says: 'templates/bill/pdf.hbs (document/page/table/tbody/tr[1]): a row has 2 columns, its table 1',
    hint: 'give columns of the table 2 widths',
  },
  {
    what: 'columns wider than the page',
    code: 'pdf.fit',
    make: f => f.mend(page, 'columns="* 30mm"', 'columns="160mm 30mm"'),
    ...proved,
    exit: 3,
    says: 'templates/bill/pdf.hbs (document/page/table): the columns need more than the 170mm there are',
    hint: 'make columns or gaps narrower, or leave one as *',
  },
  {
    what: 'margins that leave nothing',
    code: 'pdf.fit',
    make: f => f.mend(page, 'margin="20mm"', 'margin="150mm 20mm"'),
    ...proved,
    exit: 3,
    says: 'templates/bill/pdf.hbs (document/page): header and footer leave no room for text',
    hint: 'make them or the margins smaller',
  },
  {
    what: 'a footer that leaves nothing',
    code: 'pdf.fit',
    make: f => f.mend(page, '<footer>', `<footer>${'<p font-size="40pt">Nord</p>'.repeat(20)}`),
    ...proved,
    exit: 3,
    says: 'templates/bill/pdf.hbs (document/page): header and footer leave no room for text',
    hint: 'make them or the margins smaller',
  },
  {
    what: 'a font that has only one of its tables',
    code: 'pdf.font',
    make: f => {
      const font = 'assets/fonts/SourceSans3-SemiBold.ttf'
      const bytes = readFileSync(font)
      bytes.writeUInt16BE(1, 4)
      f.write(font, bytes)
    },
    exit: 2,
    says: 'assets/fonts/SourceSans3-SemiBold.ttf: the font cannot be read',
    hint: 'use a TrueType or OpenType font (.ttf or .otf), not a collection or a web font',
  },
  {
    what: 'a character in a template that no font has',
    code: 'pdf.glyph',
    ...block('<p>{{customer.name}} 請</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:26: no font of the brand has the character 請 (U+8ACB)',
    hint: 'add a font that has it to the fallback of the family in brand.yaml',
  },
  {
    what: 'a heading that skips a level where a standard is promised',
    code: 'pdf.conformance',
    make: f => {
      f.mend('jobs/bills.yaml', 'pdf: {}', 'pdf: { conformance: [pdf/ua-1] }')
      block('<h4>{{customer.name}}</h4>').make(f)
    },
    ...proved,
    exit: 3,
    says: 'templates/bill/pdf.hbs: pdf/ua-1: h4 follows h1',
    hint: 'headings begin with h1, and go down one level at a time',
  },
  {
    what: 'a link without a scheme',
    code: 'pdf.link',
    ...block('<p><a href="www.nord.example">pay</a></p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:11: href of a must be an address that starts with https:, http:, mailto: or tel: and no name before its host, or # and an id (found "www.nord.example")',
    hint: 'write the whole address: https://nord.example/pay',
  },
  {
    what: 'a link that runs a script',
    code: 'pdf.link',
    ...block('<p><a href="javascript:alert(1)">pay</a></p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:11: href of a must be an address that starts with https:, http:, mailto: or tel: and no name before its host, or # and an id (found "javascript:alert(1)")',
    hint: 'write the whole address: https://nord.example/pay',
  },
  {
    what: 'a password that the data does not have',
    code: 'pdf.password',
    make: f => {
      f.mend('jobs/bills.yaml', 'pdf: {}', 'pdf: { password: customer.pin }')
      f.mend('jobs/bills.yaml', 'phone: phone,', 'phone: phone, pin: pin,')
      f.mend('templates/bill/schema.json', '"locale": {', '"pin": { "type": "string" },\n        "locale": {')
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('\n', ';\n').replace(';\n', ';pin\n'))
    },
    exit: 5,
    says: 'data/bills.csv:2: the file is to be encrypted, and customer.pin is empty',
    hint: 'mend the data, or let the schema require it: the file is not made without a password',
  },
  {
    what: 'a password that nobody can type',
    code: 'pdf.password',
    make: f => {
      f.mend('jobs/bills.yaml', 'pdf: {}', 'pdf: { password: number }')
      f.mend('data/bills.csv', 'B-1;', 'B-1\u05d0;')
    },
    exit: 5,
    says: 'data/bills.csv:2: the file is to be encrypted, and number has characters that no password can have',
    hint: 'take out what cannot be typed: controls, invisible characters, new emoji, and words of two directions at once',
    also: ['run.glyph'],
  },
  {
    what: 'an element closed in the wrong order',
    code: 'pdf.markup',
    ...block('<p><b>{{customer.name}}</p></b>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:28: not well-formed: </p> closes <b>, which is opened in line 5',
    hint: 'close every element inside the block that it is opened in, and quote every attribute',
  },
  {
    what: 'an ampersand by itself',
    code: 'pdf.markup',
    ...block('<p>Nord & Sohn</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:13: not well-formed: an & that begins no character reference',
    hint: 'write & as &amp;, or use a character reference such as &#160;',
  },
  {
    what: 'an element opened under a condition and closed under none',
    code: 'pdf.markup',
    ...block('{{#if customer.email}}<p>{{/if}}{{customer.name}}</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:27: <p> is opened in one block and closed in another',
    hint: 'close every element inside the block that it is opened in, and quote every attribute',
  },
  {
    what: 'a class that the brand does not have',
    code: 'pdf.value',
    make: f => f.mend(page, 'class="muted"', 'class="mutd"'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:3:16: class of p must be names of classes that the brand defines (found "mutd")',
    hint: 'did you mean "muted"?',
  },
  {
    what: 'a logo too coarse for print',
    code: 'pdf.value',
    make: f => {
      f.mend('assets/brand.yaml', 'senders:', 'images: { logo: { file: logo.png, width: 40mm } }\nsenders:')
      f.write('assets/logo.png', dot)
      block('<image src="brand:logo" alt=""/>').make(f)
    },
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:12: "brand:logo" has 0 dots per inch at the width that brand.yaml gives it',
    hint: 'show it smaller, or use an image of at least 473 dots across or an SVG',
  },
  {
    what: 'a size without its unit',
    code: 'pdf.value',
    ...block('<p font-size="12">{{customer.name}}</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: font-size of p must be a size between 1pt and 500pt, such as 10.5pt (found "12")',
    hint: 'docs/page-markup.md tells what it takes',
  },
  {
    what: 'a colour that the brand does not have',
    code: 'pdf.value',
    ...block('<p color="red">{{customer.name}}</p>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: color of p must be a colour: a name of the brand, white, black, or #RRGGBB (found "red")',
    hint: 'known: ink, muted, white, black',
  },
  {
    what: 'a sheet that does not exist',
    code: 'pdf.value',
    make: f => f.mend(page, 'size="A4"', 'size="A44"'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:2:9: size of page must be A3, A4, A5, Letter, Legal (with "landscape" if turned), or two lengths such as 100mm 150mm (found "A44")',
    hint: 'did you mean "A4"?',
  },
  {
    what: 'a head that shows on the last page only',
    code: 'pdf.value',
    make: f => f.mend(page, '<tbody>', '<thead><tr on="last"><td>x</td></tr></thead><tbody>'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:7:14: a row of thead cannot show on last',
    hint: 'put it into tfoot: when a head is set, it is not known which page is the last',
  },
]

/** A PNG of one pixel. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
