/** Forms of rows: one for rows that are written alike, whatever they say and carry; others for all others. */
import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import { Forms } from '../../../../src/channels/pdf/layout/forms.ts'
import { cellDefaults, openLooks } from '../../../../src/channels/pdf/layout/looks.ts'
import { readMarkup } from '../../../../src/channels/pdf/markup/markup.ts'
import { childrenNamed, type Element } from '../../../../src/channels/pdf/markup/tree.ts'
import { brand } from '../brand.ts'
import { page, value } from '../render.ts'

const looks = openLooks(brand, value(openFonts(brand)))
const type = looks.initial('en')

function rowsOf(...rows: readonly string[]): Element[] {
  const root = value(readMarkup(page(`<table>${rows.join('')}</table>`), 'x', brand))
  const [table] = childrenNamed(childrenNamed(root, 'page')[0]!, 'table')
  return childrenNamed(table!, 'tr')
}

function formsOf(...rows: readonly string[]) {
  const forms = new Forms(looks, [cellDefaults([0, 0, 0, 0])])
  return rowsOf(...rows).map(row => forms.of(row, type))
}

describe('forms of rows', () => {
  it('are one for rows that are written alike', () => {
    const [one, other, carrying] = formsOf(
      '<tr><td>a</td><td color="accent">1</td></tr>',
      '<tr> <td>b <b>c</b></td> <td color="accent"></td> </tr>',
      '<tr carry="7"><td>a</td><td color="accent">1</td></tr>',
    )
    expect(other).toBe(one)
    expect(carrying).toBe(one)
  })

  it('are others where the row, or one of its cells, says something else', () => {
    const all = formsOf(
      '<tr><td>a</td><td>b</td></tr>',
      '<tr color="accent"><td>a</td><td>b</td></tr>',
      '<tr><td>a</td><td color="accent">b</td></tr>',
      '<tr><td>a</td><th>b</th></tr>',
      '<tr><td>a</td></tr>',
      '<tr><td colspan="2">a</td><td>b</td></tr>',
    )
    expect(new Set(all).size).toBe(6)
    // Cells inherit from their row.
    expect(all[1]!.cells[0]!.look.type.color).not.toBe(all[0]!.cells[0]!.look.type.color)
    expect(all[5]!.cells.map(({ column, colspan }) => [column, colspan])).toEqual([
      [0, 2],
      [2, 1],
    ])
  })

  it('are others where what is inherited is', () => {
    const forms = new Forms(looks, [cellDefaults([0, 0, 0, 0])])
    const [row] = rowsOf('<tr><td>a</td></tr>')
    const large = { ...type, sizePt: 20 }
    expect(forms.of(row!, large)).not.toBe(forms.of(row!, type))
    expect(forms.of(row!, large).cells[0]!.look.type.sizePt).toBe(20)
    expect(forms.of(row!, type)).toBe(forms.of(row!, type))
  })

  it('are right when a table has more than are remembered', () => {
    const rows = Array.from({ length: 60 }, (_, at) => `<tr height="${1 + (at % 20)}mm"><td>a</td></tr>`)
    expect(formsOf(...rows).map(({ look }) => Math.round(look.height! / (72 / 25.4)))).toEqual(
      rows.map((_, at) => 1 + (at % 20)),
    )
  })
})
