/** A storm says how far it has come: one line for each full group, however many are done between two looks. */
import { expect, test } from 'vitest'
import { progressLine, seed } from './chance.ts'

test.each([
  { before: 44, now: 49, line: undefined },
  { before: 48, now: 53, line: `53 of 1000 kills (SEED=${seed})\n` },
  { before: 53, now: 59, line: undefined },
  { before: 999, now: 1000, line: `1000 of 1000 kills (SEED=${seed})\n` },
])('from $before to $now of 1000', ({ before, now, line }) => {
  expect(progressLine({ what: 'kills', before, now, each: 50, of: 1000 })).toBe(line)
})
