/** The inbox lint: what would read worse than its author thinks, each with its place. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { contrast } from '../../../../src/channels/email/html/contrast.ts'
import { declarationKeys } from '../../../../src/channels/email/html/inbox.ts'
import { email } from '../../../../src/channels/email/index.ts'
import { lengthRemarks } from '../../../../src/channels/email/message/limits.ts'
import { type Brand, describe as inWords, mailWarnings } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, file, mail, prepare } from '../template.ts'

// What comes out matters here, not where it is pressed: a process for each template costs a second. message.test.ts and hostile.test.ts have it.
vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const known = ['email.alt', 'email.contrast', 'email.length', 'email.remote', 'email.support']

test('a brand can live with each warning', () => {
  expect(mailWarnings).toEqual(known)
})

/** Warnings in words, of a template and of a brand that differs in something. */
async function warningsOf(text: string, changed: Partial<Brand> = {}): Promise<readonly string[]> {
  const whole: Brand = {
    ...brand,
    partials: {
      ...brand.partials,
      'legal.email': { file: 'assets/partials/legal.email.hbs', text: '<img src="brand:logo">' },
    },
    ...changed,
  }
  const prepared = await prepare(text, whole)
  if (!prepared.ok) throw new Error(prepared.faults.map(inWords).join('\n'))
  const codes = (prepared.value.warnings ?? []).map(({ code }) => code)
  for (const code of codes) expect([...mailWarnings, 'email.markup']).toContain(code)
  return (prepared.value.warnings ?? []).map(inWords)
}

const template = mail(
  column(`<mj-image src="brand:logo"/>
<mj-image src="https://nord.example/a.png" alt="" href="https://nord.example"/>
<mj-text><img src="{{url picture}}" alt="A"/><span style="display:flex;gap:8px;width:calc(1px + 2px)">{{name}}</span></mj-text>
<mj-text color="#A0A0A0">Pale {{name}}</mj-text>
<mj-text color="#A0A0A0" font-size="24px">Large, and pale all the same: {{name}}</mj-text>
<mj-text color="#333333">Dark in the dark</mj-text>
<mj-text><article><wbr/></article><b style="display: flex">twice</b></mj-text>
<mj-social><mj-social-element name="facebook" alt="Facebook" href="https://nord.example">Us</mj-social-element></mj-social>
<mj-text>{{> legal}}</mj-text><mj-text><p style="background:url( 'https://nord.example/b.png')">x</p></mj-text>`),
  'Invoice {{number}}',
  '<mj-font name="Raleway" href="https://fonts.example/raleway.css"/>',
)

test('everything is said once, where it is first met, and a brand says what it lives with', async () => {
  expect(await warningsOf(template)).toEqual([
    'templates/invoice/email.mjml.hbs:3:48: a font is loaded from outside: <mj-font>',
    'templates/invoice/email.mjml.hbs:7:10: an image has no alt text: <mj-image>',
    'templates/invoice/email.mjml.hbs:8:44: an image that is a link has an empty alt text: where images are off, there is nothing to press',
    'templates/invoice/email.mjml.hbs:8:11: an image is loaded from outside: src of <mj-image>',
    'templates/invoice/email.mjml.hbs:9:15: an image is loaded from outside: src of <img>',
    'templates/invoice/email.mjml.hbs:9:52: the CSS "display: flex" is not shown everywhere in outlook-windows',
    'templates/invoice/email.mjml.hbs:9:52: the CSS "gap" is not shown everywhere in gmail, outlook-windows, yahoo',
    'templates/invoice/email.mjml.hbs:9:52: the CSS function "calc" is not shown everywhere in outlook, outlook-windows, yahoo',
    'templates/invoice/email.mjml.hbs:13:18: the element "article" is not shown everywhere in outlook-windows, yahoo',
    'templates/invoice/email.mjml.hbs:13:23: the element "wbr" is not shown everywhere in gmail, outlook-windows',
    'templates/invoice/email.mjml.hbs:14:30: icons of mj-social-element are loaded from outside: it has no src',
    'templates/invoice/email.mjml.hbs:15:43: an image is loaded from outside: style of <p>',
    'assets/partials/legal.email.hbs:1:5: an image has no alt text: <img>',
    'templates/invoice/email.mjml.hbs:10:26: text has a contrast of 2.6 in the light (#A0A0A0 on #FFFFFF)',
    'templates/invoice/email.mjml.hbs:12:26: text has a contrast of 1.4 in the dark (#333333 on #15181C)',
  ])
  expect(await warningsOf(template, { mail: { clients: ['gmx'], accept: [...mailWarnings] } })).toEqual([])
})

