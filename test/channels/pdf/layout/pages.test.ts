import { describe, expect, it } from 'vitest'
import { describeLayout } from '../../../../src/channels/pdf/layout/describe.ts'
import type { Mark } from '../../../../src/channels/pdf/layout/page.ts'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { faults, lay, page, pageLines, value } from '../render.ts'

const document = (contents: string) => `<document title="Test">${contents}</document>`
const set = (markup: string) => value(lay(markup))
const pages = (contents: string, attributes?: string) => pageLines(set(page(contents, attributes)))
const lines = (count: number, word = 'x') =>
  `<p>${Array.from({ length: count }, (_, index) => `${word}${index}`).join('<br/>')}</p>`
const marks = (contents: string, kind: Mark['kind']) =>
  set(page(contents)).pages.map(one => one.marks.filter(mark => mark.kind === kind))

describe('pages', () => {
  it('are described as text', () => {
    const markup =
      document(`<page size="60mm 40mm" margin="5mm"><header on="first"><image src="brand:logo" height="3mm" alt="Nord"/></header>
      <p>See <a href="https://nord.example/a">here</a></p><rule height="1pt" color="accent"/></page>`)
    expect(describeLayout(set(markup).pages)).toMatchInlineSnapshot(`
      "page 1 170.1×113.4
        image 14.2,14.2 28.3×8.5 logo image "Nord"
        text 14.2,33 SourceSans3-Regular 10.5 #1B1F24 p "See "
        text 32.3,33 SourceSans3-Regular 10.5 #1B1F24 a "here"
        link 32.3,22.7 19.7×14 https://nord.example/a a "here"
        rect 14.2,36.7 141.7×1 #0B6E4F rule
      "
    `)
  })

  it('may have several formats, each beginning a new page', () => {
    const layout = set(
      document(
        '<page size="A4"><p>a</p></page><page size="A5 landscape"><p>b</p></page><page size="100mm 50mm"><p>c</p></page>',
      ),
    )
    expect(layout.pages.map(one => [Math.round(one.widthPt), Math.round(one.heightPt)])).toEqual([
      [595, 842],
      [595, 420],
      [283, 142],
    ])
    expect(pageLines(layout)).toEqual([['a'], ['b'], ['c']])
  })

  it('count themselves and the whole document, over all page elements', () => {
    const foot = '<footer text-align="right">Page <page-number/> of <page-count/></footer>'
    const layout = set(
      document(`<page size="100mm 100mm" margin="10mm">${foot}${lines(20)}</page><page size="A5">${foot}</page>`),
    )
    expect(pageLines(layout).map(one => one.at(-1))).toEqual(['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3'])
    const long = set(page(`<footer text-align="right"><page-number/>/<page-count/></footer>${lines(2000)}`))
    expect(long.pages.length).toBeGreaterThan(100)
    expect(pageLines(long).at(-1)!.at(-1)).toBe(`${long.pages.length}/${long.pages.length}`)
  })

  it('show headers and footers by on', () => {
    const furniture = ['first', 'not-first', 'last', 'not-last', 'odd', 'even']
      .map(on => `<header on="${on}">${on}</header>`)
      .join('')
    const shown = pageLines(set(document(`<page size="100mm 100mm" margin="10mm">${furniture}${lines(45)}</page>`)))
    expect(shown.map(one => one.filter(line => !line.startsWith('x')))).toEqual([
      ['first', 'not-last', 'odd'],
      ['not-first', 'not-last', 'even'],
      ['not-first', 'last', 'odd'],
    ])
    expect(shown.flat().filter(line => line.startsWith('x'))).toHaveLength(45)
  })

  it('have room for a last footer where it shows only', () => {
    const furniture = '<header on="first" height="20mm">h</header><footer on="last" height="20mm">f</footer>'
    const shown = pageLines(set(document(`<page size="60mm 60mm" margin="10mm">${furniture}${lines(8)}</page>`)))
    expect(shown.flat().filter(line => line.startsWith('x'))).toHaveLength(8)
    expect(shown.length).toBeGreaterThan(1)
  })

  it('reserve room for numbers that are counted on', () => {
    // Each takes the room of three digits, though pages are few.
    const x = (number: string) => {
      const table = `<table columns="* auto"><tr><td>a</td><td>${number}</td></tr></table>`
      return set(page(table)).pages[0]!.marks.find(one => one.kind === 'text' && textOf(one) === '100')!.x
    }
    expect(x('<page-number offset="99"/>')).toBeCloseTo(x('100'), 0)
  })

  it('give the text what headers and footers leave, also inside the margins', () => {
    const first = (header: string) =>
      set(
        document(`<page size="100mm 100mm" margin="30mm 10mm">${header}<p line-height="10pt">x</p></page>`),
      ).pages[0]!.marks.at(-1)!.y
    const alone = first('')
    expect(first('<header top="5mm">h</header>')).toBeCloseTo(alone)
    expect(first('<header top="5mm" height="40mm">h</header>') - alone).toBeCloseTo((15 * 72) / 25.4)
    expect(first('<header line-height="14pt">h</header>') - alone).toBeCloseTo(14)
    expect(first('<header line-height="14pt" margin-bottom="6pt">h</header>') - alone).toBeCloseTo(20)
  })

  it('are the last only if the text fits beside what the last page shows', () => {
    // Fourteen lines fit on the first page, but not above the totals.
    for (const count of [14, 17]) {
      const shown = pages(`<footer on="last">${'total<br/>'.repeat(6)}</footer>${lines(count)}`)
      expect(shown).toHaveLength(2)
      expect(shown[0]!.filter(line => line === 'total')).toHaveLength(0)
      expect(shown[1]!.filter(line => line === 'total')).toHaveLength(6)
      expect(shown.flat().filter(line => line.startsWith('x'))).toHaveLength(count)
    }
  })

  it('leave room for text', () => {
    expect(faults(lay(page('<header height="85mm">a</header><p>b</p>')))).toMatchObject([
      {
        code: 'pdf.fit',
        message: 'header and footer leave no room for text',
        place: { path: 'document/page' },
        hint: 'make them or the margins smaller',
      },
    ])
    expect(faults(lay(page('<p font-size="400pt" line-height="400pt">b</p>')))).toMatchObject([
      {
        code: 'pdf.fit',
        message: 'something is taller than a page and cannot be parted',
        hint: 'make the type or the image smaller',
      },
    ])
  })
})

