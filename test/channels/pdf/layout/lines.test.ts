import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import type { LineOptions } from '../../../../src/channels/pdf/layout/chunks.ts'
import type { Inline } from '../../../../src/channels/pdf/layout/inline.ts'
import type { Line } from '../../../../src/channels/pdf/layout/lines.ts'
import { setLines } from '../../../../src/channels/pdf/layout/lines.ts'
import type { TypeStyle } from '../../../../src/channels/pdf/layout/looks.ts'
import { openLooks } from '../../../../src/channels/pdf/layout/looks.ts'
import { brand } from '../brand.ts'
import { value } from '../render.ts'

const looks = openLooks(brand, value(openFonts(brand)))
const initial = looks.initial('uk-UA')
const role = { name: 'p' }

function typeOf(attributes: Readonly<Record<string, string>>, name = 'span'): TypeStyle {
  return looks.of({ name, attributes, children: [], start: 0 }, initial).type
}

function options(type: TypeStyle, roomPt: number): LineOptions & { readonly lacked: string[] } {
  const lacked: string[] = []
  return { type, roomPt, reserve: () => '', missing: characters => lacked.push(...characters), lacked }
}

interface Piece {
  readonly text: string
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const set = (pieces: readonly Piece[], roomPt: number): Line[] => {
  const inlines: Inline[] = pieces.map(({ text, name, attributes }) => {
    return { text, type: looks.scripted(typeOf(attributes, name), text), role }
  })
  const means = options(initial, roomPt)
  const lines = setLines(inlines, means)
  expect(means.lacked).toEqual([])
  return lines
}

/** The text of a line; a hyphen that is shown at its end is left out. */
function textOf(line: Line): string {
  const texts = line.runs.flatMap(run => run.words.flatMap(word => word.parts.flatMap(part => part.glyphs.texts)))
  if (texts.at(-1) === '\u00AD') texts.pop()
  return texts.join('')
}

const steering = /\p{Default_Ignorable_Code_Point}/gu

/** What readers are to get: blanks collapsed, what only steers left out. */
const meant = (text: string) => text.replace(/[ \t\r\n\f]+/g, ' ').replace(/^ | $/g, '')

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

const letters = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'абвгґєіїйщюьАЩ') },
  { weight: 6, arbitrary: fc.constantFrom(...'aefijlotwyżółęßüAVWfi') },
  { weight: 2, arbitrary: fc.constantFrom(...'0123456789.,-–—/№€₴%()«»„“”’@:?&_=+') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u00AD',
      '\u00A0',
      '\u202F',
      '\u200B',
      '\u2060',
      '\u200C',
      '\u200D',
      '\u0301',
      '\u0308',
      '\uFE0F',
      '\u2011',
      '\u2009',
      'Ꚁ',
      'ﬁ',
      '\u202E',
    ),
  },
)
const word = fc.oneof(
  { weight: 10, arbitrary: fc.string({ unit: letters, minLength: 1, maxLength: 14 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'електропостачання',
      'Rechnungsbetrag',
      'предприятие',
      'przedsiębiorstwo',
      'subscription',
      'https://nord.example/a/b?c=d',
      '1',
      '234,50',
      'грн',
      'в',
      '№',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: letters, minLength: 40, maxLength: 400 }) },
)
const blank = fc.constantFrom(' ', ' ', ' ', '  ', '\n ', '\u00A0')
const text = fc
  .array(fc.tuple(word, blank), { minLength: 1, maxLength: 25 })
  .map(pairs => pairs.map(pair => pair.join('')).join(''))
const attributes = fc.record({
  'font-size': fc.constantFrom('10.5pt', '10.5pt', '8.5pt', '26pt', '1pt'),
  'font-weight': fc.constantFrom('normal', 'normal', 'bold'),
  hyphens: fc.constantFrom('auto', 'auto', 'none'),
  lang: fc.constantFrom('uk', 'ru', 'pl', 'de', 'en-GB', 'en-US', 'fr'),
  'letter-spacing': fc.constantFrom('normal', 'normal', 'normal', '0.4pt', '3pt', '-1pt'),
  'font-features': fc.constantFrom('normal', 'normal', 'smcp', 'frac onum', '-liga'),
  'white-space': fc.constantFrom('normal', 'normal', 'nowrap'),
})
const name = fc.constantFrom('span', 'span', 'span', 'sup', 'sub')
const pieces = fc.array(fc.record({ text, name, attributes }), { minLength: 1, maxLength: 4 })
const room = fc.oneof(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 5, max: 500 }))

