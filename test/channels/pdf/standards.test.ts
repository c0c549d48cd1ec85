/** PDF/A-3 and PDF/UA-1: what is promised is kept, as far as it can be told here, by programs that are not ours. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAs } from '../../../src/channels/pdf/fonts/face.ts'
import { pdf } from '../../../src/channels/pdf/index.ts'
import { watch } from '../../../src/channels/pdf/layout/conform.ts'
import { metadata } from '../../../src/channels/pdf/paint/metadata.ts'
import { readPdf } from '../../../src/channels/pdf/read/read.ts'
import type { Standard } from '../../../src/channels/pdf/standards.ts'
import type { Brand, Data, Result } from '../../../src/model/index.ts'
import { brand as ours } from './brand.ts'
import { lay, page, value } from './render.ts'
import { brokenRules, hasQpdf } from './structure.ts'
import { unpacked } from './unpacked.ts'

const folder = mkdtempSync(join(tmpdir(), 'platen-standards-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function rendered(
  markup: string,
  settings: Data,
  data: Data = {},
  brand: Brand = ours,
): Promise<Result<Uint8Array>> {
  const sources = { 'pdf.hbs': { file: 'templates/test/pdf.hbs', text: page('<p>test</p>') } }
  const channel = await pdf.open(value(await pdf.prepare({ sources, settings, brand })), { brand, settings })
  const communication = { id: '1', locale: 'en-GB', recipient: {}, data }
  const made = await channel.render({ communication, date: '2026-03-09', texts: { 'pdf.hbs': markup }, enclosed: {} })
  return made.ok ? { ok: true, value: made.value.bytes } : made
}

const both = { conformance: ['pdf/a-3a', 'pdf/ua-1'] }

/** All kinds of elements, over several pages. */
const rich = `<document title="A &amp; B &lt;1&gt; № 7" lang="uk-UA">
  <page size="100mm 100mm" margin="14mm 10mm">
    <header on="first" top="4mm"><image src="brand:logo" height="6mm" alt="Nord &amp; Sohn"/></header>
    <header on="not-first" top="4mm"><p>Again and again</p></header>
    <footer bottom="4mm"><p><a href="https://nord.example/x">nord.example</a> <page-number/> / <page-count/></p></footer>
    <h1>Heading</h1>
    loose text <b>bold</b> and <a href="https://nord.example/417">a link that goes on over the end of its line</a>
    <h2>Second</h2>
    <ul><li>one</li><li><p>two</p><ol><li>inner</li></ol></li></ul>
    <columns><column>left</column><column><p>right</p></column></columns>
    <box border="1pt ink" background="muted"><p>boxed</p></box>
    <image src="brand:logo" height="6mm" alt=""/>
    <rule/>
    <table columns="* 20mm 20mm">
      <thead>
        <tr border-bottom="1pt ink"><th>Item</th><th>Qty</th><th>Amount</th></tr>
        <tr on="not-first"><td colspan="2">Brought forward</td><td><carry/></td></tr>
      </thead>
      <tbody>
        ${Array.from({ length: 30 }, (_, at) => `<tr carry="${at}.00"><td>row ${at}</td><td></td><td>${at}.00</td></tr>`).join('')}
        <tr><th rowspan="2" scope="row">two</th><td rowspan="2" colspan="2">rows</td></tr><tr/>
        <tr break-inside="auto"><th rowspan="3" scope="row">${'many words in a cell over rows '.repeat(40)}</th><td>a</td><td/></tr>
        <tr break-inside="auto"><td colspan="2">${'many words beside it '.repeat(20)}</td></tr><tr><td>b</td><td/></tr>
        <tr break-inside="auto"><th scope="row">tall</th><td colspan="2">${'many words that go on over the page '.repeat(60)}</td></tr>
      </tbody>
      <tfoot>
        <tr on="not-last"><td colspan="2">Carried forward</td><td><carry/></td></tr>
        <tr on="last"><td></td><td colspan="2">Total</td></tr>
      </tfoot>
    </table>
  </page>
</document>`

