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

test('one without a map is told as it is', () => {
  const error = new TypeError('x')
  error.stack = 'TypeError: x\n    at fs (node:fs:12:3)'
  expect(kindAndPlace(error)).toBe('TypeError at node:fs:12')
})
