/** Images that have fewer dots than the mail shows pixels of them. */
import { beforeAll, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, prepared } from '../template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  const { images, ...rest } = await fixtureBrand()
  const { logo } = images
  // Meant to be 120 px wide, and made of as many dots as a test wants.
  const few = { ...logo!.mail, widthPx: 100 }
  const small = { file: 'small.png', print: few, mail: few }
  brand = { ...rest, images: { ...images, small } }
})

async function remarks(inner: string): Promise<readonly string[]> {
  const { warnings = [] } = await prepared(mail(column(inner)), brand)
  return warnings.filter(({ code }) => code === 'email.image').map(fault => `${inWords(fault)}; ${fault.hint}`)
}

const hint = (dots: number): string =>
  `use an image of ${dots} dots across or an SVG, with width: ${dots / 2}px in brand.yaml: screens show two or three dots to the pixel`

test('a width of its own, and one that the template gives', async () => {
  expect(await remarks('<mj-image src="brand:small" alt="Nord"/>')).toEqual([
    `templates/invoice/email.mjml.hbs:7:11: "brand:small" has 100 dots for 120 px; ${hint(240)}`,
  ])
  expect(await remarks('<mj-image src="brand:logo" alt="Nord" width="300px"/>')).toEqual([
    `templates/invoice/email.mjml.hbs:7:11: "brand:logo" has 240 dots for 300 px; give it width: 300px in brand.yaml`,
  ])
  expect(await remarks('<mj-text><img alt="Nord" src="brand:small" width="101"/></mj-text>')).toEqual([
    `templates/invoice/email.mjml.hbs:7:26: "brand:small" has 100 dots for 101 px; ${hint(202)}`,
  ])
})

test('not where there are dots enough', async () => {
  expect(
    await remarks('<mj-image src="brand:logo" alt="Nord" width="240px"/><mj-image src="brand:logo" alt=""/>'),
  ).toEqual([])
  expect(await remarks('<mj-image src="brand:small" alt="Nord" width="100px"/>')).toEqual([])
  expect(await remarks('<mj-text><img alt="" src="brand:small" width="50%"/></mj-text>')).toEqual([])
})
