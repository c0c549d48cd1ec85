/** Object streams unpack to what they were, on both sides of the length up to which they are packed by ready codes. */
import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packedObjects } from '../../../../src/channels/pdf/paint/objects.ts'

const usual = '<</Type /Font /Subtype /Type0 /BaseFont /ABCDEF+NotoSans /Encoding /Identity-H /ToUnicode 11 0 R>>\n'

it('object streams unpack to what they were, whatever was packed before', () => {
  const byte = fc.integer({ min: 0, max: 255 }).map(code => String.fromCharCode(code))
  const text = fc.oneof(
    fc.string({ unit: byte, maxLength: 600 }),
    fc.constantFrom(0, 1, 4095, 4096, 4097, 9000).map(length => usual.repeat(100).slice(0, length)),
  )
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), all => {
      const once = all.map(packedObjects)
      expect(once.map(bytes => inflateSync(bytes).toString('latin1'))).toEqual(all)
      expect(all.toReversed().map(packedObjects).toReversed()).toEqual(once)
    }),
    { numRuns: 80, seed: 8 },
  )
})

it('are shorter than what they hold, and long ones are packed by zlib', () => {
  const short = usual.repeat(20)
  expect(packedObjects(short).length).toBeLessThan(0.75 * short.length)
  const long = usual.repeat(50)
  expect(packedObjects(long).length).toBeLessThan(1.5 * deflateSync(long).length)
})