describe.skipIf(!hasQpdf)('the structure, walked by another program', () => {
  it('holds for a document with everything in it', async () => {
    const bytes = value(await rendered(rich, both))
    expect(brokenRules(bytes)).toEqual([])
    expect(unpacked(bytes)).toMatch(/\/A<<\/O\/Table\/ColSpan 2\/RowSpan 2>>/)
    expect(unpacked(bytes)).toMatch(/\/A<<\/O\/Table\/Scope\/Row\/RowSpan 3>>/)
  })

  it('holds for a table whose rows are set more than once', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => `<tr><td>${at}</td><td>b</td></tr>`).join('')
    const bytes = value(await rendered(page(`<h1>Long</h1><table columns="* *">${rows}</table>`), both))
    expect(brokenRules(bytes)).toEqual([])
    expect(unpacked(bytes).match(/\/S\/TD/g)).toHaveLength(1200)
  })

  it('holds for rows that a cell ties over many pages, after which other rows were written', async () => {
    const tied = Array.from({ length: 149 }, (_, at) => `<tr><td>${at}</td></tr>`).join('')
    const rows = `<tr><td rowspan="150">short</td><td>first</td></tr>${tied}${'<tr><td>a</td><td>b</td></tr>'.repeat(60)}`
    const bytes = value(await rendered(page(`<h1>Tied</h1><table columns="* *">${rows}</table>`), both))
    expect(brokenRules(bytes)).toEqual([])
    expect(unpacked(bytes).match(/\/S\/TR/g)).toHaveLength(210)
  })

  const outlines = '/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf'
  it.runIf(existsSync(outlines))('holds for a font with PostScript outlines', async () => {
    const text = { regular: { file: 'assets/NimbusSans-Regular.otf', bytes: readFileSync(outlines) }, fallback: [] }
    const bytes = value(
      await rendered(page('<h1>Äpfel</h1><p>fi 12,50 € e\u0301</p>'), both, {}, { ...ours, fonts: { text } }),
    )
    expect(brokenRules(bytes)).toEqual([])
    expect(unpacked(bytes)).toContain('/FontFile3')
    expect(readPdf(bytes)).toBe('Äpfel\nfi 12,50 € é')
  })

  it('notices glyphs that stand for no character', async () => {
    const bytes = value(await rendered(page('<h1>राम</h1><p>हिन्दी</p>'), { conformance: ['pdf/a-3b'] }))
    expect(brokenRules(bytes)).toEqual([expect.stringMatching(/^a glyph of \/F\d stands for no character$/)])
  })

  it('is not there without tags, which the walk notices', async () => {
    const bytes = value(await rendered(rich, { tagged: false }))
    expect(brokenRules(bytes)).toContain('the catalog does not say that it is marked')
  })
})

