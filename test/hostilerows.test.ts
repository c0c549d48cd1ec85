/**
 * Hostile input, a case for each thing that was seen to go wrong somewhere: the input itself, and what has to be true of it. What takes
 * a whole run (the working directory, the network, ids as file names, spreadsheets, links) is in hostile.test.ts, what takes seconds in
 * run/guard.test.ts and brand/damaged.test.ts.
 */
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { loadBrand } from '../src/brand/index.ts'
import { flawOf, mailbox } from '../src/channels/email/message/address.ts'
import { inspectTemplate, readMarkup } from '../src/channels/pdf/markup/markup.ts'
import { plain } from '../src/channels/sms/plain.ts'
import { csvCell, disarm } from '../src/intake/index.ts'
import { safeName } from '../src/lots/index.ts'
import type { Data, Value } from '../src/model/index.ts'
import { linkIn } from '../src/model/text/link.ts'
import { compileCheck, loadScript } from '../src/schema/index.ts'
import { auditTemplate } from '../src/template/index.ts'
import { brandKit, changedYaml, type Files, fixtureBrand } from './brand/fixture.ts'
import { column, mail, faultsOf as mailFaults, merge, prepared } from './channels/email/template.ts'
import { brand as paperBrand } from './channels/pdf/brand.ts'
import { faults, page } from './channels/pdf/render.ts'
import { intake } from './intake/batch.ts'
import { good } from './outcome.ts'
import { brand, channels, communication, data, merged, merging, template } from './template/kit.ts'

// What comes out matters here, not where it is pressed: a process for each template costs a second.
vi.mock('../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../src/channels/email/press/pressing.ts')).pressMjml,
}))

/** Codes of what the audit has against a template. */
const audited = (text: string): readonly string[] =>
  auditTemplate(template({ 'pdf.hbs': text }), brand, { channels }).faults.map(({ code }) => code)
const withNote = (note: Value): { readonly data: Data } => ({ data: { ...data, note } })
const codes = (list: readonly { readonly code: string }[]): readonly string[] => list.map(({ code }) => code)

/** As the parser of Handlebars makes it: what is handed over as a template in this form is compiled without a look. */
const program = {
  type: 'Program',
  body: [
    {
      type: 'MustacheStatement',
      escaped: true,
      strip: {},
      params: [],
      path: { type: 'PathExpression', original: 'x', depth: 0, data: false, parts: ["x'];globalThis.ran=1;['"] },
    },
  ],
  blockParams: [],
  loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } },
}

describe('templates', () => {
  test.each([
    '__proto__.x',
    'customer.__proto__',
    'number.constructor',
    'constructor',
    'lines.constructor.name',
  ])('what every value inherits: %s', path => {
    expect(audited(`{{${path}}}`)).toContain('template.field')
    expect(merged(`{{#if ${path}}}yes{{else}}no{{/if}}`)).toBe('no')
  })

  test.each([
    '{{constructor.constructor "return process"}}',
    '{{> legal}}',
    '{{{total}}}',
  ])('a value that is a template: %s', note => expect(merged('{{note}}', 'none', withNote(note))).toBe(note))

  test.each([
    '{{note}}',
    "{{t 'heading' number=note}}",
    '{{url note}}',
    '{{money note}}',
    '{{upper note}}',
  ])('a value that is a parsed template, where %s stands', text => {
    const asked = (): unknown => merging(text, 'none').merge(communication(withNote(program)))
    // A helper that does not exist is no template at all.
    if (text.includes('upper')) expect(asked).toThrow()
    else expect(asked()).toMatchObject({ ok: false, faults: [{ code: 'template.value' }] })
    expect(globalThis).not.toHaveProperty('ran')
  })

  test('a parsed template that a template is asked to go through shows what is in it, and runs nothing of it', () => {
    expect(
      merged('{{#with note}}{{type}}{{/with}}{{#each note.body}}{{type}}{{/each}}', 'none', withNote(program)),
    ).toBe('ProgramMustacheStatement')
    expect(globalThis).not.toHaveProperty('ran')
  })

  test.each([
    ['{{log number}}', 'template.refused'],
    ['{{> (lookup . "p")}}', 'template.refused'],
    ['{{#each lines}}{{descripton}}{{/each}}', 'template.field'],
    ['{{#unless due}}{{date due}}{{/unless}}', 'template.guard'],
    ['{{money (plus totl 1)}}', 'template.field'],
    ['<a href="javascript:{{number}}">', 'template.attribute'],
    ['<a href="{{number}}">', 'template.attribute'],
    ['<p style="width:{{number}}">', 'template.attribute'],
    ['<p onclick="x({{number}})">', 'template.attribute'],
  ])('%s', (text, code) => {
    expect(audited(text)).toContain(code)
  })

  test.each([
    'javascript:alert(1)',
    'java\nscript:x',
    'data:text/html,x',
    '//x',
    '\u202ehttps://x',
  ])('an address that is a script, also where the schema takes it for one: %j', link => {
    // `format: uri` is a name and nothing more: what goes out is judged where it stands.
    const check = good(compileCheck({ type: 'string', format: 'uri' }, 's.json'))
    expect(check(link)).toEqual([])
    expect(merging('{{url link}}', 'html').merge(communication({ data: { ...data, link } }))).toMatchObject({
      faults: [{ code: 'template.value' }],
    })
    expect(audited('<a href="{{link}}">x</a>')).toContain('template.attribute')
  })

  test.each([
    "import fs from 'node:fs'\nexport default () => 1",
    'export default () => import.meta.url',
  ])('a script of the factory that would read files: %j', async text =>
    expect(await loadScript({ file: 'clean.js', text })).toMatchObject({ ok: false }))
})

