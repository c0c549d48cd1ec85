import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { faults, lay, page, pageLines, value } from '../render.ts'

const pages = (contents: string, attributes?: string) => pageLines(value(lay(page(contents, attributes))))
const rows = (count: number, tag: (index: number) => string = () => '<tr>') =>
  Array.from({ length: count }, (_, index) => `${tag(index)}<td>r${index}</td><td>${index}</td></tr>`).join('')

/** With head and foot as bills have them. */
function bill(count: number): string {
  return `<table columns="* 30mm">
    <thead><tr><th>Item</th><th>No.</th></tr><tr on="not-first"><td>brought</td><td><carry/></td></tr></thead>
    <tbody>${rows(count, index => `<tr carry="${index * 100}">`)}</tbody>
    <tfoot><tr on="not-last"><td>forward</td><td><carry/></td></tr><tr on="last"><td>total</td><td><carry/></td></tr></tfoot>
  </table>`
}

describe('a table over pages', () => {
  it('repeats its head, carries forward what the next page brings, and has the totals at its end', () => {
    expect(pages(bill(30))).toMatchInlineSnapshot(`
      [
        [
          "Item | No.",
          "r0 | 0",
          "r1 | 1",
          "r2 | 2",
          "r3 | 3",
          "r4 | 4",
          "r5 | 5",
          "r6 | 6",
          "r7 | 7",
          "r8 | 8",
          "r9 | 9",
          "r10 | 10",
          "r11 | 11",
          "r12 | 12",
          "r13 | 13",
          "forward | 1300",
        ],
        [
          "Item | No.",
          "brought | 1300",
          "r14 | 14",
          "r15 | 15",
          "r16 | 16",
          "r17 | 17",
          "r18 | 18",
          "r19 | 19",
          "r20 | 20",
          "r21 | 21",
          "r22 | 22",
          "r23 | 23",
          "r24 | 24",
          "r25 | 25",
          "r26 | 26",
          "forward | 2600",
        ],
        [
          "Item | No.",
          "brought | 2600",
          "r27 | 27",
          "r28 | 28",
          "r29 | 29",
          "total | 2900",
        ],
      ]
    `)
  })

  it('never lets the totals stand alone, loses no row, and carries the same on both sides, for any number of rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 20 }), (count, before) => {
        const set = pages(`<p>${'before<br/>'.repeat(before)}</p>${bill(count)}`)
        const body = set.map(lines => lines.filter(line => /^r\d/.test(line)))
        expect(body.flat()).toEqual(Array.from({ length: count }, (_, index) => `r${index} | ${index}`))
        expect(body.at(-1)!.length).toBeGreaterThan(0)
        const forward = set.flatMap(lines =>
          lines.filter(line => line.startsWith('forward')).map(line => line.slice(7)),
        )
        const brought = set.flatMap(lines =>
          lines.filter(line => line.startsWith('brought')).map(line => line.slice(7)),
        )
        expect(brought).toEqual(forward)
        // A row of what is before may take the first page alone; the table's own pages all end in forward but the last.
        expect(forward.length).toBe(body.filter(lines => lines.length > 0).length - 1)
      }),
      { numRuns: 40 },
    )
  })

  it('parts a row that is taller than a page by lines, in all its cells', () => {
    const set = pages(
      `<table columns="* *"><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>${'left<br/>'.repeat(40)}</td><td>right</td></tr></table>`,
    )
    expect(set.length).toBe(3)
    expect(set.flat().filter(line => line === 'left')).toHaveLength(40)
    expect(set.every(lines => lines[0] === 'A | B')).toBe(true)
    expect(set[0]).toContain('right')
  })

  it('keeps a row as high as it is told, on the next page or over pages, also where it may be parted', () => {
    const grounds = (heights: readonly number[]) => {
      const all = heights.map(mm => `<tr height="${mm}mm" break-inside="auto" background="accent"><td>a</td></tr>`)
      const laid = value(lay(page(`<table columns="*">${all.join('')}</table><p>end</p>`))).pages
      return laid.map(({ marks }) =>
        marks.flatMap(mark => (mark.kind === 'rect' ? Math.round(mark.height / 2.8346) : [])),
      )
    }
    expect(grounds([50, 50])).toEqual([[50], [50]])
    expect(grounds([200])).toEqual([[80], [80], [40]])
    expect(grounds([10, 10])).toEqual([[10, 10]])
  })

  it('gives what is carried the room of the widest, not of the one with the most letters', () => {
    const bill = (carries: readonly string[]) => {
      const rows = carries.map(carry => `<tr carry="${carry}"><td>a</td><td/></tr>`).join('')
      const table = `<table columns="* auto">${rows}<tfoot><tr on="last"><td>b</td><td><carry/></td></tr></tfoot></table>`
      const marks = value(lay(page(table))).pages[0]!.marks
      return marks.find(mark => mark.kind === 'text' && textOf(mark) === 'MMMM')!.x
    }
    expect(bill(['11111', 'MMMM'])).toBeCloseTo(bill(['MMMM']), 3)
  })

  it('keeps rows that a cell ties as high as they are told, too', () => {
    const grounds = (...rows: (readonly [mm: number, text: string])[]) => {
      const all = rows.map(([mm, text], at) => {
        const tie = at === 0 ? `<td rowspan="${rows.length}">tie</td>` : ''
        return `<tr height="${mm}mm" background="accent">${tie}<td>${text}</td></tr>`
      })
      const laid = value(lay(page(`<table columns="20mm *">${all.join('')}</table><p>end</p>`))).pages
      const shown = laid.map(({ marks }) => marks.flatMap(mark => (mark.kind === 'text' ? [textOf(mark)] : [])))
      expect(shown.flat().sort()).toEqual(['end', 'tie', ...rows.map(([, text]) => text)].sort())
      return laid.map(({ marks }) =>
        marks.flatMap(mark => (mark.kind === 'rect' ? Math.round(mark.height / 2.8346) : [])),
      )
    }
    expect(grounds([20, 'a'], [20, 'b'])).toEqual([[20, 20]])
    expect(grounds([50, 'a'], [50, 'b'])).toEqual([[50], [50]])
    expect(grounds([200, 'a'], [10, 'b'])).toEqual([[80], [80], [40, 10]])
    expect(grounds([10, 'a'], [200, 'b'])).toEqual([[10, 70], [80], [50]])
    expect(grounds([10, 'a'], [71, 'b'])).toEqual([[10], [71]])
  })

  it('parts rows where they may be parted', () => {
    const row = (attribute: string) => `<tr ${attribute}><td>${'a<br/>'.repeat(10)}</td></tr>`
    expect(pages(`<table columns="*">${row('')}${row('')}</table>`).map(lines => lines.length)).toEqual([10, 10])
    expect(
      pages(`<table columns="*">${row('break-inside="auto"')}${row('break-inside="auto"')}</table>`).map(
        lines => lines.length,
      ),
    ).toEqual([16, 4])
  })

  it('shows rows of head and foot on odd and even pages', () => {
    const table = `<table columns="* *"><thead><tr on="odd"><th>odd</th></tr><tr on="even"><th>even</th></tr></thead>${rows(40)}</table>`
    expect(pages(table).map(lines => lines[0])).toEqual(['odd', 'even', 'odd'])
  })

  it('begins at the next page rather than leave its head alone', () => {
    const [first, second] = pages(`<p>${'before<br/>'.repeat(16)}</p>${bill(3)}`)
    expect(first!.every(line => line === 'before')).toBe(true)
    expect(second![0]).toBe('Item | No.')
  })

  it('is repeated inside columns, too', () => {
    const table = `<table columns="*"><thead><tr><th>H</th></tr></thead>${'<tr><td>r</td></tr>'.repeat(30)}</table>`
    const set = pages(`<columns><column>${table}</column><column>side</column></columns>`)
    expect(set.map(lines => lines[0])).toEqual(['H', 'H'])
    expect(set.flat().filter(line => line === 'r')).toHaveLength(30)
  })

  it('takes time in proportion to its rows', () => {
    const time = (count: number) => {
      const markup = page(
        `<table columns="* 30mm">${'<tr carry="1"><td>the same words</td><td>1.00</td></tr>'.repeat(count)}</table>`,
      )
      const start = process.cpuUsage().user
      value(lay(markup))
      return process.cpuUsage().user - start
    }
    time(4000)
    // Four times the rows, not sixteen times the time; the slack is for collecting garbage.
    expect(time(16_000)).toBeLessThan(9 * time(4000) + 500_000)
  })
})

