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

  it('parts what is longer than a line at the joints of addresses, and never inside a figure', () => {
    expect(
      lines('<p>See https://nord.example/statement/march/verbrauch?customer=1004-2288&amp;lang=uk</p>', narrow),
    ).toEqual(['See https://nord', '.example/', 'statement/march/', 'verbrauch?', 'customer', '=1004-2288&lang', '=uk'])
    expect(lines('<p>olena.kovalenko@service.nord.example</p>', narrow)).toEqual([
      'olena.kovalenko',
      '@service.nord',
      '.example',
    ])
    expect(lines('<p>UA213223130000026007233566001</p>', narrow)).toEqual(['UA2132231300000', '26007233566001'])
  })

  it('holds plain blanks by the language of the text, while there is room for what they hold', () => {
    expect(lines('<p lang="uk">рахунок <b>№</b> 417 від</p>', 'size="33mm 90mm" margin="5mm"')).toEqual([
      'рахунок',
      '№ 417 від',
    ])
    expect(lines('<p lang="uk">сплатити в Києві</p>', 'size="29mm 90mm" margin="5mm"')).toEqual(['сплатити', 'в Києві'])
    expect(lines('<p lang="de">сплатити в Києві</p>', 'size="29mm 90mm" margin="5mm"')).toEqual(['сплатити в', 'Києві'])
    expect(lines(`<p lang="uk">${'і '.repeat(40)}</p>`, narrow).length).toBeGreaterThan(2)
  })

  it('raises and lowers without a change of line height, in glyphs of the font where it has them', () => {
    const marks = texts(
      '<p line-height="14pt">12 m<sup>2</sup> CO<sub>2</sub> note<sup>а</sup><sub font-size="30pt">ж</sub></p><p line-height="14pt">next</p>',
    )
    const by = (text: string) => marks.find(mark => mark.glyphs.some(glyphs => glyphs.texts.join('') === text))!
    // "sups" and "subs" of Source Sans: the same size, another glyph.
    expect(by('12')).toMatchObject({ sizePt: 10.5 })
    expect(marks.filter(mark => mark.rise === undefined).every(mark => mark.sizePt === 10.5)).toBe(true)
    const [raised, lowered] = marks.filter(mark => mark.rise !== undefined)
    expect(raised!.sizePt).toBeCloseTo(10.5 * 0.62, 6)
    expect(raised!.rise).toBeCloseTo(10.5 * 0.34, 6)
    expect(raised!.y).toBe(marks[0]!.y)
    expect(lowered!.rise).toBeLessThan(0)
    expect(by('next').y - marks[0]!.y).toBeCloseTo(14, 6)
    const two = (markup: string) =>
      texts(markup)
        .flatMap(mark => mark.glyphs)
        .find(glyphs => glyphs.texts.join('') === '2')!.ids
    expect(two('<p>m<sup>2</sup></p>')).not.toEqual(two('<p>m<span>2</span></p>'))
    expect(two('<p>m<sub>2</sub></p>')).not.toEqual(two('<p>m<sup>2</sup></p>'))
  })

  it('reaches the glyphs with features, and goes back to what was inherited', () => {
    const ids = (markup: string) => texts(markup).flatMap(mark => mark.glyphs.flatMap(glyphs => glyphs.ids))
    const plain = ids('<p>A1/2b</p>')
    expect(ids('<p font-features="smcp">A1/2b</p>')).not.toEqual(plain)
    expect(ids('<p font-features="frac">A1/2b</p>')).not.toEqual(plain)
    expect(ids('<p font-features="frac"><span font-features="normal">A1/2b</span></p>')).toEqual(plain)
    expect(lines('<p font-features="frac">31/42</p>')).toEqual(['31/42'])
    expect(ids('<p font-features="-liga">ff</p>')).toHaveLength(2)
    expect(ids('<p>ff</p>')).toHaveLength(1)
  })

  it('spaces letters, not ligatures or marks, and aligns what is seen', () => {
    const [mark] = texts('<p letter-spacing="3pt" text-align="right">ffo\u0301</p>')
    expect(mark).toMatchObject({ spacing: 3 })
    expect(mark!.glyphs[0]!.texts.join('')).toBe('ffo\u0301')
    const width = mark!.glyphs[0]!.width * (mark!.sizePt / mark!.face.unitsPerEm)
    const [plain] = texts('<p font-features="-liga">ffo\u0301</p>')
    expect(width - plain!.glyphs[0]!.width * (mark!.sizePt / mark!.face.unitsPerEm)).toBeCloseTo(9, 6)
    // Without the space after the last letter, it ends at the margin.
    expect(mark!.x + width - 3).toBeCloseTo((90 * 72) / 25.4, 4)
    expect(texts('<p letter-spacing="-9pt">ab</p>')[0]!.glyphs[0]!.advances.every(one => one > 0)).toBe(true)
  })

  it('says on the role of an element which language it is in', () => {
    const role = (markup: string) => texts(markup)[0]!.role
    expect(role('<p lang="de">a</p>')).toMatchObject({ name: 'p', lang: 'de', parent: { name: 'page' } })
    expect(role('<p>a</p>').lang).toBeUndefined()
    expect(role('<p><span lang="en">a</span></p>')).toMatchObject({ name: 'span', lang: 'en', parent: { name: 'p' } })
    expect(role('<p><span color="muted">a</span></p>')).toMatchObject({ name: 'p' })
    expect(role('<table lang="pl"><tr lang="uk"><td>a</td></tr></table>')).toMatchObject({
      name: 'td',
      parent: { name: 'tr', lang: 'uk', parent: { name: 'tbody', parent: { name: 'table', lang: 'pl' } } },
    })
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
        place: { file: 'pdf.hbs', path: 'document/page/p' },
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
