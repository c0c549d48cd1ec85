import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import { layOut } from '../../../../src/channels/pdf/layout/layout.ts'
import type { Looks } from '../../../../src/channels/pdf/layout/looks.ts'
import { openLooks } from '../../../../src/channels/pdf/layout/looks.ts'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { RowStrip, Shelf } from '../../../../src/channels/pdf/layout/rows.ts'
import type { Content } from '../../../../src/channels/pdf/layout/strip.ts'
import type { Section } from '../../../../src/channels/pdf/layout/survey.ts'
import { readMarkup } from '../../../../src/channels/pdf/markup/markup.ts'
import { brand } from '../brand.ts'
import { page, value } from '../render.ts'

describe('strips of rows', () => {
  it('are set when they are asked for, and again when others took their room on the shelf', () => {
    const set: number[] = []
    const shelf = new Shelf(2)
    const table = {
      shelf,
      set: ({ from }: { from: number }) => {
        set.push(from)
        return { content: { kind: 'gap' } satisfies Content, height: from * 10 }
      },
    }
    const section = { part: 'body', rows: [], counts: [] } as unknown as Section
    const rows = [1, 2, 3].map(from => {
      const place = {
        space: 0,
        keep: false,
        force: false,
        row: { table: { head: [], foot: [] }, part: 'body' as const },
      }
      return new RowStrip(place, table, { section, from, count: 0 })
    })
    expect(set).toEqual([])
    expect(rows.map(row => row.height)).toEqual([10, 20, 30])
    expect(set).toEqual([1, 2, 3])
    // The third took the room of the first, whose height is known all the same.
    expect(rows.map(row => row.height)).toEqual([10, 20, 30])
    expect(rows[2]!.content).toBe(rows[2]!.content)
    expect(set).toEqual([1, 2, 3])
    expect(rows[0]!.content).toEqual({ kind: 'gap' })
    expect(set).toEqual([1, 2, 3, 1])
  })

  it('are visited three times at most: surveyed, set, and in long tables set once more to be drawn', () => {
    const fonts = value(openFonts(brand))
    const looks = openLooks(brand, fonts)
    const visits = (rows: number) => {
      let count = 0
      const counting: Looks = {
        ...looks,
        of: (element, ...more) => {
          if (element.name === 'td') count += 1
          return looks.of(element, ...more)
        },
      }
      const markup = page(`<table columns="*">${'<tr><td>a</td></tr>'.repeat(rows)}</table>`)
      const options = { brand, fonts, looks: counting, locale: 'en', file: 'x' }
      const laid = value(layOut(value(readMarkup(markup, 'x', brand)), options))
      const shown = [...laid.pages]
        .flatMap(one => one.marks)
        .filter(mark => mark.kind === 'text' && textOf(mark) === 'a')
      expect(shown).toHaveLength(rows)
      return count / rows
    }
    expect(visits(200)).toBe(2)
    expect(visits(1500)).toBeLessThanOrEqual(3)
  })

  it('are the same in every walk over the pages', () => {
    const fonts = value(openFonts(brand))
    const markup = page(`<table columns="*">${'<tr><td>a</td></tr>'.repeat(600)}</table>`)
    const laid = value(layOut(value(readMarkup(markup, 'x', brand)), { brand, fonts, locale: 'en', file: 'x' }))
    const texts = () => [...laid.pages].map(one => one.marks.map(mark => [mark.x, mark.y, mark.kind]))
    expect(texts()).toEqual(texts())
    expect(texts()).toHaveLength(laid.pages.length)
  })
})
