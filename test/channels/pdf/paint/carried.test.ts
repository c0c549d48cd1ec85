/** What a document carries besides its pages: attachments, bookmarks, places, metadata; read back by programs that are not ours. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pdf } from '../../../../src/channels/pdf/index.ts'
import type { Brand } from '../../../../src/model/index.ts'
import { brand as house } from '../brand.ts'
import { faults, renderPdf, value } from '../render.ts'
import { unpacked } from '../unpacked.ts'

const terms = new TextEncoder().encode('%PDF-1.7 terms and conditions')
const brand: Brand = {
  ...house,
  files: {
    terms: { file: 'terms.pdf', bytes: terms, mediaType: 'application/pdf' },
    prices: { file: 'prices.csv', bytes: new TextEncoder().encode('a,b\n'), mediaType: 'text/csv' },
  },
}
const text = unpacked
const folder = mkdtempSync(join(tmpdir(), 'platen-carried-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const has = (program: string) => spawnSync(program, ['-v']).error === undefined

function run(program: string, args: readonly string[], bytes: Uint8Array): string {
  const file = join(folder, 'a.pdf')
  writeFileSync(file, bytes)
  return spawnSync(
    program,
    args.map(arg => (arg === '@' ? file : arg)),
    { encoding: 'utf8', cwd: folder },
  ).stdout
}

const document = (attributes: string, inner: string) => `<document title="A &amp; B" ${attributes}>${inner}</document>`
const contract = document(
  '',
  `<attachment src="brand:prices" name="Ціни.csv"/>
   <attachment src="brand:terms" name="Terms.pdf" description="Terms (2026)" relationship="Supplement"/><page><p>a</p></page>`,
)

describe('attachments', () => {
  it('are written as PDF/A-3 has them', async () => {
    const { bytes } = await renderPdf(contract, brand)
    const raw = text(bytes)
    expect(raw).toContain('/Subtype /application#2Fpdf')
    expect(raw).toContain(
      `/Size ${terms.length}\n/ModDate (D:20260309000000Z)\n/CheckSum <${createHash('md5').update(terms).digest('hex')}>`,
    )
    expect(raw).toMatch(
      /\/Type \/Filespec\n\/F \(Terms\.pdf\)\n\/UF \(Terms\.pdf\)\n\/Desc \(Terms \\\(2026\\\)\)\n\/AFRelationship \/Supplement\n\/EF <<\n\/F (\d+ 0 R)\n\/UF \1/,
    )
    expect(raw).toContain('/F (____.csv)')
    expect(raw).toMatch(/\/AF \[\d+ 0 R \d+ 0 R\]/)
    // ASCII goes before UTF-16 with its mark.
    expect(raw).toMatch(/\/EmbeddedFiles <<\n\/Names \[\(Terms\.pdf\) \d+ 0 R \(þÿ/)
    expect(Buffer.compare((await renderPdf(contract, { ...brand })).bytes, bytes)).toBe(0)
  })

  it.skipIf(!has('pdfdetach'))('are found by readers, byte for byte', async () => {
    const { bytes } = await renderPdf(contract, brand)
    expect(run('pdfdetach', ['-list', '@'], bytes)).toMatch(/^2 embedded files\n1: Terms\.pdf\n2: Ціни\.csv/)
    run('pdfdetach', ['-save', '1', '-o', join(folder, 'out'), '@'], bytes)
    expect(readFileSync(join(folder, 'out')).equals(Buffer.from(terms))).toBe(true)
  })
})

describe("the template's own attachment", () => {
  const markup = document(
    '',
    '<attachment src="template:attachment.xml" name="invoice.xml" relationship="Alternative"/><page><p>a</p></page>',
  )
  const page = { file: 'templates/a/pdf.hbs', text: markup }
  const own = { file: 'templates/a/attachment.xml.hbs', text: '<Invoice>{{number}}</Invoice>' }
  const prepare = (sources: Parameters<typeof pdf.prepare>[0]['sources']) =>
    pdf.prepare({ sources, settings: {}, brand })
  const render = async (merged: string) => {
    const prepared = value(await prepare({ 'pdf.hbs': page, 'attachment.xml.hbs': own }))
    expect(prepared.texts['attachment.xml.hbs']).toEqual({ ...own, escape: 'markup' })
    const channel = await pdf.open(prepared, { brand, settings: {} })
    const communication = { id: '1', locale: 'en-GB', recipient: {}, data: {} }
    const texts = { 'pdf.hbs': markup, 'attachment.xml.hbs': merged }
    return channel.render({ communication, date: '2026-03-09', texts, enclosed: {} })
  }

  it('is merged for each document and attached', async () => {
    const xml = '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice>Рахунок 417</Invoice>\n'
    const { bytes } = value(await render(`\n${xml}`))
    expect(text(bytes)).toContain('/Subtype /application#2Fxml')
    expect(text(bytes)).toContain(`/Size ${Buffer.byteLength(xml)}`)
    expect(text(value(await render('<Invoice/>')).bytes)).not.toContain(`/Size ${Buffer.byteLength(xml)}`)
  })

  it('has to be well-formed', async () => {
    expect(faults(await render('<Invoice>&nbsp;'))).toEqual([
      { code: 'pdf.markup', message: 'the attachment is not well-formed: unknown entity', place: { file: own.file } },
    ])
  })

  it('is there and attached, or neither', async () => {
    expect(faults(await prepare({ 'pdf.hbs': page }))).toEqual([
      {
        code: 'pdf.value',
        message: 'template:attachment.xml is attached, and the template has no attachment.xml.hbs',
        place: { file: page.file },
        hint: 'write attachment.xml.hbs beside pdf.hbs',
      },
    ])
    const plain = { ...page, text: '<document title="a"><page/></document>' }
    expect(faults(await prepare({ 'pdf.hbs': plain, 'attachment.xml.hbs': own }))).toMatchObject([
      { code: 'pdf.element', message: 'attachment.xml.hbs is attached nowhere', place: { file: own.file } },
    ])
  })
})

describe('bookmarks and places', () => {
  const long = document(
    'bookmarks="headings"',
    '<page size="100mm 100mm" margin="10mm"><h1>Рахунок (1)</h1><h2 id="b.2">Two</h2><h2>Three</h2><h1 id="a" break-before="page">Four</h1><p><a href="#b.2">up</a></p></page>',
  )

  it('are a tree that counts what is open, and names that lead to heights', async () => {
    const raw = text((await renderPdf(long)).bytes)
    expect(raw).toContain('/PageMode /UseOutlines')
    expect(raw).toMatch(/\/Type \/Outlines\n\/First \d+ 0 R\n\/Last \d+ 0 R\n\/Count 4/)
    expect(raw).toMatch(
      /\/Dests <<\n\/Names \[\(a\) \[\d+ 0 R \/XYZ null 255\.118\d* null\] \(b\.2\) \[\d+ 0 R \/XYZ null 234\.118\d* null\]\]/,
    )
    expect(raw).toMatch(/\/S \/GoTo\n\/D \(b\.2\)/)
  })

  it.skipIf(!has('mutool'))('are found by readers', async () => {
    const { bytes } = await renderPdf(long)
    expect(
      run('mutool', ['show', '@', 'outline'], bytes)
        .replaceAll(/\t#.*/g, '')
        .split('\n')
        .map(line => line.trim()),
    ).toEqual(['-\t"Рахунок (1)"', '|\t\t"Two"', '|\t\t"Three"', '|\t"Four"', ''].map(line => line.trim()))
  })
})

describe('metadata', () => {
  const about = document(
    'author="O’Brien &lt;&amp;&gt;" subject="Account &amp; terms" keywords="рахунок, &lt;b&gt;"',
    '<page/>',
  )

  it('says author, subject and keywords, in the dictionary and in XML', async () => {
    const raw = text((await renderPdf(about)).bytes)
    expect(raw).toContain('(Account & terms)')
    expect(raw).toContain('Account &amp; terms')
    expect(raw).not.toContain('<b>')
    expect(raw).toContain(`(${Buffer.from('\uFEFFO’Brien <&>', 'utf16le').swap16().toString('latin1')})`)
    expect(text((await renderPdf(document('', '<page/>'))).bytes)).toContain('(Nord & Sohn)')
  })

  it.skipIf(!has('pdfinfo'))('is found by readers', async () => {
    const told = run('pdfinfo', ['@'], (await renderPdf(about)).bytes)
    expect(told).toMatch(/Title: +A & B\nSubject: +Account & terms\nKeywords: +рахунок, <b>\nAuthor: +O’Brien <&>/)
  })
})
