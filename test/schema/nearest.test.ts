import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hintKnown, hintNearest, nearest } from '../../src/schema/index.ts'

const known = ['columns', 'column', 'margin', 'font-size', 'on']

describe('nearest', () => {
  it.each([
    ['colums', 'columns'],
    ['Column', 'column'],
    ['margn', 'margin'],
    ['fontsize', 'font-size'],
    ['onn', 'on'],
    ['zzzzzz', undefined],
    ['x', undefined],
    ['', undefined],
  ])('%s -> %s', (name, meant) => expect(nearest(name, known)).toBe(meant))

  it('finds a known name behind one slip of the keyboard', () => {
    const name = fc.stringMatching(/^[a-z]{4,12}$/)
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('', 'q'), (word, at, typed) => {
        const position = at % word.length
        expect(nearest(word.slice(0, position) + typed + word.slice(position + 1), [word])).toBe(word)
      }),
    )
  })
})

describe('hints', () => {
  it('name the nearest, else what there is', () => {
    expect(hintNearest('colums', known)).toBe('did you mean "columns"?')
    expect(hintNearest('zzzzzz', known)).toBeUndefined()
    expect(hintKnown('colums', known)).toBe('did you mean "columns"?')
    expect(hintKnown('zzzzzz', known)).toBe('known: columns, column, margin, font-size, on')
    expect(hintKnown('zzzzzz', [])).toBe('there is none')
    const many = Array.from({ length: 13 }, (_, at) => `name${at}`)
    expect(hintKnown('zzzzzz', many)).toMatch(/name11, …$/)
  })
})