describe('text before an address window', () => {
  const letter = (before: string) =>
    lay(page(`${before}<address-window left="10mm" top="40mm" width="60mm" height="20mm">A<br/>B</address-window>`))

  it('may end above it', () => {
    expect(faults(letter(''))).toEqual([])
    expect(faults(letter('<p>one</p>'))).toEqual([])
  })

  it('is a fault where it reaches into it, since nobody could read the address', () => {
    expect(faults(letter(`<p>${'line<br/>'.repeat(12)}</p>`))).toMatchObject([
      {
        code: 'pdf.fit',
        message: 'text before an address window reaches into it',
        hint: 'put address-window first in its page, or make what stands above it shorter',
      },
    ])
  })
})

describe('a link', () => {
  const links = (contents: string) =>
    value(lay(page(contents))).pages.flatMap(({ marks }) => marks.flatMap(mark => (mark.kind === 'link' ? [mark] : [])))

  it('is one on each of its lines, and says all of its words', () => {
    const [one, ...more] = links('<p>see <a href="https://nord.example/pay"><b>pay</b> in\u00adstead</a> here</p>')
    expect(more).toEqual([])
    expect(one).toMatchObject({ text: 'pay instead', href: 'https://nord.example/pay', role: { name: 'a' } })
    const parted = links(`<p>see <a href="https://nord.example">${'on and on '.repeat(12)}</a></p>`)
    expect(parted.length).toBeGreaterThan(1)
    expect(new Set(parted.map(({ text }) => text))).toEqual(new Set(['on and on '.repeat(12).trim()]))
    expect(links('<p><a href="https://nord.example/a">a</a><a href="https://nord.example/a">b</a></p>')).toHaveLength(2)
  })
})

