/** Parts: the published vectors, the standard's limits, and agreement with an independent counter. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { gsmCharacters, septetsOf } from '../../../src/channels/sms/alphabet.ts'
import { parts } from '../../../src/channels/sms/parts.ts'

interface Vector {
  readonly testDescription: string
  readonly body: string
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly segments: number
}

const vectors = JSON.parse(
  readFileSync(new URL('./data/twilio-segment-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[]

test.each(vectors)('$testDescription', ({ body, encoding, segments }) => {
  expect(parts(body)).toMatchObject({ encoding, parts: segments })
})

test.each([
  ['', 'GSM-7', 1, 0],
  ['a'.repeat(160), 'GSM-7', 1, 160],
  ['a'.repeat(161), 'GSM-7', 2, 161],
  ['a'.repeat(306), 'GSM-7', 2, 306],
  ['a'.repeat(307), 'GSM-7', 3, 307],
  ['€'.repeat(80), 'GSM-7', 1, 160],
  // The escape pair would be split at 153, so it opens the second part, and one septet of the first stays empty.
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3, 306],
  [`${'a'.repeat(152)}€${'a'.repeat(151)}`, 'GSM-7', 2, 305],
  ['я'.repeat(70), 'UCS-2', 1, 70],
  ['я'.repeat(71), 'UCS-2', 2, 71],
  ['я'.repeat(134), 'UCS-2', 2, 134],
  ['я'.repeat(135), 'UCS-2', 3, 135],
  [`${'я'.repeat(66)}😜${'я'.repeat(66)}`, 'UCS-2', 3, 134],
  [`${'я'.repeat(66)}😜${'я'.repeat(65)}`, 'UCS-2', 2, 133],
] as const)('%j', (text, encoding, count, units) => {
  expect(parts(text)).toMatchObject({ encoding, parts: count, units })
})

test('the first character that GSM-7 lacks is named', () => {
  expect(parts('Grüße, Zoë und “Ł”').unlike).toBe('ë')
  expect(parts('Grüße für 5 €').unlike).toBeUndefined()
})

test('the alphabet has 127 characters without escape, and ten in its extension', () => {
  expect(gsmCharacters).toHaveLength(137)
  expect(gsmCharacters.filter(character => septetsOf(character) === 2).sort()).toEqual([...'\f^{}\\[~]|€'].sort())
  for (const lacking of '`çêáíóúÇ'.slice(0, -1)) expect(septetsOf(lacking)).toBeUndefined()
  expect(septetsOf('Ç')).toBe(1)
})

test('an independent counter counts the same', () => {
  const gsm = gsmCharacters.filter(character => character !== '\r')
  const any = fc.oneof(
    fc.array(fc.constantFrom(...gsm), { maxLength: 500 }).map(all => all.join('')),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(fc.constantFrom('я', '😜', '🏳️‍🌈', 'a', '€', '\n'), { maxLength: 300 }).map(all => all.join('')),
  )
  fc.assert(
    fc.property(any, text => {
      const { encoding, parts: count } = parts(text)
      const theirs = new SegmentedMessage(text, 'auto')
      expect([encoding, count]).toEqual([theirs.getEncodingName(), Math.max(theirs.segments.length, 1)])
    }),
    { numRuns: 500 },
  )
})
