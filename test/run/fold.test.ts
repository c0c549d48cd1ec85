import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold } from '../../src/run/prove/tokens.ts'

const signs = [...' ab ß ЇґZ9-.’‘“”„«»‐‑–—−ʼ№€\u00a0\t\n\u202f\u0301é', 'e\u0301', '\u00ad']

it('folds a text by the short ways as by the long one', () => {
  const texts = fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 })
  // A sign that nobody sees goes the long way, and leaves nothing behind.
  const same = (text: string): void => {
    expect(fold(`${text}\u200b`)).toBe(fold(text))
    // Blanks are single, and none stands beside a tab or a line's end.
    expect(fold(text)).not.toMatch(/ [ \t\n]|[\t\n][ \t\n]/)
  }
  fc.assert(fc.property(texts, same), { numRuns: 2_000 })
})
