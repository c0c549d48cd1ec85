/** Names of colours in HTML and CSS: those of the brand mean nothing there, and a slip shows black on black. */
import { beforeAll, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail, prepare } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const muted = 'the brand has a colour muted; write {{brand.colors.muted}}'
const tint = 'the brand has a colour tint; write {{brand.colors.tint}}'
const table = (cell: string): string => mail(column(`<mj-table><tr>${cell}</tr></mj-table>`))
const sheet = (css: string): string => mail(column('<mj-text>x</mj-text>'), 'Invoice', css)

test.each([
  ['an attribute', table('<td bgcolor="tint">x</td>'), 'tint', tint],
  ['a branch of one', table('<td bgcolor="{{#if late}}tint{{else}}#FFFFFF{{/if}}">x</td>'), 'tint', tint],
  ['a style', table('<td style="padding:0;color:muted;">x</td>'), 'muted', muted],
  ['a slip', table('<td style="color:acent">x</td>'), 'acent', 'did you mean {{brand.colors.accent}}?'],
  ['a font', mail(column('<mj-text><font color="muted">x</font></mj-text>')), 'muted', muted],
  ['a border', table('<td style="border-top: 1px solid muted !important">x</td>'), 'muted', muted],
  ['a ground', table('<td style="background:tint url(https://a.example/x.png) no-repeat">x</td>'), 'tint', tint],
  [
    'digits',
    table('<td style="color:#14232">x</td>'),
    '#14232',
    'a colour has three or six digits of 0 to 9 and a to f: #14232E',
  ],
  ['a rule', sheet('<mj-style>/* up */ .up { color: rde }</mj-style>'), 'rde', 'did you mean "red"?'],
  [
    'an inline rule',
    sheet('<mj-style inline="inline">@media screen { .up { color: muted } }</mj-style>'),
    'muted',
    muted,
  ],
  [
    'a border of a component',
    mail(column('<mj-button href="https://nord.example" border="1px solid muetd">x</mj-button>')),
    'muetd',
    'did you mean {{brand.colors.muted}}?',
  ],
  [
    'a loop',
    table('{{#each lines}}<td bgcolor="tint">x</td>{{/each}}'),
    'tint',
    'the brand has a colour tint; write {{@root.brand.colors.tint}}',
  ],
  [
    'what is far from all',
    table('<td bgcolor="brandcolour1">x</td>'),
    'brandcolour1',
    'write #RRGGBB, or a colour of the brand: {{brand.colors.ink}}, {{brand.colors.accent}}, {{brand.colors.muted}}, {{brand.colors.tint}}, {{brand.colors.paper}}',
  ],
])('%s', async (_what, text, word, hint) => {
  const faults = await faultsOf(text, brand)
  expect(faults).toMatchObject([{ code: 'email.color', message: `"${word}" is no colour of HTML and CSS`, hint }])
  const { line = 0, column: at = 0 } = faults[0]?.place ?? {}
  expect(text.split('\n')[line - 1]?.slice(at - 1, at - 1 + word.length)).toBe(word)
})

test('each word is told, and in partials with their own place', async () => {
  const legal = { file: 'assets/partials/legal.email.hbs', text: '<b style="color:muted;background:accent">x</b>' }
  const changed = { ...brand, partials: { 'legal.email': legal } }
  const result = await prepare(mail(column('<mj-text>{{> legal}}</mj-text>')), changed)
  expect(result.ok ? [] : result.faults.map(inWords)).toEqual([
    expect.stringContaining('assets/partials/legal.email.hbs:1:17: "muted" is no colour'),
    expect.stringContaining('assets/partials/legal.email.hbs:1:34: "accent" is no colour'),
  ])
})

test('colours of CSS, values of the template and other properties are left', async () => {
  const cells = [
    '<td bgcolor="{{brand.colors.tint}}">x</td><td bgcolor="F3F5F7">x</td><td bgcolor="{{tone}}">x</td>',
    '<td style="color:{{brand.colors.muted}};background:white;border:1px solid rgb(1, 2, 3)">x</td>',
    '<td style="color:inherit;background:none;border:solid windowtext 1.0pt;outline:0;border-collapse:muted">x</td>',
    '<td style="border-color:RebeccaPurple transparent #fff currentColor;border:0 none">x</td>',
    '<td style="background:url(muted.png;x) left top / cover no-repeat, linear-gradient(to right, red, rgba(0,0,0,.5))">x</td>',
    '<td style="font-family:&quot;muted&quot;,muted;color:hsl(1 2% 3%)!important;color:var(--muted)">x</td>',
  ]
  const css =
    '<mj-style>.muted, a:hover { color: {{brand.colors.muted}} } a { color:Red; text-decoration: none }</mj-style>'
  const button =
    '<mj-button href="https://nord.example" border="1px solid muted" inner-padding="1px" border-radius="4px">x</mj-button>'
  const text = mail(column(`<mj-table><tr>${cells.join('\n')}</tr></mj-table>${button}`), 'Invoice', css)
  expect((await faultsOf(text, brand)).map(inWords)).toEqual([])
})
