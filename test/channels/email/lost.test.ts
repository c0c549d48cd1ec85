/** What mail programs would lose of a template: told before anything is pressed, each with its place. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { checkLinks } from '../../../src/channels/email/html/links.ts'
import { plainLines } from '../../../src/channels/email/plain/tidy.ts'
import { type Brand, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, mail, merge, prepare, prepared } from './template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

/** Faults with their places in the template, and hints. */
async function told(text: string, own: Brand = brand): Promise<readonly string[]> {
  const result = await prepare(text, own)
  const faults = result.ok ? [] : result.faults
  return faults.map(
    fault => `${inWords(fault).replace(/^(templates.invoice.email.mjml.hbs:|factory.)/, '')}; ${fault.hint}`,
  )
}

describe('what MJML takes once', () => {
  const body = (name: string): string => `<mj-body>${column(name).replaceAll('\n', '')}</mj-body>`
  const head = '<mj-head><mj-title>x</mj-title></mj-head>'

  test.each([
    [
      'a second body',
      `<mjml>${head}${body('<mj-text>a</mj-text>')}\n${body('<mj-text>b</mj-text>')}</mjml>`,
      'a second mj-body stands beside that of line 1',
    ],
    [
      'a second head',
      `<mjml>${head}\n<mj-head><mj-preview>{{name}}</mj-preview></mj-head>${body('<mj-text>a</mj-text>')}</mjml>`,
      'a second mj-head stands beside that of line 1',
    ],
    [
      'a second mail',
      `<mjml>${head}${body('<mj-text>a</mj-text>')}</mjml>\n<mjml>${body('<mj-text>b</mj-text>')}</mjml>`,
      'a second mjml stands beside that of line 1',
    ],
  ])('%s', async (_name, text, message) => {
    expect((await told(text))[0]).toBe(`2:1: ${message}; take one out`)
  })
})

test('CDATA between components is text that mail does not show', async () => {
  const fault = '7:1: text stands in mj-column, where mail would not show it; put it into mj-text'
  for (const words of [' Pay 5 EUR ', 'Pay > <b>5 EUR</b>'])
    expect(await told(mail(column(`<![CDATA[${words}]]><mj-text>x</mj-text>`)))).toEqual([fault])
})

/** Faults of what stands in one mj-text: from line 7, column 10 on. */
const inText = (html: string, own: Brand = brand): Promise<readonly string[]> =>
  told(mail(column(`<mj-text>${html}</mj-text>`)), own)

test.each([
  ['mj-text', '<mj-text>A <mj-button href="https://nord.example">Pay</mj-button></mj-text>', '7:12', 'mj-button'],
  ['mj-table', '<mj-table><tr><td><mj-image src="brand:logo" alt="x"/></td></tr></mj-table>', '7:19', 'mj-image'],
  ['mj-raw', '<mj-raw><p>A</p><MJ-Divider /></mj-raw>', '7:17', 'MJ-Divider'],
])('a component inside of %s is none', async (_name, inner, at, name) => {
  expect(await told(mail(column(inner)))).toEqual([expect.stringContaining(`${at}: <${name}> stands in `)])
})

test('nor inside of a partial', async () => {
  const own = await fixtureBrand({ 'partials/legal.email.hbs': '<p>a</p>\n<mj-text>b</mj-text>' })
  expect(await inText('{{> legal}}', own)).toEqual([
    'assets/partials/legal.email.hbs:2:1: <mj-text> stands in a partial, where it is no component; write HTML: partials are merged when MJML is done',
  ])
})

