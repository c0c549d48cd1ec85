/** What is told of a bug leads to the line that was written, though what runs is built. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kindAndPlace } from '../../src/run/index.ts'

const linesOf = (file: string): readonly string[] => readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')

test('a place in what is built is told as the place in src', () => {
  const says = 'function pressLot('
  const line = linesOf('../../dist/worker.js').findIndex(text => text.includes(says)) + 1
  const written = linesOf('../../src/run/press/worker.ts').findIndex(text => text.includes(says)) + 1
  expect(Math.min(line, written)).toBeGreaterThan(0)
  const error = new TypeError('x')
  error.stack = `TypeError: x\n    at pressLot (${new URL('../../dist/worker.js', import.meta.url).href}:${line}:1)`
  expect(kindAndPlace(error)).toBe(`TypeError at run/press/worker.ts:${written}`)
})

test('one that is not built by us is told as it is', () => {
  const error = new TypeError('x')
  for (const [frame, told] of [
    ['node:fs:12:3', 'node:fs:12'],
    // It has one, of a place that no longer names the package.
    [import.meta.resolve('intl-messageformat').concat(':10:3'), 'intl-messageformat/index.js:10'],
  ]) {
    error.stack = `TypeError: x\n    at fs (${frame})`
    expect(kindAndPlace(error)).toBe(`TypeError at ${told}`)
  }
})
