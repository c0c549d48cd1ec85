import { expect, it } from 'vitest'
import { Entries, Rows } from '../../../../src/channels/pdf/read/references.ts'

const rows = (text: string, sizes: readonly number[], start = 0) =>
  new Rows(text, { sizes, first: 10, count: 3, start })

it('finds objects of a cross-reference stream in the rows of their numbers', () => {
  const some = rows('??\0\0\0\0\x01\x01\x02\0\x02\0\x09\x03', [1, 2, 1], 2)
  expect([9, 10, 11, 12, 13].map(number => some.place(number))).toEqual([
    undefined,
    undefined,
    { offset: 258 },
    { stream: 9, index: 3 },
    undefined,
  ])
})

it('takes a row without a kind for an object of the file, and a field without bytes for 0', () => {
  expect(rows('\x07\x08\x09', [0, 1]).place(11)).toEqual({ offset: 8 })
  expect(rows('\x02\x05\x02\x06\x02\x07', [1, 1, 0]).place(12)).toEqual({ stream: 7, index: 0 })
})

it('keeps the entry of a table that was read first', () => {
  const entries = new Entries()
  entries.add(1, { offset: 5 })
  entries.add(1, { offset: 6 })
  expect([entries.place(1), entries.place(2)]).toEqual([{ offset: 5 }, undefined])
})
