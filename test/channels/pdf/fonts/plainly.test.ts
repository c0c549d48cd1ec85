/** What is put together without the shaper is what the shaper gives, in every font of the repository. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Face, openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { inertOf } from '../../../../src/channels/pdf/fonts/inert.ts'
import { value } from '../render.ts'

const files = ['SourceSans3-Regular.ttf', 'SourceSans3-SemiBold.ttf', 'NotoSans-Regular.ttf']

function open(name: string): Face {
  const path = fileURLToPath(new URL(`../../../../assets/fonts/${name}`, import.meta.url))
  return value(openFace({ file: name, bytes: new Uint8Array(readFileSync(path)) }))
}

const faces = new Map(files.map(name => [name, open(name)]))

describe.each(files)('%s', name => {
  const face = faces.get(name)!
  const inert = inertOf(face.font)
  const near = [...inert.keys()].filter(code => code < 0x80 || (code >= 0x410 && code < 0x460))

  it('is put together as the shaper shapes it', () => {
    const codes = fc.oneof(fc.constantFrom(...near), fc.constantFrom(...inert.keys()))
    const texts = fc.array(codes, { minLength: 1, maxLength: 12 }).map(found => String.fromCharCode(...found))
    const check = (text: string) => {
      const plain = face.plainly(text)
      const { glyphs, positions } = face.font.layout(text)
      if (plain === undefined) return
      expect(plain.ids).toEqual(glyphs.map(glyph => glyph.id))
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

  it('takes digits and signs, and leaves what the font has rules for', () => {
    expect(face.plainly('23,604.48 2025-01-13 −5 % № 7')).toBeDefined()
    for (const text of ['Landstraße 12', 'Feldhof', 'вулиця Садова', 'Добре']) expect(face.plainly(text)).toBeDefined()
    for (const text of ['office', 'Schiff', 'e\u0301', '1\u20442', 'שלום', '\u{1F600}'])
      expect(face.plainly(text)).toBeUndefined()
  })
})
