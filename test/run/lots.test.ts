/** Cutting: a lot ends at so many communications or at 4 MB of staged text, at first and in a retry alike. */
import { expect, test } from 'vitest'
import { openCutter } from '../../src/run/stage/lots.ts'

const mb = 1024 * 1024

test('a lot ends at its number of communications or at 4 MB, whichever is first', () => {
  const cut = openCutter({ first: 3, lotSize: 3 })
  const sizes = [1, 1, 1, 1, 2 * mb, 2 * mb, 1, 5 * mb, 1, 4 * mb - 1, 1, 1]
  expect(sizes.map(cut)).toEqual([3, 3, 3, 4, 4, 5, 5, 6, 7, 7, 8, 8])
})
