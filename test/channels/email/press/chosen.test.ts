/** Inline rules for classes and ids that a block chooses. */
import { beforeAll, expect, test, vi } from 'vitest'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail, merge, prepared } from '../template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const rules = (css: string): string => `<mj-style inline="inline">${css}</mj-style>`

/** The opening tag around a word, in a mail merged with data. */
function around(html: string, word: string): string {
  const before = html.slice(0, html.indexOf(`>${word}<`) + 1)
  return before.slice(before.lastIndexOf('<'))
}

test('each way has its rule, with those of fixed classes, neighbours and elements', async () => {
  const text = mail(
    column(`<mj-table>{{#each rows}}<tr><td class="cell {{#if late}}late{{else}}paid{{/if}}{{#if last}} last{{/if}}" style="padding:1px">{{name}}</td><td>two</td></tr>{{/each}}</mj-table>
<mj-text css-class="{{#if big}}big{{/if}}">Words</mj-text>`),
    'Invoice',
    rules(
      '.cell{margin:0}.late{color:#a00000}.paid{color:#00a000}.late.last{padding:9px !important}td + td{margin:7px}.big{background:#eeeeee}',
    ),
  )
  const pressed = await prepared(text, brand)
  const rows = [
    { name: 'A', late: true },
    { name: 'B' },
    { name: 'C', late: true, last: true },
    { name: 'D', last: true },
  ]
  const { html = '', text: plain } = merge(pressed, { rows, big: true })
  expect(['A', 'B', 'C', 'D', 'two'].map(word => around(html, word))).toEqual([
    '<td class="cell late" style="margin: 0; color: #a00000; padding: 1px;">',
    '<td class="cell paid" style="margin: 0; color: #00a000; padding: 1px;">',
    '<td class="cell late last" style="margin: 0; color: #a00000; padding: 9px;">',
    '<td class="cell paid last" style="margin: 0; color: #00a000; padding: 1px;">',
    '<td style="margin: 7px;">',
  ])
  expect(html).toMatch(/<td [^>]*class="big"[^>]*style="background: #eeeeee;/)
  expect(merge(pressed, { rows }).html).not.toContain('#eeeeee')
  expect(html).not.toMatch(/[\u{E000}-\u{E00F}]/u)
  expect(plain).toContain('A  \ttwo'.replace('  ', ''))
})

test('an attribute under branches beside inline rules', async () => {
  const cell = (tag: string) =>
    mail(column(`<mj-table><tr>${tag}</tr></mj-table>`), 'Invoice', rules('.x{text-align:right}.y{margin:0}'))
  const pressed = await prepared(cell('<td class="{{#if a}}x{{else}}y{{/if}}">A</td>'), brand)
  expect(around(merge(pressed, {}).html ?? '', 'A')).toBe('<td class="y" style="margin: 0;">')
  expect(await faultsOf(cell('<td {{#if a}} align="left" {{else}} align="right" {{/if}}>A</td>'), brand)).toMatchObject(
    [
      {
        message: 'align stands twice in a tag, and a mail with <mj-style inline="inline"> keeps the first alone',
        hint: 'write the block inside of the quotes: align="{{#if a}}…{{else}}…{{/if}}"',
        place: { line: 7, column: 19 },
      },
    ],
  )
  expect(await faultsOf(cell('<td {{#if a}}class="x"{{/if}}>A</td>'), brand)).toMatchObject([
    {
      message:
        'class stands inside of a block, and in a mail with <mj-style inline="inline"> the element has it always',
      hint: 'write the block inside of the quotes: class="{{#if a}}…{{/if}}"',
      place: { line: 7, column: 19 },
    },
  ])
  expect(await faultsOf(cell('<td class="x" align="{{#if a}}left{{/if}}">A</td>'), brand)).toMatchObject([
    {
      message: '"{{#if a}}" does not come through MJML as it was written',
      hint: 'a rule of <mj-style inline="inline"> sets align of this element: take it out of the rule, or choose a class with {{#if}} in place of align',
    },
  ])
})

test('what no rule can know is a fault with its place', async () => {
  const cell = (tag: string, css = '.x{color:red}') =>
    faultsOf(mail(column(`<mj-table><tr>${tag}</tr></mj-table>`), 'Invoice', rules(css)), brand)
  const place = { file: 'templates/invoice/email.mjml.hbs', line: 7, column: 26 }
  expect(await cell('<td class="{{kind}}">a</td>')).toMatchObject([
    {
      code: 'email.tag',
      message: '"{{kind}}" makes a class, which rules of <mj-style inline="inline"> cannot know',
      place,
    },
  ])
  expect(await cell('<td class="{{#each a}}x {{/each}}">a</td>')).toMatchObject([
    {
      code: 'email.tag',
      message: '"{{#each a}}" makes classes, which rules of <mj-style inline="inline"> cannot know',
    },
  ])
  const joined = '.x b{color:red}'
  expect(
    await cell('<td class="{{#if a}}x{{/if}}">{{#each rows}}<b class="in">{{name}}</b>{{/each}}</td>', joined),
  ).toMatchObject([
    {
      code: 'email.tag',
      message:
        'a rule of mj-style reaches <b> of class "in", which stands in a loop, through a class that a block chooses outside of it',
      place: { line: 7, column: 73 },
      hint: 'choose a class of the element itself, or ask from the root of the data: {{#if @root.late}}',
    },
  ])
  const chain = (names: string): string =>
    [...names].map((name, at) => `{{${at === 0 ? '#' : 'else '}if ${name}}}${name}`).join('')
  const wide = `<td class="${chain('abcdefgh')}{{/if}}"><b class="${chain('klmnop')}{{/if}}">a</b></td>`
  expect(await cell(wide, '.a .k{color:red}')).toMatchObject([
    {
      message: 'the style of <b> hangs on classes that blocks choose in more than 32 ways',
      place: { line: 7, column: 153 },
      hint: 'choose between fewer classes, or write the rules into an mj-style without inline',
    },
  ])
  expect(await cell(`<td class="${chain('abcdefghijklmnopq')}{{/if}}">a</td>`)).toMatchObject([
    { message: 'a class or id that its blocks make in more than 16 ways' },
  ])
})

test('a rule that joins two classes holds where both are chosen', async () => {
  const text = mail(
    column(`<mj-text css-class="{{#if link}}open{{else if note}}late{{/if}}"><b class="{{#if note}}amount{{/if}}">A</b>
<span class="{{#if note}}note{{else}}plain{{/if}}">B</span> <i>C</i></mj-text>
<mj-table>{{#each rows}}<tr class="{{#if @root.late}}late{{/if}}"><td class="{{#if big}}amount{{/if}}">{{name}}</td></tr>{{/each}}</mj-table>`),
    'Invoice',
    rules('.late .amount{color:#f00000} .open .note{display:none} .late i{margin:1px}'),
  )
  const pressed = await prepared(text, brand)
  const tags = (data: Record<string, unknown>): readonly string[] => {
    const { html = '' } = merge(pressed, data as never)
    return ['A', 'B', 'C'].map(word => around(html, word))
  }
  expect(tags({ note: true })).toEqual([
    '<b class="amount" style="color: #f00000;">',
    '<span class="note" style="">',
    '<i style="margin: 1px;">',
  ])
  expect(tags({ link: true, note: true })).toEqual([
    '<b class="amount" style="">',
    '<span class="note" style="display: none;">',
    '<i style="">',
  ])
  expect(tags({ link: true })).toEqual(['<b class="" style="">', '<span class="plain" style="">', '<i style="">'])
  const { html = '' } = merge(pressed, { late: true, rows: [{ name: 'D', big: true }, { name: 'E' }] })
  expect(['D', 'E'].map(word => around(html, word))).toEqual([
    '<td class="amount" style="color: #f00000;">',
    '<td class="" style="">',
  ])
})

test('an id that a block chooses has its rules, and joins; one that a value makes has none, and stays', async () => {
  const rows = '{{#each rows}}<td id="row-{{name}}">{{name}}</td>{{/each}}'
  const cells = `<td id="{{#if due}}Due{{else}}paid{{/if}}"><b>A</b></td><td class="x" id="{{#if due}}sum{{/if}}">B</td>${rows}`
  const text = (css: string): string => mail(column(`<mj-table><tr>${cells}</tr></mj-table>`), 'Invoice', rules(css))
  const tags = (value: Awaited<ReturnType<typeof prepared>>, data: Record<string, unknown>): readonly string[] => {
    const { html = '' } = merge(value, { rows: [{ name: 'C' }], ...data } as never)
    return ['A', 'B', 'C'].map(word => around(html, word))
  }
  const pressed = await prepared(text('#Due b{color:#f00000} td#sum.x{margin:1px} .x{padding:0}'), brand)
  expect(tags(pressed, { due: true })).toEqual([
    '<b style="color: #f00000;">',
    '<td class="x" id="sum" style="padding: 0; margin: 1px;">',
    '<td id="row-C">',
  ])
  expect(tags(pressed, {})).toEqual(['<b style="">', '<td class="x" id="" style="padding: 0;">', '<td id="row-C">'])
  expect(tags(await prepared(text('.x{padding:0;color:#f00000}'), brand), {})).toEqual([
    '<b>',
    '<td class="x" id="" style="padding: 0; color: #f00000;">',
    '<td id="row-C">',
  ])
  const inBlock = mail(
    column('<mj-table><tr><td {{#if a}}id="x"{{/if}}>A</td></tr></mj-table>'),
    'Invoice',
    rules('#x{margin:0}'),
  )
  expect(await faultsOf(inBlock, brand)).toMatchObject([
    { message: 'id stands inside of a block, and in a mail with <mj-style inline="inline"> the element has it always' },
  ])
})

test('partials, which inline rules do not reach', async () => {
  const partial = {
    file: 'assets/partials/note.hbs',
    text: '<p>One</p>\n<span class="{{#if a}}note{{/if}}">Two</span>',
  }
  const own = { ...brand, partials: { ...brand.partials, note: partial } }
  const warned = async (css: string): Promise<readonly unknown[]> => {
    const { warnings = [] } = await prepared(
      mail(column('<mj-text css-class="box">{{> note}}</mj-text>'), 'Invoice', css),
      own,
    )
    return warnings.filter(({ code }) => code === 'email.class')
  }
  expect(await warned(rules('.late, .box > div > span.note:first-child{color:#a00000}'))).toEqual([
    {
      code: 'email.class',
      message:
        'rules of <mj-style inline="inline"> do not reach partials: <span> stays without that of ".box > div > span.note:first-child"',
      place: { file: partial.file, line: 2, column: 1 },
      hint: 'write style="…" there, or the rule into an mj-style without inline',
    },
  ])
  expect(
    await warned(`${rules('#total, .late, td p.x{color:#a00000}')}<mj-style>.note{color:#a00000}</mj-style>`),
  ).toEqual([])
})

test('partials that no inline rule is about, since nothing around them is what it asks for', async () => {
  const cells = {
    file: 'assets/partials/cells.hbs',
    text: '{{#if name}}<td style="padding:4px 0">{{name}}</td>{{/if}}',
  }
  const lines = { file: 'assets/partials/lines.hbs', text: '\n<tr class="line">{{> cells}}</tr>' }
  const own = { ...brand, partials: { ...brand.partials, cells, lines } }
  const told = async (table: string, css: string): Promise<readonly unknown[]> => {
    const text = mail(column(`<mj-table css-class="box">${table}</mj-table>`), 'Invoice', rules(css))
    const { warnings = [] } = await prepared(text, own)
    return warnings.flatMap(({ code, message, place }) =>
      code === 'email.class'
        ? [`${place?.file}:${place?.line}:${place?.column} ${/without.*/.exec(message)?.[0]}`]
        : [],
    )
  }
  const sum = '<tr class="sumrow"><td>Sum</td></tr>'
  const bold = '.sumrow td{font-weight:bold}'
  expect(await told(`{{#each rows}}{{> lines}}{{/each}}${sum}`, bold)).toEqual([])
  expect(await told('{{> lines}}', '.sumrow > td, p + .line td, p td{font-weight:bold}')).toEqual([])
  expect(await told(`${sum}<tr title="{{> cells}}" class="sumrow"><td>1</td></tr>{{> lines}}`, bold)).toEqual([])
  const cell = 'assets/partials/cells.hbs:1:13 without that of'
  expect(await told('{{#each rows}}{{> lines}}{{/each}}', '.line + .line td{margin:0}')).toEqual([
    `${cell} ".line + .line td"`,
  ])
  expect(await told('<tr class="{{#if last}}sumrow{{/if}}">{{> cells}}</tr>', bold)).toEqual([`${cell} ".sumrow td"`])
  expect(await told('{{> lines}}', '.box td td{color:#a00000}.box .line td{margin:0}')).toEqual([
    `${cell} ".box .line td"`,
  ])
  expect(await told(`${sum}{{> lines}}`, '.sumrow + tr td, .line{margin:0}')).toEqual([
    'assets/partials/lines.hbs:2:1 without that of ".line"',
    `${cell} ".sumrow + tr td"`,
  ])
})

test('an element that branches open and what is behind them closes', async () => {
  const said = async (text: string, css: string): Promise<readonly unknown[]> =>
    (await faultsOf(mail(column(`<mj-text>${text}</mj-text>`), 'Invoice', rules(css)), brand)).map(
      ({ message, hint, place }) => [message, hint, place?.column],
    )
  const links = '{{#if a}}<a href="https://a.example">{{else}}<a href="https://b.example">{{/if}}x</a>'
  expect(await said(links, '.z{margin:0}')).toEqual([
    [
      'a branch of this block opens <a> and does not close it, and a mail with <mj-style inline="inline"> would close it twice',
      'write the whole element in each branch, or choose inside of one tag: <a class="{{#if a}}x{{else}}y{{/if}}">',
      10,
    ],
  ])
  expect(await said('{{#if a}}<b>{{/if}}x{{#if a}}</b>{{/if}}', '.z{margin:0}')).toEqual([])
  expect(await said('{{#if a}}<b>x<br></b>{{else}}<i>y</i>{{/if}}', '.z b{margin:0}')).toEqual([])
})

test('names of attributes in capitals', async () => {
  const text = mail(column('<mj-text><i CLASS="{{#if a}}x{{/if}}">A</i></mj-text>'), 'Invoice', rules('.x{margin:0}'))
  expect(around(merge(await prepared(text, brand), { a: true })['html'] ?? '', 'A')).toContain('margin: 0')
})