describe('what cannot be kept is a fault', () => {
  const said = (markup: string, asked: readonly Standard[] = ['pdf/ua-1']) => {
    const { layout, broken } = watch(value(lay(markup)), asked, 'pdf.hbs')
    expect([...layout.pages]).toHaveLength(layout.pages.length)
    return broken().map(({ message, hint }) => `${message} -- ${hint}`)
  }

  it('headings that skip a level', () => {
    const hint = 'headings begin with h1, and go down one level at a time'
    expect(said(page('<h1>a</h1><h2>b</h2><h1>c</h1><h2>d</h2>'))).toEqual([])
    expect(said(page('<h2>a</h2>'))).toEqual([`pdf/ua-1: h2 follows no heading -- ${hint}`])
    expect(said(page('<h1>a</h1><h3>b</h3>'))).toEqual([`pdf/ua-1: h3 follows h1 -- ${hint}`])
  })

  it('tables with holes', () => {
    const table = (rows: string) => page(`<table columns="* * *">${rows}</table>`)
    expect(said(table('<tr><td colspan="2">a</td><td/></tr><tr><td/><td/><td/></tr>'))).toEqual([])
    expect(said(table('<tr><td rowspan="2">a</td><td colspan="2"/></tr><tr><td/><td/></tr>'))).toEqual([])
    expect(said(table('<tr><td rowspan="2">a</td><td rowspan="2"/></tr><tr/>'))).toEqual([])
    expect(said(table('<tr><td rowspan="2">a</td><td colspan="2"/></tr><tr><td/></tr>'))).toEqual([
      'pdf/ua-1: a table has rows of 3 and of 2 columns -- give every row cells, or colspan, for all columns of its table',
    ])
    expect(said(table('<tr><td>a</td><td/></tr><tr><td/><td/><td/></tr>'))).toEqual([
      'pdf/ua-1: a table has rows of 2 and of 3 columns -- give every row cells, or colspan, for all columns of its table',
    ])
  })

  it('letters that are drawn with glyphs that stand for no character, but for those who do not ask for more', () => {
    const hindi = page('<p>राम कुमार हिन्दी</p>')
    const hint = 'documents in this script can be made without this conformance'
    const told = 'letters that join, as after U+0939, are drawn with glyphs that stand for no character'
    expect(said(hindi)).toEqual([`pdf/ua-1: ${told} -- ${hint}`])
    expect(said(hindi, ['pdf/a-3u'])).toEqual([`pdf/a-3u: ${told} -- ${hint}`])
    expect(said(hindi, ['pdf/a-3b'])).toEqual([])
    expect(said(page('<p>Äö́ fi ﬁ Їй́ ½ №</p>'), ['pdf/a-3a', 'pdf/ua-1'])).toEqual([])
  })

  it('private characters, which say nothing to an archive', () => {
    const glyphs = value(lay(page('<p>a</p>')))
    const [mark] = glyphs.pages[0]!.marks
    if (mark?.kind !== 'text') throw new Error('no text')
    const own = { ...mark, glyphs: mark.glyphs.map(one => readAs(one, '\uE000')) }
    const layout = { ...glyphs, pages: [{ ...glyphs.pages[0]!, marks: [own] }] }
    const asked = (standard: Standard) => {
      const watched = watch(layout, [standard], 'pdf.hbs')
      expect([...watched.layout.pages]).toHaveLength(1)
      return watched.broken().map(({ message }) => message)
    }
    expect(asked('pdf/a-3a')).toEqual(['pdf/a-3a: U+E000 is a private character, which says nothing to others'])
    expect(asked('pdf/a-3u')).toEqual([])
  })

  it('a title without a word', async () => {
    const untitled = page('<p>x</p>').replace('title="Test"', 'title=" "')
    expect(said(untitled)).toEqual([
      'pdf/ua-1: the document has no title -- give the document a title that says something',
    ])
    const made = await rendered(untitled, both)
    expect(made.ok ? [] : made.faults.map(({ code }) => code)).toEqual(['pdf.conformance'])
    expect((await rendered(untitled, {})).ok).toBe(true)
  })
})

describe('metadata', () => {
  const xmp = metadata(
    { title: '<&> "x" \u0001\uD800 ]]>', author: 'A & B', subject: 's', keywords: 'k', made: '2026-03-09T00:00:00Z' },
    ['pdf/a-3u', 'pdf/ua-1'],
  )

  it('names part and conformance of the standards, and describes what PDF/A does not know', () => {
    expect(xmp).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>')
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(xmp).toContain('<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>')
  })

  it('is well-formed whatever the title holds', () => {
    const ran = spawnSync('xmllint', ['--noout', '-'], { input: xmp, encoding: 'utf8' })
    if (ran.error === undefined) expect(ran.stderr).toBe('')
    expect(xmp).toContain('&lt;&amp;&gt; "x" \uFFFD ]]&gt;')
  })

  it('promises nothing that was not asked for', async () => {
    const text = async (settings: Data) => unpacked(value(await rendered(rich, settings)))
    for (const promise of [/pdfaid/, /pdfuaid/, /OutputIntent/]) {
      expect(await text(both)).toMatch(promise)
      expect(await text({})).not.toMatch(promise)
    }
  })
})

