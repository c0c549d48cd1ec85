import { describe, expect, test } from 'vitest'
import { DecidedTable } from '../../src/run/stage/decided.ts'

describe('what routing decided', () => {
  const decided = new DecidedTable()
  for (let seq = 1; seq <= 5_000; seq += 1)
    if (seq % 7 !== 0) decided.set(seq, { decision: seq % 3, size: seq * 1_000 })

  test('is found again by number, however many there are', () => {
    expect(decided.get(1)).toEqual({ decision: 1, size: 1_000 })
    expect(decided.get(3)).toEqual({ decision: 0, size: 3_000 })
    expect(decided.get(4_999)).toEqual({ decision: 1, size: 4_999_000 })
  })

  test('is undefined for what was refused, and for what is not there', () => {
    expect([0, 7, 4_900, 5_001, 9_999_999].map(seq => decided.get(seq))).toEqual(new Array(5).fill(undefined))
  })

  test('counts by decision', () => {
    const counts = decided.counts(4)
    expect(counts[3]).toBe(0)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_000 - 714)
  })
})
