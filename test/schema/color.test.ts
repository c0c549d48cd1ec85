/** Colours as CSS and SVG write them. */
import { expect, test } from 'vitest'
import { readColor } from '../../src/schema/index.ts'

test.each([
  ['Navy', '#000080', 1],
  [' #0f8 ', '#00FF88', 1],
  ['rgb(27, 31, 36)', '#1B1F24', 1],
  ['rgba(17, 34, 51, 0.5)', '#112233', 0.5],
  ['transparent', '#000000', 0],
  ['nave', undefined, undefined],
  ['inherit', undefined, undefined],
])('%s', (written, color, opacity) => {
  expect(readColor(written)).toEqual(color === undefined ? undefined : { color, opacity })
})
