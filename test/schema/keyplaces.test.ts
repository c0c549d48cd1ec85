import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyPlaces } from '../../src/schema/index.ts'

test('each key of the outermost object has its line and column, whatever stands in texts', () => {
  const text = '{"a": "\\"b\\": {",\n\n  "b" : { "c": ["d", "e\\n"] },\r\n\t"\\u0063":1, "__proto__": {}\n}'
  expect(keyPlaces(text)).toEqual(
    Object.fromEntries([
      ['a', { line: 1, column: 2 }],
      ['b', { line: 3, column: 3 }],
      ['c', { line: 4, column: 2 }],
      ['__proto__', { line: 4, column: 14 }],
    ]),
  )
  expect(keyPlaces('["a", {"b": 1}]')).toEqual({})
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      fc.constantFrom(0, 2),
      (object, indent) => {
        const written = JSON.stringify(object, null, indent)
        const places = keyPlaces(written)
        expect(Object.keys(places).sort()).toEqual(Object.keys(object).sort())
        for (const [key, { line, column }] of Object.entries(places))
          expect(
            written
              .split('\n')
              [line - 1]?.slice(column - 1)
              .startsWith(`${JSON.stringify(key)}:`),
          ).toBe(true)
      },
    ),
    { numRuns: 50, seed: 6 },
  )
})
