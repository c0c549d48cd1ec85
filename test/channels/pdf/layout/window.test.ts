/** Address windows: each preset against its envelope, a place of its own, and what is foreseen without laying out the page. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pdf } from '../../../../src/channels/pdf/index.ts'
import type { Page, TextMark } from '../../../../src/channels/pdf/layout/page.ts'
import { windows } from '../../../../src/channels/pdf/markup/windows.ts'
import type { Fault } from '../../../../src/model/index.ts'
import { brand } from '../brand.ts'
import { type Box, envelopes, lines, seen } from '../envelopes.ts'
import { faults, lay, page, value } from '../render.ts'

const mm = 72 / 25.4

/** Where a text's letters are, without leading: from the tops of b, d, l to the feet of p and y. */
function ink(marks: readonly TextMark[]): Box {
  const width = ({ glyphs, sizePt, face }: TextMark) =>
    glyphs.reduce((sum, one) => sum + one.width, 0) * (sizePt / face.unitsPerEm)
  return {
    left: Math.min(...marks.map(({ x }) => x)) / mm,
    top: Math.min(...marks.map(({ y, sizePt }) => y - 0.712 * sizePt)) / mm,
    right: Math.max(...marks.map(mark => mark.x + width(mark))) / mm,
    bottom: Math.max(...marks.map(({ y, sizePt }) => y + 0.205 * sizePt)) / mm,
  }
}

const texts = (laid: Page): TextMark[] => laid.marks.filter((mark): mark is TextMark => mark.kind === 'text')
const filled = (count: number, line: string) => Array.from({ length: count }, () => `<p>${line}</p>`).join('')

describe('a window of each preset', () => {
  const narrow = `<p>${'illicit lilt fill '.repeat(8)}</p>`

  it.each(Object.keys(envelopes))('%s shows all of the address, however the sheet lies', preset => {
    const envelope = envelopes[preset]!
    const count = lines[preset] ?? 6
    const sender = windows[preset]!.returnTop === undefined ? '' : 'return-line="bdl gpy"'
    const markup = (contents: string) =>
      page(
        `<address-window preset="${preset}" ${sender}>${contents}</address-window><p>below</p>`,
        `size="${envelope.sheet.size}"`,
      )
    expect(faults(lay(markup(filled(count + 1, 'bdl gpy')))).map(({ message }) => message)).toEqual([
      `the address has more lines than the window holds (${count + 1}, of ${count})`,
    ])
    const marks = texts(value(lay(markup(filled(count, 'bdl gpy')))).pages[0]!)
    const wide = texts(value(lay(markup(narrow))).pages[0]!).slice(0, -1)
    const below = marks.at(-1)!
    const address = [...marks.slice(0, -1), ...wide]
    const { left, top, right, bottom } = ink(address)
    const play = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...envelope.folded), play, play, (folded, across, down) => {
        const window = seen(envelope, folded, [across, down])
        // A fifth of a millimetre: the feet of a last line on US #10.
        expect(left).toBeGreaterThan(window.left)
        expect(right).toBeLessThan(window.right)
        expect(top).toBeGreaterThan(window.top - 0.05)
        expect(bottom).toBeLessThan(window.bottom + 0.2)
        expect(ink([below]).top).toBeGreaterThan(window.bottom)
        const shows = windows[preset]!.shows
        expect(Math.max(0, window.left)).toBeGreaterThan(shows.left - 0.2)
        expect(window.top).toBeGreaterThan(shows.top - 0.2)
        expect(window.right).toBeLessThan(shows.left + shows.width + 0.2)
        expect(window.bottom).toBeLessThan(shows.top + shows.height + 0.2)
      }),
      {
        examples: [
          [envelope.folded[0]!, 0, 0],
          [envelope.folded[0]!, 1, 1],
        ],
      },
    )
  })

  it('has no preset without an envelope, but for those that a standard gives', () => {
    expect(Object.keys(windows).filter(name => !(name in envelopes))).toEqual(['din-5008-a', 'din-5008-b'])
  })
})

describe('a window of its own', () => {
  const own = (contents: string, more = '') =>
    page(`<address-window left="110mm" top="50mm" width="80mm" height="27.3mm" ${more}>${contents}</address-window>x`)

  it('stands where it says, and the text goes on below', () => {
    const [sender, first, below] = texts(
      value(lay(own('<p>a</p>', 'return-line="b"').replace('100mm 100mm', 'A4'))).pages[0]!,
    )
    expect([sender, first].map(mark => Math.round(mark!.x / mm))).toEqual([110, 110])
    expect(sender!.y).toBeLessThan(50 * mm)
    expect(first!.y).toBeGreaterThan(50 * mm)
    expect(below!.y).toBeGreaterThan((50 + 27.3 + 8.46) * mm)
  })

  it('needs all four measures, and no preset beside them', () => {
    const said = (markup: string) =>
      faults(lay(page(markup, 'size="Letter"'))).map(({ message, hint }) => `${message}: ${hint}`)
    expect(said('<address-window left="1mm" top="1mm" width="9mm"><p>a</p></address-window>')).toEqual([
      'address-window without a preset needs the attribute height: add height="…mm", or preset="…" instead of a place of its own',
    ])
    expect(said('<address-window preset="us-10" top="1mm"><p>a</p></address-window>')).toEqual([
      'top of address-window goes without preset: leave out preset, or the own place',
    ])
    expect(said('<address-window preset="us-10" return-line="a"><p>a</p></address-window>')).toEqual([
      'the window us-10 has no room for a return-line: have it printed on the envelope',
    ])
  })
})