describe('columns of a table', () => {
  const starts = (table: string) => {
    const { marks } = value(lay(page(table))).pages[0]!
    return marks.flatMap(mark => (mark.kind === 'text' ? [Math.round(mark.x - 28)] : []))
  }

  it('are fixed, shared and by content, with gaps', () => {
    expect(
      starts('<table columns="20mm * 2*" column-gap="2mm"><tr><td>a</td><td>b</td><td>c</td></tr></table>'),
    ).toEqual([0, 63, 121])
    const [, wide] = starts(
      '<table columns="auto *"><tr><td>a</td><td>b</td></tr><tr><td>a wider cell</td><td>b</td></tr></table>',
    )
    expect(wide).toBeGreaterThan(45)
  })

  it('fill the width when they are all by content', () => {
    const [first, second] = starts('<table><tr><td>a</td><td>bbb</td></tr></table>')
    expect(first).toBe(0)
    expect(second).toBeLessThan(100)
  })

  it('are covered by colspan', () => {
    expect(starts('<table columns="20mm 20mm *"><tr><td colspan="2">a</td><td>c</td></tr></table>')).toEqual([0, 114])
  })

  it('must fit', () => {
    expect(faults(lay(page('<table columns="50mm 50mm"><tr><td/><td/></tr></table>')))).toEqual([
      {
        code: 'pdf.fit',
        message: 'the columns need more than the 80mm there are',
        place: { file: 'pdf.hbs', path: 'document/page/table' },
        hint: 'make columns or gaps narrower, or leave one as *',
      },
    ])
    const [fault] = faults(
      lay(page('<table columns="10mm *"><tr><td/><td/></tr><tr><td/><td colspan="2"/></tr></table>')),
    )
    expect(fault).toMatchObject({
      code: 'pdf.fit',
      message: 'a row has 3 columns, its table 2',
      place: { path: 'document/page/table/tr[2]' },
    })
  })

  it('draws lines and grounds of rows as wide as the columns', () => {
    const table =
      '<table columns="20mm 30mm" column-gap="5mm"><tr border-bottom="1pt ink" background="muted"><td>a</td><td>b</td></tr></table>'
    const rects = value(lay(page(table))).pages[0]!.marks.filter(mark => mark.kind === 'rect')
    expect(rects).toHaveLength(2)
    for (const rect of rects) expect(rect.width).toBeCloseTo((55 * 72) / 25.4, 5)
  })
})
