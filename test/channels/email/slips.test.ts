/** Slips that MJML passes over: a second title, a class that no rule has, a character reference that HTML has not. */
import { beforeAll, expect, test, vi } from 'vitest'
import { isSlip } from '../../../src/channels/email/html/rulenames.ts'
import { type Brand, type Fault, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, faultsOf, mail, prepared } from './template.ts'

vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const file = 'templates/invoice/email.mjml.hbs'

const told = (fault: Fault): string => `${inWords(fault)}; ${fault.hint}`

test.each(['mj-title', 'mj-preview'])('a second %s is a fault at its place', async name => {
  const text = mail(column('<mj-text>x</mj-text>'), 'One', `<mj-preview>p</mj-preview>\n<${name}>Two</${name}>`)
  expect(await faultsOf(text, brand)).toEqual([
    {
      code: 'email.markup',
      message: `a second ${name} stands beside that of line 3`,
      place: { file, line: 4, column: 1 },
      hint: 'take one out; to choose, write {{#if}} inside of one',
    },
  ])
})

test('a class that no rule has is told where a rule has nearly its name', async () => {
  const css = '<mj-style>.down, td.paid > b { color: #111111 } @media print { .late { color: #222222 } }</mj-style>'
  const body = `<mj-text css-class="dwon down">x</mj-text><mj-table><tr>
<td class="cell {{#if late}}lat{{else}}paid{{/if}} x{{kind}}">x</td><td class="words muted total-1">x</td></tr></mj-table>
<!-- <b class="pade">x</b> -->`
  const { warnings = [] } = await prepared(mail(column(body), 'One', css), brand)
  expect(warnings.filter(({ code }) => code === 'email.class').map(told)).toEqual([
    `${file}:7:21: no rule knows the class "dwon"; did you mean "down"?`,
    `${file}:8:29: no rule knows the class "lat"; did you mean "late"?`,
  ])
})

test.each([
  ['dwon', 'down', true],
  ['dow', 'down', true],
  ['downn', 'down', true],
  ['dawn', 'down', true],
  ['line', 'late', false],
  ['col-1', 'col-2', false],
  ['row1', 'row', false],
  ['up', 'uq', false],
])('%s is a slip for %s: %s', (word, name, slip) => {
  expect(isSlip(word, name)).toBe(slip)
})

test('a character reference that HTML does not have is shown as it stands, and told', async () => {
  const body =
    '<mj-text>Fish &amp; &foo; &nbps; &#38; <a href="https://nord.example/?a=1&foo;=2">x</a> AT&T; &eacute;</mj-text>'
  const { warnings = [] } = await prepared(mail(column(body), 'One &amp; &nbsb; two'), brand)
  expect(warnings.filter(({ code }) => code === 'email.markup').map(told)).toEqual([
    `${file}:3:21: "&nbsb;" is no character of HTML, and is shown as it stands; did you mean "&nbsp;"?`,
    `${file}:7:21: "&foo;" is no character of HTML, and is shown as it stands; write the character itself, or &amp;foo;`,
    `${file}:7:27: "&nbps;" is no character of HTML, and is shown as it stands; did you mean "&nbsp;"?`,
    expect.stringContaining('"&T;" is no character'),
  ])
})

test('an element that HTML does not have shows nothing of itself, and is told', async () => {
  const body = `<mj-text>Dear <customer name>, <stong>pay</stong> <amount-due> <font>a</font><CENTER>b</CENTER><o:p>c</o:p>
<!-- <x> --><svg><path d="M0 0"/></svg></mj-text><mj-raw><!--[if mso]><xml><o:a/></xml><![endif]--></mj-raw>`
  const { warnings = [] } = await prepared(mail(column(body)), brand)
  expect(warnings.filter(({ code }) => code === 'email.markup').map(told)).toEqual([
    `${file}:7:15: HTML has no element <customer>, and mail programs show nothing of the tag; write &lt; where no tag is meant`,
    `${file}:7:32: HTML has no element <stong>, and mail programs show nothing of the tag; did you mean "strong"?`,
    `${file}:7:51: HTML has no element <amount-due>, and mail programs show nothing of the tag; write &lt; where no tag is meant`,
  ])
})