describe('where pages end', () => {
  it('is where it is told', () => {
    expect(pages('<p>a</p><p break-before="page">b</p><p break-after="page">c</p><p>d</p>')).toEqual([
      ['a'],
      ['b', 'c'],
      ['d'],
    ])
  })

  it('is not told inside cells, where nothing may get lost', () => {
    expect(pages('<columns><column><p>a</p><p break-before="page">b</p></column></columns><p>c</p>')).toEqual([
      ['a', 'b', 'c'],
    ])
  })

  it('may be told inside a table, which then has its head and foot', () => {
    const table = `<table columns="* *"><thead><tr><th>H</th></tr><tr on="not-first"><td>brought</td><td><carry/></td></tr></thead>
      <tr carry="1"><td>a</td></tr><tr break-before="page" carry="2"><td>b</td></tr><tfoot><tr on="not-last"><td>forward</td><td><carry/></td></tr></tfoot></table>`
    expect(pages(table)).toEqual([
      ['H', 'a', 'forward | 1'],
      ['H', 'brought | 1', 'b'],
    ])
  })

  it('leaves no line alone', () => {
    expect(pages(lines(17)).map(one => one.length)).toEqual([15, 2])
    expect(pages(`${lines(15, 'a')}${lines(3, 'b')}`).map(one => one.length)).toEqual([15, 3])
    expect(pages(lines(20).replace('<p>', '<p widows="5">')).map(one => one.length)).toEqual([15, 5])
  })

  it('keeps a heading with what it heads, and blocks together that ask for it', () => {
    expect(pages(`${lines(16)}<h3>Head</h3>${lines(5, 'y')}`)[1]![0]).toBe('Head')
    expect(
      pages(`${lines(10)}<box break-inside="avoid">${lines(5, 'y')}${lines(5, 'z')}</box>`).map(one => one.length),
    ).toEqual([10, 10])
    expect(
      pages(`${lines(16)}<p break-after="avoid">a</p><p>b</p><p break-before="avoid">c</p>`).map(one => one.length),
    ).toEqual([16, 3])
  })

  it('parts columns by lines, each on its own', () => {
    const shown = pages(
      `<columns><column>${lines(30, 'a')}</column><column>${lines(3, 'b')}</column></columns><p>after</p>`,
    )
    expect(shown.map(one => one.length)).toEqual([19, 15])
    expect(shown[1]!.at(-1)).toBe('after')
  })

  it('drops space before text that a page begins with by itself', () => {
    const shown = set(page(`${lines(18)}<p margin-top="20pt">next</p>`))
    const plain = set(page(`${lines(18)}<p>next</p>`))
    expect(shown.pages[1]!.marks[0]!.y).toBe(plain.pages[1]!.marks[0]!.y)
  })
})

