/** What is read out of a font's own tables is what fontkit reads, which is loaded where they do not say all. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCmap } from '../../../../src/channels/pdf/fonts/cmap.ts'
import { openFace } from '../../../../src/channels/pdf/fonts/face.ts'
import { metricsByFontkit } from '../../../../src/channels/pdf/fonts/fontkit.ts'
import { openPlainly } from '../../../../src/channels/pdf/fonts/plainly.ts'
import { openSource } from '../../../../src/channels/pdf/fonts/source.ts'
import { tablesOf } from '../../../../src/channels/pdf/fonts/tables.ts'
import { faults, value } from '../render.ts'

const root = join(import.meta.dirname, '../../../..')
const google = 'node_modules/@expo-google-fonts'
const files = [
  'assets/fonts/SourceSans3-Regular.ttf',
  'assets/fonts/NotoSans-Regular.ttf',
  `${google}/noto-sans/700Bold_Italic/NotoSans_700Bold_Italic.ttf`,
  `${google}/source-sans-3/900Black/SourceSans3_900Black.ttf`,
]
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)))
const regular = read(files[0]!)

/** A copy of the font in which a table is changed. */
function changed(tag: string, change: (table: DataView) => void, bytes = regular): Uint8Array {
  const copy = bytes.slice()
  change(tablesOf(copy).get(tag)!)
  return copy
}

const loaded = (): boolean => Object.keys(createRequire(import.meta.url).cache).some(path => path.includes('/fontkit/'))

it('fontkit is loaded for texts that only it can shape', () => {
  const face = value(openFace({ file: 'regular.ttf', bytes: regular }))
  expect(face.shape('Rechnung 417').texts.join('')).toBe('Rechnung 417')
  expect([face.name, face.metrics.unitsPerEm, face.covers(0x416)]).toEqual(['SourceSans3-Regular', 1000, true])
  expect(loaded()).toBe(false)
  expect(face.shape('Schiff').texts).toContain('ff')
  expect(loaded()).toBe(true)
})

describe.each(files)('%s', path => {
  const source = openSource(read(path))!

  it('has the metrics and the name that fontkit finds', () => {
    const { bbox, ...metrics } = source.metrics
    const font = source.font()
    const { bbox: found, ...others } = metricsByFontkit(font)
    expect(metrics).toEqual(others)
    expect(bbox).toEqual({ ...found })
    expect(source.name()).toBe(font.postscriptName)
  })

  it('has its characters, glyphs and advances', () => {
    const font = source.font()
    expect(source.codePoints).toEqual(font.characterSet)
    for (const code of [...source.codePoints, 0x0, 0x10fff, 0xffff])
      if (source.glyphOf(code) !== font.glyphForCodePoint(code).id) expect(code).toBe('a character with this glyph')
    for (let glyph = 0; glyph < font.numGlyphs; glyph += 1)
      if (source.advance(glyph) !== font.getGlyph(glyph).advanceWidth) expect(glyph).toBe('as wide')
  })
})

describe('fonts of other kinds', () => {
  it('are read by their older table of characters where that is all they have', () => {
    const bytes = changed('cmap', table => {
      for (let at = 4; at < 4 + table.getUint16(2) * 8; at += 8)
        if ([4, 10].includes(table.getUint16(at + 2))) table.setUint16(at + 2, 99)
    })
    const source = openSource(bytes)!
    expect(source.codePoints.at(-1)).toBe(0xffff)
    expect(source.codePoints).toEqual(source.font().characterSet)
    for (const code of source.codePoints) expect(source.glyphOf(code)).toBe(source.font().glyphForCodePoint(code).id)
  })

  it('are read by fontkit where a table is not as long as another one says', () => {
    const bytes = changed('hhea', table => table.setUint16(34, table.getUint16(34) + 1))
    const [face, usual] = [bytes, regular].map(one => value(openFace({ file: 'x.ttf', bytes: one })))
    expect(face!.shape('AVATAR 12')).toEqual(usual!.shape('AVATAR 12'))
    expect(face!.features).toEqual(usual!.features)
  })

  it('are read by fontkit, too, where a table is of a version that nobody knows', () => {
    const bytes = changed('OS/2', table => table.setUint16(0, 77))
    const [face, usual] = [bytes, regular].map(one => value(openFace({ file: 'x.ttf', bytes: one })))
    expect([face!.xHeight, usual!.xHeight]).toEqual([500, 486])
    expect(face!.shape('AVATAR 12')).toEqual(usual!.shape('AVATAR 12'))
  })

  it('are opened where their rules lead out of the table: the shaper knows what it makes of them', () => {
    const bytes = changed('GPOS', table => table.setUint8(4, 0xff))
    expect(value(openFace({ file: 'x.ttf', bytes })).covers(0x41)).toBe(true)
    expect(openPlainly(openSource(bytes)!)('1')).toEqual(undefined)
  })

  it('name their characters in order: a few bytes name no number of them without an end', () => {
    const groups = (...ranges: readonly (readonly [number, number])[]) => {
      const table = new DataView(new ArrayBuffer(28 + ranges.length * 12))
      const numbers = [0x00000001, 0x00030000 + 10, 12, 0x000c0000, 16 + ranges.length * 12, 0, ranges.length]
      for (const [at, number] of numbers.entries()) table.setUint32(at * 4, number)
      ranges.forEach(([first, last], at) => {
        table.setUint32(28 + at * 12, first)
        table.setUint32(32 + at * 12, last)
      })
      return table
    }
    expect(openCmap(groups([65, 66], [70, 70]))!.codePoints).toEqual([65, 66, 70])
    expect(() => openCmap(groups([0, 0x10ffff], [0, 0x10ffff]))).toThrow(RangeError)
    expect(() => openCmap(groups([0, 0xffffffff]))).toThrow(RangeError)
  })

  it('are refused where a table is missing that every page needs', () => {
    const bytes = regular.slice()
    const at = Buffer.from(bytes.buffer).indexOf('post')
    bytes.set(Buffer.from('past'), at)
    expect(faults(openFace({ file: 'x.ttf', bytes })).map(({ code }) => code)).toEqual(['pdf.font'])
  })
})
