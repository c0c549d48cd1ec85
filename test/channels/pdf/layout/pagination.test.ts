import { describe, expect, it } from 'vitest'
import { lay, page, pageLines, value } from '../render.ts'

/** Sixteen lines of text fit on a page. */
const set = (contents: string) => value(lay(page(contents)))
const pages = (contents: string) => pageLines(set(contents)).map(lines => lines.map(line => line.replace(/^• \| /, '')))
const counts = (contents: string) => pages(contents).map(lines => lines.length)
const lines = (count: number, attributes = '', word = 'x') =>
  `<p ${attributes}>${Array.from({ length: count }, (_, index) => `${word}${index}`).join('<br/>')}</p>`

type Wrap = (contents: string) => string
const flows: readonly (readonly [string, Wrap])[] = [
  ['the page', contents => contents],
  ['a box', contents => `<box>${contents}</box>`],
  [
    'a box with lines around it',
    contents => `<box border="0.1pt ink"><box background="#EEEEEE">${contents}</box></box>`,
  ],
  ['an entry of a list', contents => `<ul><li>${contents}</li></ul>`],
]
const cells: readonly (readonly [string, Wrap])[] = [
  ['a column', contents => `<columns><column>${contents}</column><column>side</column></columns>`],
  [
    'a column in a column',
    contents => `<columns><column><columns><column>${contents}</column></columns></column></columns>`,
  ],
  [
    'a cell that may be parted',
    contents => `<table columns="*"><tr break-inside="auto"><td>${contents}</td></tr></table>`,
  ],
  [
    'a cell over two rows',
    contents =>
      `<table columns="* *"><tr break-inside="auto"><td rowspan="2">${contents}</td><td/></tr><tr break-inside="auto"><td/></tr></table>`,
  ],
  [
    'a table in a cell',
    contents =>
      `<table columns="*"><tr break-inside="auto"><td><table columns="*"><tr break-inside="auto"><td>${contents}</td></tr></table></td></tr></table>`,
  ],
]
const all = [...flows, ...cells]
const own = (shown: string[][]) => shown.map(one => one.filter(line => line !== 'side'))
const onPages = (contents: string) => own(pages(contents)).map(one => one.length)

describe('breaks that are told', () => {
  it.each(flows)('count in %s', (_, wrap) => {
    expect(pages(wrap('<p>a</p><p break-before="page">b</p><p>c</p>'))).toEqual([['a'], ['b', 'c']])
    expect(pages(wrap('<p>a</p><p break-after="page">b</p><p>c</p>'))).toEqual([['a', 'b'], ['c']])
    expect(pages(wrap('<p break-before="page">a</p>'))).toEqual([['a']])
    expect(pages(wrap('<p break-after="page">a</p>'))).toEqual([['a']])
    expect(pages(wrap('<p break-after="page">a</p><p break-before="page">b</p>'))).toEqual([['a'], ['b']])
  })

  it.each(cells)('do not count in %s, where they would part what stands beside it', (_, wrap) => {
    expect(own(pages(wrap('<p>a</p><p break-before="page">b</p>')))).toEqual([['a', 'b']])
  })

  it('count for whole lists, tables, columns, rows and groups of rows', () => {
    for (const block of [
      '<ul break-before="page"><li>b</li></ul>',
      '<columns break-before="page"><column>b</column></columns>',
      '<table break-before="page"><tr><td>b</td></tr></table>',
      '<table><tbody break-before="page"><tr><td>b</td></tr></tbody></table>',
      '<table><tr break-before="page"><td>b</td></tr></table>',
      '<rule/><ul><li break-before="page">b</li></ul>',
    ])
      expect(pages(`<p>a</p>${block}`)).toEqual([['a'], ['b']])
    expect(
      pages(
        '<table><tbody break-after="page"><tr><td>a</td></tr><tr><td>b</td></tr></tbody><tbody><tr><td>c</td></tr></tbody></table>',
      ),
    ).toEqual([['a', 'b'], ['c']])
  })
})

