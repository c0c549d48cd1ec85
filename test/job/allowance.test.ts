import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exceeds, readAllowance } from '../../src/job/index.ts'

describe('readAllowance', () => {
  it.each([
    ['0', { count: 0 }],
    ['12', { count: 12 }],
    ['10%', { share: 0.1 }],
    ['10 %', { share: 0.1 }],
    ['0.5%', { share: 0.005 }],
    ['0.0001%', { share: 0.000001 }],
    ['100%', { share: 1 }],
    ['0%', { share: 0 }],
  ])('reads %s', (text, allowance) => expect(readAllowance(text)).toEqual(allowance))

  it.each(['', '-1', '1.5', '101%', '100.1%', '10 percent', '%', '1e2', '0.00001%', '1234567890'])('refuses %j', text =>
    expect(readAllowance(text)).toBeUndefined())
})

describe('exceeds', () => {
  it('counts', () => {
    expect(exceeds({ count: 12 }, 12, 100)).toBe(false)
    expect(exceeds({ count: 12 }, 13, 100)).toBe(true)
  })

  it('takes a share exactly, where binary fractions would not', () => {
    expect(exceeds({ share: 0.29 }, 29, 100)).toBe(false)
    expect(exceeds({ share: 0.29 }, 30, 100)).toBe(true)
    expect(exceeds({ share: 0.1 }, 140, 2025)).toBe(false)
    expect(exceeds({ share: 0 }, 0, 0)).toBe(false)
    expect(exceeds({ share: 0 }, 1, 1)).toBe(true)
  })

  it('agrees with whole numbers for every share that can be written', () => {
    const tenThousandths = fc.integer({ min: 0, max: 1_000_000 })
    const count = fc.integer({ min: 0, max: 10_000_000 })
    fc.assert(
      fc.property(tenThousandths, count, count, (share, rejects, communications) => {
        const text = `${Math.floor(share / 10_000)}.${String(share % 10_000).padStart(4, '0')}%`
        const allowance = readAllowance(text)!
        expect(exceeds(allowance, rejects, communications)).toBe(
          BigInt(rejects) * 1_000_000n > BigInt(share) * BigInt(communications),
        )
      }),
    )
  })
})
