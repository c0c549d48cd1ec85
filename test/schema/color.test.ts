/** Colours as CSS and SVG write them. */
import { expect, test } from 'vitest'
import { readColor } from '../../src/schema/index.ts'

test.each([
  ['Navy', '#000080', 1],
  [' #0f8 ', '#00FF88', 1],
  ['rgb(27, 31, 36)', '#1B1F24', 1],
  ['rgba(17, 34, 51, 0.5)', '#112233', 0.5],
  ['hsl(0, 0%, 67%)', '#ABABAB', 1],
  ['HSL(210deg 50% 20% / 0.5)', '#1A334D', 0.5],
  ['hsla(-60, 100%, 50%, 1)', '#FF00FF', 1],
  ['hwb(120 20% 40%)', '#339933', 1],
  ['hwb(0 100% 100%)', '#808080', 1],
  ['transparent', '#000000', 0],
  ['nave', undefined, undefined],
  ['inherit', undefined, undefined],
])('%s', (written, color, opacity) => {
  expect(readColor(written)).toEqual(color === undefined ? undefined : { color, opacity })
})