test('every attribute that loads is looked at, and every link of images alone', async () => {
  const accordion = `<mj-accordion icon-wrapped-url="https://nord.example/w.png" icon-unwrapped-url="//nord.example/u.png"><mj-accordion-element icon-wrapped-url="brand:logo"><mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text>So</mj-accordion-text></mj-accordion-element></mj-accordion>`
  const text = mail(
    column(`<mj-social><mj-social-element name="facebook" src="https://nord.example/f.png">Us</mj-social-element></mj-social>
${accordion}
<mj-text><a href="https://nord.example/a"><img src="brand:logo" alt=""></a></mj-text>
<mj-text><a href="https://nord.example/c"><img src="brand:logo" alt=""> Pay</a><a href="https://nord.example/c"><img src="brand:logo" alt="">{{x}}</a>
<a href="https://nord.example/d"><img src="brand:logo" alt=""><img src="brand:logo" alt="Pay"></a><a name="e"><img src="brand:logo" alt=""></a></mj-text>
<mj-text><img src="brand:logo" srcset="cid:logo 1x, https://nord.example/2.png 2x" alt="x"></mj-text>`),
  )
  const silent = 'an image that is a link has an empty alt text: where images are off, there is nothing to press'
  const accept = mailWarnings.filter(code => code !== 'email.alt' && code !== 'email.remote')
  expect(await warningsOf(text, { partials: {}, mail: { accept } })).toEqual([
    'templates/invoice/email.mjml.hbs:7:47: an image is loaded from outside: src of <mj-social-element>',
    'templates/invoice/email.mjml.hbs:8:15: an image is loaded from outside: icon-wrapped-url of <mj-accordion>',
    'templates/invoice/email.mjml.hbs:8:61: an image is loaded from outside: icon-unwrapped-url of <mj-accordion>',
    `templates/invoice/email.mjml.hbs:9:65: ${silent}`,
    'templates/invoice/email.mjml.hbs:12:32: an image is loaded from outside: srcset of <img>',
  ])
  const decided = '<a href="https://nord.example/b">{{#if x}} <b><img src="brand:logo" alt=" "></b>{{/if}}</a>'
  expect(await warningsOf(mail(column(`<mj-text>${decided}</mj-text>`)), { partials: {}, mail: { accept } })).toEqual([
    `templates/invoice/email.mjml.hbs:7:78: ${silent}`,
  ])
  const half = '<mj-accordion icon-wrapped-url="brand:logo"></mj-accordion>'
  expect(await warningsOf(mail(column(half)), { partials: {}, mail: { accept } })).toEqual([
    'templates/invoice/email.mjml.hbs:7:14: icons of mj-accordion are loaded from outside: it has no icon-unwrapped-url',
  ])
})

test('icons of an accordion may be given on each of its elements, or by default', async () => {
  const both = 'icon-wrapped-url="brand:logo" icon-unwrapped-url="brand:logo"'
  const element = (attributes: string): string =>
    `<mj-accordion-element ${attributes}><mj-accordion-title>Why?</mj-accordion-title></mj-accordion-element>`
  const icons = async (inner: string, head = ''): Promise<readonly string[]> =>
    (await warningsOf(mail(column(`<mj-accordion>${inner}</mj-accordion>`), 'Hello', head))).filter(one =>
      one.includes('icons'),
    )
  expect(await icons(element(both) + element(both))).toEqual([])
  expect(await icons(element(''), `<mj-attributes><mj-all ${both}/></mj-attributes>`)).toEqual([])
  expect(await icons(element(both) + element('icon-wrapped-url="brand:logo"'))).toEqual([
    'templates/invoice/email.mjml.hbs:7:14: icons of mj-accordion are loaded from outside: it has no icon-unwrapped-url',
  ])
})

