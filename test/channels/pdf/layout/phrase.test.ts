/** The short way of setting a text gives the lines of the long one, wherever it does not leave the text to it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import type { LineOptions } from '../../../../src/channels/pdf/layout/chunks.ts'
import { type Line, setLines } from '../../../../src/channels/pdf/layout/lines.ts'
import { openLooks, type TypeStyle } from '../../../../src/channels/pdf/layout/looks.ts'
import { rememberedPhrases, setPhrase } from '../../../../src/channels/pdf/layout/phrase.ts'
import { brand } from '../brand.ts'
import { value } from '../render.ts'

const looks = openLooks(brand, value(openFonts(brand)))
const role = { name: 'td' }
const words = [
  ...'a Рахунок № 5 10 kg в місті Нова-Каховка #417 1,234.56 −7,05 2026-03-09 рах. « » » ( Т. Шевченко km/h'.split(' '),
  'на\u00ADзва',
  'об’єкт',
  '\u00A0',
  '  ',
  '\n',
  'e-mail@nord.example',
  'Donaudampfschifffahrtsgesellschaft',
]

function typeOf(attributes: Readonly<Record<string, string>>): TypeStyle {
  return looks.of({ name: 'td', attributes, children: [], start: 0 }, looks.initial('uk-UA')).type
}

const types = [
  {},
  { 'font-weight': 'bold', 'text-align': 'right' },
  { 'white-space': 'nowrap' },
  { hyphens: 'auto' },
].map(attributes => typeOf(attributes as Readonly<Record<string, string>>))

function options(type: TypeStyle, roomPt: number): LineOptions {
  return { type, roomPt, reserve: () => '', missing: () => {} }
}

/** Widths are sums in one order or another. */
function told({ runs, widthPt, heightPt, baselinePt, roomPt, align, parted }: Line) {
  const shown = runs.flatMap(run => run.words.flatMap(({ parts }) => parts.map(({ glyphs }) => glyphs.ids.join(' '))))
  return { shown, widthPt: widthPt.toFixed(6), heightPt, baselinePt, roomPt, align, parted: parted === true }
}

describe('phrases', () => {
  it('are set as any text is', () => {
    const texts = fc.array(fc.constantFrom(...words), { maxLength: 9 }).map(found => found.join(' '))
    let short = 0
    const same = (text: string, type: TypeStyle, roomPt: number) => {
      const quick = setPhrase(text, role, options(type, roomPt))
      if (quick === undefined) return
      short += 1
      for (const { runs } of quick) {
        const parts = runs.flatMap(run => run.words.flatMap(word => word.parts))
        const [first] = parts
        const alike = parts.every(part => part.face === first!.face && part.scale === first!.scale)
        const whole = { face: first!.face, scale: first!.scale, glyphs: parts.map(part => part.glyphs) }
        expect(runs[0]!.whole).toEqual(alike ? whole : undefined)
      }
      expect(quick.map(told)).toEqual(setLines([{ text, type, role }], options(type, roomPt)).map(told))
    }
    fc.assert(fc.property(texts, fc.constantFrom(...types), fc.constantFrom(20, 60, 140, 500), same), {
      seed: 8,
      numRuns: 400,
    })
    expect(short).toBeGreaterThan(200)
  })

  it('are remembered up to a bound, of all styles together', () => {
    const styles = [typeOf({ color: 'muted' }), typeOf({ color: 'muted', 'font-weight': 'bold' }), ...types]
    const held = () => styles.reduce((sum, type) => sum + rememberedPhrases(type), 0)
    let most = 0
    for (let at = 0; at < 3_000; at += 1) {
      const text = `слово${String.fromCharCode(0x430 + (at % 32))}${'a'.repeat(at % 97)}`
      for (const type of styles) setPhrase(text, role, options(type, 100))
      most = Math.max(most, held())
    }
    expect(most).toBeGreaterThan(2_000)
    expect(most).toBeLessThanOrEqual(3_000)
  })

  it('with digits are once they come again: dates do, balances do not', () => {
    const type = typeOf({ color: 'accent' })
    const set = (text: string) => setPhrase(text, role, options(type, 100))
    const first = set('2031-07-09')
    expect(rememberedPhrases(type)).toBe(0)
    set('2031-07-09')
    expect(rememberedPhrases(type)).toBe(1)
    expect(set('2031-07-09')?.map(told)).toEqual(first?.map(told))
    for (let at = 0; at < 3_000; at += 1) set(`${at} ${at * 7},15`)
    expect(rememberedPhrases(type)).toBeLessThanOrEqual(50)
  })
})