describe('HTML that mail programs read otherwise than it looks', () => {
  const whole = 'write &lt; where no tag is meant, else look for a quote or > that is missing'

  test.each([
    ['less than', 'if a<b pay 5 EUR', `7:14: the tag <b has no end; ${whole}`],
    ['less than before a tag', 'if a<b pay <i>5 EUR</i>', `7:14: the tag <b has no end; ${whole}`],
    ['an end without one', '<b>5 EUR</b', `7:18: the tag </b has no end; ${whole}`],
    [
      'less than before a slash',
      'a </5 EUR> b',
      '7:12: </5 is no tag, and mail programs drop it up to the next >; write &lt;',
    ],
    [
      'a mail address in brackets',
      'Write to <billing@nord.example>.',
      '7:19: <billing@nord.example is no tag, and mail programs drop it up to the next >; write &lt;',
    ],
    [
      'a link in brackets',
      'See <https://nord.example/help>.',
      '7:14: <https://nord.example/help is no tag, and mail programs drop it up to the next >; write &lt;',
    ],
    [
      'a host in brackets',
      'See <nord.example>.',
      '7:14: <nord.example is no tag, and mail programs drop it up to the next >; write &lt;',
    ],
    [
      'data in brackets',
      'Dear <{{number}}>, pay',
      '7:15: <{{number}} is no tag, and mail programs drop it up to the next >; write &lt;',
    ],
    [
      'CDATA',
      'a <![CDATA[5 EUR]]> b',
      '7:12: <![CDATA[ is not read by mail programs, which drop it up to the next >; take <![CDATA[ and ]]> out',
    ],
    [
      'a quote that is missing',
      '<a href="https://nord.example>Pay 5 EUR now</a> by "1 May"',
      `7:10: the tag <a has no end; ${whole}`,
    ],
    [
      'a quote that is missing, before another',
      '<span title="x>5 EUR</span> <span title="y">z</span>',
      `7:10: the tag <span has a quote that belongs to no value; ${whole}`,
    ],
    [
      'a quote that is missing, beside data',
      '<a href="https://nord.example/{{number}}>Pay</a> by <b title="">1 May</b>',
      `7:10: the tag <a has a quote that belongs to no value; ${whole}`,
    ],
    ['an end too many', 'x</div>y', '7:11: </div> closes nothing; take it out, or write <div> before it'],
    [
      'the end of the table around it',
      'x</table>y',
      '7:11: </table> closes nothing; take it out, or write <table> before it',
    ],
    [
      'an end out of a cell',
      '<div><table><tr><td>x</div></td></tr></table></div>',
      '7:31: </div> closes nothing; take it out, or write <div> before it',
    ],
    [
      'an end that only one way has something for',
      '{{#if a}}<div>{{/if}}x</div>',
      '7:32: </div> closes nothing where "{{#if a}}" does not hold; put it under the same block as what it closes',
    ],
    [
      'an end that the other way has nothing for',
      '{{#if a}}<div>x</div>{{else}}y</div>{{/if}}',
      '7:40: </div> closes nothing; take it out, or write <div> before it',
    ],
  ])('%s', async (_name, html, fault) => {
    expect(await inText(html)).toEqual([fault])
  })

  test.each([
    '{{#if x}}<b>{{/if}}5 EUR{{#if x}}</b>{{/if}}',
    '{{#if x}}<div title="a">{{else}}<div title="b">{{/if}}5</div>',
    '{{#if x}}<div>{{/if}}a{{#if x}}</div>{{/if}}<div>b</div>',
    '<div>{{#if x}}<div>{{/if}}a{{#if x}}</div>{{/if}}</div>',
    '<b>{{#if x}}5</b>{{else}}6</b>{{/if}}',
    '{{#each rows}}{{#if @first}}<ul>{{/if}}<li>{{this}}{{#if @last}}</ul>{{/if}}{{/each}}',
    '<table>{{#each rows}}{{#unless @first}}</tr>{{/unless}}<tr><td>x</td>{{/each}}</tr></table>',
    '<b><div>x</b>y</div><p>a<ul><li>b</ul></p><br></br>',
    '<a href="{{#if x}}https://nord.example/a"{{else}}https://nord.example/b"{{/if}}>Pay</a>',
    '{{#if x}}<b title="a"{{else}}<b title="b"{{/if}}>5</b>',
    '<img src="brand:logo" alt="5 > 4 < 6 and 7">a < b, 3 <4',
    '<!--[if mso]><table><tr><td><![endif]--><div>x</div><!--[if mso]></td></tr></table><![endif]-->',
    '<!--[if !mso]><!--><div><!--<![endif]-->x</div><!-- </b> <b -->',
    '<!-- {{#if x}} --><b>5</b><!-- {{else}} --><i>6</i><!-- {{/if}} -->',
    'a</p>b{{#if x}}<p>{{/if}}c</p></br>d<b{{#if x}} title="a"{{/if}}>e</b><hr/><br/>',
    '<!--[if mso]><v:rect><w:anchorlock/></v:rect><![endif]-->x<o:p>y</o:p>',
    "<p title='it is \"so\"' class=a>it's</p><o:p></o:p><P>x</p>",
  ])('%s is right', async html => {
    expect(await inText(html)).toEqual([])
  })

  test('between components raw HTML may open what other raw HTML closes', async () => {
    expect(await told(mail(`<mj-raw><div></mj-raw>${column('<mj-text>x</mj-text>')}<mj-raw></div></mj-raw>`))).toEqual(
      [],
    )
  })

  const endless = (name: string, column: number): string =>
    `7:${column}: <${name}> is never closed, and takes what stands behind it in the mail; write </${name}> where it ends`

  test.each([
    ['a table', 'AAA <table><tr><td>DDD', endless('table', 14)],
    ['a table in a list', '<ul><li>a<table><tr><td>b</td></tr></ul>', endless('table', 19)],
    ['a table in a table', '<table><tr><td><table><tr><td>b</td></tr></table>', endless('table', 10)],
    ['a list', '<b>a</b><ul><li>a</li>', endless('ul', 18)],
    ['a list in a list', '<ol><li>a<ul><li>b</li></ol>', endless('ul', 19)],
    ['a table under a block', '{{#if a}}<table><tr><td>b{{/if}}', endless('table', 19)],
    ['a table of one branch', '{{#if a}}<table><tr><td>b{{else}}c{{/if}}', endless('table', 19)],
  ])('what is never closed: %s', async (_name, html, message) => {
    expect((await inText(html))[0]).toBe(message)
  })

  test.each([
    '<table><tr><td>a<td>b<tr><td>c</table>',
    '<ul><li>a<li>b</ul><ol><li>c</ol>',
    '{{#if a}}<table><tr><td>b{{/if}}x{{#if a}}</table>{{/if}}',
    '<table><tr>{{#each lines}}<td>{{name}}{{/each}}</table>',
    '<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->',
    '<p>a<p>b',
  ])('ends that HTML lets be left out are: %s', async html => {
    expect(await inText(html)).toEqual([])
  })

  test('a partial may open what another closes, and is told by its own file', async () => {
    const own = await fixtureBrand({
      'partials/open.hbs': '<div>',
      'partials/close.hbs': 'x\n</div>',
      'partials/less.hbs': 'a\nb<c',
    })
    expect(await inText('{{> open}}5{{> close}}', own)).toEqual([])
    expect(await inText('5{{> close}}', own)).toEqual([
      'assets/partials/close.hbs:2:1: </div> closes nothing; take it out, or write <div> before it',
    ])
    expect(await inText('5{{> less}}', own)).toEqual([`assets/partials/less.hbs:2:2: the tag <c has no end; ${whole}`])
  })
})

