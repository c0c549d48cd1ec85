import { describe, expect, it } from 'vitest'
import type { Mark, TextMark } from '../../../../src/channels/pdf/layout/page.ts'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { faults, lay, page, pageLines, value } from '../render.ts'

const set = (contents: string) => value(lay(page(contents)))
const pages = (contents: string) => pageLines(set(contents))
const texts = (contents: string, of = 0) =>
  set(contents).pages[of]!.marks.filter((mark): mark is TextMark => mark.kind === 'text')
const place = (marks: readonly TextMark[], text: string) => marks.find(mark => textOf(mark) === text)!
const rects = (marks: readonly Mark[]) => marks.filter(mark => mark.kind === 'rect')
const lines = (count: number, word = 'l') => Array.from({ length: count }, (_, at) => `${word}${at}`).join('<br/>')

describe('cells over several rows', () => {
  it('push the cells of later rows into the columns that are free', () => {
    const marks = texts(
      `<table columns="20mm 20mm 20mm"><tr><td>a</td><td rowspan="2">b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>`,
    )
    expect(place(marks, 'e').x).toBeCloseTo(place(marks, 'c').x)
    expect(place(marks, 'g').x).toBeCloseTo(place(marks, 'b').x)
  })

  it('make the last of their rows higher where they need more', () => {
    const table = (inside: string) =>
      `<table columns="* *" line-height="10pt"><tr><td rowspan="2">${inside}</td><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>`
    const down = (inside: string) => {
      const marks = texts(table(inside))
      return [place(marks, 'b').y - place(marks, 'a').y, place(marks, 'c').y - place(marks, 'b').y]
    }
    expect(down('x')).toEqual([expect.closeTo(10), expect.closeTo(10)])
    expect(down(lines(5))).toEqual([expect.closeTo(10), expect.closeTo(40)])
  })

  it('stand where vertical-align says in all of their rows', () => {
    const y = (align: string) => {
      const table = `<table columns="* *" line-height="10pt"><tr><td rowspan="3" vertical-align="${align}">x</td><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>`
      return place(texts(table), 'x').y
    }
    expect(y('middle') - y('top')).toBeCloseTo(10)
    expect(y('bottom') - y('top')).toBeCloseTo(20)
  })

  it('are not run through by the lines of rows, and have their own around all of their rows', () => {
    const { marks } = set(
      `<table columns="20mm 20mm" line-height="10pt"><tr border-bottom="1pt ink"><td rowspan="2" background="#EEEEEE">x</td><td>a</td></tr><tr border-bottom="1pt ink"><td>b</td></tr></table>`,
    ).pages[0]!
    const found = rects(marks).map(mark => [
      mark.kind === 'rect' && mark.color,
      Math.round(mark.x - 28),
      Math.round(mark.height),
    ])
    expect(found).toEqual([
      ['#EEEEEE', 0, 21],
      ['#1B1F24', 57, 1],
      ['#1B1F24', 0, 1],
    ])
  })

  it('have no line of rows between two of them', () => {
    const line = 'border-bottom="1pt ink"'
    const { marks } = set(
      `<table columns="20mm 20mm 20mm" column-gap="4mm"><tr ${line}><td rowspan="2">a</td><td rowspan="2">b</td><td>c</td></tr><tr><td>d</td></tr></table>`,
    ).pages[0]!
    // From the end of the second column: the gap before the third belongs to it.
    expect(rects(marks).map(mark => [Math.round(mark.x - 28), mark.kind === 'rect' && Math.round(mark.width)])).toEqual(
      [[125, 68]],
    )
  })

  it('draw nothing below the page where they go on before any of their text', () => {
    const tall = '<tr height="224pt"><td>x</td></tr>'
    const tie = `<tr border-top="2pt ink" break-inside="auto"><td rowspan="2" border-top="1pt ink">${lines(40)}</td></tr><tr break-inside="auto"><td/></tr>`
    for (const { marks, heightPt } of set(`<table>${tall}${tie}</table>`).pages)
      for (const mark of rects(marks))
        expect(mark.kind === 'rect' && mark.y + mark.height).toBeLessThanOrEqual(heightPt - (10 * 72) / 25.4 + 0.02)
  })

  it('keep their rows on one page if they fit on one', () => {
    const before = `<p>${lines(13, 'b')}</p>`
    const group = `<tr><td rowspan="4">x</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr><tr><td>4</td></tr>`
    const [first, second] = pages(
      `${before}<table columns="* *"><tr><td>a</td></tr>${group}<tr><td>z</td></tr></table>`,
    )
    expect(first!.at(-1)).toBe('a')
    expect(second).toEqual(['x | 1', '2', '3', '4', 'z'])
  })

  it('end pages between their rows where they must, with what is carried, and go on by lines', () => {
    const rows = Array.from({ length: 28 }, (_, at) => `<tr carry="${at + 2}"><td>r${at + 2}</td></tr>`).join('')
    const table = `<table columns="20mm *"><thead><tr on="not-first"><td>brought</td><td><carry/></td></tr></thead>
      <tr carry="1"><td rowspan="29">${lines(40)}</td><td>r1</td></tr>${rows}
      <tfoot><tr on="not-last"><td>forward</td><td><carry/></td></tr></tfoot></table>`
    const shown = pages(table)
    expect(shown).toHaveLength(3)
    expect(
      shown
        .flat()
        .join(' ')
        .match(/\bl\d+/g),
    ).toEqual(Array.from({ length: 40 }, (_, at) => `l${at}`))
    expect(
      shown
        .flat()
        .join(' ')
        .match(/\br\d+/g),
    ).toEqual(Array.from({ length: 29 }, (_, at) => `r${at + 1}`))
    expect(shown[0]!.at(-1)).toBe('forward | 15')
    expect(shown[1]![0]).toBe('brought | 15')
    expect(shown[1]!.at(-1)).toBe('forward | 29')
    expect(shown[2]![0]).toBe('brought | 29')
  })

  it('may stand in a head, which is repeated with them', () => {
    const head = `<thead><tr><th rowspan="2">H</th><th>a</th></tr><tr><th>b</th></tr></thead>`
    const shown = pages(`<table columns="* *">${head}${'<tr><td>r</td><td>s</td></tr>'.repeat(20)}</table>`)
    expect(shown.map(one => one.slice(0, 2))).toEqual([
      ['H | a', 'b'],
      ['H | a', 'b'],
    ])
  })

  it('must end in their own part of the table, and must not meet', () => {
    const faultsOf = (table: string) =>
      faults(lay(page(table))).map(({ message, place }) => `${place?.path}: ${message}`)
    expect(faultsOf('<table><thead><tr><th rowspan="2">a</th></tr></thead><tr><td>b</td></tr></table>')).toEqual([
      'document/page/table/thead/tr/th: a cell covers 2 rows, and its thead has 1 left',
    ])
    expect(faultsOf('<table><tr><td>a</td></tr><tr><td rowspan="3">b</td></tr></table>')).toEqual([
      'document/page/table/tr[2]/td: a cell covers 3 rows, and its table has 1 left',
    ])
    expect(faultsOf('<table><tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td></tr></table>')).toEqual(
      ['document/page/table/tr[2]/td: a cell covers what a cell above it covers, too'],
    )
    expect(
      faultsOf('<table><tr><td/></tr><tfoot><tr on="last"><td rowspan="2">a</td></tr><tr><td/></tr></tfoot></table>'),
    ).toEqual(['document/page/table/tfoot/tr[2]: rows that a cell ties together show on different pages'])
  })
})

describe('cells over several columns', () => {
  it('widen columns by content that are too narrow for them', () => {
    const second = (label: string) => {
      const marks = texts(
        `<table columns="auto auto *"><tr><td>a</td><td>b</td><td>c</td></tr><tr><td colspan="2">${label}</td><td>d</td></tr></table>`,
      )
      return place(marks, 'c').x
    }
    expect(second('averylongword') - second('x')).toBeGreaterThan(40)
  })
})
