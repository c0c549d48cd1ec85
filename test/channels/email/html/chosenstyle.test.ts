/** Blocks that choose between declarations of a style attribute. */
import { beforeAll, expect, test, vi } from 'vitest'
import { seenParts } from '../../../../src/channels/email/read/seenpart.ts'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail, merge, prepared } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const cell = (style: string, css = ''): string =>
  mail(column(`<mj-table><tr><td class="x" style="${style}">A</td></tr></mj-table>`), 'Invoice', css)

/** The opening tag around the A. */
function tagOf(html: string): string {
  return /<td[^>]*>(?=A<)/.exec(html)?.[0] ?? ''
}

test('each way has its declarations, with inline rules and without', async () => {
  const style = 'padding:1px;{{#if late}}color:red;{{else if soon}}color:{{brand.colors.accent}}{{/if}}'
  const bare = await prepared(cell(style), brand)
  const tag = (declarations: string): string => `<td class="x" style="${declarations}">`
  const late = merge(bare, { late: true })['html'] ?? ''
  expect(tagOf(late)).toBe(tag('padding:1px;color:#FF0000;'))
  expect(tagOf(merge(bare, { soon: true })['html'] ?? '')).toBe(tag(`padding:1px;color:${brand.colors['accent']}`))
  expect(tagOf(merge(bare, {})['html'] ?? '')).toBe(tag('padding:1px;'))
  const ruled = await prepared(cell(style, '<mj-style inline="inline">.x{color:#00a000;margin:0}</mj-style>'), brand)
  expect(tagOf(merge(ruled, { late: true })['html'] ?? '')).toBe(tag('margin: 0; padding: 1px; color: #FF0000;'))
  expect(tagOf(merge(ruled, {})['html'] ?? '')).toBe(tag('color: #00a000; margin: 0; padding: 1px;'))
})

test('quotes in a style', async () => {
  const style = `font-family:"Arial Black";{{#if late}}margin:0{{/if}}`
  for (const css of ['.x{color:#00a000}', '.y{color:#00a000}']) {
    const text = cell('', `<mj-style inline="inline">${css}</mj-style>`).replace('style=""', `style='${style}'`)
    const tag = tagOf(merge(await prepared(text, brand), { late: true })['html'] ?? '')
    expect(tag.replaceAll('&quot;', "'").replace(/: /g, ':')).toMatch(
      / style="[^"]*font-family:'Arial Black'; ?margin:0;?"/,
    )
  }
})

test('each way is looked at as a fixed style is', async () => {
  const { warnings = [] } = await prepared(cell('{{#if late}}color:#eeeeee{{else}}gap:1px{{/if}}'), brand)
  expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['email.contrast', 'email.support']))
  expect(await faultsOf(cell('{{#if late}}color:muted{{/if}}'), brand)).toMatchObject([
    { code: 'email.color', place: { line: 7, column: 54 } },
  ])
  for (const style of ['{{#if a}}display:none{{/if}}', 'display:none;{{#if a}}display:block{{/if}}'])
    expect(seenParts(`<p style="${style}">A {{total}}</p>`)[0]).not.toContain('total')
  expect(seenParts('<p style="{{#if a}}color:red{{/if}}">A {{total}}</p>')[0]).toContain('A {{total}}')
})

test('what is no choice between whole declarations is a fault', async () => {
  const said = async (style: string): Promise<readonly unknown[]> =>
    (await faultsOf(cell(style), brand)).map(({ code, message }) => `${code} ${message}`)
  const cut = ['email.tag a block in style cuts a declaration in two']
  expect(await said('color:{{#if a}}red{{else}}blue{{/if}}')).toEqual(cut)
  expect(await said('padding:0{{#if a}}color:red{{/if}}')).toEqual(cut)
  expect(await said('{{#if a}}color:red{{/if}}padding:0')).toEqual(cut)
  expect(await said('{{#if a}}color:red;{{/if}}padding:0')).toEqual([])
  expect(await said('{{#each rows}}color:red;{{/each}}')).toEqual([
    'email.tag a block in style is none of {{#if}} and {{#unless}}',
  ])
  expect(await said('{{#if a}}color:{{tone}}{{/if}}')).toEqual([
    'email.tag "{{tone}}" stands in style, where no escaping keeps data harmless',
  ])
})
