import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Lexer, Name, Ref } from '../../../../src/channels/pdf/read/lexer.ts'
import { readPdf } from '../../../../src/channels/pdf/read/read.ts'
import { page, renderPdf } from '../render.ts'

const read = async (contents: string) => readPdf((await renderPdf(page(contents))).bytes)

/** A PDF written by hand: one page, a font whose codes are the characters themselves, half an em wide. */
function byHand(content: string, widths = '[1 [600] 3 4 700]', more = ''): Uint8Array {
  const unicode =
    '1 beginbfrange <0020> <007e> <0020> endbfrange 1 beginbfrange <0001> <0002> [<00660069> <20b4>] endbfrange'
  const stream = (dict: string, text: string) => `<< ${dict} /Length ${text.length} >>\nstream\n${text}\nendstream`
  const packed = deflateSync(Buffer.from(content, 'latin1')).toString('latin1')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /A 5 0 R >> >> >>',
    stream('/Filter /FlateDecode', packed),
    '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
    `<< /Type /Font ${more} /Subtype /CIDFontType2 /DW 500 /W ${widths} >>`,
    stream('', unicode),
    '[900 901]',
  ]
  let file = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const start = file.length
  file += `xref\n0 9\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

const wide = (text: string) => `<${[...text].map(one => one.charCodeAt(0).toString(16).padStart(4, '0')).join('')}>`

describe('reading', () => {
  it('gives back lines and pages, in every script, ligatures and no-break spaces included', async () => {
    expect(
      await read(
        '<p>Їжак office №\u00A05 — 1\u202F482,50\u00A0₴</p><p>O’Brien &amp; Sons Ko\u030Clar</p><p break-before="page">Żółć</p>',
      ),
    ).toBe('Їжак office №\u00A05 — 1\u202F482,50\u00A0₴\nO’Brien & Sons Ko\u030Clar\fŻółć')
  })

  it('leaves raised and spaced letters in their words', async () => {
    expect(
      await read(
        '<p>12 m<sup>2</sup>, x<sub>ж</sub>y<sup>ж</sup>z <span letter-spacing="3pt">spaced out</span></p><p>next</p>',
      ),
    ).toBe('12 m2, xжyжz spaced out\nnext')
  })

  it('parts cells of a row by a tab, and reads columns one after the other', async () => {
    expect(await read('<table columns="* 20mm"><tr><td>a b</td><td text-align="right">1,00</td></tr></table>')).toBe(
      'a b\t1,00',
    )
    expect(await read('<columns><column>a<br/>b</column><column>c<br/>d</column></columns>')).toBe('a\nb\nc\nd')
  })

  it('understands operators that paint does not use', () => {
    const content = `q 2 0 0 2 10 10 cm BT /A 10 Tf 12 TL 1 0 0 1 0 100 Tm ${wide('one')} Tj T* ${wide('two')} Tj
      ${wide('three')} ' 0 -20 Td [${wide('fo')} -100 ${wide('ur')} -2000 ${wide('five')}] TJ
      0 -20 TD 3 Ts <0001> Tj 0 Ts 110 Tz 1 Tc 2 Tw <0002> Tj ET Q BT /A 8 Tf (\\000a\\000\\(b\\)\\\\) Tj ET % the end`
    expect(readPdf(byHand(content))).toBe('one\ntwo\nthree\nfour\tfive\nfi₴\na(')
  })

  it('takes widths in any shape', () => {
    // Only where `a` and `b` are as wide as it says, what comes behind them is a cell of its own, or not.
    const content = `BT /A 10 Tf ${wide('a')} Tj 9 0 Td ${wide('b')} Tj 9.5 0 Td ${wide('c')} Tj ET`
    const shown = (widths: string, more?: string) => readPdf(byHand(content, widths, more))
    expect(shown('[]')).toBe('a b c')
    for (const widths of ['[97 [900 901]]', '[97 97 900 98[901]]', '[97 8 0 R]', '8 0 R', '[97 [900 901] % ] [\n]'])
      expect(shown(widths)).toBe(widths === '8 0 R' ? 'a b c' : 'abc')
    expect(shown('[97 [900 901] (no width)]')).toBe('abc')
    expect(shown('[97 [900 901]]', `/Long (${'x'.repeat(5_000)}) /List [[(])] [[1]]]`)).toBe('abc')
  })

  it('takes pages of any length, and nothing of one into another', () => {
    const line = `BT /A 9 Tf 1 0 0 1 0 0 Tm ${wide('abcdefghij'.repeat(4))} Tj ET\n`
    expect(readPdf(byHand(line.repeat(3_000)))).toBe(Array(3_000).fill('abcdefghij'.repeat(4)).join('\n'))
    expect(readPdf(byHand(`BT /A 9 Tf ${wide('k')} Tj ET`))).toBe('k')
    expect(readPdf(byHand(''))).toBe('')
  })

  it('refuses what is no PDF', () => {
    expect(() => readPdf(new TextEncoder().encode('<html>'))).toThrow('not a PDF')
  })

  it('refuses an object stream that does not say where its objects begin', async () => {
    const { bytes } = await renderPdf(page('<p>Total 1 482,50</p>'))
    const damaged = Buffer.from(bytes)
      .toString('latin1')
      .replace(/(\/First )\d\d/, '$1xx')
    expect(() => readPdf(Buffer.from(damaged, 'latin1'))).toThrow('stands nowhere in its object stream')
  })

  it('notices a digit that was changed in the finished bytes', async () => {
    const before = await renderPdf(page('<p>Total 1 482,50</p>'))
    const after = await renderPdf(page('<p>Total 1 483,50</p>'))
    expect(readPdf(before.bytes)).not.toBe(readPdf(after.bytes))
  })
})

describe('the syntax', () => {
  it('has names, strings, numbers, lists, references and comments', () => {
    const lexer = new Lexer('/A#20b (a\\(\\)\\n\\101(x)) <41 4> [1 -2.5 .5 true null 3 0 R] % no\n<< /K /V >>')
    expect(lexer.next()).toEqual(new Name('A b'))
    expect(lexer.next()).toBe('a()\nA(x)')
    expect(lexer.next()).toBe('A@')
    expect(lexer.next()).toEqual([1, -2.5, 0.5, true, null, new Ref(3)])
    expect(lexer.next()).toEqual(new Map([['K', new Name('V')]]))
    expect(lexer.next()).toBeUndefined()
  })
})
