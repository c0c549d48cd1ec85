import { describe, expect, it } from 'vitest'
import type { TextMark } from '../../../../src/channels/pdf/layout/page.ts'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { faults, lay, page, value } from '../render.ts'

const room = 226.77
const left = 28.35

const texts = (markup: string) =>
  value(lay(markup)).pages[0]!.marks.filter((mark): mark is TextMark => mark.kind === 'text')

/** Each text with where it ends, and where what is before its mark does; from the left edge of the text. */
function ends(contents: string, lang = 'en-GB', mark = '.'): Record<string, { end: number; whole: number }> {
  const markup = `<document title="x" lang="${lang}"><page size="100mm 100mm" margin="10mm">${contents}</page></document>`
  const found: Record<string, { end: number; whole: number }> = {}
  for (const one of texts(markup)) {
    const each = one.sizePt / one.face.unitsPerEm
    let text = ''
    let width = 0
    let whole = 0
    for (const { advances, texts } of one.glyphs) {
      advances.forEach((advance, index) => {
        if (!text.includes(mark) && (texts[index] === mark || /\d/.test(texts[index]!)))
          whole = texts[index] === mark ? width : width + advance * each
        text += texts[index]!
        width += advance * each
      })
    }
    found[textOf(one)] = { end: one.x + width - left, whole: one.x + whole - left }
  }
  return found
}

const column = (cells: readonly string[], columns = '*') =>
  `<table columns="${columns}"><col text-align="decimal"/>${cells.map(cell => `<tr><td>${cell}</td></tr>`).join('')}</table>`

describe('alignment on the decimal mark', () => {
  it('puts digits of one value under each other, and the longest decimals at the edge', () => {
    const found = ends(column(['1,234.5', '0.125', '12', '−7.00', '£1.5']))
    for (const one of Object.values(found)) expect(one.whole).toBeCloseTo(found['0.125']!.whole, 6)
    expect(found['0.125']!.end).toBeCloseTo(room, 1)
  })

  it('takes the mark of the document’s language', () => {
    const found = ends(column(['1.234,50', '1.000', '12,5', '7']), 'de-DE', ',')
    expect(found['1.234,50']!.end).toBeCloseTo(room, 1)
    expect(found['12,5']!.whole).toBeCloseTo(found['1.234,50']!.whole, 6)
    expect(found['1.000']!.end).toBeCloseTo(found['1.234,50']!.whole, 6)
    expect(found['7']!.end).toBeCloseTo(found['1.234,50']!.whole, 6)
  })

  it('lets units stand behind, and text without digits at the right', () => {
    const found = ends(column(['2.5 kg', '12 kg', 'free', '7']))
    expect(found['2.5 kg']!.end).toBeCloseTo(room, 1)
    expect(found['free']!.end).toBeCloseTo(room, 1)
    expect(found['7']!.end).toBeCloseTo(found['2.5 kg']!.whole, 6)
    expect(found['12 kg']!.whole).toBeCloseTo(found['7']!.end, 6)
  })

  it('reaches heads at the right, cells over several columns, and what is carried', () => {
    const table = `<table columns="* 30mm"><col/><col text-align="decimal"/>
      <thead><tr><th>Item</th><th>Amount</th></tr></thead><tr carry="12.50"><td>a</td><td>1.125</td></tr>
      <tfoot><tr on="last"><td colspan="2" text-align="decimal">13.625</td></tr><tr on="last"><td>carry</td><td><carry/></td></tr></tfoot></table>`
    const found = ends(table)
    expect(found['Amount']!.end).toBeCloseTo(room, 1)
    expect(found['13.625']!.whole).toBeCloseTo(found['1.125']!.whole, 6)
    expect(found['12.50']!.whole).toBeCloseTo(found['1.125']!.whole, 6)
  })

  it('never tears a number: what has no room is a fault', () => {
    const told = (cell: string) =>
      faults(lay(page(column([cell], '14mm')))).map(({ code, message }) => `${code}: ${message}`)
    expect(told('999,999,999.99')).toEqual(['pdf.fit: td has 14mm, and a number in it needs 23mm'])
    expect(told('Pos. 999,999,999.99')).toEqual(['pdf.fit: td has 14mm, and a number in it needs 23mm'])
    expect(lay(page(column(['words that have no room there', '9.99'], '14mm'))).ok).toBe(true)
  })

  it('widens columns by content for whole digits of one row and decimals of another', () => {
    const found = ends(column(['123456', '0.123456'], 'auto'))
    expect(found['123456']!.whole).toBeCloseTo(found['0.123456']!.whole, 6)
    expect(found['123456']!.end).toBeLessThan(found['0.123456']!.end - 20)
  })

  it('keeps long text inside its column, and is right elsewhere', () => {
    const long = 'a number, 12.5, and then much more text than the column has room for in a line'
    const found = ends(column([long, '1.25']))
    for (const one of Object.values(found)) expect(one.end).toBeLessThan(room + 0.1)
    expect(found['1.25']!.end).toBeCloseTo(room, 1)
    expect(ends('<p text-align="decimal">12.5</p>')['12.5']!.end).toBeCloseTo(room, 1)
  })
})

describe('col', () => {
  const x = (table: string) =>
    Object.fromEntries(Object.entries(ends(table)).map(([text, { end }]) => [text, Math.round(end)]))

  it('says once what cells of a column have, unless they say it', () => {
    const found = x(
      '<table columns="* *"><col span="2" class="number"/><tr><td>a</td><td>bbbb</td></tr><tr><td text-align="left">cc</td><td>d</td></tr></table>',
    )
    expect(found['bbbb']).toBe(227)
    expect(found['d']).toBe(227)
    expect(found['a']).toBe(113)
    expect(found['cc']).toBeLessThan(20)
  })

  it('gives widths, and wins over the row', () => {
    const markup = `<document title="x"><page size="100mm 100mm" margin="10mm"><table><col width="20mm" color="accent"/><col width="*"/><tr color="muted"><td>a</td><td>b</td></tr></table></page></document>`
    const marks = texts(markup)
    expect(marks.map(mark => [textOf(mark), Math.round(mark.x), mark.color])).toEqual([
      ['a', 28, '#0B6E4F'],
      ['b', 85, '#525B66'],
    ])
  })
})
