/** Pictures behind text: an image of the brand there is a fault of the template, found before there is data. */
import { beforeAll, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const words = '<mj-text>x</mj-text>'
const section = (attribute: string): string =>
  mail(`<mj-section ${attribute}><mj-column>${words}</mj-column></mj-section>`)
const cell = (attribute: string): string => mail(column(`<mj-table><tr><td ${attribute}>x</td></tr></mj-table>`))

test.each([
  ['a section', section('background-url="brand:logo"'), 'background-url of <mj-section>'],
  ['a hero', mail(`<mj-hero background-url="brand:logo">${words}</mj-hero>`), 'background-url of <mj-hero>'],
  ['a cell', cell('background="brand:logo"'), 'background of <td>'],
  ['a style', cell('style="background:url(brand:logo) center"'), 'background'],
  [
    'a rule',
    mail(column(words), 'x', "<mj-style>.up{background-image:url('brand:logo')}</mj-style>"),
    'background-image',
  ],
])('%s', async (_what, text, where) => {
  const faults = await faultsOf(text, brand)
  expect(faults).toMatchObject([
    {
      code: 'email.image',
      message: `an image of the brand cannot be shown there: "brand:logo" in ${where}`,
      hint: expect.stringContaining('has to be hosted'),
    },
  ])
  const { line = 0, column: at = 0 } = faults[0]?.place ?? {}
  expect(text.split('\n')[line - 1]?.slice(at - 1)).toMatch(/^brand:logo/)
})

test('addresses of the template that no customer can mend are its own faults', async () => {
  const told = async (text: string): Promise<readonly string[]> => (await faultsOf(text, brand)).map(inWords)
  const wrong = expect.stringContaining('has a scheme that is not taken in mail')
  expect(await told(section('background-url="http://a.example/x.png"'))).toEqual([wrong])
  expect(await told(cell('background="data:image/png;base64,AAAA"'))).toEqual([wrong])
  expect(await told(mail(column('<mj-text><a href="brand:logo">x</a></mj-text>')))).toEqual([wrong])
  expect(await told(section('background-url="https://a.example/x.png" background-color="tint"'))).toEqual([])
})