describe('lines', () => {
  it('hold the text that went in: nothing but blanks at their ends is left out, nothing but hyphens comes in', () => {
    fc.assert(
      fc.property(pieces, room, (given, roomPt) => {
        const whole = meant(given.map(piece => piece.text).join('')).replace(steering, '')
        const lines = set(given, roomPt).map(textOf)
        const solid = (one: string) => one.replaceAll(' ', '')
        expect(solid(lines.join(''))).toBe(solid(whole))
        // Blanks that steering characters stood between do not collapse; the others are there but for those at the ends of lines.
        const blanks = (one: string) => one.length - solid(one).length
        expect(blanks(whole) - blanks(lines.join(''))).toBeLessThanOrEqual(lines.length)
        expect(blanks(lines.join(''))).toBeLessThanOrEqual(blanks(whole))
      }),
      { numRuns: 60 },
    )
  })

  it('are never wider than their room, hyphens and spacing counted, unless it has no room for one letter', () => {
    fc.assert(
      fc.property(pieces, room, (given, roomPt) => {
        for (const line of set(given, roomPt)) {
          const words = line.runs.flatMap(run => run.words.map(word => word.width * run.type.sizePt))
          const last = line.runs.at(-1)!.type
          const width = words.reduce((sum, one) => sum + one, 0) - last.typeface.spacing * last.sizePt
          expect(line.widthPt).toBeCloseTo(width, 6)
          if (line.widthPt > roomPt + 0.01) expect([...graphemes.segment(textOf(line))].length).toBe(1)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('do not begin with a mark that belongs to a letter before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('e\u0301', 'о\u0308\u0323', 'a', 'fi'), { minLength: 1, maxLength: 80 }),
        room,
        (given, roomPt) => {
          for (const line of set([{ text: given.join(''), name: 'span', attributes: {} }], roomPt))
            expect(textOf(line)).not.toMatch(/^\p{M}/u)
        },
      ),
    )
  })

  it('do not end in №, in a word of one letter, or inside a number and its unit, whatever the room', () => {
    const phrase = fc.constantFrom(
      'в місті',
      '№ 417',
      'на 5 грн',
      'рахунок',
      'сплачено',
      '1 234,50 грн',
      'й далі',
      '28 квітня — так',
    )
    fc.assert(
      fc.property(
        fc.array(phrase, { minLength: 3, maxLength: 40 }),
        fc.integer({ min: 110, max: 400 }),
        (phrases, roomPt) => {
          const attributes = { lang: 'uk-UA', hyphens: 'auto' }
          const lines = set([{ text: phrases.join(' '), name: 'span', attributes }], roomPt).map(textOf)
          for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/(^|[ ])(№|\p{L})$|\d$(?<!№ 417)/u)
          for (const line of lines.slice(1)) expect(line).not.toMatch(/^(—|грн|квітня|234)/)
        },
      ),
    )
  })

  const hostile: Readonly<Record<string, string>> = {
    letters: 'абвгд',
    syllables: 'пере',
    'soft hyphens': 'пе\u00AD',
    'zero-width blanks': 'a\u200B',
    joiners: '\u2060a',
    'no-break spaces': 'a\u00A0',
    slashes: 'ab/c',
    dots: 'ab.c',
    marks: '\u0301\u0308',
    'letters and blanks': 'а ',
    'figures and blanks': '100 ',
    quotes: '» (',
    invisible: '\u200D\u200B',
    'numbers and signs': '№ 5 ',
  }

  it.each(Object.keys(hostile))('take work in proportion to the text: %s', name => {
    const work = (length: number) => {
      let calls = 0
      let characters = 0
      const type = typeOf({ hyphens: 'auto' })
      const counting: TypeStyle = {
        ...type,
        typeface: {
          ...type.typeface,
          shape: text => {
            calls += 1
            characters += text.length
            return type.typeface.shape(text)
          },
        },
      }
      const unit = hostile[name]!
      const given = [{ text: unit.repeat(length / unit.length), type: counting, role }]
      setLines(given, options(counting, 120))
      return calls + characters
    }
    const small = work(3_000)
    expect(work(30_000)).toBeLessThan(small * 11 + 1_000)
    expect(small).toBeLessThan(3_000 * 25)
  })

  it('are set in linear time, also of many elements', () => {
    const time = (count: number) => {
      const given = Array.from({ length: count }, (_, index) => ({
        text: index % 3 ? ' слово' : '\n',
        type: { ...initial, whiteSpace: 'pre-line' } as TypeStyle,
        role,
      }))
      const start = process.cpuUsage().user
      setLines(given, options(initial, 120))
      return process.cpuUsage().user - start
    }
    time(2_000)
    expect(time(40_000)).toBeLessThan(8 * time(10_000) + 500_000)
  })
})