describe('mail', () => {
  test.each([
    ['an include', mail('<mj-include path="./x.mjml"/>')],
    ['CSS through an attribute', mail(column('<mj-text color="red;} body { display: none">x</mj-text>'))],
    ['CSS through a value', mail(column('<mj-text color="{{note}}">x</mj-text>'))],
    ['a program in it', mail(column('<mj-text><script>alert(1)</script></mj-text>'))],
  ])('%s is a fault', async (_, text) => {
    expect(await mailFaults(text, await fixtureBrand())).not.toEqual([])
  })

  test('no font comes from a host, and an include in a value is text', async () => {
    const text = mail(column('<mj-text font-family="Roboto">{{note}}</mj-text>'))
    const value = '<mj-include path="/etc/passwd"/>'
    const { html = '' } = merge(await prepared(text, await fixtureBrand()), { note: value })
    expect(html).not.toMatch(/fonts\.g|@import|<mj-|root:x:/)
    expect(html).toContain('&lt;mj-include path=&quot;/etc/passwd&quot;/&gt;')
  })

  test.each([
    'a@b.example, evil@example.com',
    'a@b.example;evil@example.com',
    'a@b.example\r\nBcc: evil@example.com',
    '"a b, evil@example.com"@b.example',
  ])('an address with another one in it: %j', text => {
    expect(flawOf(text)).toBeDefined()
  })

  test.each(['x\r\nBcc: evil@example.com', 'evil@example.com, x'])('a name with a header in it: %j', name => {
    const [words = '', ...more] = mailbox(name, 'a@b.example')
    expect(more).toEqual([])
    expect(words).toMatch(/^".*" <a@b\.example>$/)
    expect(words).not.toMatch(/[\r\n]/)
  })
})

describe('paper', () => {
  test.each([
    ['<image src="../../../etc/passwd" alt="x"/>', 'pdf.value'],
    ['<image src="/etc/passwd" alt="x"/>', 'pdf.value'],
    ['<image src="brand:../../etc/passwd" alt="x"/>', 'pdf.value'],
    ['<p><a href="javascript:alert(1)">a</a></p>', 'pdf.link'],
    ['<p><a href="file:///etc/passwd">a</a></p>', 'pdf.link'],
  ])('%s, in a template and in what is merged', (text, code) => {
    expect(codes(inspectTemplate({ file: 'pdf.hbs', text: page(text) }, paperBrand).faults)).toContain(code)
    expect(codes(faults(readMarkup(page(text), 'pdf.hbs', paperBrand)))).toContain(code)
  })

  test('markup in a value is text', () => {
    const note = '<image src="../../../etc/passwd"/>'
    expect(merged('<p>{{note}}</p>', 'markup', withNote(note))).toBe(
      '<p>&lt;image src=&quot;../../../etc/passwd&quot;/&gt;</p>',
    )
  })
})