describe('what is held together', () => {
  it.each(all)('is in %s', (_, wrap) => {
    expect(onPages(wrap(`${lines(10)}<box break-inside="avoid">${lines(8, '', 'y')}</box>`))).toEqual([10, 8])
    expect(
      onPages(wrap(`${lines(12)}<ul break-inside="avoid"><li>1</li><li>2</li><li>3</li><li>4</li><li>5</li></ul>`)),
    ).toEqual([12, 5])
    expect(onPages(wrap(`${lines(15)}<h3>head</h3>${lines(4, '', 'y')}`))).toEqual([15, 5])
    expect(onPages(wrap(`${lines(14)}<h3>head</h3><h3>and another</h3>${lines(4, '', 'y')}`))).toEqual([14, 6])
    expect(onPages(wrap(`${lines(14)}<p>a</p><p break-before="avoid">b</p><p break-before="avoid">c</p>`))).toEqual([
      14, 3,
    ])
  })

  it.each(all)('is parted in %s if no page could hold it', (_, wrap) => {
    expect(onPages(wrap(`<box break-inside="avoid">${lines(40)}</box>`)).reduce((sum, one) => sum + one)).toBe(40)
    expect(onPages(wrap('<p break-after="avoid">a</p>'.repeat(40)))).toEqual([16, 16, 8])
  })

  it.each(all)('are two lines on either side in %s, or as many as are told', (_, wrap) => {
    expect(onPages(wrap(lines(17)))).toEqual([15, 2])
    expect(onPages(wrap(`${lines(15)}${lines(4, '', 'y')}`))).toEqual([15, 4])
    expect(onPages(wrap(lines(18, 'widows="6"')))).toEqual([12, 6])
    expect(onPages(wrap(`${lines(13)}${lines(8, 'orphans="4"', 'y')}`))).toEqual([13, 8])
    expect(onPages(wrap(`${lines(15)}${lines(4, 'orphans="1"', 'y')}`))).toEqual([16, 3])
  })
})

describe('tables', () => {
  const rows = (count: number, inside = 'r') => `<tr><td>${inside}</td></tr>`.repeat(count)

  it('in cells have their own heads on each page', () => {
    const table = `<table columns="*"><thead><tr><th>H</th></tr></thead>${rows(20)}</table>`
    expect(
      pages(`<table columns="*"><thead><tr><th>A</th></tr></thead><tr><td>${table}</td></tr></table>`).map(one =>
        one.slice(0, 3),
      ),
    ).toEqual([
      ['A', 'H', 'r'],
      ['A', 'H', 'r'],
    ])
  })

  it('do not repeat a head that takes half of the page from the rows, and go on below it', () => {
    const table = `<table columns="*"><thead><tr><th>${'h<br/>'.repeat(10)}</th></tr></thead>${rows(20)}</table>`
    expect(pages(table).map(one => one.filter(line => line === 'r').length)).toEqual([6, 14])
    const taller = `<table columns="*"><thead><tr><th>${'h<br/>'.repeat(20)}</th></tr><tr on="first"><td>first</td></tr></thead>${rows(3)}</table>`
    expect(pages(taller).flat()).toEqual([...Array.from({ length: 20 }, () => 'h'), 'first', 'r', 'r', 'r'])
  })

  it('part a row rather than have the foot below the page', () => {
    const foot = '<tfoot><tr on="not-last"><td>f1<br/>f2<br/>f3<br/>f4</td></tr></tfoot>'
    const shown = pages(`<table columns="*"><tr><td>${'a<br/>'.repeat(14)}</td></tr>${rows(6)}${foot}</table>`)
    expect(shown.map(one => one.length)).toEqual([16, 8])
    expect(shown[0]!.slice(-4)).toEqual(['f1', 'f2', 'f3', 'f4'])
  })

  it('keep the heading and the subtotal of a group with its rows', () => {
    const group = (name: string, count: number) =>
      `<tbody><tr break-after="avoid"><th>${name}</th></tr>${rows(count)}<tr break-before="avoid"><td>together</td></tr></tbody>`
    const head = '<thead><tr><th>H</th></tr></thead>'
    const shown = pages(`<table columns="*">${head}${group('A', 5)}${group('B', 7)}${group('C', 4)}</table>`)
    expect(shown.map(one => one.length)).toEqual([15, 9])
    expect(shown[1]!.slice(0, 3)).toEqual(['H', 'r', 'together'])
    const held = pages(
      `<table columns="*">${head}${group('A', 5)}${group('B', 7).replace('<tbody', '<tbody break-inside="avoid"')}</table>`,
    )
    expect(held.map(one => one[1])).toEqual(['A', 'B'])
  })
})

