/** The plain part: rows in one line, and each network, title and logo said once. */
import { beforeAll, expect, test, vi } from 'vitest'
import { plainLines } from '../../../../src/channels/email/plain/tidy.ts'
import type { Brand, Data } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail, merge, prepare, prepared } from '../template.ts'

// What comes out matters here, not where it is pressed: a process for each template costs a second. message.test.ts and hostile.test.ts have it.
vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const merged = async (inner: string, data: Data): Promise<string> =>
  plainLines(merge(await prepared(mail(column(inner)), brand), data, brand)['text'] ?? '')

test('keeps a row in one line, whatever lines its cells have', async () => {
  const text = await merged(
    `<mj-table><tr><th>Service<br>Period</th><th>Amount<br>(GBP)</th></tr>
{{#each lines}}<tr><td><p>{{name}}:</p>{{~#if from}}<p>{{from}}</p>{{/if}}<br></td><td>{{net}}<br/>{{gross}}</td></tr>{{/each}}
<tr><td><ul><li>x</li><li>y</li></ul><ol><li>z</li><li>w</li></ol></td><td>5.00</td></tr></mj-table>
<mj-table role="presentation"><tr><td>Street<br>City</td></tr></mj-table>`,
    {
      lines: [
        { name: 'Home', from: 'March', net: '10.00', gross: '12.00' },
        { name: 'TV', net: '1.00', gross: '' },
      ],
    },
  )
  expect(text).toBe(`Service; Period       Amount (GBP)
Home: March           10.00; 12.00
TV:                           1.00
- x; - y; 1. z; 2. w          5.00

Street
City
`)
})

test('a link whose words are where it leads is written once', async () => {
  const text = await merged(
    `<mj-text><a href="{{url page}}">{{page}}</a>, <a href="mailto:{{mail}}?subject=Invoice">{{mail}}</a>, <a href="mailto:help@Nord.example">help@nord.example</a>,
<a href="tel:+380441234567">+380 (44) 123-45-67</a>, <a href="HTTPS://Nord.example/">https://nord.example</a>;
<a href="https://nord.example">nord.example</a>, <a href="tel:+380441234567">044 123 45 67</a>, <a href="mailto:{{mail}}">x{{mail}}</a>, <a href="{{url page}}">{{page}}5</a>,
<a href="https://nord.example/Abc">https://nord.example/AbC</a>, <a href="mailto:help@nord.example">Help@nord.example</a>, {{note}}</mj-text>`,
    {
      page: 'https://nord.example/41',
      mail: 'olena@example.org',
      note: 'Code 123456 <123456>, ref 12-34-56 <123456>, a@b.example <a@b.example>',
    },
  )
  expect(text).toBe(
    'https://nord.example/41, olena@example.org, help@nord.example, +380 (44) 123-45-67, https://nord.example; ' +
      'nord.example <https://nord.example>, 044 123 45 67 <+380441234567>, xolena@example.org <olena@example.org>, https://nord.example/415 <https://nord.example/41>, ' +
      'https://nord.example/AbC <https://nord.example/Abc>, Help@nord.example <help@nord.example>, ' +
      'Code 123456 <123456>, ref 12-34-56 <123456>, a@b.example <a@b.example>\n',
  )
})

test('an address that stands in full below its button is written once, and a letter without what it begins with', async () => {
  const text = await merged(
    `<mj-button href="{{url page}}/{{id}}">Pay 12.00</mj-button><mj-text><a href="{{url page}}/{{id}}">{{page}}/{{id}}</a></mj-text>
<mj-button href="{{url page}}">See it</mj-button><mj-text>Or open {{page}}</mj-text>
<mj-button href="{{url page}}">Pay</mj-button><mj-text>{{page}}5</mj-text>
<mj-text><a href="mailto:help@nord.example,b@nord.example?subject=Bill%20{{id}}&amp;body=x/y">Write</a> to <a href="mailto:?subject=x">somebody</a></mj-text>`,
    { page: 'https://nord.example/41', id: '7' },
  )
  expect(text.split(/\n+/)).toEqual([
    'Pay 12.00',
    'https://nord.example/41/7',
    'See it',
    'Or open https://nord.example/41',
    'Pay <https://nord.example/41>',
    'https://nord.example/415',
    'Write <help@nord.example,b@nord.example> to somebody',
    '',
  ])
})

