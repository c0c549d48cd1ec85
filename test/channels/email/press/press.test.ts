/** What Handlebars says in attributes comes out of MJML, or is a fault at its place. */
import { beforeAll, expect, test, vi } from 'vitest'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, file, mail, merge, prepared } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const social = (attributes: string): string => `<mj-social><mj-social-element ${attributes}/></mj-social>`
const image = (attributes: string): string => `<mj-image src="brand:logo" alt="x" ${attributes}/>`

test.each([
  ['name', '{{network}}', social('alt="x" href="https://nord.example" name="{{network}}"')],
  ['name', '{{a}}', image('name="{{a}}"')],
  ['rel', '{{#if a}}nofollow{{/if}}', image('rel="{{#if a}}nofollow{{/if}}"')],
  ['target', '{{a}}', image('target="{{a}}"')],
  ['css-class', '{{a}}', '<mj-raw css-class="{{a}}"></mj-raw>'],
])('%s="%s" is told where MJML leaves it out', async (name, text, body) => {
  const [fault, ...more] = await faultsOf(mail(column(body)), brand)
  expect(more).toEqual([])
  expect(fault).toEqual({
    code: 'email.tag',
    message: `"${text}" in ${name} does not come through MJML`,
    place: { file, line: 7, column: body.lastIndexOf(`${name}="`) + 1 },
    hint: `take ${name} out here, or write the component once for each way, in {{#if}} and {{else}}`,
  })
})

const selected = (path: string): string =>
  `<mj-html-attributes><mj-selector path="${path}"><mj-html-attribute name="data-id">{{number}}</mj-html-attribute></mj-selector></mj-html-attributes>`

test('a value in a selector that meets nothing is told, too', async () => {
  const body = column('<mj-text css-class="c">x</mj-text>')
  expect(merge(await prepared(mail(body, 'One', selected('.c div')), brand), {})['html']).toContain('data-id="417"')
  expect(await faultsOf(mail(body, 'One', selected('.d')), brand)).toEqual([
    {
      code: 'email.tag',
      message: '"{{number}}" does not come through MJML',
      place: { file, line: 3, column: 102 },
      hint: 'look whether the path of the mj-selector around it meets an element',
    },
  ])
})

test('what a component has by default alone need not come out', async () => {
  const head = '<mj-attributes><mj-image rel="{{a}}"/><mj-class name="late" css-class="{{a}}"/></mj-attributes>'
  expect(await faultsOf(mail(column('<mj-text>x</mj-text>'), 'One', head), brand)).toEqual([])
})

test('a preview that MJML does not read is told; a title is the subject wherever it stands', async () => {
  const behind = (head: string): string =>
    `<mjml><mj-body>${column('<mj-text>x</mj-text>')}</mj-body>\n<mj-head>${head}</mj-head></mjml>`
  expect(await faultsOf(behind('<mj-title>A {{number}}</mj-title>'), brand)).toEqual([])
  expect(await faultsOf(behind('<mj-title>A</mj-title><mj-preview>B</mj-preview>'), brand)).toEqual([
    {
      code: 'email.tag',
      message: '"B" does not come through MJML',
      place: { file, line: 4, column: 44 },
      hint: 'put mj-head before mj-body',
    },
  ])
})

test('lines and blanks are as they were written where they mean something, and nowhere else', async () => {
  const lines = 'a\n\n    b'
  const pressed = async (text: string): Promise<string> =>
    merge(await prepared(mail(column(`<mj-text>${text}</mj-text>`)), brand), {})['html'] ?? ''
  for (const kept of [`<pre>${lines}</pre>`, `<PRE>${lines}</PRE>`, `<p style="white-space: pre-wrap">${lines}</p>`])
    expect(await pressed(kept), kept).toContain(lines)
  expect(await pressed(`<p>${lines}</p>`)).toContain('a\nb')
})
