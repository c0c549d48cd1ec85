/** Font programs put together from coded glyphs: they inflate, fontkit reads them, and their letters have the outlines they had. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { create, type Font } from 'fontkit'
import { describe, expect, it } from 'vitest'
import { openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { join, openCoder } from '../../../../src/channels/pdf/paint/huffman.ts'
import { programsOf } from '../../../../src/channels/pdf/paint/program.ts'
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
    const { bytes, length } = programs.of(glyphs)
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
    const first = programs.of([0, glyph('a'), glyph('é')]).bytes
    programs.of([0, glyph('é'), glyph('Ж')])
    expect(programs.of([0, glyph('a'), glyph('é')]).bytes).toEqual(first)
    expect(programsOf(open(name))!.of([0, glyph('a'), glyph('é')]).bytes).toEqual(first)
  })
})