describe('addresses', () => {
  test.each([
    ['a blank', '<a href="https://nord.example/pay now">x</a>', 'has a blank in it; leave it out, or write %20'],
    [
      'a blank in a number',
      '<a href="tel:+44 1632 960123">x</a>',
      'has a blank in it; leave it out: tel:+441632960123',
    ],
    ['a blank in another', '<a href="tel:(0800) 123-456">x</a>', 'has a blank in it; leave it out: tel:(0800)123-456'],
    ['a blank in a message', '<a href="sms:36123?body=STOP it">x</a>', 'has a blank in it; leave it out, or write %20'],
    ...[
      '"https://nord.example/ {{number}}"',
      '"https://nord.example/{{number}} /a"',
      '"tel:+44 {{number}}"',
      '"{{#if number}}https://nord.example/ 1{{else}}https://nord.example/{{/if}}"',
      '"https://nord.example/{{#if number}}a {{number}}{{/if}}"',
    ].map(address => [
      'a blank beside data or in a branch',
      `<a href=${address}>x</a>`,
      'has a blank in it; leave it out, or write %20',
    ]),
    [
      'what a missing quote takes along',
      '<a href="https://nord.example/{{number}}>Pay</a> <a href=">5 EUR</a>',
      'has ">" in it; look for a quote that is missing, or write %3E',
    ],
  ])('%s in one', async (_name, html, fault) => {
    expect(await inText(html)).toEqual([`7:13: an address in href ${fault}`])
  })

  test.each([
    '" {{url page}} "',
    '" https://nord.example/{{number}}"',
    '"{{#if number}} https://nord.example/1%2F2 {{else}} https://nord.example/ {{/if}}"',
    '"https://nord.example/{{#if number}}{{urlPart number}}{{/if}} "',
    '"{{#if number}} https://nord.example/{{number}} {{/if}}"',
  ])('blanks around href=%s are harmless', async address => {
    expect(await inText(`<a href=${address}>x</a>`)).toEqual([])
    const value = await prepared(mail(column(`<mj-text><a href=${address}>x</a></mj-text>`)), brand)
    const { html = '', text = '' } = merge(value, { page: 'https://nord.example/1%2F2', number: '1/2' })
    expect(checkLinks(html)).toEqual([])
    expect(plainLines(text)).toBe('x <https://nord.example/1%2F2>\n')
  })

  test('images of several sizes and blanks around are right', async () => {
    expect(
      await inText(
        '<a href=" https://nord.example/a%20b\n"><img src="brand:logo" srcset="cid:logo 1x, https://nord.example/2.png 2x" alt="x"></a>',
      ),
    ).toEqual([])
  })
})