describe('a password', () => {
  const settings = { password: 'customer.pin' }
  const secret = page('<p>Your balance is £12.40</p>')

  it('opens the file, and nothing else does', async () => {
    const bytes = value(await rendered(secret, settings, { customer: { pin: '4711' } }))
    expect(readPdf(bytes, { password: '4711' })).toBe('Your balance is £12.40')
    expect(() => readPdf(bytes)).toThrow('the PDF is encrypted')
    expect(() => readPdf(bytes, { password: '4712' })).toThrow('does not open')
    if (!hasQpdf) return
    const path = join(folder, 'secret.pdf')
    writeFileSync(path, bytes)
    const open = (...args: readonly string[]) =>
      spawnSync('qpdf', [...args, '--object-streams=disable', path, join(folder, 'open.pdf')])
    expect(open('--decrypt').status).toBe(2)
    expect(open('--decrypt', '--password=4712').status).toBe(2)
    expect(open('--decrypt', '--password=4711').status).toBe(0)
    expect(readPdf(readFileSync(join(folder, 'open.pdf')))).toBe('Your balance is £12.40')
  })

  it.each([
    '№ 417',
    '½',
    'a\u00A0b',
    'e\u0301',
    'ﬁn\u00ADe',
    'pässwörd',
    'ключ',
  ])('reads back what %s closed', async pin => {
    const communication = { id: '1', locale: 'en-GB', recipient: {}, data: { customer: { pin } } }
    const bytes = value(await rendered(secret, settings, communication.data))
    const sources = { 'pdf.hbs': { file: 'templates/test/pdf.hbs', text: secret } }
    const prepared = value(await pdf.prepare({ sources, settings, brand: ours }))
    const channel = await pdf.open(prepared, { brand: ours, settings })
    expect(await channel.read(bytes, { communication })).toBe('Your balance is £12.40')
    if (!hasQpdf) return
    const path = join(folder, 'typed.pdf')
    writeFileSync(path, bytes)
    // As a viewer would prepare what is typed.
    const typed = pin.replace('\u00A0', ' ').replace('\u00AD', '').normalize('NFKC')
    expect(spawnSync('qpdf', ['--requires-password', `--password=${typed}`, path]).status).toBe(3)
  })

  it('that is not there is a fault, not an open file', async () => {
    for (const data of [{}, { customer: { pin: '' } }, { customer: { pin: null } }]) {
      const made = await rendered(secret, settings, data)
      expect(made.ok ? [] : made.faults).toMatchObject([
        { code: 'pdf.password', message: 'the file is to be encrypted, and customer.pin is empty' },
      ])
    }
  })

  it('that nobody can type is a fault that does not quote it', async () => {
    for (const pin of ['ab\u0007', 'abc\u05d0', '\u00ad', '\u{1fae8}1']) {
      const made = await rendered(secret, settings, { customer: { pin } })
      const message = 'the file is to be encrypted, and customer.pin has characters that no password can have'
      expect(made.ok ? [] : made.faults).toMatchObject([{ code: 'pdf.password', message }])
    }
  })

  it('lets screen readers in, and lets nobody lift what it allows', async () => {
    if (!hasQpdf) return
    const path = join(folder, 'secret.pdf')
    writeFileSync(path, value(await rendered(secret, settings, { customer: { pin: '4711' } })))
    const shown = spawnSync('qpdf', ['--show-encryption', '--password=4711', path], { encoding: 'utf8' }).stdout
    expect(shown).toContain('R = 6\nP = -1324\n')
    expect(shown).toContain('extract for accessibility: allowed')
    expect(shown).toContain('Supplied password is user password')
    expect(shown).not.toContain('Supplied password is owner password')
  })
})
