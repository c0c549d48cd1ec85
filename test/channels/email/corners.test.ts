/** Odd corners of the inbox lint: classes of the brand, inline rules, icons without a name; and lines behind comments of a title. */
import { beforeAll, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, faultsOf, mail, merge, prepared } from './template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = { ...(await fixtureBrand()), mail: { clients: ['gmx', 'yahoo'] } }
})

test('corners of classes and rules that are put inline are held against the mail programs', async () => {
  const classes = { ...brand.classes, pill: { 'border-radius': '50%' }, box: { 'border-radius': '4px' } }
  const text = mail(
    column('<mj-button mj-class="box pill" href="https://nord.example">Pay</mj-button><mj-text>x</mj-text>'),
    'Invoice',
    `<mj-style inline="inline">
.a { color: #000000; /* gap: 1px */
  gap: 2px }</mj-style><mj-style>.b { gap: 3px }</mj-style>`,
  )
  const { warnings = [] } = await prepared(text, { ...brand, classes })
  expect(warnings.map(inWords)).toEqual([
    'templates/invoice/email.mjml.hbs:5:3: the CSS "gap" is not shown everywhere in gmx, yahoo',
    'templates/invoice/email.mjml.hbs:9:12: the CSS "border-radius: 50%" is not shown everywhere in gmx',
  ])
})

test('an icon needs words, a known network or an alt text', async () => {
  const icon = (written: string, words = ''): string =>
    `<mj-social-element src="brand:logo" href="https://nord.example" ${written}>${words}</mj-social-element>`
  const body = `<mj-social>${icon('name="web"')}
${icon('name="web" alt="Our page"')}${icon('name="x"')}${icon('name="web"', 'Us')}</mj-social>`
  const { warnings = [] } = await prepared(mail(column(body)), brand)
  expect(warnings.map(inWords)).toEqual([
    'templates/invoice/email.mjml.hbs:7:30: an icon has no words and no alt text: <mj-social-element>',
  ])
})

test('an icon that would share our page of a network is warned of; one that leads there, or shares ours, is not', async () => {
  const icon = (name: string, href: string): string =>
    `<mj-social-element name="${name}" src="brand:logo" href="${href}">Us</mj-social-element>`
  const good = [icon('facebook-noshare', 'https://www.facebook.com/nord'), icon('facebook', 'https://nord.example/a')]
  const body = `<mj-social>${good.join('')}${icon('instagram', 'https://instagram.com/nord')}
${icon('facebook', 'https://www.facebook.com/nord')}${icon('x', 'https://twitter.com/nord')}</mj-social>`
  const { warnings = [] } = await prepared(mail(column(body)), brand)
  expect(warnings.map(inWords)).toEqual([
    'templates/invoice/email.mjml.hbs:8:53: the icon facebook shares https://www.facebook.com/nord instead of leading there',
    'templates/invoice/email.mjml.hbs:8:157: the icon x shares https://twitter.com/nord instead of leading there',
  ])
  expect(warnings[0]).toMatchObject({ code: 'email.share', hint: 'write name="facebook-noshare"' })
})

test('what stands behind a comment of a title keeps its line and column, and words stay whole', async () => {
  const value = await prepared(
    mail(
      column('<mj-text>x</mj-text>'),
      'A {{!-- one\ntwo --}}<!-- three {{secret}}\nfour -->{{b}} In<!-- x -->vo{{! y }}ice',
    ),
    brand,
  )
  const lines = value.texts['subject']?.text.split('\n') ?? []
  expect([lines.length, lines[4]?.indexOf('{{b}}')]).toEqual([5, 'four -->'.length])
  expect(merge(value, { b: 'B', secret: 'CANARY' })['subject']?.replace(/\s+/g, ' ').trim()).toBe('A B Invoice')
})

test('a value that an attribute does not take is answered with those that it takes', async () => {
  expect(await faultsOf(mail(column('<mj-text align="decimal">x</mj-text>')), brand)).toMatchObject([
    {
      code: 'email.markup',
      message: expect.stringContaining('align'),
      hint: 'write one of left, right, center, justify',
      place: { line: 7, column: 10 },
    },
  ])
})