describe('an address that does not fit', async () => {
  const sources = { 'pdf.hbs': { file: 'pdf.hbs', text: page('<p>x</p>') } }
  const channel = await pdf.open(value(await pdf.prepare({ sources, settings: {}, brand })), { brand, settings: {} })
  const communication = { id: '1', locale: 'en-GB', recipient: {}, data: {} }
  const refused = (markup: string) =>
    channel.refuses!({ communication, date: '2026-03-09', texts: { 'pdf.hbs': markup } })
  const found = (markup: string): readonly Fault[] => faults(lay(markup)).filter(({ code }) => code === 'pdf.address')
  const seven = `<address-window preset="din-5008-b">${filled(7, 'line')}</address-window>`
  const document = (contents: string) => `<document title="a > b" font-size="9pt">${contents}</document>`

  it.each([
    ['in a page', page(seven, 'size="A4"')],
    ['in a header', page(`<header on="first"><p>a</p>${seven}</header><p>b</p>`, 'size="A4"')],
    ['behind a header', page(`<header><p>a</p></header><header on="last" height="9mm"/>${seven}`, 'size="A4"')],
    ['on a second page', document(`<page><page-number/></page><page size="A4">${seven}</page>`)],
    ['beside a comment', document(`<page size="A4"><!-- <address-window> -->${seven}</page>`)],
    ['on each of two pages', document(`<page size="A4">${seven}</page><page size="A4">${seven}</page>`)],
    ['of a few long lines', page(seven.replace(/<p>.*<\/p>/, filled(3, 'word '.repeat(50))), 'size="A4"')],
    [
      'with a long return line',
      page(seven.replace(/<p>.*<\/p>/, '').replace('">', `" return-line="${'ab '.repeat(400)}">`), 'size="A4"'),
    ],
  ])('%s is foreseen, with the place that the page would name', (_, markup) => {
    expect(found(markup).length).toBeGreaterThan(0)
    expect(refused(markup)).toEqual(found(markup))
  })

  it.each([
    ['nothing', page('<p>a</p>')],
    ['a comment', document('<page><!-- <address-window> --><p>a</p></page>')],
    ['an empty window', page('<address-window preset="dl"/>', 'size="A4"')],
    ['six lines', page(seven.replace('<p>line</p>', ''), 'size="A4"')],
    ['markup that is broken, which the page will say', page(`${seven.replace('</p>', '')}`)],
  ])('%s is no fault of an address', (_, markup) => {
    expect(refused(markup)).toEqual([])
  })

  it.each([
    ['wide letters', 'WW МЩ '],
    ['kerned letters', 'AVA Ту '],
    ['narrow letters', 'il ії '],
  ])('is foreseen to the letter where a line of %s begins to wrap', (_, words) => {
    const wraps = Array.from({ length: 160 }, (_, length) => {
      const line = words.repeat(40).slice(0, length + 1)
      const markup = page(
        `<address-window preset="din-5008-b"><p>${line}</p>${filled(5, 'a')}</address-window>`,
        'size="A4"',
      )
      expect([line, refused(markup)]).toEqual([line, found(markup)])
      return refused(markup).length > 0
    })
    expect(new Set(wraps).size).toBe(2)
  })

  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcWWщїTo№,.-–/()«»„'), minLength: 1, maxLength: 12 }),
    fc.constantFrom('вул.', 'AVAVAV', 'буд.', '\u00a0', '\u00ad', '[ ', '\u2028', 'W'.repeat(30)),
  )
  const line = fc.array(piece, { maxLength: 8 }).map(words => words.join(' '))

  it('is foreseen exactly where the page would not hold it, for any lines', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        line,
        fc.constantFrom(...Object.keys(windows)),
        (given, sender, preset) => {
          const returned = preset === 'us-10' ? '' : `return-line="${sender}"`
          const contents = given.map(text => `<p>${text}</p>`).join('')
          const markup = page(
            `<address-window preset="${preset}" ${returned}>${contents}</address-window>`,
            'size="A4"',
          )
          expect(refused(markup)).toEqual(found(markup))
        },
      ),
      { numRuns: 100 },
    )
  })
})
