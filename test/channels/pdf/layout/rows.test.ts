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
import type { Element } from '../../../../src/channels/pdf/markup/tree.ts'
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
        frame: undefined,
        anchors: undefined,
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

  describe('are set twice at most', () => {
    const fonts = value(openFonts(brand))
    const looks = openLooks(brand, fonts)
    const visits = (rows: number, row: string, furniture = '') => {
      let count = 0
      const counting: Looks = {
        ...looks,
        of: (element, ...more) => {
          if (isText(element)) count += 1
          return looks.of(element, ...more)
        },
      }
      const markup = page(`${furniture}<table columns="*">${row.repeat(rows)}</table>`, small)
      const options = { brand, fonts, looks: counting, locale: 'en', file: 'x' }
      const laid = value(layOut(value(readMarkup(markup, 'x', brand)), options))
      const texts = [...laid.pages].map(one => one.marks.flatMap(mark => (mark.kind === 'text' ? [textOf(mark)] : [])))
      expect(texts.flat().filter(text => text === 'a')).toHaveLength(rows)
      return { each: count / rows, pages: texts.length, last: texts.at(-1)!.join('') }
    }
    const small = 'size="60mm 60mm" margin="10mm"'
    const line = '<tr><td><p>a</p></td></tr>'
    const high = '<tr height="30mm"><td><p>a</p></td></tr>'
    /** How its rows and cells look is asked once for a whole table; what stands in a cell each time that it is set. */
    const isText = ({ name, parent }: Element) => name === 'p' && parent?.name === 'td'

    it('whatever the length', () => {
      expect(visits(200, line).each).toBe(1)
      expect(visits(1500, line).each).toBeLessThanOrEqual(2)
    })

    it('wherever their table stands', () => {
      const table = (around: (table: string) => string) => {
        let count = 0
        const counting: Looks = {
          ...looks,
          of: (element, ...more) => {
            if (isText(element)) count += 1
            return looks.of(element, ...more)
          },
        }
        const markup = page(around(`<table columns="*">${line.repeat(1000)}</table>`), small)
        const options = { brand, fonts, looks: counting, locale: 'en', file: 'x' }
        const laid = value(layOut(value(readMarkup(markup, 'x', brand)), options))
        expect([...laid.pages].length).toBeGreaterThan(50)
        return count / 1000
      }
      expect(table(inner => inner)).toBeLessThanOrEqual(2)
      expect(table(inner => `<box border="1pt ink">${inner}</box>`)).toBeLessThanOrEqual(2)
      expect(table(inner => `<columns><column>${inner}</column></columns>`)).toBeLessThan(2.2)
      const inCell = (inner: string) => `<table columns="*"><tr><td class="total">${inner}</td></tr></table>`
      expect(table(inCell)).toBeLessThan(2.2)
    })

    it('where numbers of few pages have room, and those of many would not', () => {
      const footer = '<footer><box width="5mm"><p font-size="10pt"><page-number/></p></box></footer>'
      const { each, pages } = visits(300, line, footer)
      expect(pages).toBeLessThan(100)
      expect(each).toBeLessThanOrEqual(2)
      expect(() => visits(300, high, footer)).toThrow('a letter or number in it needs')
      const numbered = (height: string) =>
        `<tr ${height}><td><p>a</p><box width="5mm"><p font-size="10pt"><page-number/></p></box></td></tr>`
      const inRows = visits(300, numbered(''), '')
      expect(inRows.pages).toBeLessThan(100)
      expect(inRows.each).toBeLessThanOrEqual(2)
      expect(() => visits(300, numbered('height="30mm"'), '')).toThrow('a number in it needs')
    })

    it.each([
      ['in the footer', high, '<footer>{}</footer>'],
      [
        'in a footer that they make higher',
        high,
        '<footer><box width="12mm"><p font-size="10pt">{}</p></box></footer>',
      ],
      ['in the rows', '<tr height="30mm"><td><p>a</p><page-number/>/<page-count/></td></tr>', ''],
    ])('with numbers of many pages %s', (_, row, furniture) => {
      const numbered = furniture.replace('{}', '<page-number/>/<page-count/>')
      // Short tables are begun again at page 100, and keep their rows; long ones go on, and set them again to draw them.
      for (const [rows, most] of [
        [256, 3],
        [257, 2],
      ] as const) {
        const { each, pages, last } = visits(rows, row, numbered)
        expect(each).toBeLessThanOrEqual(most)
        expect(pages).toBe(rows)
        expect(last).toBe(`a${rows}/${rows}`)
      }
    })
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
