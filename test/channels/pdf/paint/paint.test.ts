import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import { layOut } from '../../../../src/channels/pdf/layout/layout.ts'
import { readMarkup } from '../../../../src/channels/pdf/markup/markup.ts'
import { paint } from '../../../../src/channels/pdf/paint/paint.ts'
import { openPictures } from '../../../../src/channels/pdf/paint/pictures.ts'
import { readPdf } from '../../../../src/channels/pdf/read/read.ts'
import { brand } from '../brand.ts'
import { page, value } from '../render.ts'
import { unpacked } from '../unpacked.ts'

const fonts = value(openFonts(brand))

function painted(markup: string, withFonts = fonts): Uint8Array {
  const tree = value(readMarkup(markup, 'pdf.hbs', brand))
  const layout = value(layOut(tree, { brand, fonts: withFonts, locale: 'uk-UA', file: 'pdf.hbs' }))
  return paint(layout, { brand, pictures: openPictures(brand, {}), date: '2026-03-09' })
}

const text = unpacked

/** The content stream of the first page. */
function content(bytes: Uint8Array): string {
  const raw = text(bytes)
  for (const { index, 0: head } of raw.matchAll(/stream\n/g)) {
    try {
      const stream = inflateSync(bytes.subarray(index + head.length)).toString('latin1')
      if (stream.includes(' Tf ')) return stream
    } catch {
      // Not every stream is packed; those are no content.
    }
  }
  return ''
}

describe('painted bytes', () => {
  it('are the same for the same pages, whatever the worker painted before', () => {
    const one = page('<p>Рахунок № 417 é\u00A0fi</p><image src="brand:logo" height="9pt" alt=""/>')
    const first = painted(one)
    painted(page('<p>something else: ABC é e ffi \u00A0 №</p>'))
    expect(Buffer.compare(painted(one), first)).toBe(0)
    expect(Buffer.compare(painted(one, value(openFonts(brand))), first)).toBe(0)
    expect(text(first)).toContain('(D:20260309000000Z)')
  })

  it('have an id of their own, also under the same title', () => {
    const id = (markup: string) => /\/ID \[<([0-9a-f]+)>/.exec(text(painted(markup)))?.[1]
    expect(id(page('<p>a</p>'))).toHaveLength(32)
    expect(id(page('<p>a</p>'))).not.toBe(id(page('<p>b</p>')))
  })

  it('embed subsets only, and no font that they do not show', () => {
    const bytes = text(painted(page('<p>plain <b>bold</b></p>')))
    expect(bytes.match(/\/BaseFont \/[A-Z]{6}\+SourceSans3-(Regular|SemiBold)/g)?.length).toBe(4)
    expect(bytes).not.toContain('Helvetica')
    expect(bytes.length).toBeLessThan(16_000)
  })

  it('say once which characters codes stand for, where no font has codes of its own', () => {
    const maps = (markup: string) => text(painted(page(markup))).match(/\/ToUnicode \d+ 0 R/g)
    const [plain, bold] = maps('<p>plain <b>bold</b></p>')!
    expect(plain).toBe(bold)
    const own = new Set(maps('<p>plain <b>ﬁ</b></p>'))
    expect(own.size).toBe(2)
  })

  it('write shaped glyphs with their kerning, by codes that are the same in every document', () => {
    expect(content(painted(page('<p>Тариф</p>')))).toMatch(
      /BT \/F1 10\.5 Tf 28\.346 [\d.]+ Td\[\([^)]+\)-?[\d.]+\([^)]+\).*\]TJ ET/s,
    )
  })

  it('set spacing and rise once, and take them back', () => {
    const stream = content(painted(page('<p>a<span letter-spacing="2pt">bc</span>d<sup>ж</sup>e</p>')))
    expect(stream.match(/[\d.-]+ T[cs]/g)).toEqual(['2 Tc', '0 Tc', '3.57 Ts', '0 Ts'])
    // The space is the viewer's, not one number for each letter.
    expect(stream).toMatch(/2 Tc [^\n]*\[\(.{4}\)\]TJ/s)
  })

  it('name title, language and maker, with what XML would trip over', () => {
    const bytes = text(painted('<document title="A &amp; B &lt;1&gt;" lang="de-DE"><page/></document>'))
    expect(bytes).toContain('(A & B <1>)')
    expect(bytes).toContain('A &amp; B &lt;1&gt;')
    expect(bytes).toContain('/Lang (de-DE)')
    expect(bytes).toContain('/DisplayDocTitle true')
    expect(bytes).toContain('(Nord & Sohn)')
  })

  it('carry links as ASCII, printable', () => {
    const bytes = text(painted(page('<p><a href="https://nord.example/рахунок?a=(1)">pay</a></p>')))
    expect(bytes).toContain('/URI (https://nord.example/%D1%80%D0%B0%D1%85%D1%83%D0%BD%D0%BE%D0%BA?a=\\(1\\))')
    expect(bytes).toMatch(/\/F 4\n/)
  })

  it('hold an image once, however often it is shown', () => {
    const image = '<image src="brand:logo" height="9pt" alt=""/>'
    expect(
      text(painted(page(`${image}${image}<p break-before="page">a</p>${image}`))).match(/\/Subtype \/Image/g),
    ).toHaveLength(1)
  })

  it('give raised and moved marks their places', () => {
    const bytes = painted(page('<p font-family="text">A\u030B\u0323</p>'))
    expect(readPdf(bytes)).toBe('A\u030B\u0323')
  })
})

describe('what is leaned on inside pdfkit and fontkit', () => {
  it('is that of the pinned version', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../../../node_modules/pdfkit/package.json', import.meta.url), 'utf8'),
    )
    const house = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
    expect(house.dependencies.pdfkit).toBe(version)
    expect(house.dependencies.fontkit).toMatch(/^\d+\.\d+\.\d+$/)
  })
})