test('a comment that is not closed takes no components along to the end of another', async () => {
  const text = '<!-- the text\n<mj-text>CANCEL</mj-text>\n<!-- the button -->\n<mj-text>y</mj-text>'
  expect(await told(mail(column(text)))).toEqual(['7:1: a comment is never closed; write --> where it ends'])
  const inside = 'a <!-- note <b>5 EUR</b> <!-- other --> b'
  expect((await inText(inside))[0]).toMatch(/^7:12: a comment is never closed/)
  for (const fine of ['<!-- a --><!-- b -->', '<!--[if mso]> <!-- c --> <![endif]-->'])
    expect(await told(mail(column(`${fine}<mj-text>${fine}y</mj-text>`)))).toEqual([])
})

describe('what only some programs read', () => {
  const open = 'a comment is never closed, and mail programs show nothing behind it; write --> where it ends'

  test('takes nothing along that follows', async () => {
    const two = (first: string): string => mail(column(`${first}<mj-text>CANCEL</mj-text>`))
    expect(await told(two('<mj-text><!--[if mso]>Outlook<![endif]</mj-text>'))).toEqual([`7:10: ${open}`])
    expect(await told(two('<mj-raw><!--[if mso]><tr><td>a</td></tr><![endif]></mj-raw>'))).toEqual([`7:9: ${open}`])
  })

  test.each([
    '!mso',
    '!(mso)',
    '(!mso)',
    '! mso',
    '!mso & !IE',
  ])('and not by those alone that are none: %s', async of => {
    const fault = `text behind <!--[if ${of}]> is shown to nobody; write <!--[if ${of}]><!-->…<!--<![endif]-->`
    expect(await inText(`a <!--[if ${of}]>b<![endif]-->`)).toEqual([`7:12: ${fault}`])
    const raw = `<mj-raw><!--[if ${of}]><p>b</p><![endif]--></mj-raw>${column('<mj-text>x</mj-text>')}`
    expect(await told(mail(raw))).toEqual([`6:9: ${fault}`])
  })

  test.each([
    '<!--[if !mso]><!-->b<!--<![endif]-->',
    '<!--[if !mso]>-->b<!--<![endif]-->',
    '<!--[if !mso]> <!-- -->b<!-- <![endif]-->',
    '<![if !mso]>b<![endif]>',
    '<!--[if !mso 9]>b<![endif]-->',
    '<!--[if mso]>b<![endif]-->',
    '<!-- <!--[if !mso]>b<![endif]-->',
  ])('%s is right', async html => expect(await inText(`a ${html}`)).toEqual([]))
})

