/** Font programs put together from coded glyphs: they inflate, fontkit reads them, and their letters have the outlines they had. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { create, type Font } from 'fontkit'
import { describe, expect, it } from 'vitest'
import { openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { Joining, join, openCoder } from '../../../../src/channels/pdf/paint/coder.ts'
import { codeOf, firstOther } from '../../../../src/channels/pdf/paint/codes.ts'
import { type Ink, inkOf } from '../../../../src/channels/pdf/paint/ink.ts'
import { neighboursOf, rememberedNeighbours, setsOf } from '../../../../src/channels/pdf/paint/neighbours.ts'
import { type Print, printOf, rememberedPrints } from '../../../../src/channels/pdf/paint/prints.ts'
import { programsOf } from '../../../../src/channels/pdf/paint/program.ts'
import type { Shown } from '../../../../src/channels/pdf/paint/subset.ts'
import { value } from '../render.ts'

function open(name: string) {
  const path = fileURLToPath(new URL(`../../../../assets/fonts/${name}`, import.meta.url))
  return value(openFace({ file: name, bytes: new Uint8Array(readFileSync(path)) }))
}

/** A bit for each code of a text. */
function usedBy(text: string): Uint16Array {
  const used = new Uint16Array(firstOther >> 4)
  for (const letter of text) used[codeOf(letter) >> 4]! |= 1 << (codeOf(letter) & 15)
  return used
}

const ones = (set: number): number => set.toString(2).replaceAll('0', '').length

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

  it('cannot be gone on with once others were begun, since all are put together in one room', () => {
    const coder = openCoder([])
    const first = new Joining(coder).begin().code(Uint8Array.of(1, 2))
    const piece = coder.piece(Uint8Array.of(3))
    for (const go of [() => first.add(piece), () => first.code(Uint8Array.of(1)), () => first.stream()])
      expect(go).toThrow('another joining was begun')
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

  it('keep a bounded number of neighbours, which say nothing of other documents', () => {
    const ink = inkOf(face, true)
    const one = setsOf(usedBy('ABa'))
    const made = (sets: readonly number[]) =>
      neighboursOf(sets, ink, programs).map(({ stretch, widths }) => ({ widths, ...programs.of([stretch]) }))
    const first = made(one)
    for (let which = 1; which < 400; which += 1)
      made(setsOf(usedBy([...'abcdefghij'].filter((_, at) => (which >> at) & 1).join(''))))
    expect(rememberedNeighbours(ink)).toBeGreaterThan(0)
    expect(rememberedNeighbours(ink)).toBeLessThanOrEqual(128)
    expect(made(one)).toEqual(first)
  })

  it('are told with the width of each code, and of no other', () => {
    const ink = inkOf(face, true)
    const letters = fc.uniqueArray(fc.constantFrom(...'ABCDEFGHabcxyz 0123456789,éюяЖ'), {
      minLength: 1,
      maxLength: 24,
    })
    fc.assert(
      fc.property(letters, all => {
        const told: [number, number][] = []
        for (const { codes, widths } of neighboursOf(setsOf(usedBy(all.join(''))), ink, programs))
          for (const part of `${codes[0]} [${widths}`.split('] ')) {
            const [, first, row] = /^(\d+) \[(.*)$/.exec(part)!
            for (const [at, width] of row!.split(' ').entries()) told.push([Number(first) + at, Number(width)])
          }
        const codes = all.map(codeOf).toSorted((a, b) => a - b)
        expect(told).toEqual(codes.map(code => [code, ink.width(ink.glyph(code))]))
      }),
      { numRuns: 60, seed: 9 },
    )
  })

  it('are kept whole where the same codes come again, a bounded number of them', () => {
    const ink = inkOf(face, true)
    const make = (_: Ink, { sets }: Shown): Print => ({
      program: new Uint8Array(sets.filter((_, at) => at % 2 === 1).reduce((sum, set) => sum + ones(set), 0)),
      entries: '',
      map: undefined,
      unicode: new Uint8Array(),
      name: '',
      widths: '',
    })
    const print = (text: string) => printOf(ink, { sets: setsOf(usedBy(text)), others: [] }, make)
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
    expect(
      [0, 0, 0]
        .map(() => printOf(ink, { sets: [], others: [own] }, make))
        .every((one, at, all) => all.indexOf(one) === at),
    ).toBe(true)
  })
})
