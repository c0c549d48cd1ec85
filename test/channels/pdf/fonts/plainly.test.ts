/** What is put together without the shaper is what the shaper gives, in every font of the repository. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Face, openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { inertOf } from '../../../../src/channels/pdf/fonts/inert.ts'
import { tablesOf } from '../../../../src/channels/pdf/fonts/tables.ts'
import { value } from '../render.ts'

const files = ['SourceSans3-Regular.ttf', 'SourceSans3-SemiBold.ttf', 'NotoSans-Regular.ttf']

function open(name: string): Face {
  const path = fileURLToPath(new URL(`../../../../assets/fonts/${name}`, import.meta.url))
  return value(openFace({ file: name, bytes: new Uint8Array(readFileSync(path)) }))
}

const faces = new Map(files.map(name => [name, open(name)]))

describe.each(files)('%s', name => {
  const face = faces.get(name)!
  const inert = inertOf(code => face.font.glyphForCodePoint(code).id, tablesOf(face.bytes))
  const near = [...inert.keys()].filter(code => code < 0x80 || (code >= 0x410 && code < 0x460))

  it('is put together as the shaper shapes it', () => {
    const codes = fc.oneof(fc.constantFrom(...near), fc.constantFrom(...inert.keys()))
    const texts = fc.array(codes, { minLength: 1, maxLength: 12 }).map(found => String.fromCharCode(...found))
    const check = (text: string) => {
      const plain = face.plainly(text)
      const { glyphs, positions } = face.font.layout(text)
      if (plain === undefined) return
      expect(plain.ids).toEqual(glyphs.map(glyph => glyph.id))
      expect([plain.texts.join(''), plain.text]).toEqual([text, text])
      expect(plain.advances).toEqual(positions.map(({ xAdvance }) => xAdvance))
      expect(positions.some(({ xOffset, yOffset }) => xOffset !== 0 || yOffset !== 0)).toBe(false)
      expect(plain.width).toBe(plain.advances.reduce((sum, one) => sum + one, 0))
    }
    fc.assert(fc.property(texts, check), { numRuns: 300, seed: 7 })
    const joining = fc
      .array(fc.constantFrom(...'abfijklt·Lбвгт'), { minLength: 2, maxLength: 6 })
      .map(all => all.join(''))
    fc.assert(fc.property(joining, check), { numRuns: 200, seed: 8 })
    for (const text of ['23,604.48', '−1 234,56', 'INV-2025-000017', '1/2', 'AVAVATo.', '№ 5–7', 'Т.а.'])
      if (face.plainly(text) !== undefined) check(text)
  })

  it('is shaped with all rules of the font where it has marks, and as with them where it has none', () => {
    const letters = fc.constantFrom(...'afilt€ß½1/2·', 'é', 'Ģ', 'ǘ', 'ї', 'ή', 'Ά', 'e\u0301', 'i\u0328', 'т\u0306')
    const setting = fc.constantFrom(undefined, { onum: true }, { liga: false }, { frac: true, mark: true })
    const words = fc.array(letters, { minLength: 1, maxLength: 6 }).map(all => all.join(''))
    fc.assert(
      fc.property(words, setting, (text, features) => {
        const asked = Object.freeze({ ...features, frac: false })
        const shaped = face.shape(text, features && { features: asked, spacing: 0 })
        const { glyphs, positions } = face.font.layout(text, { ...features, frac: false } as never)
        const offsets = positions.flatMap(({ xOffset, yOffset }) => [xOffset, yOffset])
        expect(shaped.ids).toEqual(glyphs.map(glyph => glyph.id))
        expect(shaped.advances).toEqual(positions.map(({ xAdvance }) => xAdvance))
        expect(shaped.offsets ?? offsets.map(() => 0)).toEqual(offsets)
      }),
      { numRuns: 300, seed: 9 },
    )
  })

  it('sets a date alike each time, and as no fraction that nobody asked for', () => {
    const setting = { features: { onum: true }, spacing: 0 }
    const [first, second] = [face.shape('11/12', setting), face.shape('11/12', setting)]
    expect(second.ids).toEqual(first.ids)
    expect(setting.features).toEqual({ onum: true })
  })

  it('kerns every pair of capitals, figures and signs as the shaper does', () => {
    const signs = [...'AFKLPRTVWXY0147.,-–: rvwyТАГУдлр']
    for (const one of signs)
      for (const next of signs) {
        const plain = face.plainly(one + next)
        const shaped = face.font.layout(one + next).positions.map(({ xAdvance }) => xAdvance)
        if (plain !== undefined) expect([one, next, plain.advances]).toEqual([one, next, shaped])
      }
    expect(face.plainly('AV')?.width).toBeLessThan(face.plainly('A')!.width + face.plainly('V')!.width)
  })

  it('takes digits and signs, and leaves what the font has rules for', () => {
    expect(face.plainly('23,604.48 2025-01-13 −5 % № 7')).toBeDefined()
    for (const text of ['Landstraße 12', 'Feldhof', 'вулиця Садова', 'Добре']) expect(face.plainly(text)).toBeDefined()
    for (const text of ['office', 'Schiff', 'e\u0301', '1\u20442', 'שלום', '\u{1F600}'])
      expect(face.plainly(text)).toBeUndefined()
  })
})
