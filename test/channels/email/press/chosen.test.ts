/** Inline rules for classes that a block chooses. */
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
  expect(await cell('<td class="{{#if a}}x{{/if}}"><b class="in">a</b></td>', '.x b{color:red}')).toMatchObject([
    {
      code: 'email.tag',
      message: 'a rule of mj-style reaches <b> of class "in" through a class that a block chooses further out',
      place: { line: 7, column: 59 },
      hint: 'choose a class of the element itself: class="{{#if a}}x{{else}}y{{/if}}"',
    },
  ])
})