test('a button leads somewhere, or says that it does not', async () => {
  const way = 'links begin with https:, http:, mailto:, tel: or sms:'
  const button = (attributes: string): string => column(`<mj-button${attributes}>Pay</mj-button>`)
  const own = '<mj-attributes><mj-class name="pay" href="https://nord.example"/></mj-attributes>'
  expect(await told(mail(button('')))).toEqual([`7:1: mj-button has no href; ${way}`])
  expect(await told(mail(button(' href=""')))).toEqual([`7:12: an address in href is empty; ${way}`])
  for (const href of ['#', ' # ', '&#35;']) {
    expect(await told(mail(button(` href="${href}"`)))).toEqual([`7:1: mj-button has no href; ${way}`])
    expect(await told(mail(button(` mj-class="pay" href="${href}"`), 'x', own))).toEqual([
      `7:1: mj-button has no href; ${way}`,
    ])
  }
  expect(await told(mail(button(' href="#top"')))).toEqual([])
  expect(await inText('<a href="#top">Top</a> <a href="#">Top</a>')).toEqual([])
  const classes =
    '<mj-attributes><mj-button color="ink"/><mj-class name="pay" href="https://nord.example"/></mj-attributes>'
  expect(await told(mail(button(' mj-class="pay"'), 'x', classes))).toEqual([])
  const all = '<mj-attributes><mj-button href="https://nord.example"/></mj-attributes>'
  expect(await told(mail(button(''), 'x', all))).toEqual([])
})

describe('what mj-html-attribute writes', () => {
  const written = (name: string, value: string): string =>
    mail(
      column('<mj-text css-class="c">x</mj-text>'),
      'One',
      `\n<mj-html-attributes><mj-selector path=".c">\n<mj-html-attribute name="${name}">${value}</mj-html-attribute></mj-selector></mj-html-attributes>`,
    )

  test.each([
    [
      'onclick',
      'steal()',
      '5:26: onclick would have filters refuse the mail; take it out: a mail shows text, images and links only',
    ],
    [
      'href',
      'javascript:x',
      '5:26: an address in href has a scheme that is not taken in mail: "javascript"; links begin with https:, http:, mailto:, tel: or sms:',
    ],
    ['src', 'brand:nowhere', '5:26: the brand has no image "nowhere"; known: logo'],
    [
      'style',
      'color:{{a}}',
      '5:26: "{{a}}" stands in style, where no escaping keeps data harmless; choose between fixed declarations: style="{{#if late}}color:#b00020{{/if}}"',
    ],
    ['style', 'color: graay', '5:40: "graay" is no colour of HTML and CSS; did you mean "gray"?'],
    ['{{a}}', 'x', `5:26: "{{a}}" stands where an attribute's name is expected; write name="{{value}}"`],
  ])('is told as in HTML: %s="%s"', async (name, value, message) => {
    expect((await told(written(name, value)))[0]).toBe(message)
  })

  test('goes out where HTML may have it', async () => {
    expect(await told(written('data-id', '{{number}}'))).toEqual([])
    expect(await told(written('title', 'A & B'))).toEqual([])
  })
})