describe('what is taller than a page', () => {
  const images = (contents: string) =>
    set(contents).pages.flatMap(one => one.marks.flatMap(mark => (mark.kind === 'image' ? [mark] : [])))
  const tall = '<image src="brand:logo" width="70mm" height="300mm" alt=""/>'

  it.each(all)('is shrunk if it is an image: in %s', (_, wrap) => {
    const [image, more] = images(wrap(tall))
    expect(more).toBeUndefined()
    expect(image!.height).toBeLessThanOrEqual(226.8)
    expect(image!.height).toBeGreaterThan(180)
    expect(image!.width / image!.height).toBeCloseTo(70 / 300)
    expect(image!.y + image!.height).toBeLessThan(283.5 - 28.3)
  })

  it('keeps to its side', () => {
    const [image] = images(
      `<table columns="*"><tr><td>${tall.replace('width', 'text-align="right" width')}</td></tr></table>`,
    )
    expect(image!.x + image!.width).toBeCloseTo(283.46 - 28.35, 1)
  })

  it('goes on over pages if it is empty', () => {
    const grounds = set('<box height="200mm" background="#EEEEEE">a</box><p>b</p>').pages.map(one =>
      one.marks.flatMap(mark => (mark.kind === 'rect' ? [mark.height] : [])),
    )
    expect(grounds.map(one => one.length)).toEqual([1, 1, 1])
    expect(grounds.flat().reduce((sum, one) => sum + one)).toBeCloseTo((200 * 72) / 25.4, 1)
  })

  it('loses its margins: they make no page of their own', () => {
    expect(counts(`${lines(16)}<p margin-top="50pt">y</p>`)).toEqual([16, 1])
    expect(counts(`${lines(15)}<p margin-bottom="50mm">y</p>`)).toEqual([16])
    expect(counts('<p margin-top="300mm">y</p>')).toEqual([1])
    expect(counts(`<columns><column><p margin-bottom="90mm">a</p></column></columns><p>b</p>`)).toEqual([2])
  })

  it('says so if it is one line', () => {
    expect(lay(page('<p font-size="300pt">a</p>'))).toMatchObject({ ok: false, faults: [{ code: 'pdf.fit' }] })
    expect(lay(page('<p font-size="120pt">WWW</p><box width="2mm">a W</box>'))).toMatchObject({
      ok: false,
      faults: [
        {
          code: 'pdf.fit',
          message: 'box has 2mm, and a letter or number in it needs 2.9mm',
          place: { path: 'document/page/box' },
        },
      ],
    })
    expect(lay(page('<box position="fixed" left="60mm" top="10mm" width="50mm">a</box>'))).toMatchObject({
      ok: false,
      faults: [{ code: 'pdf.fit', message: expect.stringContaining('over the edge of its page') }],
    })
  })
})

describe('page numbers', () => {
  it('name pages before and after', () => {
    const table = `<table columns="* *"><thead><tr on="not-first"><td>from <page-number offset="-1"/></td><td><carry/></td></tr></thead>${'<tr carry="7"><td>r</td></tr>'.repeat(40)}
      <tfoot><tr on="not-last"><td>to <page-number offset="1"/></td><td><carry/></td></tr></tfoot></table>`
    expect(pages(table).map(one => one.filter(line => /from|to/.test(line)))).toEqual([
      ['to 2 | 7'],
      ['from 1 | 7', 'to 3 | 7'],
      ['from 2 | 7'],
    ])
  })
})

describe('headers of another height on the last page', () => {
  it('never stand over the text', () => {
    const contents = `<header on="not-last" height="40mm">h</header><header on="last" height="10mm">l</header><footer on="last" height="50mm">f</footer>`
    for (const count of [3, 7, 8, 9, 12, 15, 20]) {
      const { pages: laid } = set(`${contents}${lines(count)}`)
      laid.forEach((one, index) => {
        const texts = one.marks.filter(mark => mark.kind === 'text' && mark.role.name === 'p') as { y: number }[]
        const last = index === laid.length - 1
        const top = 28.3 + ((last ? 10 : 40) * 72) / 25.4
        for (const mark of texts) {
          expect(mark.y).toBeGreaterThan(top)
          if (last) expect(mark.y).toBeLessThan(283.5 - 28.3 - (50 * 72) / 25.4)
        }
      })
    }
  })
})
