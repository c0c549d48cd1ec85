/** What a mail draws apart in a line, raised, crossed out, or not at all: as its plain part says it, and as it is read back. */
import { beforeAll, expect, test, vi } from 'vitest'
import { plainLines } from '../../../../src/channels/email/plain/tidy.ts'
import type { Brand, Data } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { wordsOf } from '../read/words.ts'
import { column, mail, merge, prepare, prepared } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

const styled = (css: string): string => `<mj-style>${css}</mj-style>`
const both = async (inner: string, data: Data = {}, css = ''): Promise<readonly [plain: string, read: string]> => {
  const source = mail(column(`<mj-text>${inner}</mj-text>`), 'Invoice', css === '' ? '' : styled(css))
  const { text = '', html = '' } = merge(await prepared(source, brand), data, brand)
  return [plainLines(text).trim(), wordsOf(html).seen.trim()]
}
const parts = { a: '1', b: '250.00' }

test.each([
  '<span style="display:block">{{a}}</span><span style="display:block">{{b}}</span>',
  '<span style="display:inline-block">{{a}}</span><span style="display:inline-block">{{b}}</span>',
  '<b style="float:left">{{a}}</b><b>{{b}}</b>',
  '<b>{{a}}</b><i style="display:table-cell">{{b}}</i>',
  '{{a}}<img src="https://nord.example/a.png" alt="">{{b}}',
  '{{a}}<button>{{b}}</button>',
  '{{a}}<sub>{{b}}</sub>',
  '{{a}}<sup>{{b}}</sup>',
  '<menu>{{a}}</menu>{{b}}',
  '<header>{{a}}</header><main>{{b}}</main>',
  '<figure>{{a}}<figcaption>{{b}}</figcaption></figure>',
])('two figures that are drawn apart are no third one: %s', async inner => {
  for (const text of await both(inner, parts)) {
    expect(text).not.toMatch(/1\(?250/)
    expect(text).toContain('250.00')
  }
})

test('so are figures that a rule of the sheet draws apart', async () => {
  const two = '<span class="x">{{a}}</span><span class="x">{{b}}</span>'
  for (const rule of ['display:block', 'display:inline-block', 'float:left', 'margin-left:20px', 'padding:0 8px'])
    expect((await both(two, parts, `.x{${rule}}`))[0], rule).not.toContain('1250')
})

test('elements of HTML part words alike in the plain part and in what is read', async () => {
  const names =
    'abbr acronym address article aside b bdi bdo big blockquote cite code data del dfn dir div em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd label main mark menu nav nobr ol p pre q s samp search section small span strike strong tt u ul var'
  const apart: Record<string, readonly boolean[]> = {}
  for (const name of names.split(' ').filter(one => one !== 'hr')) {
    const [plain, read] = await both(`one<${name}>two</${name}>three`)
    apart[name] = [plain, read].map(text => !/one\W{0,2}two/.test(text) || /one\s+\S{0,2}two/.test(text))
  }
  const differing = Object.entries(apart).filter(
    ([name, [plain, read]]) => plain !== read && !/^(?:s|del|strike)$/.test(name),
  )
  expect(differing).toEqual([])
})

test.each([
  ['<b>{{b}}</b><span style="padding-left:12px">1 May 2026</span>', ['250.00 1 May 2026', '250.00 1 May 2026']],
  ['<span style="float:left;font-size:40px">W</span>elcome', ['Welcome', 'W elcome']],
  ['<span style="opacity:0">1</span>{{b}}', ['250.00', '250.00']],
  ['<span style="font-size:0">1</span>{{b}}', ['250.00', '250.00']],
  ['<span style="position:absolute;left:-9999px">1</span>{{b}}', ['250.00', '250.00']],
  ['<span style="max-height:0;overflow:hidden">1</span>{{b}}', ['250.00', '250.00']],
  ['<span style="display:block;text-indent:-9999px">1</span><p>{{b}}</p>', ['250.00', '250.00']],
  [
    'was <span style="text-decoration:line-through">£310.00</span> <b>{{b}}</b>',
    ['was ~~£310.00~~ 250.00', 'was 250.00'],
  ],
  ['<del><p>1</p><p>2</p></del>{{b}}', ['~~1~~\n\n~~2~~\n\n250.00', '250.00']],
  ['<div style="visibility:hidden">x<b style="visibility:visible">{{b}}</b></div>', ['x250.00', '250.00']],
  ['<canvas>1</canvas>{{b}}', ['250.00', '250.00']],
  ['<b style="float:left">1</b><i hidden>x</i>{{b}}', ['1 250.00', '1 250.00']],
  [
    '<b style="display:block">1</b><p style="display:none">x<b style="display:block">y</p>{{b}}',
    ['1\n250.00', '1\n250.00'],
  ],
])('%s', async (inner, said) => {
  expect(await both(inner, parts)).toEqual(said)
})

test('what is raised is in brackets where a figure would become another, and a letter keeps its own', async () => {
  const [plain] = await both(
    '£12.50<sup>1</sup>, 20 m<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup>, 5<sup>*</sup>, x <sup>{{a}}</sup>',
    parts,
  )
  expect(plain).toBe('£12.50 (1), 20 m², CO₂, 1st, 5*, x (1)')
})

test('what is crossed out proves nothing, and is marked in the plain part', async () => {
  const [plain, read] = await both('Was <s>£20.00</s> now £10.00, <del>£5</del>')
  expect(plain).toBe('Was ~~£20.00~~ now £10.00, ~~£5~~')
  expect(read).toBe('Was now £10.00,')
  expect(wordsOf('<p><span style="text-decoration:line-through">£20.00</span> £10.00</p>').seen).toBe('£10.00')
})

test.each([
  ['<p style="display:none">Please pay 99.00</p><p>Paid</p>', ''],
  ['<p class="x">Please pay 99.00</p><p>Paid</p>', '.x{display:none}'],
  ['<p style="visibility:hidden">Please pay 99.00</p><p>Paid</p>', ''],
  ['{{#if a}}<p class="x">Please {{#if b}}pay{{/if}} 99.00</p>{{/if}}<p>Paid</p>', 'p.x{display:none !important}'],
])('what nobody sees is not in the plain part: %s', async (inner, css) => {
  expect(await both(inner, parts, css)).toEqual(['Paid', 'Paid'])
})

test.each([
  ['<p style="{{#if a}}display:none{{/if}}">Please pay</p>', ''],
  ['<p class="{{#if a}}x{{/if}}">Please pay</p>', '.x{display:none}'],
])('what a block hides from some is in the plain part for all, and that is a warning: %s', async (inner, css) => {
  const source = mail(column(`<mj-text>${inner}</mj-text>`), 'Invoice', css === '' ? '' : styled(css))
  const result = await prepare(source, brand)
  expect(result.ok && result.value.warnings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'email.text',
        message: '"{{#if a}}" decides whether p is seen, and the plain part shows it to everybody',
        hint: 'write {{#if …}} around the whole element, or the plain part as email.txt.hbs',
      }),
    ]),
  )
})
