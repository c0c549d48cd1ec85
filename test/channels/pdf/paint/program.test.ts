/** Font programs put together from coded glyphs: they inflate, fontkit reads them, and their letters have the outlines they had. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { create, type Font } from 'fontkit'
import { describe, expect, it } from 'vitest'
import { openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { join, openCoder } from '../../../../src/channels/pdf/paint/huffman.ts'
import { type Ink, inkOf } from '../../../../src/channels/pdf/paint/ink.ts'
import { type Print, printOf, rememberedPrints } from '../../../../src/channels/pdf/paint/prints.ts'
import { programsOf } from '../../../../src/channels/pdf/paint/program.ts'
import { rememberedStretches, stretchesOf } from '../../../../src/channels/pdf/paint/stretches.ts'
import type { Used } from '../../../../src/channels/pdf/paint/subset.ts'
import { value } from '../render.ts'

function open(name: string) {
  const path = fileURLToPath(new URL(`../../../../assets/fonts/${name}`, import.meta.url))
  return value(openFace({ file: name, bytes: new Uint8Array(readFileSync(path)) }))
}

describe('coded pieces', () => {
  it('inflate to what they were made of, in any order', () => {
    const bytes = fc.uint8Array({ maxLength: 40 })
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 4 }), fc.array(bytes, { maxLength: 12 }), (sample, parts) => {
        const coder = openCoder(sample)
        const joined = join(
          coder,
          parts.map(part => coder.piece(part)),
        )
        expect(inflateSync(joined)).toEqual(Buffer.concat(parts))
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  it('keep their checksum over many bytes', () => {
    const coder = openCoder([])
    const much = Buffer.alloc(70_000, 0xff)
    expect(inflateSync(join(coder, [coder.piece(much), coder.piece(much)]))).toHaveLength(140_000)
  })
})

describe.each(['SourceSans3-Regular.ttf', 'NotoSans-Regular.ttf'])('programs of %s', name => {
  const face = open(name)
  const programs = programsOf(face)!
  const program = (glyphs: readonly number[]) => {
    const { bytes, length } = programs.of([programs.stretch(glyphs)])
    const file = inflateSync(bytes)
    expect(file).toHaveLength(length)
    return file
  }
  const glyph = (character: string) => face.font.glyphForCodePoint(character.codePointAt(0)!).id

  it('hold the outlines and widths asked for, composite ones with their parts', () => {
    const asked = [0, ...[...'АбRéёğ 7ﬁ'].map(glyph), glyph(' ')]
    const made = create(program(asked)) as Font
    asked.forEach((id, place) => {
      const [own, there] = [face.font.getGlyph(id), made.getGlyph(place)]
      expect(there.path.toSVG()).toBe(own.path.toSVG())
      expect(there.advanceWidth).toBe(own.advanceWidth)
    })
    expect(made.numGlyphs).toBeGreaterThan(asked.length)
  })

  it('sum up to what a font file must (OpenType, head: 0xB1B0AFBA)', () => {
    const file = program([0, glyph('a'), glyph('ü')])
    let sum = 0
    for (let at = 0; at < file.length; at += 4) sum = (sum + file.readUInt32BE(at)) >>> 0
    expect(sum).toBe(0xb1b0afba)
  })

  it('are the same whatever was made before', () => {
    const first = program([0, glyph('a'), glyph('é')])
    program([0, glyph('é'), glyph('Ж')])
    expect(program([0, glyph('a'), glyph('é')])).toEqual(first)
    const again = programsOf(open(name))!
    expect(inflateSync(again.of([again.stretch([0, glyph('a'), glyph('é')])]).bytes)).toEqual(first)
  })

  it('have the same bytes in stretches that are kept as glyph by glyph', () => {
    const letter = fc.constantFrom(...'0123456789.,ABCabcéüfl')
    fc.assert(
      fc.property(
        fc.uniqueArray(letter, { maxLength: 22 }),
        fc.array(fc.nat(22), { maxLength: 4 }),
        (letters, cuts) => {
          const asked = [0, ...letters.map(glyph)]
          const edges = [0, ...cuts.sort((a, b) => a - b), asked.length]
          const stretches = edges.slice(1).map((edge, at) => programs.stretch(asked.slice(edges[at], edge), 'kept'))
          expect(programs.of(stretches)).toEqual(programs.of([programs.stretch(asked)]))
        },
      ),
      { numRuns: 40, seed: 7 },
    )
  })

  it('keep a bounded number of stretches, which say nothing of other documents', () => {
    const used = (codes: readonly number[]) =>
      codes.map(code => ({ code, glyph: glyph(String.fromCharCode(code)) })) satisfies Used[]
    const one = used([0x41, 0x42, 0x61])
    const first = programs.of(stretchesOf(one, programs))
    for (let which = 1; which < 400; which += 1)
      stretchesOf(used([...Array(10).keys()].filter(at => (which >> at) & 1).map(at => 0x61 + at)), programs)
    expect(rememberedStretches(programs)).toBeLessThanOrEqual(128)
    expect(programs.of(stretchesOf(one, programs))).toEqual(first)
  })

  it('are kept whole where the same codes come again, a bounded number of them', () => {
    const ink = inkOf(face, true)
    const used = (text: string) => [...text].map(letter => ({ code: letter.charCodeAt(0), glyph: glyph(letter) }))
    const make = (_: Ink, { length }: readonly Used[]): Print => ({
      program: new Uint8Array(length),
      entries: '',
      map: undefined,
      unicode: new Uint8Array(),
      name: '',
      widths: '',
    })
    const print = (text: string) => printOf(ink, used(text), make)
    const first = print('AVb')
    expect(print('AVb')).not.toBe(first)
    expect(print('AVb')).toBe(print('AVb'))
    expect(print('AVbc').program).toHaveLength(4)
    for (let which = 1; which < 200; which += 1) {
      const text = [...'defghijk'].filter((_, at) => (which >> at) & 1).join('')
      expect(print(text).program).toHaveLength(text.length)
      expect(print(text).program).toHaveLength(text.length)
    }
    expect(rememberedPrints(ink)).toBeGreaterThan(0)
    expect(rememberedPrints(ink)).toBeLessThanOrEqual(48)
    const own = { code: 0x200, glyph: glyph('A'), text: 'A' }
    expect([0, 0, 0].map(() => printOf(ink, [own], make)).every((one, at, all) => all.indexOf(one) === at)).toBe(true)
  })
})
