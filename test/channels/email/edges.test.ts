/** Every component begins on one left edge, unless a template says otherwise. */
import { beforeAll, expect, test, vi } from 'vitest'
import type { Brand } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, mail, merge, prepared } from './template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const html = async (body: string): Promise<string> => merge(await prepared(mail(body), brand), {}, brand)['html'] ?? ''

/** What stands left of a component: the left padding of the cell that a column gives it, and its place in there. */
async function edge(component: string): Promise<string> {
  const [, cell = ''] = /<td([^>]*word-break:break-word;[^>]*)>/.exec(await html(column(component))) ?? []
  const [top, right = top, , left = right] = (/padding:([^;"]+)/.exec(cell)?.[1] ?? 'no cell').split(' ')
  return `${/align="(\w+)"/.exec(cell)?.[1] ?? 'left'} ${left}`
}

const network =
  '<mj-social-element src="https://nord.example/f.png" name="facebook" href="https://nord.example/f">Facebook</mj-social-element>'
const answers = '<mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title></mj-accordion-element>'
const icons = 'icon-wrapped-url="https://nord.example/w.png" icon-unwrapped-url="https://nord.example/u.png"'

test.each([
  ['mj-text', '<mj-text>x</mj-text>'],
  ['mj-button', '<mj-button href="https://nord.example">x</mj-button>'],
  ['mj-image', '<mj-image src="brand:logo" alt="Nord"/>'],
  ['mj-table', '<mj-table><tr><td>x</td></tr></mj-table>'],
  ['mj-social', `<mj-social>${network}</mj-social>`],
  ['mj-accordion', `<mj-accordion ${icons}>${answers}</mj-accordion>`],
])('%s', async (_name, component) => {
  expect(await edge(component)).toBe('left 0')
})

test('mj-divider', async () => {
  // It fills its column.
  expect(await edge('<mj-divider/>')).toBe('center 0')
})

test('icons of mj-social have nothing before the first of them', async () => {
  expect(await html(column(`<mj-social>${network}</mj-social>`))).toContain('padding:4px 8px 4px 0;')
})

test('mj-hero stands where sections do', async () => {
  const hero = '<mj-hero mode="fluid-height"><mj-text>x</mj-text></mj-hero>'
  expect(await html(hero)).toContain('padding:0 16px;')
})

test('a template that says otherwise is heard', async () => {
  expect(await edge(`<mj-social align="center" padding="0 8px">${network}</mj-social>`)).toBe('center 8px')
})

test('what an accordion says is set as text', async () => {
  const said = await html(
    column(`<mj-accordion ${icons}><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title>
<mj-accordion-text>Because</mj-accordion-text></mj-accordion-element></mj-accordion>`),
  )
  for (const words of ['Why\\?', 'Because'])
    expect(said).toMatch(new RegExp(`<td[^>]*font-size:16px;[^>]*>\\s*${words}`))
  expect(said).toMatch(/<td[^>]*line-height:24px;[^>]*>\s*Because/)
})