describe('images', () => {
  const brandOf = (file: string, bytes: Buffer) =>
    loadBrand(brandKit({ ...changedYaml('logo: logo.svg', `logo: ${file}`), [file]: bytes } as Files))

  test('more pixels than memory, of which the file is small', async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    png.writeUInt32BE(15_000, 16)
    png.writeUInt32BE(15_000, 20)
    expect(await brandOf('a.png', png)).toMatchObject({ ok: false, faults: [{ code: 'brand.image' }] })
  })

  test.each([
    '<image href="file:///etc/hostname" width="50" height="10"/>',
    '<image href="http://127.0.0.1:9/x.png" width="50" height="10"/>',
    '<style>@import url(http://127.0.0.1:9/x.css);</style>',
  ])('a drawing that would load its neighbours: %s', async body => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="10">${body}</svg>`
    const made = await brandOf('logo.svg', Buffer.from(svg))
    if (!made.ok) return expect(codes(made.faults)).toEqual(['brand.image'])
    const pixels = await sharp(made.value.images['logo']?.mail.bytes).raw().toBuffer()
    expect(pixels.every(value => value === 255)).toBe(true)
  })

  test('a laughing billion', async () => {
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    const svg = `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l9;</text></svg>`
    expect(await brandOf('logo.svg', Buffer.from(svg))).toMatchObject({ ok: false })
  })
})

describe('data', () => {
  test('a column called __proto__ is a column like any other', async () => {
    const { made } = await intake({ files: { 'a.csv': 'id,n,__proto__\n1,2,3\n' } })
    expect(JSON.stringify(made[0]?.data)).toBe('{"id":"1","n":"2","__proto__":"3"}')
    expect({}).not.toHaveProperty('n')
  })

  test.each([
    'id,n,n\n1,2,3\n',
    'id,a\u0007b\n1,2\n',
    'id,,n\n1,2,3\n',
  ])('a header that says two things: %j', async text => {
    expect(codes((await intake({ files: { 'a.csv': text } })).faults)).toEqual(['intake.header'])
  })

  test('a schema that lets data bring a pattern, or that refers to elsewhere', () => {
    const bring = { type: 'object', properties: { a: { type: 'string', pattern: { $data: '1/b' } }, b: {} } }
    for (const schema of [bring, { $ref: 'https://evil.example/s.json' }, { $ref: '../../etc/passwd' }])
      expect(compileCheck(schema as never, 's.json')).toMatchObject({ ok: false })
  })

  test('a name that every object inherits is not there', () => {
    const check = good(compileCheck({ type: 'object', required: ['constructor', 'toString'] }, 's.json'))
    expect(check({})).toHaveLength(2)
  })

  test('what is private is quoted by no fault', () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string', private: true, maxLength: 3, pattern: '^a' } },
    }
    const problems = good(compileCheck(schema, 's.json'))({ name: 'CANARY-7f3a' })
    expect(problems).not.toEqual([])
    expect(JSON.stringify(problems)).not.toContain('CANARY')
  })

  test.each([
    '../../../../tmp/stolen',
    '..',
    '.hidden',
    '-rf',
    'a/b\\c:d',
    'a\0b',
    '\u202egnp.exe',
  ])('an id as the name of a file: %j', id => {
    const name = safeName(id)
    expect(name).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9_.%-]*$/)
    expect(decodeURIComponent(name)).toBe(id)
  })

  test.each(['=1+1', ' \u00a0@x', 'a\n-2', 'a\r\n+3\n＝4', '\tx', '\rx'])('a formula in a spreadsheet: %j', text => {
    for (const line of disarm(text).split(/[\r\n]+/)) expect(line.trim()).not.toMatch(/^[=＝+\-@]/)
    expect(csvCell(text)).not.toMatch(/^"?[\s\u00a0]*[=+\-@]/)
  })
})

describe('text messages', () => {
  test.each([
    'Dear evil . com, pay',
    'evil[.]com',
    'evil\u200B.com',
    'evil。com',
    'https://x',
    't.me/evil',
  ])('a value that is a link: %j', text => expect(linkIn(text, new Set(['nord.example']))).toBeDefined())

  test.each([
    ['\u202e05,284 1\u202c', '05,284 1'],
    ['zero\u200bwidth\ufeff\u2060', 'zerowidth'],
    ['a\u0000b\u001b[31m', 'ab[31m'],
  ])('what turns or hides text: %j', (text, shown) => {
    expect(plain(text)).toBe(shown)
  })
})
