/** Trays: all of a lot, in its order, and never more on one than may be held at once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traysOf } from '../../src/run/press/tray.ts'

const lengths = fc.array(fc.oneof(fc.nat(3_000), fc.nat(600_000)), { maxLength: 200 })

test('nothing is lost, doubled or moved, and a tray has at most 32, and 128 thousand signs or one alone', () => {
  fc.assert(
    fc.property(lengths, sizes => {
      const works = sizes.map((length, seq) => ({ seq, text: 'x'.repeat(length) }))
      const trays = [...traysOf(works)]
      expect(trays.flat()).toEqual(works)
      for (const tray of trays) {
        expect(tray.length).toBeGreaterThan(0)
        expect(tray.length).toBeLessThanOrEqual(32)
        const text = tray.reduce((sum, work) => sum + work.text.length, 0)
        expect(tray.length === 1 || text <= 128 * 1024).toBe(true)
      }
    }),
  )
})

test('short ones share a tray', () => {
  const works = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(2_000) }))
  expect([...traysOf(works)].map(tray => tray.length)).toEqual([32, 32, 32, 4])
})
