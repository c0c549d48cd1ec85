/** The glyphs of a program: each has its own, whatever became of the one before. */
import { describe, expect, it } from 'vitest'
import { openCoder } from '../../../../src/channels/pdf/paint/coder.ts'
import { Gathering } from '../../../../src/channels/pdf/paint/gathering.ts'
import { type Composite, type Run, readOutline } from '../../../../src/channels/pdf/paint/outlines.ts'

const coder = openCoder([])
const plain = (): Run | Composite => readOutline(Uint8Array.of(0, 1, 0, 0), coder)

/** Put together from these glyphs (OpenType, glyf): -1 contours, a box, then flags, glyph and offsets of each. */
function composite(...glyphs: readonly number[]): Composite {
  const bytes = new Uint8Array(10 + glyphs.length * 6)
  const view = new DataView(bytes.buffer)
  view.setInt16(0, -1)
  glyphs.forEach((glyph, index) => {
    view.setUint16(10 + index * 6, index + 1 < glyphs.length ? 0x20 : 0)
    view.setUint16(12 + index * 6, glyph)
  })
  return readOutline(bytes, coder) as Composite
}

const places = ({ view, parts }: Composite): number[] => parts.map(({ at }) => view.getUint16(at))

describe('a program', () => {
  it('has the glyphs that others are put together from behind those asked for, once', () => {
    const both = composite(7, 9)
    const found = new Gathering().of([{ glyphs: [0, 7, 50], outlines: [plain(), plain(), both] }], plain)
    expect([...found.glyphs.subarray(0, found.count)]).toEqual([0, 7, 50, 9])
    expect(places(both)).toEqual([1, 3])
  })

  it('has nothing of one that a damaged outline stopped', () => {
    const gathering = new Gathering()
    const damaged = () => {
      throw new Error('damaged')
    }
    expect(() =>
      gathering.of([{ glyphs: [0, 3, 50], outlines: [plain(), plain(), composite(61, 9)] }], damaged),
    ).toThrow('damaged')
    for (let document = 0; document < 3; document += 1) {
      const one = composite(61)
      const found = gathering.of([{ glyphs: [0, 50], outlines: [plain(), one] }], plain)
      expect([...found.glyphs.subarray(0, found.count)]).toEqual([0, 50, 61])
      expect(places(one)).toEqual([2])
    }
  })
})
