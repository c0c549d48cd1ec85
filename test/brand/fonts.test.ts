/** Damaged fonts are found before anything reads them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadBrand } from '../../src/brand/index.ts'
import { brandKit, font } from './fixture.ts'

async function refused(bytes: Uint8Array): Promise<string | undefined> {
  const brand = await loadBrand(brandKit({ 'fonts/regular.ttf': bytes }))
  return brand.ok ? undefined : brand.faults[0]?.message
}

/** From the first table on; the list of tables and the sum over the whole file, 4 bytes in `head`, are apart. */
const view = new DataView(font.regular.buffer, font.regular.byteOffset, font.regular.length)
const tables = Array.from({ length: view.getUint16(4) }, (_, at) => ({
  tag: font.regular.toString('latin1', 12 + 16 * at, 16 + 16 * at),
  start: view.getUint32(20 + 16 * at),
  length: view.getUint32(24 + 16 * at),
}))

test('a byte that is changed in any table', async () => {
  const place = fc
    .constantFrom(...tables)
    .chain(({ tag, start, length }) =>
      fc.record({ tag: fc.constant(tag), at: fc.integer({ min: start, max: start + length - 1 }) }),
    )
    .filter(
      ({ tag, at }) =>
        tag !== 'head' ||
        at < tables.find(one => one.tag === 'head')!.start + 8 ||
        at >= tables.find(one => one.tag === 'head')!.start + 12,
    )
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async ({ tag, at }, by) => {
      const bytes = new Uint8Array(font.regular)
      bytes[at] = (bytes[at]! + by) % 256
      expect(await refused(bytes)).toBe(
        `"fonts/regular.ttf" is damaged: its table "${tag}" does not have the checksum that it should`,
      )
    }),
    { numRuns: 30 },
  )
})

test('a file that breaks off anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 13, max: font.regular.length - 4 }), async length => {
      expect(await refused(font.regular.subarray(0, length))).toMatch(/is damaged: its .* is cut off$/)
    }),
    { numRuns: 30 },
  )
})