test('contrast is measured through style sheets, attributes and classes of the head, and partials', async () => {
  const partials = {
    ...brand.partials,
    'legal.email': {
      file: 'legal.email.hbs',
      text: '<p>Dark</p>\n<p style="color:#AAAAAA">Pale {{name}}</p>{{> inner}}',
    },
    inner: { file: 'inner.hbs', text: '<i style="color:#BBBBBB">Paler</i>' },
  }
  const text = mail(
    column(`<mj-text mj-class="faint">Class</mj-text><mj-button href="https://nord.example">Button</mj-button>
<mj-text css-class="soft"><p>Sheet</p><b>Bold</b></mj-text><mj-text><p class="loud" id="own">Own</p></mj-text>
<mj-text><span class="night">Night</span><span class="hover">Hover</span><a class="night" style="color:#1B1F24">Inline</a></mj-text>
<mj-text>{{> legal}}</mj-text>`),
    'x',
    `<mj-attributes><mj-class name="faint" color="#C0C0C0"/><mj-button background-color="#D0D0D0" color="#FFFFFF"/></mj-attributes>
<mj-style>/* x */ @import url(x); .soft > div p, .none { color: #C1C1C1 } p.loud { color: #C2C2C2 } #own { color: #333333 !important } p#own { background: #3A3A3A }
.hover:hover { color: #C3C3C3 } @media (max-width:480px) { .hover { color: #C4C4C4 } }
@media (prefers-color-scheme: dark) { .night { color: #222222 } }</mj-style>`,
  )
  expect(await warningsOf(text, { partials })).toEqual([
    'templates/invoice/email.mjml.hbs:4:19: a style sheet is loaded from outside: @import in mj-style',
    'templates/invoice/email.mjml.hbs:10:27: text has a contrast of 1.8 in the light (#C0C0C0 on #FFFFFF)',
    'templates/invoice/email.mjml.hbs:10:81: text has a contrast of 1.5 in the light (#FFFFFF on #D0D0D0)',
    'templates/invoice/email.mjml.hbs:11:30: text has a contrast of 1.8 in the light (#C1C1C1 on #FFFFFF)',
    'templates/invoice/email.mjml.hbs:11:94: text has a contrast of 1.1 in the light (#333333 on #3A3A3A)',
    'legal.email.hbs:2:26: text has a contrast of 2.3 in the light (#AAAAAA on #FFFFFF)',
    'inner.hbs:1:26: text has a contrast of 1.9 in the light (#BBBBBB on #FFFFFF)',
    'templates/invoice/email.mjml.hbs:11:94: text has a contrast of 1.1 in the dark (#333333 on #3A3A3A)',
    'templates/invoice/email.mjml.hbs:12:30: text has a contrast of 1.1 in the dark (#222222 on #15181C)',
  ])
})

test('contrast is measured of colours of the brand in partials too, and not of blocks', async () => {
  const colors = { ...brand.colors, muted: '#525B66', faint: '#BBBBBB' }
  const partials = { faint: { file: 'faint.hbs', text: '<a style="color:{{brand.colors.faint}}">Faint</a>' } }
  const hero =
    '{{#if vip}}<mj-button background-color="#FFFFFF" color="#000000" href="https://nord.example">Pay</mj-button>{{/if}}'
  const text = mail(`<mj-hero background-color="#2A3448">${hero}</mj-hero>${column('<mj-text>{{> faint}}</mj-text>')}`)
  expect(await warningsOf(text, { colors, partials, dark: {} })).toEqual([
    'faint.hbs:1:41: text has a contrast of 1.9 in the light (#BBBBBB on #FFFFFF)',
  ])
})

test('contrast is measured of colours in every notation, of what shines through, and of the colour in background', async () => {
  const accept = mailWarnings.filter(code => code !== 'email.contrast')
  const of = (style: string, inner = 'x') =>
    warningsOf(mail(column(`<mj-text><p style="${style}">${inner}</p></mj-text>`)), {
      partials: {},
      dark: {},
      mail: { accept },
    })
  const at = (ratio: string, colors: string, column: number) =>
    `templates/invoice/email.mjml.hbs:7:${column}: text has a contrast of ${ratio} in the light (${colors})`
  for (const [style, ratio, colors] of [
    ['color:hsl(0,0%,67%)', '2.2', '#ABABAB on #FFFFFF'],
    ['color:#00000040', '1.8', '#BFBFBF on #FFFFFF'],
    ['color:rgba(0,0,0,0.25)', '1.8', '#BFBFBF on #FFFFFF'],
    ['color:#333;background:#222 none', '1.2', '#333333 on #222222'],
    ['color:#333;background:none #222', '1.2', '#333333 on #222222'],
    ['color:#333;background:#222 no-repeat', '1.2', '#333333 on #222222'],
    ['color:#333;background-color:hsl(0, 0%, 13%)', '1.2', '#333333 on #212121'],
    ['color:#FFF;background:rgba(0, 0, 0, 0.1)', '1.2', '#FFFFFF on #E6E6E6'],
    ['color:#000;opacity:0.3', '2', '#B3B3B3 on #FFFFFF'],
    ['color:#000;opacity:30%', '2', '#B3B3B3 on #FFFFFF'],
  ] as const)
    expect(await of(style), style).toEqual([at(ratio, colors, 22 + style.length)])
  const nested = 'opacity:0.5;background:#000'
  expect(await of(nested, '<b style="opacity:0.5;color:#FFF">y</b>')).toEqual([
    at('2.1', '#C0C0C0 on #808080', 22 + nested.length + '<b style="opacity:0.5;color:#FFF">'.length),
  ])
  for (const style of ['color:#FFF;opacity:0', 'color:#FFF;background:#000 none', 'opacity:1', 'background:none'])
    expect(await of(style), style).toEqual([])
})