test('data adds nobody to a letter that a reader writes, in neither part', async () => {
  const letter = '<mj-text><a href="mailto:{{mail}}">Write</a> <a href="mailto:{{mail}}">{{mail}}</a></mj-text>'
  const value = await prepared(mail(column(letter)), brand)
  const to = (address: string) => merge(value, { mail: address })
  const { html = '', text = '' } = to('a@b.example?bcc=e@x.example&body=hi')
  expect(html).toContain('href="mailto:a@b.example%3Fbcc%3De@x.example%26body%3Dhi"')
  expect(plainLines(text)).toContain('Write <a@b.example%3Fbcc%3De@x.example%26body%3Dhi>')
  expect(to('a@b.example,e@x.example')['html']).toContain('href="mailto:a@b.example%2Ce@x.example"')
  const plain = to("o'neill+bills@b.example")
  expect(plain['html']).toContain('href="mailto:o%27neill%2Bbills@b.example"')
  expect(plainLines(plain['text'] ?? '')).toBe("Write <o'neill+bills@b.example> o'neill+bills@b.example\n")
})

test('a plain part that a template brings itself keeps its links as they are written', async () => {
  const own = { file: 'templates/invoice/email.txt.hbs', text: '{{page}} <{{page}}>\n' }
  const value = await prepare(mail(column('<mj-text>x</mj-text>')), brand, { 'email.txt.hbs': own })
  const text = value.ok ? (merge(value.value, { page: 'https://nord.example/41' })['text'] ?? '') : ''
  expect(plainLines(text)).toBe('https://nord.example/41 <https://nord.example/41>\n')
})

test('sets titles and texts of mj-accordion in lines of their own', async () => {
  const text = await merged(
    `<mj-accordion>{{#each asked}}<mj-accordion-element><mj-accordion-title>{{q}}</mj-accordion-title>
<mj-accordion-text>{{a}}<br>or not</mj-accordion-text></mj-accordion-element>{{/each}}
<mj-accordion-element><mj-accordion-title>How much?</mj-accordion-title><mj-accordion-text><table><tr><td>1</td><td>2</td></tr></table></mj-accordion-text></mj-accordion-element></mj-accordion>`,
    {
      asked: [
        { q: 'Why?', a: 'Because' },
        { q: 'When?', a: 'Now' },
      ],
    },
  )
  expect(text).toBe('Why?\nBecause\nor not\n\nWhen?\nNow\nor not\n\nHow much?\n\n1  2\n')
})

test('names each network of mj-social once, with its address', async () => {
  const networks = `<mj-social-element name="facebook-noshare" href="https://a.example/{{n}}" src="brand:logo" alt="Facebook">Like us</mj-social-element>
<mj-social-element name="linkedin-noshare" href="https://b.example/u" src="brand:logo"></mj-social-element>
<mj-social-element name="web" icon-position="right" href="https://c.example" src="brand:logo">{{name}}</mj-social-element>
<mj-social-element name="github-noshare" href="https://d.example" src="brand:logo" alt="Our code" />`
  const said =
    'Like us <https://a.example/7>\nLinkedIn <https://b.example/u>\nOurs <https://c.example>\nOur code <https://d.example>\n'
  const text = await merged(
    `<mj-social>${networks}</mj-social>{{#if on}}<mj-social mode="vertical">${networks}</mj-social>{{/if}}`,
    { n: 7, name: 'Ours', on: true },
  )
  expect(text).toBe(said + said)
})

test('says the alt text of a logo once where its words stand in the same line', async () => {
  const logo = '<img src="brand:logo" alt="Nord &amp; Sohn"/>'
  const said = async (inner: string): Promise<string> => (await merged(inner, { name: 'Olena', on: true })).trim()
  expect(await said(`<mj-text>${logo}&#160; {{brand.name}}</mj-text>`)).toBe('Nord & Sohn')
  expect(await said(`<mj-text>${logo} <b>Nord &amp; Sohn</b>, Kyiv</mj-text>`)).toBe('Nord & Sohn, Kyiv')
  expect(await said(`<mj-text>Your {{brand.name}} ${logo}</mj-text>`)).toBe('Your Nord & Sohn')
  expect(await said(`<mj-text>${logo}<br/>Nord &amp; Sohn</mj-text>`)).toBe('Nord & Sohn')
  expect(await said(`<mj-text><a href="https://nord.example">${logo}</a> {{brand.name}}, Kyiv</mj-text>`)).toBe(
    'Nord & Sohn <https://nord.example>, Kyiv',
  )
  expect(await said(`<mj-text><a href="https://nord.example">${logo} {{brand.name}}</a></mj-text>`)).toBe(
    'Nord & Sohn <https://nord.example>',
  )
  expect(await said(`<mj-table><tr><td>${logo}</td><td>{{brand.name}}</td></tr></mj-table>`)).toBe('Nord & Sohn')
})

