import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packOrigin, unpackOrigin } from '../../src/ledger/origin.ts'
import type { RowPlace } from '../../src/model/index.ts'

const rows = fc
  .array(
    fc.record({
      file: fc.integer({ min: 0, max: 1 }),
      line: fc.integer({ min: 1, max: 99 }),
      start: fc.integer({ min: 0, max: 50 }),
      length: fc.integer({ min: 1, max: 9 }),
    }),
  )
  .map(some => some.map(({ length, ...row }): RowPlace => ({ ...row, end: row.start + length })))

/** Every byte that the places cover, in order. */
const bytes = (places: readonly RowPlace[]): readonly string[] =>
  places.flatMap(({ file, start, end }) => Array.from({ length: end - start }, (_, at) => `${file}:${start + at}`))

describe('origin', () => {
  it('covers the same bytes in the same order, in no more ranges', () => {
    fc.assert(
      fc.property(rows, places => {
        const unpacked = unpackOrigin(packOrigin(places))
        expect(bytes(unpacked)).toEqual(bytes(places))
        expect(unpacked.length).toBeLessThanOrEqual(places.length)
        expect(unpackOrigin(packOrigin(unpacked))).toEqual(unpacked)
      }),
    )
  })

  it('makes one range of neighbours, with the line of the first', () => {
    const places = Array.from({ length: 675 }, (_, at) => ({
      file: 0,
      line: at + 2,
      start: at * 40,
      end: at * 40 + 40,
    }))
    expect(unpackOrigin(packOrigin(places))).toEqual([{ file: 0, line: 2, start: 0, end: 27_000 }])
  })
})
