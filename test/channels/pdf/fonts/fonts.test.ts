import { describe, expect, it } from 'vitest'
import { openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { openFonts } from '../../../../src/channels/pdf/fonts/fonts.ts'
import { openTypeface } from '../../../../src/channels/pdf/fonts/typeface.ts'
import { brand, fonts } from '../brand.ts'
import { faults, value } from '../render.ts'

const face = () => value(openFace(fonts.regular))

describe('a face', () => {
  it('shapes with kerning and ligatures, and knows which characters each glyph stands for', () => {
    const { ids, advances, texts, width } = face().shape('Тариф')
    expect(ids).toHaveLength(5)
    expect(texts.join('')).toBe('Тариф')
    expect(width).toBe(advances.reduce((sum, one) => sum + one, 0))
    const noto = value(openFace(fonts.fallback))
    expect(noto.shape('office').texts).toEqual(['o', 'ffi', 'c', 'e'])
  })

  it('does not confuse characters that share a glyph, nor remember what an earlier text was', () => {
    const one = face()
    // As embedding an "é" asks for the "e" that it is made of.
    one.font.getGlyph(one.shape('e').ids[0]!)
    expect(one.shape('\u00A0').texts).toEqual(['\u00A0'])
    expect(one.shape(' ').texts).toEqual([' '])
    expect(one.shape('e').texts).toEqual(['e'])
    expect(one.shape('ea\u00A0b c').texts).toEqual(['e', 'a', '\u00A0', 'b', ' ', 'c'])
  })

  it('is refused if it is no font', () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('not a font at all'),
      fonts.regular.bytes.slice(0, 2000),
    ]) {
      expect(faults(openFace({ file: 'assets/fonts/x.ttf', bytes }))).toEqual([
        {
          code: 'pdf.font',
          message: 'the font cannot be read',
          place: { file: 'assets/fonts/x.ttf' },
          hint: 'use a TrueType or OpenType font (.ttf or .otf), not a collection or a web font',
        },
      ])
    }
  })
})

describe('a typeface', () => {
  const typeface = () => openTypeface([face(), value(openFace(fonts.fallback))])

  it('parts words between faces, and keeps marks with their letters', () => {
    const { parts, missing } = typeface().shape('aꚀb')
    expect(parts.map(part => part.glyphs.texts.join(''))).toEqual(['a', 'Ꚁ', 'b'])
    expect(missing).toEqual([])
  })

  it('keeps letter and marks in one face where one has them all', () => {
    // Source Sans has no combining long stroke, Noto Sans has.
    const faces = (text: string) =>
      typeface()
        .shape(text)
        .parts.map(part => [part.face.file.slice(13, 17), part.glyphs.texts.join('')])
    expect(face().covers(0x0336)).toBe(false)
    expect(faces('abo\u0336c')).toEqual([
      ['Sour', 'ab'],
      ['Noto', 'o\u0336'],
      ['Sour', 'c'],
    ])
    expect(faces('e\u0301\uFE0F\u200D')).toEqual([['Sour', 'e\u0301']])
    expect(typeface().shape('漢\u0301').missing).toEqual(['漢'])
  })

  it('does not join letters over a zero-width non-joiner', () => {
    const texts = (text: string) =>
      typeface()
        .shape(text)
        .parts.flatMap(part => part.glyphs.texts)
    expect(texts('Schiffe')).toContain('ff')
    expect(texts('Schif\u200Cfe').join('|')).toBe('S|c|h|i|f|f|e')
  })

  it('draws a blank that it lacks as a blank, and says what else it lacks', () => {
    const word = typeface().shape('a\u205Fb漢漢')
    expect(word.parts.map(part => part.glyphs.texts.join('')).join('')).toBe('a\u205Fb')
    expect(word.missing).toEqual(['漢'])
  })

  it('gives the same words with and without its memory', () => {
    const warm = typeface()
    warm.shape('Рахунок')
    const cold = typeface()
    const plain = (word: ReturnType<typeof warm.shape>) => word.parts.map(({ glyphs, scale }) => ({ glyphs, scale }))
    expect(plain(warm.shape('Рахунок'))).toEqual(plain(cold.shape('Рахунок')))
    expect(warm.shape('Рахунок')).toBe(warm.shape('Рахунок'))
  })
})

describe('the fonts of a brand', () => {
  it('say which OpenType features a family has in all its faces', () => {
    const { features } = value(openFonts(brand))
    expect(features('text')).toEqual(expect.arrayContaining(['frac', 'liga', 'onum', 'smcp', 'subs', 'sups', 'zero']))
    // Known without a feature: the figures of Source Sans are tabular and lining.
    expect(features('text')).toEqual(expect.arrayContaining(['tnum', 'lnum']))
    expect(features('text')).not.toContain('numr')
    const mixed = { ...brand, fonts: { text: { regular: fonts.regular, bold: fonts.fallback, fallback: [] } } }
    expect(value(openFonts(mixed)).features('text')).not.toContain('titl')
  })

  it('give one typeface for one style, features and spacing', () => {
    const { typeface } = value(openFonts(brand))
    const style = { bold: false, italic: false }
    expect(typeface('text', { ...style, features: '', spacing: 0 })).toBe(typeface('text', style))
    expect(typeface('text', { ...style, features: 'smcp' })).not.toBe(typeface('text', style))
    expect(typeface('text', { ...style, features: 'smcp' }).shape('a')).not.toEqual(typeface('text', style).shape('a'))
    for (let spacing = 1; spacing < 500; spacing += 1) typeface('text', { ...style, spacing })
    expect(typeface('text', { ...style, spacing: -9 }).spacing).toBe(-0.05)
  })

  it('say in advance what they cannot show, each once, in any style', () => {
    const { lacks } = value(openFonts(brand))
    expect(lacks('Сплатіть до 5 квітня\u00A02026 р.\n1\u202F482,50\u00A0₴ −12 № 417 ½')).toEqual([])
    expect(lacks('a漢b漢字\u0007\u0085\uD800')).toEqual(['漢', '字', '\u0007', '\u0085', '\uD800'])
    expect(lacks('zero\u200Bwidth\u00ADand\u202Edirection')).toEqual([])
  })

  it('stand in for styles that a family does not have', () => {
    const { typeface } = value(openFonts(brand))
    expect(typeface('text', { bold: true, italic: false }).faces[0]!.file).toContain('SemiBold')
    expect(typeface('text', { bold: false, italic: true }).faces[0]!.file).toContain('Regular')
    expect(typeface('text', { bold: true, italic: true }).faces[0]!.file).toContain('SemiBold')
  })

  it('have a face of their own for bold italic, if the brand has one', () => {
    const { text } = brand.fonts
    // Another file in its place: that it is asked for is what counts.
    const family = { ...text!, italic: text!.regular, boldItalic: text!.fallback[0]! }
    const { typeface } = value(openFonts({ ...brand, fonts: { text: family } }))
    expect(typeface('text', { bold: true, italic: true }).faces[0]!.file).toBe(text!.fallback[0]!.file)
    expect(typeface('text', { bold: true, italic: false }).faces[0]!.file).toContain('SemiBold')
  })
})
