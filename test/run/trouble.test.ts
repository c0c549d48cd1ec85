/** What the machine had is told with what helps against it. */
import { expect, test } from 'vitest'
import { troubleOf } from '../../src/run/trouble.ts'

test.each([
  ['ENOSPC', 'nothing is lost: make room, and start the same command again to go on'],
  ['STALLED', 'nothing is lost: start the same command again to go on'],
  ['EIO', 'look at the machine; then start the same command again to go on'],
  [10, 'look at the machine; then start the same command again to go on'],
  [13, 'nothing is lost: make room, and start the same command again to go on'],
])('%s', (what, hint) => {
  const error = typeof what === 'number' ? { code: 'ERR_SQLITE_ERROR', errcode: what } : { code: what }
  expect(troubleOf(error)).toMatchObject({ exit: 130, fault: { code: 'run.machine', hint } })
})