test('a contrast is told where the text stands: not where the same words do, whatever blocks, comments and partials are around', async () => {
  const text = mail(
    column(`<mj-text mj-class="faint">Invoice</mj-text><mj-text><!-- Yes
--> dark {{#if a}}
  <b style="color:#A1A1A1">{{#if b}}Yes{{/if}}</b>{{/if}}</mj-text>
<mj-table><tr><td {{#if bold}}style="color:#A2A2A2"{{else if b}}style="color:#A3A3A3"{{else}}style="color:#A4A4A4"{{/if}}>{{name}}</td></tr></mj-table>
<mj-text css-class="{{#if vip}}vip{{/if}}">{{> inner}}Yes</mj-text><mj-button href="https://nord.example" color="#B2D8C9">Paid</mj-button>
<mj-text><p class="x {{#unless on}}off{{/unless}}">1 &lt; 2 &amp; Invoice</p></mj-text><mj-text color="#AAAAAA">AT&amp;T</mj-text>
{{number}}`),
    'Invoice Yes Paid',
    `<mj-attributes><mj-class name="faint" color="#A0A0A0"/><mj-text color="#A9A9A9"/></mj-attributes>
<mj-preview>Invoice Paid</mj-preview><mj-style>.vip div { color: #A5A5A5 !important } .off { color: #A6A6A6 }</mj-style>`,
  )
  const partials = { inner: { file: 'inner.hbs', text: '<!-- Yes -->\n<i style="color:#A7A7A7">Yes</i> ' } }
  const found = (await warningsOf(text, { partials, dark: {} })).map(warning =>
    /^(?:.*\/)?(.*): text.*(#\w+) on/.exec(warning)?.slice(1).join(' '),
  )
  expect(found).toEqual([
    'email.mjml.hbs:8:27 #A0A0A0',
    'email.mjml.hbs:9:5 #A9A9A9',
    'email.mjml.hbs:10:37 #A1A1A1',
    'email.mjml.hbs:11:123 #A2A2A2',
    'inner.hbs:2:26 #A7A7A7',
    'email.mjml.hbs:12:55 #A5A5A5',
    'email.mjml.hbs:12:123 #B2D8C9',
    'email.mjml.hbs:13:113 #AAAAAA',
    'email.mjml.hbs:11:123 #A3A3A3',
    'email.mjml.hbs:13:52 #A6A6A6',
    'email.mjml.hbs:11:123 #A4A4A4',
  ])
})

test('what a style sheet loads, odd corners and HTML between rows are told, also in partials', async () => {
  const text = mail(
    `<mj-section border-radius="8px"><mj-column border-radius="8px 0"><mj-button href="https://nord.example" border-radius="4pt">Pay</mj-button>
<mj-image src="brand:logo" alt="Nord" border-radius="50%"/><mj-text><b style="border-radius:4px/2px">x</b></mj-text>
<mj-table><!-- <div> --><tr><td>a</td></tr>
<div>{{> legal}}</div></mj-table></mj-column></mj-section>`,
    'x',
    `<mj-attributes><mj-button inner-padding="1px" border-radius="50%"/></mj-attributes>
<mj-style>/* @import url(https://x.example); */ .a { color: red }
@import url("https://x.example/a.css"); @font-face { src: url( '//x.example/a.woff') } .b { background: url(data:image/png;base64,AA==) }</mj-style>`,
  )
  const partials = {
    'legal.email': {
      file: 'legal.hbs',
      text: '<link rel="stylesheet" href="https://x.example/a.css"><style>\n@import "https://x.example";</style><table>x</table>',
    },
  }
  expect(await warningsOf(text, { partials, mail: { clients: ['yahoo', 'gmx'] } })).toEqual([
    'templates/invoice/email.mjml.hbs:3:69: the CSS "border-radius: 50%" is not shown everywhere in gmx',
    'templates/invoice/email.mjml.hbs:5:1: a style sheet is loaded from outside: @import in mj-style',
    'templates/invoice/email.mjml.hbs:5:59: an image or font is loaded from outside: url() in mj-style',
    'templates/invoice/email.mjml.hbs:8:44: the CSS "border-radius: 8px 0" is not shown everywhere in gmx',
    'templates/invoice/email.mjml.hbs:9:72: the CSS "border-radius" is not shown everywhere in gmx',
    'templates/invoice/email.mjml.hbs:9:72: the CSS "border-radius: /" is not shown everywhere in yahoo',
    'templates/invoice/email.mjml.hbs:11:1: <div> stands between the rows or cells of a table, and mail programs show it before the table',
    'legal.hbs:1:6: a style sheet is loaded from outside: <link>',
    'legal.hbs:1:6: the element "link" is not shown everywhere in gmx, yahoo',
    'legal.hbs:2:1: a style sheet is loaded from outside: @import in <style>',
    'legal.hbs:2:44: text stands between the rows or cells of a table, and mail programs show it before the table',
  ])
})

test.each([
  ['<!--[if mso]><p style="height:9px;border-radius:4px">a</p><![endif]-->', ['outlook-windows']],
  ['<!--[if !mso]><!--><p style="border-radius:4px">a</p><!--<![endif]-->', []],
  ['<![if !mso]><p style="border-radius:4px">a</p><![endif]>', []],
  ['<!--[if !mso 9]><!--><p style="border-radius:4px">a</p><!--<![endif]-->', ['outlook-windows']],
  ['<!--[if mso]>a<![endif]--><p style="border-radius:4px">b</p>', ['outlook-windows']],
  ['<!--[if mso]>a<![endif]--><p style="height:9px">b</p>', ['yahoo']],
] as const)('what only some programs read is judged by those: %s', async (html, expected) => {
  const said = await warningsOf(mail(column(`<mj-text>x ${html}</mj-text>`)), {
    mail: { clients: ['outlook-windows', 'yahoo'] },
  })
  expect(said.map(warning => warning.replace(/.* in /, ''))).toEqual(expected)
})

describe('mj-raw in a column stands between rows', () => {
  /** Warnings of rows alone: what stands where, of mj-raw in line 8 that is written in a component. */
  const rows = async (raw: string, around = column): Promise<readonly string[]> => {
    const said = await warningsOf(mail(around(`<mj-text>x</mj-text>\n<mj-raw>${raw}</mj-raw>`)))
    return said.filter(warning => warning.includes(' stands ')).map(warning => warning.replace(/^[^:]*:/, ''))
  }
  const lost = 'stands between the rows that MJML writes, and mail programs show it before them, or not at all'
  const hero = (inner: string): string => `<mj-hero>\n${inner}\n</mj-hero>`

  test.each([
    ['<a href="https://nord.example">Pay now</a>', [`8:9: <a> ${lost}`]],
    ['Pay {{#if a}}<b>now</b>{{/if}}', [`8:9: text ${lost}`, `8:22: <b> ${lost}`]],
    ['<!--[if mso]>x<![endif]--><tr><td>a</td></tr>{{total}}', [`8:54: "{{total}}" ${lost}`]],
    ['<!--[if !mso]><!--><p>b</p><!--<![endif]-->', [`8:28: <p> ${lost}`]],
  ])('%s', async (raw, expected) => {
    expect(await rows(raw)).toEqual(expected)
    expect(await rows(raw, hero)).toEqual(expected)
  })

  test.each([
    '<tr><td><p>a</p></td></tr>{{#each rows}}<tr><td>{{a}}</td></tr>{{/each}}{{> legal}}<!-- b -->',
    '<![if !mso]><tr><td>a</td></tr><![endif]><!--[if mso]><tr><td>b</td></tr><![endif]-->',
    '<tr><td></mj-raw><mj-text>y</mj-text><mj-raw></td></tr>',
  ])('%s is right', async raw => expect(await rows(raw)).toEqual([]))

  test('elsewhere it may hold all', async () => {
    const body = `<mj-raw><p>a</p></mj-raw><mj-section>\n<mj-raw><p>b</p></mj-raw><mj-column><mj-text>c</mj-text></mj-column></mj-section>`
    expect(await warningsOf(mail(body))).toEqual([])
  })

  test('and says what to write', async () => {
    const made = await prepare(mail(column('<mj-raw><p>a</p></mj-raw>')), brand)
    expect(made.ok && made.value.warnings).toMatchObject([
      { code: 'email.markup', hint: 'write it in mj-text, or as <tr><td>…</td></tr>' },
    ])
  })
})

test('words of networks and accordions can be read in the dark without being asked', async () => {
  const icons = 'icon-wrapped-url="brand:logo" icon-unwrapped-url="brand:logo"'
  const inner = '<mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text>So</mj-accordion-text>'
  const social = '<mj-social-element name="web" href="https://nord.example" src="brand:logo">Us</mj-social-element>'
  const body = `<mj-accordion ${icons}><mj-accordion-element>${inner}</mj-accordion-element></mj-accordion><mj-social>${social}</mj-social>`
  expect(await warningsOf(mail(column(body)))).toEqual([])
})

test('a brand lists its mail programs', async () => {
  const body = column('<mj-text><b style="gap:1px">x</b></mj-text>')
  expect(await warningsOf(mail(body), { mail: { clients: ['gmx'] } })).toEqual([
    'templates/invoice/email.mjml.hbs:7:13: the CSS "gap" is not shown everywhere in gmx',
  ])
})

describe('contrast', () => {
  test.each([
    ['#000000', '#FFFFFF', 21],
    ['#777777', '#FFFFFF', 4.48],
    ['#0B6E4F', '#FFFFFF', 6.26],
    ['#FFFFFF', '#FFFFFF', 1],
  ])('of %s on %s', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1)
    expect(contrast(other, one)).toBe(contrast(one, other))
  })
})

