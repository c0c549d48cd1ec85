import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TextMark } from '../../../../src/channels/pdf/layout/page.ts'
import { brand, fonts } from '../brand.ts'
import { faults, lay, page, pageLines, value } from '../render.ts'

const narrow = 'size="40mm 100mm" margin="5mm"'
const lines = (contents: string, attributes?: string) => pageLines(value(lay(page(contents, attributes)))).flat()
const texts = (contents: string, attributes?: string) =>
  value(lay(page(contents, attributes))).pages.flatMap(({ marks }) =>
    marks.filter((mark): mark is TextMark => mark.kind === 'text'),
  )

describe('text', () => {
  it('collapses blanks over the borders of elements, as HTML does', () => {
    expect(lines('<p> a \n <b> b</b>\t<i>c </i> d </p>')).toEqual(['a b c d'])
    expect(lines('<p>a<br/>b <br/> c</p>')).toEqual(['a', 'b', 'c'])
    expect(lines('<p white-space="pre-line">a\n b  c\n\nd</p>')).toEqual(['a', 'b c', 'd'])
  })

  it('breaks where UAX #14 allows, and not at no-break spaces', () => {
    expect(lines('<p>до\u00A05\u00A0квітня сплатіть 1\u00A0482,50\u00A0грн</p>', narrow)).toEqual([
      'до\u00A05\u00A0квітня',
      'сплатіть',
      '1\u00A0482,50\u00A0грн',
    ])
    expect(lines('<p>aaaa-bbbb-cccc-dddd-eeee</p>', narrow)).toEqual(['aaaa-bbbb-cccc-', 'dddd-eeee'])
  })

  it('shows a soft hyphen only where a line ends with it', () => {
    const word = 'Donau&shy;dampf&shy;schiff&shy;fahrt'
    expect(lines(`<p>${word}</p>`, narrow)).toEqual(['Donaudampfschiff\u00AD', 'fahrt'])
    expect(lines(`<p>${word}</p>`)).toEqual(['Donaudampfschifffahrt'])
  })

  it('keeps nowrap text on one line while there is room, and never lets it leave the page', () => {
    expect(lines('<p>aaa bbb <span white-space="nowrap">ccc ddd</span></p>', narrow)).toEqual(['aaa bbb ccc ddd'])
    expect(lines('<p>aaaaaa bbbb <span white-space="nowrap">ccc ddd</span></p>', narrow)).toEqual([
      'aaaaaa bbbb',
      'ccc ddd',
    ])
    expect(lines(`<p white-space="nowrap">${'word '.repeat(8)}</p>`, narrow).length).toBeGreaterThan(1)
  })

  it('cuts an overlong word between graphemes, in linear time', () => {
    const cut = lines(`<p>a ${'e\u0301'.repeat(100)} b</p>`, narrow)
    expect(cut.join('').replaceAll(' ', '')).toBe(`a${'e\u0301'.repeat(100)}b`)
    expect(cut.every(line => !line.startsWith('\u0301'))).toBe(true)
    const time = (length: number) => {
      const markup = page(`<p>${'абвгд'.repeat(length / 5)}</p>`)
      const start = process.cpuUsage().user
      value(lay(markup))
      return process.cpuUsage().user - start
    }
    time(50_000)
    // Four times the letters, not sixteen times the time; the slack is for collecting garbage.
    expect(time(200_000)).toBeLessThan(9 * time(50_000) + 500_000)
  })

  it('aligns to either side and to the middle', () => {
    const x = (align: string) => texts(`<p text-align="${align}">abc</p>`)[0]!.x
    expect(x('left')).toBeCloseTo(28.35, 1)
    expect(x('right')).toBeGreaterThan(200)
    expect(x('center')).toBeCloseTo((x('left') + x('right')) / 2, 1)
  })

  it('puts sizes of one line on one baseline, and gives the line the room of the largest', () => {
    const marks = texts('<p>a <span font-size="20pt">b</span></p><p>c</p>')
    expect(marks[0]!.y).toBe(marks[1]!.y)
    expect(marks[2]!.y - marks[1]!.y).toBeGreaterThan(17)
  })

  it('sets lines at the leading asked for, exactly', () => {
    const [first, second] = texts('<p line-height="14pt">a<br/>b</p>')
    expect(second!.y - first!.y).toBeCloseTo(14, 6)
  })

  it('asks the fallback for what the family lacks, in its own size, and keeps the line height', () => {
    const lacking = { ...brand, fonts: { text: { regular: fonts.regular, fallback: [fonts.fallback] } } }
    const marks = value(lay(page('<p>a ʼꚀ b</p>'), lacking)).pages[0]!.marks as TextMark[]
    expect(marks.map(mark => mark.face.file)).toEqual([
      'assets/fonts/SourceSans3-Regular.ttf',
      'assets/fonts/NotoSans-Regular.ttf',
      'assets/fonts/SourceSans3-Regular.ttf',
    ])
    expect(marks[1]!.sizePt / marks[0]!.sizePt).toBeCloseTo(0.907, 2)
    expect(marks[1]!.y).toBe(marks[0]!.y)
  })

  it('refuses characters that no font has', () => {
    expect(faults(lay(page('<p>a 漢 b 漢</p>')))).toEqual([
      {
        code: 'pdf.glyph',
        message: 'no font of the brand has the character 漢 (U+6F22)',
        place: { file: 'pdf.hbs' },
        hint: 'add a font that has it to the fallback of the family in brand.yaml',
      },
    ])
  })

  it('does not draw characters that only steer', () => {
    expect(lines('<p>\u202Ea\u200Bb\u2060c\uFEFF</p>')).toEqual(['abc'])
  })

  it('keeps every line inside its room, whatever the words', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'W', 'ж', '-', '\u00AD', '\u00A0', '.', '1'),
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), words => {
        const markup = page(`<p>${words.join(' ').replaceAll('&', '')}</p>`, narrow)
        const right = ((40 - 5) * 72) / 25.4
        for (const { marks } of value(lay(markup)).pages) {
          for (const mark of marks as TextMark[]) {
            const width =
              mark.glyphs.reduce((sum, glyphs) => sum + glyphs.width, 0) * (mark.sizePt / mark.face.unitsPerEm)
            if (mark.x + width > right + 0.01) return false
          }
        }
        return true
      }),
      { numRuns: 60 },
    )
  })
})
