/** Whatever blocks choose, a mail has the styles that MJML puts into it where Handlebars is merged before. */
import fc from 'fast-check'
import Handlebars from 'handlebars'
import { Parser } from 'htmlparser2'
import { beforeAll, expect, test, vi } from 'vitest'
import { lookOf } from '../../../../src/channels/email/look/look.ts'
import { pressMjml } from '../../../../src/channels/email/press/pressing.ts'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, merge, prepare } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const name = fc.constantFrom('k', 'l', 'm')
const asked = fc.constantFrom('#if a', '#if b', '#if c', '#unless a', '#unless b')
const simple = fc
  .tuple(asked, name, fc.option(name))
  .map(
    ([block, yes, no]) => `{{${block}}}${yes}${no === null ? '' : `{{else}}${no}`}{{/${block.slice(1).split(' ')[0]}}}`,
  )
const chosen = fc.oneof(
  name,
  simple,
  fc.tuple(name, simple).map(pair => pair.join(' ')),
  fc
    .tuple(asked, simple, name)
    .map(([block, yes, no]) => `{{${block}}}${yes}{{else if c}}${no}{{/${block.slice(1).split(' ')[0]}}}`),
)
const selector = fc.constantFrom(
  ...'.k|.l|.m|.k .l|.l .m|.m .k|.k span|.l b|.k > b|span.l b.k|.k.m|.k + b|.l ~ span|.k .l .m|td .k|b:not(.k)|.m:first-child|[class~=k] b'.split(
    '|',
  ),
)
const declaration = fc.constantFrom(
  'color:#f00000',
  'color:#0000f0',
  'color:#00f000 !important',
  'padding:3px',
  'margin:1px',
  'font-weight:bold',
)
const sheet = fc
  .array(fc.tuple(selector, declaration), { minLength: 2, maxLength: 6 })
  .map(rules => rules.map(([one, said]) => `${one}{${said}}`).join('\n'))
const style = fc.constantFrom(
  'margin:2px',
  '{{#if a}}color:#00f0f0;{{/if}}margin:2px',
  '{{#if b}}margin:4px{{else}}color:#f0f000 !important{{/if}}',
)
const words = fc
  .tuple(chosen, chosen, chosen, chosen, style)
  .map(
    ([a, b, c, d, own]) =>
      `<span class="${a}">x<b class="${b}">y</b></span><b class="${c}">z<span style="${own}">w</span><span class="${d}">v</span></b>`,
  )
const body = fc
  .tuple(chosen, words, chosen, chosen)
  .map(
    ([around, inner, row, cell]) =>
      `<mj-text css-class="${around}">${inner}</mj-text><mj-table><tr class="${row}"><td class="${cell}">n<b>o</b></td>{{#if a}}<td>p</td>{{/if}}</tr></mj-table>`,
  )

/** Elements of the body with classes and declarations, and texts. */
function shown(html: string): readonly string[] {
  const found: string[] = []
  let inBody = false
  const parser = new Parser({
    onopentag(tag, { class: classes = '', style = '' }) {
      const said = style.split(';').flatMap(one => (one.trim() === '' ? [] : [one.replace(/\s*:\s*/, ':').trim()]))
      if (inBody)
        found.push(
          [
            tag,
            ...classes
              .split(/\s+/)
              .filter(one => one !== '')
              .sort(),
            ...said,
          ].join(' '),
        )
      inBody ||= tag === 'body'
    },
    ontext(text) {
      if (inBody && text.trim() !== '') found.push(text.trim())
    },
  })
  parser.end(html)
  return found
}

const all = [0, 1, 2, 3, 4, 5, 6, 7].map(bits => ({ a: (bits & 1) > 0, b: (bits & 2) > 0, c: (bits & 4) > 0 }))

test('inline rules for classes that blocks choose', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(body, sheet, async (written, css) => {
      const text = mail(column(written), 'Invoice', `<mj-style inline="inline">${css}</mj-style>`)
      const pressed = await prepare(text, brand)
      if (!pressed.ok) throw new Error(JSON.stringify(pressed.faults))
      const bare = Handlebars.compile(text.replace('<mj-head>', `<mj-head>${lookOf(brand).head}`))
      for (const data of all) {
        const wanted = await pressMjml(bare(data))
        if (!('html' in wanted)) throw new Error(JSON.stringify(wanted))
        expect(shown(merge(pressed.value, data)['html'] ?? '')).toEqual(shown(wanted.html))
      }
    }),
    { numRuns: 20 },
  )
})