test('keeps alt texts that say something else, or the same of something else', async () => {
  const said = async (inner: string): Promise<string> => (await merged(inner, { name: 'Olena', on: true })).trim()
  const image = (alt: string): string => `<img src="brand:logo" alt="${alt}"/>`
  expect(await said(`<mj-text>${image('Nord')} {{brand.name}}</mj-text>`)).toBe('Nord Nord & Sohn')
  expect(await said(`<mj-text>${image('Nord')} Nordic</mj-text>`)).toBe('Nord Nordic')
  expect(await said(`<mj-text>${image('Nord &amp; Sohn')}{{#unless on}} {{brand.name}}{{/unless}}</mj-text>`)).toBe(
    'Nord & Sohn',
  )
  expect(await said(`<mj-text>${image('★')}${image('★')} ★ of five</mj-text>`)).toBe('★★ ★ of five')
  const tick = image('included')
  expect(
    await said(`<mj-table><tr><td>Calls</td><td>${tick}</td><td>${tick}</td></tr>
<tr><td>TV</td><td>included</td><td>${tick}</td></tr></mj-table>`),
  ).toBe('Calls  included  included\nTV     included  included')
})

test('says the alt text of a logo once, and not where the text beside it does', async () => {
  const logo = '<mj-image src="brand:logo" alt="Nord &amp; Sohn"/>'
  const other = '<mj-image src="brand:logo" alt="Power by the river"/>'
  const name = '<mj-text>{{brand.name}}</mj-text>'
  const said = async (inner: string, on = true): Promise<string> => (await merged(inner, { on })).trim()
  expect(await said(`${logo}${name}<mj-text>x</mj-text>${logo}`)).toBe('Nord & Sohn\nx')
  expect(await said(`${name}${logo}`)).toBe('Nord & Sohn')
  expect(await said(`${logo}${logo}${other}`)).toBe('Nord & Sohn\nPower by the river')
  expect(await said(`{{#if on}}${logo}{{else}}${logo}{{/if}}<mj-text>x</mj-text>${logo}`, false)).toBe(
    'Nord & Sohn\nx\nNord & Sohn',
  )
  expect(await said(`${logo}{{#unless on}}${name}{{/unless}}`)).toBe('Nord & Sohn')
  expect(await said(`${name}<mj-image src="brand:logo" href="https://nord.example" alt="Nord &amp; Sohn"/>`)).toBe(
    'Nord & Sohn\nNord & Sohn <https://nord.example>',
  )
})

test.each([
  ['<a {{#if number}}href="https://nord.example/a"{{else}}href="https://nord.example/b"{{/if}}>x</a>', 'href of a'],
  ['<a class="q" {{#if number}} href="https://nord.example/a" {{/if}}>x</a>', 'href of a'],
  ['<img src="brand:logo" {{#if number}}alt="A"{{else}}alt="B"{{/if}}/>', 'alt of img'],
])('%s has no one plain text', async (html, what) => {
  const faults = await faultsOf(mail(column(`<mj-text>${html}</mj-text>`)), brand)
  expect(faults).toMatchObject([
    {
      code: 'email.text',
      message: `the plain part cannot be derived from "{{#if number}}", which decides about ${what}`,
      place: { line: 7 },
      hint: expect.stringContaining('email.txt.hbs'),
    },
  ])
})

test('a block inside of an address, or around another attribute, is taken as it is', async () => {
  const html = `<a href="https://nord.example/{{#if number}}a{{else}}b{{/if}}" {{#if number}}title="x"{{/if}}>x</a>`
  expect(await faultsOf(mail(column(`<mj-text>${html}</mj-text>`)), brand)).toEqual([])
})

test('a whole address that is a part of another is encoded in the plain part, too', async () => {
  const inner = '<mj-text><a href="https://share.example/?u={{url page}}">Share</a></mj-text>'
  const network =
    '<mj-social><mj-social-element name="facebook" src="brand:logo" href="{{url page}}">Post</mj-social-element></mj-social>'
  for (const body of [inner, network]) {
    const text = await merged(body, { page: 'https://nord.example/?a=1&b=2' })
    expect(text).toMatch(/^(Share|Post) <https:.*\?u=https%3A%2F%2Fnord\.example%2F%3Fa%3D1%26b%3D2>$/m)
  }
})

test('an end of a break is a break, and one of a paragraph that is not open sets apart', async () => {
  expect((await merged('<mj-text>a</br>b</p>c</mj-text>', {})).trim()).toBe('a\nb\n\nc')
})
