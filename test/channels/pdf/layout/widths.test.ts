import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Build } from '../../../../src/channels/pdf/layout/context.ts'
import { resolveWidths } from '../../../../src/channels/pdf/layout/widths.ts'
import type { Width } from '../../../../src/channels/pdf/markup/values.ts'

const width: fc.Arbitrary<Width> = fc.oneof(
  fc.double({ min: 0, max: 120, noNaN: true }).map(pt => ({ kind: 'fixed' as const, pt })),
  fc.constantFrom(0.5, 1, 2, 7).map(share => ({ kind: 'share' as const, share })),
  fc.constant({ kind: 'auto' as const }),
)

const need = fc
  .tuple(fc.double({ min: 0, max: 90, noNaN: true }), fc.double({ min: 0, max: 300, noNaN: true }))
  .map(([least, more]) => ({ least, most: least + more }))

function resolve(
  widths: readonly Width[],
  needs: readonly { least: number; most: number }[],
  roomPt: number,
  gapPt = 0,
) {
  const faults: string[] = []
  const build = { fault: (code: string) => faults.push(code) } as unknown as Build
  return { all: resolveWidths(widths, needs, { roomPt, gapPt, element: {} as never, build }), faults }
}

it('columns fill their room at most, or are a fault', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(width, need), { minLength: 1, maxLength: 8 }),
      fc.double({ min: 20, max: 500, noNaN: true }),
      fc.constantFrom(0, 3.5),
      (columns, roomPt, gapPt) => {
        const { all, faults } = resolve(
          columns.map(([one]) => one),
          columns.map(([, one]) => one),
          roomPt,
          gapPt,
        )
        if (faults.length > 0) return
        const sum = all.reduce((total, one) => total + one, gapPt * (all.length - 1))
        expect(sum).toBeLessThanOrEqual(roomPt + 1e-6)
        expect(Math.min(...all)).toBeGreaterThanOrEqual(0)
      },
    ),
    { numRuns: 3000 },
  )
})

it('shares of less than a point are a fault, not columns that hang over', () => {
  const share = { kind: 'share', share: 1 } as const
  expect(resolve([{ kind: 'fixed', pt: 98.1 }, share, share], [], 100).faults).toEqual(['pdf.fit'])
  expect(resolve([{ kind: 'fixed', pt: 97.9 }, share, share], [], 100).faults).toEqual([])
})

it('fixed widths that were rounded up share what they are over', () => {
  const third = { kind: 'fixed', pt: 33.4 } as const
  const { all, faults } = resolve([third, third, third], [], 100)
  expect(faults).toEqual([])
  expect(all.reduce((sum, one) => sum + one)).toBeCloseTo(100, 9)
})
