/** Templates: what Handlebars may do around, inside and between components, and what is a fault with its place. */
import Handlebars from 'handlebars'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openFinishing } from '../../../src/channels/email/look/finishing.ts'
import { plainLines } from '../../../src/channels/email/plain/tidy.ts'
import { linkMark } from '../../../src/channels/email/tags/signs.ts'
import type { Brand, Data } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, faultsOf, file, mail, merge, prepare, prepared } from './template.ts'

// What comes out matters here, not where it is pressed: a process for each template costs a second. message.test.ts and hostile.test.ts have it.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

/** Words of the merged HTML's body, in order. */
async function words(text: string, data: Data): Promise<string> {
  const { html = '' } = merge(await prepared(text, brand), data)
  return html
    .replace(/<head[\s\S]*<\/head>/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

describe('blocks and values come through', () => {
  test('around components, with else', async () => {
    const text = mail(column('{{#if paid}}<mj-text>Thank you</mj-text>{{else}}<mj-text>Please pay</mj-text>{{/if}}'))
    expect(await words(text, { paid: true })).toBe('Thank you')
    expect(await words(text, { paid: false })).toBe('Please pay')
  })

  test('around columns, sections, wrappers, and in comments', async () => {
    const text = mail(`{{#each groups}}
      <mj-wrapper>{{#each sections}}<mj-section>{{#each columns}}<mj-column><mj-text>{{this}}</mj-text></mj-column>{{/each}}</mj-section>{{/each}}</mj-wrapper>
    {{/each}}
    <!-- {{#unless hidden}} -->${column('<mj-text>shown</mj-text>')}<!-- {{/unless}} -->`)
    const groups = [{ sections: [{ columns: ['a', 'b'] }] }, { sections: [{ columns: ['c'] }, { columns: [] }] }]
    expect(await words(text, { groups })).toBe('a b c shown')
    expect(await words(text, { groups: [], hidden: true })).toBe('')
  })

  test('around rows and inside text, attributes of HTML, links and alt texts', async () => {
    const text = mail(
      column(`<mj-table>{{#each rows}}<tr><td {{#if bold}}style="font-weight:bold"{{/if}}>{{name}}</td></tr>{{/each}}</mj-table>
<mj-text>Hello {{#if who}}{{who}}{{else}}you{{/if}}, <a href="{{url}}">look</a></mj-text>
<mj-button href="https://nord.example/{{number}}?q={{t "a \\"b\\" }} c"}}">Pay</mj-button>
<mj-image src="brand:logo" alt="{{#if who}}Logo for {{who}}{{/if}}"/>`),
    )
    const value = await prepared(text, brand)
    expect(value.texts['html']?.text).toContain('<td {{#if bold}}style="font-weight:bold"{{/if}}>')
    expect(value.texts['html']?.text).toContain('href="https://nord.example/{{number}}?q={{t "a \\"b\\" }} c"}}"')
    expect(value.texts['html']?.text).toContain('alt="{{#if who}}Logo for {{who}}{{/if}}"')
  })

  test('in title and preview, whose quotes and entities stay what they are', async () => {
    const value = await prepared(
      mail(
        column('<mj-text>x</mj-text>'),
        '  {{#if a}}Tom &amp; "{{a}}" &eacute;{{else}}None{{/if}} ',
        '<mj-preview>{{#if a}}Due {{a}}{{/if}}</mj-preview>',
      ),
      brand,
    )
    const { subject = '', html = '' } = merge(value, { a: "O'Brien & Sons" })
    expect(subject.trim()).toBe('Tom & "O\'Brien & Sons" é')
    expect(html).toContain('<title>Tom &amp; &quot;O&#39;Brien &amp; Sons&quot; &eacute;</title>')
    expect(html).toContain('aria-label="Tom &amp; &quot;O&#39;Brien &amp; Sons&quot; &eacute;"')
    expect(html).toContain('>Due O&#39;Brien &amp; Sons</div>')
  })

  test('comments of either kind do not go out; a partial between components is text', async () => {
    const value = await prepared(
      mail(column('{{!-- {{secret}} --}}{{! secret }}<!-- secret -->{{> legal}}<mj-text>a<!-- secret --></mj-text>')),
      brand,
    )
    const { html = '' } = merge(value, { number: 7 })
    expect(JSON.stringify(value)).not.toContain('secret')
    expect(html).toContain('>\n<b>Legal 7</b></div>'.replace('\n', ''))
  })

  test('what is commented out does not go out, but its blocks decide', async () => {
    const value = await prepared(
      mail(
        column(`<!-- <mj-text>{{secret}}</mj-text> {{> secret}} --><!-- {{#if a}} --><mj-text>one</mj-text><!-- {{/if}} -->
<mj-text>two<!-- <a href={{secret}}>{{secret}} --><!-- {{#if a}} --> three<!-- {{/if}} --></mj-text>`),
      ),
      brand,
    )
    expect(JSON.stringify(value)).not.toContain('secret')
    const { html = '', text } = merge(value, { a: false })
    expect(html).toMatch(/>\n?two<\/div>/)
    expect(text?.trim()).toBe('two')
    expect(merge(value, { a: true })['text']?.trim()).toBe('one\ntwo three')
  })

  test('tags of the subject keep their line and column', async () => {
    const text = mail(column('<mj-text>x</mj-text>'), 'Invoice {{number}}')
    const { text: subject = '' } = (await prepared(text, brand)).texts['subject'] ?? {}
    const at = subject.indexOf('{{number}}')
    expect(subject.slice(0, at).split('\n').length).toBe(3)
    expect(at - subject.lastIndexOf('\n')).toBe('<mj-title>Invoice '.length + 1)
  })
})

describe('the brand reaches MJML', () => {
  test('colours by name, classes, lengths of paper, images, language', async () => {
    const { html = '' } = merge(
      await prepared(
        mail(
          column(`<mj-text mj-class="muted" color="accent">a</mj-text><mj-text mj-class="total">b</mj-text>
<mj-divider border-color="accent" border-width="2pt"/><mj-image src="brand:logo" alt="Nord"/>
<mj-text><p style="color:{{brand.colors.muted}}">c</p><img src="brand:logo" alt=""></mj-text>`),
          'x',
          '<mj-style>.x { color: {{brand.colors.ink}} }</mj-style>',
        ),
        brand,
      ),
      {},
    )
    expect(html).toContain('<html lang="en-GB"')
    expect(html).toContain(
      "font-family:'Source Sans 3', 'Segoe UI', Arial, sans-serif;font-size:14px;line-height:20px;text-align:left;color:#0B6E4F;",
    )
    expect(html).toContain('font-size:18px;font-weight:600;line-height:26px;text-align:right;color:#1B1F24;')
    expect(html).toContain('border-top:solid 3px #0B6E4F')
    expect(html).toContain('<p style="color:#525B66">c</p>')
    expect(html).toContain('.x { color: #1B1F24 }')
    expect(html.match(/src="cid:logo\.[0-9a-f]{12}@nord\.example"/g)).toHaveLength(2)
    expect(html).toContain('width="120"')
    expect(html).toContain('@media (prefers-color-scheme:dark)')
    // A long word must not push the amount beside it out of sight, and no amount is broken.
    expect(html).toContain('td,th{word-break:normal !important')
    expect(html).toContain('td.words{word-break:break-word !important;overflow-wrap:anywhere}')
    expect(html).not.toMatch(/fonts\.googleapis|brand:/)
  })
})

describe('what MJML would lose is a fault with its place', () => {
  /** What to do about each of them. */
  const hints: readonly (readonly [hint: string, ...cases: readonly string[]])[] = [
    ['put it inside mj-body, or inside the text it decides about', 'a block in the head'],
    ['put it into mj-text', 'a value between sections', 'text between components', 'no MJML at all'],
    ['write the component twice, in {{#if}} and {{else}}', 'a block over attributes'],
    ['use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}', 'data in a colour'],
    ['choose between fixed declarations: style="{{#if late}}color:#b00020{{/if}}"', 'data in a style'],
    ['write href="{{c}}"', 'data without quotes'],
    ['write name="{{value}}"', 'data as an attribute'],
    ['take it out: a mail shows text, images and links only', 'data in a handler'],
    ['use {{brand.colors.NAME}} or a fixed value', 'data in a style sheet'],
    ['put the block into assets/partials and write {{> name}}', 'an include'],
    ['use mj-image, mj-text or mj-button', 'random ids'],
    ['did you mean "mj-text"?', 'an unknown component'],
    ['known: ink, accent, muted, tint, paper', 'a wrong value'],
    ['close <mj-column> of line 6 first', 'an unclosed component'],
    ['write </mj-text> before </mj-column> of line 8', 'an unclosed text'],
    ['did you mean "color"?', 'an unknown attribute'],
    ['put it into mj-column or mj-hero', 'a wrong child'],
    ['close it with }}', 'an unclosed tag'],
    ['did you mean "logo"?', 'an unknown image', 'an unknown image in HTML'],
    ['write plain text', 'markup in the subject'],
    ['write <mj-head><mj-title>Invoice {{number}}</mj-title></mj-head>', 'no subject', 'an empty subject'],
    [
      'write the plain part as email.txt.hbs, or use a partial without arguments that does not include itself',
      'a partial with arguments',
    ],
    [
      'take it out: a mail shows text, images and links only',
      'what runs: <script>',
      'what runs: <iframe>',
      'what runs: <meta>',
      'what runs: onclick',
    ],
    ['remove it', 'a private-use character'],
  ]

  test.each([
    [
      'a block in the head',
      mail('', 'x', '\n{{#if a}}<mj-style>b{}</mj-style>{{/if}}'),
      'email.tag',
      4,
      1,
      '"{{#if a}}" stands in mj-head, where MJML loses it',
    ],
    [
      'a value between sections',
      mail('  {{name}}'),
      'email.tag',
      6,
      3,
      '"{{name}}" stands in mj-body, where MJML loses it',
    ],
    [
      'a block over attributes',
      mail(column('<mj-text {{#if a}}color="accent"{{/if}}>x</mj-text>')),
      'email.tag',
      7,
      10,
      '"{{#if a}}" decides about attributes of mj-text, which MJML compiles only once',
    ],
    [
      'data in a colour',
      mail(column('<mj-text color="{{c}}">x</mj-text>')),
      'email.tag',
      7,
      10,
      '"{{c}}" stands in color of mj-text, which MJML compiles only once',
    ],
    [
      'data in a style',
      mail(column('<mj-text><b style="color:{{c}}">x</b></mj-text>')),
      'email.tag',
      7,
      13,
      '"{{c}}" stands in style, where no escaping keeps data harmless',
    ],
    [
      'data in a handler',
      mail(column('<mj-text><b onclick="x({{c}})">x</b></mj-text>')),
      'email.tag',
      7,
      13,
      '"{{c}}" stands in onclick, where no escaping keeps data harmless',
    ],
    [
      'data without quotes',
      mail(column('<mj-text><a href={{c}}>x</a></mj-text>')),
      'email.tag',
      7,
      13,
      'the value of href is not in quotes around "{{c}}"',
    ],
    [
      'data as an attribute',
      mail(column('<mj-text><a {{c}}>x</a></mj-text>')),
      'email.tag',
      7,
      13,
      '"{{c}}" stands where an attribute\'s name is expected',
    ],
    [
      'data in a style sheet',
      mail('', 'x', '\n<mj-style>a{color:{{c}}}</mj-style>'),
      'email.tag',
      4,
      19,
      'data cannot stand in mj-style',
    ],
    [
      'text between components',
      mail(column('\n  Hello <mj-text>x</mj-text>')),
      'email.markup',
      8,
      3,
      'text stands in mj-column, where mail would not show it',
    ],
    ['an include', mail('<mj-include path="./x.mjml"/>'), 'email.markup', 6, 1, 'mj-include is not taken'],
    [
      'random ids',
      mail(column('<mj-carousel></mj-carousel>')),
      'email.markup',
      7,
      1,
      'mj-carousel is not taken: it is given random ids',
    ],
    [
      'an unknown component',
      mail(column('<mj-txt>x</mj-txt>')),
      'email.markup',
      7,
      1,
      '<mj-txt> is no component of MJML',
    ],
    [
      'an unknown attribute',
      mail(column('\n<mj-text colour="red">x</mj-text>')),
      'email.markup',
      8,
      10,
      'mj-text has no attribute "colour"',
    ],
    [
      'a wrong child',
      mail('<mj-text>x</mj-text>'),
      'email.markup',
      6,
      1,
      'mj-text cannot be used inside mj-body, only inside: mj-column, mj-hero',
    ],
    ['a wrong value', mail(column('<mj-text color="reddish">x</mj-text>')), 'email.markup', 7, 10, undefined],
    [
      'an unclosed component',
      mail('<mj-section><mj-column></mj-section>'),
      'email.markup',
      6,
      24,
      '</mj-section> closes <mj-column>',
    ],
    ['an unclosed text', mail(column('<mj-text>x')), 'email.markup', 7, 1, '<mj-text> is never closed'],
    ['an unclosed tag', mail(column('<mj-text>{{number</mj-text>')), 'email.markup', 7, 10, 'this {{ has no end'],
    [
      'an unknown image',
      mail(column('<mj-image src="brand:logp" alt=""/>')),
      'email.image',
      7,
      11,
      'the brand has no image "logp"',
    ],
    [
      'an unknown image in HTML',
      mail(column('<mj-text><img src="brand:logp"></mj-text>')),
      'email.image',
      7,
      15,
      'the brand has no image "logp"',
    ],
    ['markup in the subject', mail('', 'A <b>c</b>'), 'email.markup', 3, 11, 'mj-title holds markup'],
    [
      'no subject',
      '<mjml><mj-body></mj-body></mjml>',
      'email.subject',
      1,
      1,
      'the mail has no mj-title, which is its subject',
    ],
    ['an empty subject', mail('', '  '), 'email.subject', 1, 1, 'mj-title is empty'],
    [
      'a partial with arguments',
      mail(column('<mj-text>{{> legal short=true}}</mj-text>')),
      'email.text',
      7,
      10,
      'the plain part cannot be derived from "{{> legal short=true}}"',
    ],
    ...[
      ['<script>x()</script>', '<script>'],
      ['<iframe src="https://nord.example"></iframe>', '<iframe>'],
      ['<meta http-equiv="refresh" content="0">', '<meta>'],
      ['<p onclick="x()">y</p>', 'onclick'],
    ].map(
      ([html, named]) =>
        [
          `what runs: ${named}`,
          mail(column(`<mj-text>a</mj-text><mj-raw>${html}</mj-raw>`)),
          'email.markup',
          7,
          29,
          `${named} would have filters refuse the mail`,
        ] as const,
    ),
    ['no MJML at all', 'Hello', 'email.markup', 1, 1, 'text stands in no element, where mail would not show it'],
    ['a private-use character', mail(column('<mj-text>\u{E000}</mj-text>')), 'email.markup', 7, 10, undefined],
  ] as const)('%s', async (name, text, code, line, column_, message) => {
    const [fault] = await faultsOf(text, brand)
    expect(fault).toMatchObject({ code, place: { file, line, column: column_ } })
    if (message !== undefined) expect(fault?.message).toBe(message)
    const [hint = expect.stringContaining('MJML reference')] = hints.find(([, ...cases]) => cases.includes(name)) ?? []
    expect(fault?.hint).toEqual(hint)
  })

  test('all of them are reported, in order', async () => {
    const faults = await faultsOf(
      mail(`${column('<mj-text color="{{a}}">x</mj-text>')}\n{{b}}\n<mj-include path="x"/>`),
      brand,
    )
    expect(faults.map(({ place }) => place?.line)).toEqual([7, 9, 10])
  })

  test('a text that is never closed is said once', async () => {
    expect(await faultsOf(mail(column('<mj-text>x')), brand)).toMatchObject([{ message: '<mj-text> is never closed' }])
  })

  test('a partial with a mistake is named by its own file', async () => {
    const bad = await fixtureBrand({
      'partials/legal.email.hbs': '<p>a</p>\n<p style="color:{{c}}"><img src="brand:lgoo"></p>',
    })
    const faults = await faultsOf(mail(column('<mj-text>{{> legal}}</mj-text>')), bad)
    const place = { file: 'factory/assets/partials/legal.email.hbs', line: 2 }
    expect(faults).toMatchObject([
      { code: 'email.tag', place: { ...place, column: 4 } },
      { code: 'email.image', place: { ...place, column: 29 }, hint: 'did you mean "logo"?' },
    ])
  })

  test('a brand without a sender', async () => {
    expect(await faultsOf(mail(column('<mj-text>x</mj-text>')), { ...brand, senders: {} })).toEqual([
      {
        code: 'email.sender',
        message: 'the brand has no sender of mails',
        place: { file },
        hint: 'add senders.email with name and address to brand.yaml',
      },
    ])
  })
})

describe('the plain part', () => {
  const plain = async (inner: string): Promise<string> =>
    ((await prepared(mail(column(inner)), brand)).texts['text']?.text ?? '').replaceAll(linkMark, '')

  test('says the same with the same tags', async () => {
    expect(
      await plain(`<mj-image src="brand:logo" alt="{{brand.name}}"/>
<mj-text><h1>Invoice {{number}}</h1><p>Hello<br>{{who}},</p><ul><li>one</li><li>two</li></ul></mj-text>
{{#if url}}<mj-button href="{{url}}">Pay {{total}}</mj-button><mj-text>Or <a href="{{url}}">{{url}}</a></mj-text>{{/if}}
<mj-table>
<tr><th>Service</th><th>Amount</th></tr>
{{#each lines}}<tr><td>{{name}}</td><td>{{amount}}</td></tr>{{/each}}
</mj-table>
<mj-text>{{> legal}}</mj-text>`),
    ).toBe(`{{brand.name}}

Invoice {{number}}

Hello
{{who}},

- one
- two

{{#if url}}
Pay {{total}} <{{url}}>
Or {{url}}
{{/if}}

\tService\tAmount
{{#each lines}}
\t{{name}}\t{{amount}}
{{/each}}

{{brand.name}}, Kyiv
`)
  })

  test('keeps the breaks of a loop that sets its own, also behind another break', async () => {
    const text = await plain(
      '<mj-text>{{name}}<br/>{{#each lines}}{{#unless @first}}<br/>{{/unless}}{{this}}{{/each}}<br/>{{#if vip}}<br/>{{/if}}End</mj-text>',
    )
    const merge = Handlebars.compile(text, { noEscape: true })
    const lines = ['Lange Straße 7', '10115 Berlin']
    expect(plainLines(merge({ name: 'Böhm', lines }))).toBe('Böhm\nLange Straße 7\n10115 Berlin\nEnd\n')
    expect(plainLines(merge({ name: 'Böhm', lines: [12, 12, 1], vip: true }))).toBe('Böhm\n12\n12\n1\n\nEnd\n')
  })

  test('keeps the rows of a table together, whatever blocks stand between them', async () => {
    const text = await plain(`<mj-text>Before</mj-text>
<mj-table>{{#each lines}}<tr><td>{{name}}</td><td>{{amount}}</td></tr>{{/each}}
{{#if rest}}<tr><td>Rest</td><td>{{rest}}</td></tr>{{/if}} {{#if total}}<tr><td>Total</td><td>{{total}}</td></tr>{{/if}}</mj-table>
<mj-text>After</mj-text>`)
    const merged = Handlebars.compile(text, { noEscape: true })({
      lines: [
        { name: 'a', amount: '1.00' },
        { name: 'b', amount: '2.00' },
      ],
      total: '3.00',
    })
    expect(plainLines(merged)).toBe('Before\n\na      1.00\nb      2.00\nTotal  3.00\n\nAfter\n')
  })

  test('parts cells and numbers items that a loop repeats', async () => {
    const text = await plain(`<mj-table><tr>{{#each heads}}<th>{{this}}</th>{{/each}}</tr>
{{#each rows}}<tr>{{#each this}}<td>{{this}}</td>{{/each}}</tr>{{/each}}<tr><td></td><td>{{sum}}</td></tr></mj-table>
<mj-text>{{#each lists}}<ol start="3">{{#each this}}<li>{{this}}<ol type="a"><li>x</li>{{#if @first}}<li>y</li>{{/if}}</ol></li>{{/each}}</ol>{{/each}}
<ul>{{#each heads}}<li>{{this}}</li>{{/each}}</ul><ol type="I"><li>one</li><li>two</li></ol></mj-text>`)
    const merged = Handlebars.compile(text, { noEscape: true })({
      heads: ['A', 'B', 'C'],
      rows: [
        ['100', '200', '300'],
        ['4', '5', '6'],
      ],
      sum: '7',
      lists: [['p', 'q'], ['r']],
    })
    expect(plainLines(merged)).toBe(`A      B    C
100  200  300
4      5    6
            7

3. p
   a. x
   b. y
4. q
   a. x

3. r
   a. x
   b. y

- A
- B
- C

I. one
II. two
`)
  })

  test('takes a condition with a > in it for no partial', async () => {
    expect(await plain(`<mj-text>{{#if (eq sign '>')}}more{{/if}}</mj-text>`)).toBe(
      "{{#if (eq sign '>')}}more{{/if}}\n",
    )
  })

  test('keeps lines apart whatever tildes take away, and terms in lines of their own', async () => {
    const text =
      await plain(`{{~#each lines~}}<mj-text><h2>{{~name~}}</h2>{{~#if amount}} of {{~amount}}{{/if~}}</mj-text>{{~/each~}}
<mj-table><tr>{{~#each lines~}}<td>{{~name~}}</td>{{~/each~}}</tr></mj-table>
<mj-text>{{#if on}}<p>on</p>{{/if}} or <dl>{{#each lines}}<dt>{{name}}</dt><dd>{{amount}}</dd>{{/each}}</dl></mj-text>`)
    const merged = Handlebars.compile(text, { noEscape: true })({ lines: [{ name: 'a', amount: 1 }, { name: 'b' }] })
    expect(plainLines(merged)).toBe('a\n\nof1\n\nb\n\na  b\n\nor\na\n1\nb\n')
  })

  test('leads where the button leads, whatever is in the data', async () => {
    const text = await plain(`<mj-button href="https://nord.example/{{number}}?n={{concat who '/'}}">Pay</mj-button>
<mj-button href="{{url brand.pay}}/{{number}}">Pay</mj-button>
<mj-button href="https://{{brand.site}}/{{urlPart number}}">Pay</mj-button>
<mj-text><a href="mailto:{{who}}?subject={{number}}">Write</a></mj-text>`)
    expect(text).toBe(`Pay <https://nord.example/{{urlPart number}}?n={{urlPart (concat who '/')}}>
Pay <{{url brand.pay}}/{{urlPart number}}>
Pay <https://{{brand.site}}/{{urlPart number}}>
Write <{{urlPart who}}?subject={{urlPart number}}>
`)
    const referred = await plain(`<mj-button href="https://x.example/a?k={{number}}&amp;l=de">Pay</mj-button>
<mj-image src="brand:logo" alt="{{who}} &amp; Sons"/>`)
    expect(referred).toBe('Pay <https://x.example/a?k={{urlPart number}}&l=de>\n{{who}} & Sons\n')
  })

  test("is the template's own where there is one", async () => {
    const own = { file: 'templates/invoice/email.txt.hbs', text: 'Pay {{total}}' }
    const result = await prepare(mail(column('<mj-text>x</mj-text>')), brand, { 'email.txt.hbs': own })
    expect(result).toMatchObject({ ok: true, value: { texts: { text: { ...own, escape: 'none' } } } })
    const empty = await prepare(mail(column('<mj-text>x</mj-text>')), brand, { 'email.txt.hbs': { ...own, text: ' ' } })
    expect(empty).toMatchObject({ faults: [{ code: 'email.text', place: { file: own.file, line: 1 } }] })
  })
})

test('a colour of the brand can be used inside of loops', async () => {
  const rows = ['@root.', '../', ''].map(
    way => `<tr><td style="color:{{${way}brand.colors.accent}}">{{name}}</td></tr>`,
  )
  const text = mail(column(`<mj-table>{{#each rows}}${rows.join('')}{{/each}}</mj-table>`))
  const { html } = (await prepared(text, brand)).texts
  expect(html?.text.split(`<td style="color:${brand.colors['accent']}"`)).toHaveLength(4)
})

test('colours by name and in short have their dark twins too, in partials as well', async () => {
  const colors = { ...brand.colors, navy: '#101010' }
  const text = mail(
    column(`<mj-text color="white" container-background-color="navy">a</mj-text><mj-divider border-color="White"/>
<mj-text><p style="background: white url(white.png); border-top:1px solid #fff;color:navy;font-family:Navy">b</p></mj-text>
<mj-table border="1px solid white"><tr bgcolor='white'><td style="color: {{brand.colors.navy}}">white</td></tr></mj-table>`),
  )
  const { html } = (await prepared(text, { ...brand, colors })).texts
  const body = /<body[\s\S]*/.exec(html?.text ?? '')?.[0] ?? ''
  const written = [
    ...body.matchAll(/(?:color="|(?:color|background|border|border-top|family): ?)[^;"]*(?:white|navy|#)[^;"]*/gi),
  ]
  expect(written.map(([found]) => found)).toEqual([
    'color:#FFFFFF',
    'color:#FFFFFF',
    'background:#101010',
    'color:#FFFFFF',
    'border-top:solid 1px #FFFFFF',
    'border-top:solid 1px #FFFFFF',
    'color:#1B1F24',
    'background: #FFFFFF url(white.png)',
    'border-top:1px solid #FFFFFF',
    'color:#000080',
    'family:Navy',
    'color:#1B1F24',
    'border:1px solid #FFFFFF',
    'color: #101010',
  ])
  expect(body).toContain("<tr bgcolor='#FFFFFF'>")
  const sheet = '<mj-style inline="inline">.white { margin: 0; color: white } p.white{background:navy}</mj-style>'
  const inlined = await prepared(mail(column('<mj-text><p class="white">a</p></mj-text>'), 'x', sheet), brand)
  expect(inlined.texts['html']?.text).toMatch(/<p class="white" style="[^"]*color: #FFFFFF; background: #000080;?">/)
  const partial = { file: 'legal.hbs', text: '<p style="color: RGB(27,31,36)">{{name}}</p>' }
  expect(openFinishing({ partials: { legal: partial } })(partial.text)).toBe('<p style="color: #1B1F24">{{name}}</p>')
})

test('a block around one of several columns is a warning, unless all have a width', async () => {
  const columns = (width: string, second = '{{#if paid}}', end = '{{/if}}') =>
    mail(
      `<mj-section><mj-column${width}><mj-text>a</mj-text></mj-column>${second}<mj-column${width}><mj-text>b</mj-text></mj-column>${end}</mj-section>`,
    )
  const warnings = async (text: string) =>
    ((await prepared(text, brand)).warnings ?? []).filter(({ code }) => code === 'email.tag')
  expect(await warnings(columns(''))).toMatchObject([
    {
      message: '"{{#if paid}}" decides about one of 2 columns, and the others keep their share of the width',
      place: { line: 6 },
      hint: 'put the whole section into the block, or give every column a width',
    },
  ])
  expect(await warnings(columns(' width="50%"'))).toEqual([])
  expect(await warnings(columns('', '', ''))).toEqual([])
})

test('a loop around the only column of a section is a warning, unless it has a width', async () => {
  const looped = (attributes: string, inside = '', end = ''): string =>
    mail(
      `<mj-section>{{#each lines}}${inside}<mj-column${attributes}><mj-text>a</mj-text></mj-column>${end}{{/each}}</mj-section>`,
    )
  const warnings = async (text: string) =>
    ((await prepared(text, brand)).warnings ?? []).filter(({ code }) => code === 'email.tag')
  const told = [
    {
      message: '"{{#each lines}}" repeats the only column of a section, and each takes the whole of its width',
      place: { line: 6 },
      hint: 'give the column a width, or put the whole section into the loop',
    },
  ]
  expect(await warnings(looped(''))).toMatchObject(told)
  expect(await warnings(looped('', '{{#if a}}', '{{/if}}'))).toMatchObject(told)
  expect(await warnings(looped(' width="50%"'))).toEqual([])
  expect(await warnings(looped('').replace('each lines', 'if paid').replace('/each', '/if'))).toEqual([])
})

test('an attribute that stands twice is a fault at its second place', async () => {
  const twice = async (component: string) =>
    (await faultsOf(mail(column(component)), brand)).map(
      ({ message, place }) => `${message} ${place?.line}:${place?.column}`,
    )
  expect(await twice('<mj-text color="ink" color="accent">a</mj-text>')).toEqual([
    'color stands twice in <mj-text> 7:22',
  ])
  expect(await twice('<mj-text>a <b class="x" title="y" CLASS="z">b</b></mj-text>')).toEqual([
    'class stands twice in <b> 7:35',
  ])
  expect(await twice('<mj-text><b {{#if a}}title="x"{{else}}title="y"{{/if}}>b</b></mj-text>')).toEqual([])
})

test('a colour that the brand lacks is called one, with the nearest', async () => {
  const text = mail('<mj-section background-color="accentt"><mj-column><mj-text>a</mj-text></mj-column></mj-section>')
  expect(await faultsOf(text, brand)).toMatchObject([
    {
      code: 'email.markup',
      message: 'the brand has no colour "accentt"',
      place: { file, line: 6 },
      hint: 'did you mean "accent"?',
    },
  ])
})

test('a partial that is called as prototypes have names is none', async () => {
  const text = mail(column('<mj-text>{{> constructor}}</mj-text>'))
  expect(await faultsOf(text, { ...brand, partials: {} })).toEqual([])
})