describe('blocks', () => {
  it('have the larger of two margins between them', () => {
    const y = (markup: string) => (marks(markup, 'text')[0] as { y: number }[]).map(mark => mark.y)
    const [a, b] = y('<p line-height="10pt" margin-bottom="8pt">a</p><p line-height="10pt" margin-top="5pt">b</p>')
    expect(b! - a!).toBeCloseTo(18)
  })

  it('draw their ground and lines on each page they reach', () => {
    const box = marks(`<box padding="10pt" border="2pt accent" background="#EEEEEE">${lines(20)}</box>`, 'rect')
    expect(box.map(one => one.length)).toEqual([4, 4])
    const table = `<table columns="*"><thead><tr><th>H</th></tr></thead>${'<tr><td>r</td></tr>'.repeat(20)}<tfoot><tr on="not-last"><td>f</td></tr></tfoot></table>`
    const [first, second] = set(page(`<box background="#EEEEEE">${table}</box>`)).pages
    const ground = (one: typeof first) => one!.marks.find(mark => mark.kind === 'rect') as { y: number; height: number }
    // Repeated rows stand inside the box, too: sixteen lines on the first page, seven on the second.
    expect(ground(first)).toMatchObject({ y: expect.closeTo(28.35, 1), height: expect.closeTo(16 * 14, 0) })
    expect(ground(second)).toMatchObject({ y: expect.closeTo(28.35, 1), height: expect.closeTo(7 * 14, 0) })
    expect(marks('<p border-bottom="1pt ink">a</p>', 'rect')).toMatchObject([
      [{ height: 1, width: expect.closeTo(226.77, 2) }],
    ])
  })

  it('are at least as high as they are told to be', () => {
    const rects = marks('<box height="40mm" background="#EEE">a</box>', 'rect')[0] as { height: number }[]
    expect(rects[0]!.height).toBeCloseTo((40 * 72) / 25.4)
  })

  it('stand at fixed places, once or on each page', () => {
    const fixed =
      '<box position="fixed" left="50mm" top="60mm" width="20mm">once</box><box position="fixed" left="5mm" top="5mm" width="20mm" on="not-first">each</box>'
    expect(pages(`${fixed}${lines(20)}`).map(one => one[0])).toEqual(['once', 'each'])
    expect(marks(fixed, 'text')[0]).toMatchObject([{ x: expect.closeTo(141.73, 2) }])
  })

  it('align in taller columns', () => {
    const y = (align: string) =>
      (
        marks(
          `<columns vertical-align="${align}"><column>a<br/>b<br/>c</column><column>d</column></columns>`,
          'text',
        )[0]!.at(-1) as { y: number }
      ).y
    expect(y('middle') - y('top')).toBeCloseTo(14, 0)
    expect(y('bottom') - y('top')).toBeCloseTo(28, 0)
  })

  it('at fixed places say only which edge of the page they reach over', () => {
    const said = (place: string) =>
      faults(lay(page(`<box position="fixed" ${place} width="20mm" height="20mm">a</box>`)))[0]!.message
    expect(said('left="90mm" top="9mm"')).toMatch(/over the edge of its page: 110mm to the right, of 100mm$/)
    expect(said('left="9mm" top="90mm"')).toMatch(/over the edge of its page: 110mm down, of 100mm$/)
  })

  it('number and mark their lists', () => {
    expect(
      pages(
        '<ol start="9"><li>nine</li><li>ten</li></ol><ul><li><p>a</p><p>b</p></li><li><table><tr><td>c</td></tr></table></li></ul>',
      ),
    ).toEqual([['9. | nine', '10. | ten', '• | a', 'b', '• | c']])
  })

  it('put the marks of lists beside the first line of a table, columns or a box, and at the top of an image', () => {
    const table = () => `<table columns="40mm 20mm"><tr><td padding="3mm">a</td><td>1</td></tr></table>`
    const texts = (entry: string) =>
      value(lay(page(`<ol><li>${entry}</li></ol>`)))
        .pages[0]!.marks.filter(mark => mark.kind === 'text')
        .map(mark => ({ text: textOf(mark), x: mark.x, y: mark.y }))
    for (const entry of [
      table(),
      `<columns vertical-align="bottom"><column>a</column><column padding-top="9mm">1</column></columns>`,
      `<box padding="2mm" border="1pt ink">${table()}</box>`,
      '<table columns="40mm 20mm"><tr><td rowspan="2">a</td><td>1</td></tr><tr><td>2</td></tr></table>',
      `<columns><column>${table()}</column></columns>`,
    ]) {
      const [label, first] = texts(entry)
      expect([label!.text, first!.text]).toEqual(['1.', 'a'])
      expect(label!.y).toBeCloseTo(first!.y, 5)
      expect(label!.x).toBeLessThan(first!.x)
    }
    const marks = value(lay(page('<ul><li><image src="brand:logo" alt="Logo"/>b</li></ul>'))).pages[0]!.marks
    const [bullet, image] = marks as unknown as [{ y: number }, { y: number }]
    expect(marks.map(({ kind }) => kind)).toEqual(['text', 'image', 'text'])
    expect(bullet.y - image.y).toBeGreaterThan(0)
    expect(bullet.y - image.y).toBeLessThan(15)
    // They are not parted by the end of a page.
    const paged = value(lay(page(`<box height="79mm">x</box><ol><li>${table()}</li></ol>`)))
    expect(pageLines(paged)).toEqual([['x'], ['1. | a', '1']])
    // Nor stand below the margin beside what alone has room: a rule, or a border under a margin that fills the page.
    const ruled = '<columns><column><rule/><p>a</p></column></columns>'
    const low = value(lay(page(`<box height="79mm">x</box><ol><li>${ruled}</li></ol>`)))
    expect(pageLines(low)).toEqual([['x'], ['1.', 'a']])
    const bordered = '<columns margin-top="79mm"><column><p border-top="1pt ink">a</p></column></columns>'
    expect(pageLines(value(lay(page(`<ol><li>${bordered}</li></ol>`))))).toEqual([['1. | a']])
  })

  it('keep the sides of their images in proportion, and shrink what is too wide', () => {
    expect(marks('<image src="brand:logo" height="9pt" alt=""/>', 'image')[0]).toMatchObject([{ width: 30, height: 9 }])
    expect(marks('<image src="brand:logo" width="500mm" alt=""/>', 'image')[0]).toMatchObject([
      { width: expect.closeTo(226.77, 2) },
    ])
  })

  it('carry where they come from', () => {
    const [text] = marks('<table><tr><td>a</td></tr></table>', 'text')[0]!
    expect(text).toMatchObject({
      artifact: false,
      role: {
        name: 'td',
        parent: { name: 'tr', parent: { name: 'tbody', parent: { name: 'table', parent: { name: 'page' } } } },
      },
    })
    const layout = set(page('<header>each</header><header on="first">once</header><p>a</p>'))
    expect(layout.pages[0]!.marks.map(mark => mark.artifact)).toEqual([true, false, false])
  })
})