test('declarations are taken apart', () => {
  const style = "background:url('a;b(c.png') red; width: CALC(1.5rem + 2px);mso-line-height-rule:exactly"
  expect(declarationKeys(style)).toEqual([
    'property:background',
    'value:background:red',
    'property:width',
    'value:width:calc(1.5rem + 2px)',
    'function:calc',
    'unit:rem',
    'unit:px',
  ])
})

test('a mail that is large and a subject that is long are remarked, and nothing that they say', () => {
  const said = (html: string, subject: string, mail?: Brand['mail']) =>
    lengthRemarks({ html, subject }, { ...brand, ...(mail === undefined ? {} : { mail }) }, file).map(
      ({ what, most, file: at }) => `${at} ${most}: ${what}`,
    )
  expect(said('x'.repeat(79_999), 'ю'.repeat(70))).toEqual([])
  const long = `CANARY${'x'.repeat(70)}`
  expect(said('ю'.repeat(40_000), long)).toEqual([
    `${file} 80000: the largest mail's HTML ({id}) has {most} bytes, and mail programs cut it off at 100000`,
    `${file} 76: the longest subject ({id}) has {most} characters, and inboxes show about 70`,
  ])
  expect(said('', long, { accept: ['email.length'] })).toEqual([])
})

test('a mail that can be sent is remarked, whether it was asked before or not; one that cannot is not', async () => {
  const opened = await email.open({ texts: {} }, { brand, settings: {} })
  const texts = { subject: 'x'.repeat(71), html: '<p>x</p>', text: 'x' }
  const communication = { id: '1', locale: 'en', recipient: { email: 'a@b.example' }, data: {} }
  const request = { communication, date: '2026-03-09', texts }
  expect(opened.refuses?.(request)).toEqual([])
  expect(opened.remarks?.(request)).toMatchObject([{ code: 'email.length', most: 71 }])
  expect(opened.remarks?.({ ...request, texts: { ...texts, subject: 'x' } })).toEqual([])
  expect(opened.remarks?.({ ...request, communication: { ...communication, recipient: {} } })).toEqual([])
})

test('bold text is large from 14 pt on, which is 18.6 px, and needs less contrast', async () => {
  const accept = mailWarnings.filter(code => code !== 'email.contrast')
  const said = (size: string, weight: string) =>
    warningsOf(mail(column(`<mj-text color="#8A8A8A" font-size="${size}" font-weight="${weight}">Large</mj-text>`)), {
      partials: {},
      mail: { accept },
    })
  expect(await said('18.6px', 'bold')).toEqual([])
  for (const [size, weight] of [
    ['18.5px', 'bold'],
    ['18.6px', 'normal'],
    ['23.9px', 'normal'],
  ] as const)
    expect(await said(size, weight), `${size} ${weight}`).toHaveLength(1)
  expect(await said('24px', 'normal')).toEqual([])
})
