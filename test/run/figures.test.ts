/** Figures that are read: how one is written where it is looked for tells how fast it is found, and never whether it is. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFigures } from '../../src/run/prove/figures.ts'

const locales = [
  { decimal: '.', group: ',' },
  { decimal: ',', group: '.' },
  { decimal: ',', group: '\u00a0' },
  { decimal: '.', group: "'" },
  { decimal: '.', group: '' },
]

/** Texts of which many show a figure, a part of it, or a longer one. */
const text = fc
  .array(
    fc.constantFrom(
      '1234',
      '234',
      '1',
      '0',
      '50',
      '.',
      ',',
      "'",
      '\u00a0',
      ' ',
      '\n',
      '\t',
      '€',
      '-',
      '(',
      ')',
      '%',
      '/',
      'x',
    ),
    {
      maxLength: 14,
    },
  )
  .map(parts => parts.join(''))

const values = ['1234.50', '-1234.50', '1234', '0.50', '1', '50', '1234234.5']

test('a value is found in a text, or not, whether it is looked for with groups or without', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...values), fc.constantFrom(...locales), (read, value, separators) => {
      const [whole = '', fraction] = value.split('.')
      const behind = fraction === undefined ? '' : separators.decimal + fraction
      const spellings = [whole, whole.replace(/\B(?=(\d{3})+$)/g, separators.group)].map(one => one + behind)
      const found = spellings.map(shown =>
        readFigures(read, separators).find({ as: 'money', value, shown, currency: 'EUR' }),
      )
      expect(found[0]).toBe(found[1])
    }),
    { numRuns: 20_000 },
  )
})

test('a figure is found as it is written, and in no longer one', () => {
  const figures = readFigures('a 1,234.50 b', locales[0]!)
  const wanted = { as: 'money', value: '1234.50', shown: '€1,234.50', currency: 'EUR' } as const
  expect(figures.find(wanted)).toBe('1234.50')
  for (const longer of ['1,234.501', '11,234.50', '9,1,234.50', '1,234.50.1', '1,234.50,000'])
    expect(readFigures(`a ${longer} b`, locales[0]!).find(wanted)).toBeUndefined()
  // Two columns that a blank parts.
  expect(readFigures('12 1,234.50 7', locales[0]!).find(wanted)).toBe('1234.50')
})
