/** Where a mail shows a fact: what its pressed HTML and its partials let every reader see, in windows of each width. */
import { expect, test, vi } from 'vitest'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, mail, prepared } from './template.ts'

vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

const css = `<mj-style>.mob{display:none}.dim div{opacity:0}.far{position:absolute;left:-9999px}
@media (max-width:480px){.wide{display:none}}@media (min-width:481px){.small{display:none}}
@media (min-width:500px) and (max-width:700px){.tablet{display:none}}@media (min-width:1400px){.huge{display:none}}@media (prefers-color-scheme:dark){.day{display:none}}
@media (max-width:30em){.em{display:none}} td.row b:nth-child(1){display:none}</mj-style>`

const accordion = (title: string, text: string): string =>
  `<mj-accordion icon-wrapped-url="brand:logo" icon-unwrapped-url="brand:logo"><mj-accordion-element>
<mj-accordion-title>${title}</mj-accordion-title><mj-accordion-text>${text}</mj-accordion-text></mj-accordion-element></mj-accordion>`

test.each([
  ['<mj-text>{{total}}</mj-text>', true],
  ['<mj-image src="brand:logo" alt="{{total}}"/>', false],
  [`<mj-text><img src="brand:logo" alt="{{money 'total' "b > a"}} {{total}}"></mj-text>`, false],
  ['{{#if due}}<mj-text>{{total}}</mj-text>{{/if}}', true],
  ['<mj-raw><!--[if !mso]><!--><p style="font-size:14px">{{total}}</p><!--<![endif]--></mj-raw>', true],
  ['<mj-text>{{> sum}}</mj-text>', true],
  ['<mj-text css-class="day">{{total}}</mj-text>', false],
  ['<mj-text css-class="em">{{total}}</mj-text>', false],
  ['<mj-table><tr><td class="row"><b>{{total}}</b></td></tr></mj-table>', false],
  ['<mj-text><details><summary>Total</summary>{{total}}</details></mj-text>', false],
  ['<mj-text><details><summary>{{total}}</summary>Why?</details></mj-text>', true],
  ['<mj-text><details {{#if a}}open{{/if}}><summary>Total</summary>{{total}}</details></mj-text>', false],
  ['<mj-text color="#ffffff" container-background-color="#0b6e4f">{{> sum}}</mj-text>', true],
  ['<mj-text>{{> pale}}</mj-text>', true],
  ['<mj-text css-class="wide">{{total}}</mj-text>', false],
  ['<mj-text css-class="tablet">{{total}}</mj-text>', false],
  ['<mj-text css-class="huge">{{total}}</mj-text>', false],
  ['<mj-text css-class="wide">{{total}}</mj-text><mj-text css-class="small">{{total}}</mj-text>', true],
  ['<mj-text css-class="wide">{{> sum}}</mj-text>', false],
  ['<mj-text>{{> narrow}}</mj-text>', false],
  ['<mj-text>{{> own}}</mj-text>', false],
  ['<mj-text>{{> own}} <b class="small">{{total}}</b></mj-text>', true],
  [
    '<mj-text>{{> office}}</mj-text><mj-raw><!--[if mso]><style>.office{display:none}</style><![endif]--></mj-raw>',
    true,
  ],
  [accordion('{{total}}', 'Why?'), true],
  [accordion('Total', '{{total}}'), false],
  [accordion('Total', '{{> sum}}'), false],
  ['<mj-text><p style="opacity:0.9;max-height:0">{{total}}</p></mj-text>', true],
  ['<mj-text><p style="font-size:0"><b style="font-size:16px">{{total}}</b></p></mj-text>', true],
  ['<mj-text>{{!-- <b hidden> --}}{{total}}</mj-text>', true],
  ['<mj-button href="https://nord.example/{{urlPart total}}">x</mj-button>', false],
  ['<mj-text>x<!-- {{total}} --></mj-text>', false],
  ['<mj-raw><!--[if mso]>{{total}}<![endif]--></mj-raw>', false],
  ['<mj-text><b title="{{total}}">x</b></mj-text>', false],
  ['<mj-text><span style="display:none">{{total}}</span></mj-text>', false],
  ['<mj-text>x{{> hidden}}</mj-text>', false],
  ['<mj-text>x{{> mob}}</mj-text>', false],
  ['<mj-text css-class="mob">{{total}}</mj-text>', false],
  ['<mj-text><span class="{{#if a}}mob{{/if}}">{{total}}</span></mj-text>', false],
  ['<mj-text><span {{#if a}}class="mob"{{/if}}>{{total}}</span></mj-text>', false],
  ['<mj-text><span class="big {{#if a}}red{{else}}blue{{/if}}">{{total}}</span></mj-text>', true],
  ['<mj-text><span class="{{b}}">{{total}}</span></mj-text>', false],
  ['<mj-text><span class="m{{b}}">{{total}}</span></mj-text>', false],
  ['<mj-text><span class="row-{{b}}">{{total}}</span></mj-text>', true],
  ['<mj-text css-class="{{b}}">{{total}}</mj-text>', false],
  ['<mj-text><span id="{{b}}">{{total}}</span></mj-text>', true],
  ['<mj-text css-class="mob">{{> sum}}</mj-text>', false],
  ['<mj-text css-class="dim">{{total}}</mj-text>', false],
  ['<mj-text css-class="far">{{total}}</mj-text>', false],
  ['<mj-text color="#ffffff" container-background-color="#ffffff">{{total}}</mj-text>', false],
  ['<mj-text><p style="color:red;OPACITY: 0.0 !important">{{total}}</p></mj-text>', false],
  ['<mj-text><p style="overflow:hidden;width:0">{{total}}</p></mj-text>', false],
])('%s shows it: %j', async (body, shown) => {
  const brand = await fixtureBrand({
    'partials/sum.hbs': '<b>{{total}}</b>',
    'partials/pale.hbs': '<b style="color:#ffffff">{{total}}</b>',
    'partials/hidden.hbs': '<b hidden>{{total}}</b>',
    'partials/narrow.hbs': '<b class="wide">{{total}}</b>',
    'partials/own.hbs': '<style>@media (max-width:480px){.own{display:none}}</style><b class="own">{{total}}</b>',
    'partials/office.hbs': '<b class="office">{{total}}</b>',
    'partials/mob.hbs': '<b class="mob">{{total}}</b>',
  })
  const head = `<mj-preview>{{total}}</mj-preview>${css}`
  const { seen: looks = [] } = await prepared(mail(column(body), '{{total}}', head), brand)
  const texts = looks.map(seen =>
    (seen['templates/invoice/email.mjml.hbs'] ?? '').replace(
      /\{\{> (\w+)\}\}/g,
      (_tag, name: string) => seen[`factory/assets/partials/${name}.hbs`] ?? '',
    ),
  )
  expect(texts.every(text => text.includes('{{total}}'))).toBe(shown)
})