describe('the address window', () => {
  const address = (count: number, more = '') =>
    `<address-window preset="din-5008-b" ${more}>${Array.from({ length: count }, (_, index) => `<p>Line ${index}</p>`).join('')}</address-window>`

  it('places return line and address by DIN 5008, and the text below', () => {
    const layout = set(
      page(`${address(6, 'return-line="Nord · Kyiv" return-class="muted"')}<p>text</p>`, 'size="A4" margin="20mm"'),
    )
    const [sender, first, ...rest] = layout.pages[0]!.marks as readonly { x: number; y: number; color: string }[]
    const mm = (pt: number) => Math.round((pt / 72) * 254) / 10
    expect([mm(sender!.x), mm(sender!.y), sender!.color]).toEqual([25, 60.6, '#525B66'])
    expect([mm(first!.x), mm(first!.y)]).toEqual([25, 66.1])
    expect(mm(rest.at(-2)!.y)).toBeLessThan(90)
    expect(mm(rest.at(-1)!.y)).toBeCloseTo(98.46 + 3.6, 0)
  })

  it('refuses more lines than it holds', () => {
    expect(faults(lay(page(address(7), 'size="A4"')))).toEqual([
      {
        code: 'pdf.address',
        message: 'the address has more lines than the window holds (7, of 6)',
        place: { file: 'pdf.hbs', path: 'document/page/address-window' },
        hint: 'shorten the address; it is never made smaller',
      },
    ])
    expect(faults(lay(page(address(1, `return-line="${'word '.repeat(80)}"`), 'size="A4"')))[0]).toMatchObject({
      code: 'pdf.address',
      message: 'the return line does not fit above the address',
    })
  })
})
