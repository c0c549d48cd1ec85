import { describe, expect, it } from 'vitest'
import type { Bookmark } from '../../../../src/channels/pdf/layout/page.ts'
import { lay, page, value } from '../render.ts'

const document = (contents: string, attributes = 'bookmarks="headings"') =>
  value(
    lay(`<document title="Test" ${attributes}><page size="100mm 100mm" margin="10mm">${contents}</page></document>`),
  )

/** Bookmarks as lines: page, height, and the title indented by its depth. */
function told(bookmarks: readonly Bookmark[], indent = ''): string[] {
  return bookmarks.flatMap(({ title, page, y, inner }) => [
    `${page + 1} ${Math.round(y)} ${indent}${title}`,
    ...told(inner, `${indent}  `),
  ])
}

describe('places', () => {
  const spots = (contents: string) => [...value(lay(page(contents))).places.keys()]

  it('stay where nothing else does: at the end of the text, below its last line', () => {
    const full = 'a<br/>'.repeat(16)
    expect(
      spots(`<p>${full}</p><p margin-top="20mm" id="end"></p><a href="#end">x</a>`.replace('<a href="#end">x</a>', '')),
    ).toEqual(['end'])
  })

  it('stand where repeated headers first do', () => {
    const header = '<header><p id="top">head</p></header>'
    expect(spots(`${header}<p>${'a<br/>'.repeat(40)}<a href="#top">up</a></p>`)).toEqual(['top'])
  })
})

describe('bookmarks', () => {
  it('are the headings, each inside the last one before it of a higher level', () => {
    const { outline } = document(
      '<h2>Early</h2><h1>One</h1><p>a</p><h3>Deep</h3><h2>Two</h2><h1 break-before="page">Three</h1><columns><column><h2>Beside</h2></column></columns>',
    )
    expect(told(outline)).toEqual([
      '1 28 Early',
      '1 46 One',
      '1 81   Deep',
      '1 95   Two',
      '2 28 Three',
      '2 49   Beside',
    ])
  })

  it('are there on request only', () => {
    expect(document('<h1>One</h1>', '').outline).toEqual([])
  })

  it('are called as the heading reads, whatever its lines', () => {
    const [one] = document('<h1>Long\u00ADer <b>names</b><br/>of\n things</h1>').outline
    expect(one?.title).toBe('Longer names of things')
    expect(document('<h1> </h1>').outline).toEqual([])
  })

  it('leave out what is repeated', () => {
    const { outline } = document(
      `<header><h2>Running</h2></header><header on="first"><h1>Letterhead</h1></header><table><thead><tr><th><h3>Head</h3></th></tr></thead>${'<tr><td>a</td></tr>'.repeat(40)}</table>`,
    )
    expect(told(outline).map(line => line.replace(/^\d+ \d+ /, ''))).toEqual(['Letterhead', '  Head'])
  })
})

describe('places', () => {
  it('are where the block begins, also when it has nothing to show', () => {
    const { places } = document(
      '<p id="a">a</p><box id="b" margin-top="10pt" padding="5pt">b</box><p id="c"></p><ul><li id="d">d</li></ul><p id="e"/>',
      '',
    )
    expect([...places].map(([id, { page, y }]) => `${id} ${page} ${Math.round(y)}`)).toEqual([
      'a 0 28',
      'b 0 52',
      'c 0 76',
      'd 0 76',
      'e 0 90',
    ])
  })

  it('are found in rows of long tables, and where a table is parted at once', () => {
    const rows = Array.from({ length: 400 }, (_, at) => `<tr><td><p id="r${at}">${at}</p></td></tr>`).join('')
    const { places, pages } = document(`<table id="t">${rows}</table>`, '')
    expect(places.size).toBe(401)
    expect(places.get('t')).toEqual(places.get('r0'))
    expect(places.get('r399')?.page).toBe(pages.length - 1)
    const tall = `<table id="t"><tr><td rowspan="2">${'word '.repeat(900)}</td><td>a</td></tr><tr><td>b</td></tr></table>`
    expect(document(tall, '').places.get('t')?.page).toBe(0)
  })

  it('are on the page on which a block begins, and in a fixed box where it stands', () => {
    const { places } = document(
      `<box id="a"><p>${'word '.repeat(900)}</p></box><table id="t"><tr><td>a</td></tr></table><box id="f" position="fixed" left="0" top="50mm" width="20mm">f</box>`,
      '',
    )
    expect(places.get('a')?.page).toBe(0)
    expect(places.get('t')?.page).toBeGreaterThan(1)
    expect(Math.round(places.get('f')!.y)).toBe(142)
  })

  it('may have any name', () => {
    expect(document('<p id="__proto__"><a href="#__proto__">a</a></p>', '').places.get('__proto__')).toMatchObject({
      page: 0,
    })
  })
})
