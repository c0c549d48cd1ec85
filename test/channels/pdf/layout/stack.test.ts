import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill } from '../../../../src/channels/pdf/layout/compose.ts'
import { stack } from '../../../../src/channels/pdf/layout/stack.ts'
import { type RowPart, type Strip, start, type TableFlow } from '../../../../src/channels/pdf/layout/strip.ts'

const tables: readonly TableFlow[] = [
  { head: [], foot: [] },
  { head: [], foot: [] },
]
const row = fc.record({
  table: fc.constantFrom(...tables),
  part: fc.constantFrom<RowPart['part']>('head', 'body', 'foot'),
  on: fc.constantFrom('first', 'last', 'not-first', 'not-last', 'odd', 'even'),
}) as fc.Arbitrary<RowPart>
const content = fc.constantFrom<Strip['content']>(
  { kind: 'gap' },
  { kind: 'pinned', x: 0, y: 9, flow: { strips: [] }, below: 60 },
  { kind: 'pinned', x: 0, y: 9, flow: { strips: [] } },
)
const strip = fc.record({
  space: fc.constantFrom(0, 5),
  height: fc.constantFrom(0, 12.5),
  keep: fc.boolean(),
  force: fc.boolean(),
  row: fc.option(row, { nil: undefined }),
  carry: fc.constantFrom(undefined, 'a', 'b'),
  content,
}) as fc.Arbitrary<Strip>

describe('strips below one another', () => {
  it('stand where composing puts them in room that never ends', () => {
    const endless = Number.POSITIVE_INFINITY
    fc.assert(
      fc.property(
        fc.array(strip, { maxLength: 9 }),
        fc.constantFrom(1, 2),
        fc.constantFrom(0, 40),
        (strips, page, top) => {
          const room = { height: endless, whole: endless, top, page, must: true, forces: false }
          expect(stack({ strips }, { page, top })).toEqual(fill({ strips }, start, room))
        },
      ),
      { numRuns: 2_000, seed: 3 },
    )
  })
})
