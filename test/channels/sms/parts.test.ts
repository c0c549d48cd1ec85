/** Parts: the published vectors, the standard's limits, and agreement with an independent counter. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { alphabetsOf, gsm } from '../../../src/channels/sms/alphabet.ts'
import { parts } from '../../../src/channels/sms/parts.ts'

interface Vector {
  readonly testDescription: string
  readonly body: string
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly segments: number
}

const septetsOf = (character: string): number | undefined => gsm.septets[character.charCodeAt(0)] || undefined

const vectors = JSON.parse(
  readFileSync(new URL('./data/twilio-segment-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[]

/** Every character that the default alphabet and its extension can say. */
const gsmCharacters = [...gsm.septets.keys()].filter(at => gsm.septets[at] !== 0).map(at => String.fromCharCode(at))

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
  for (const lacking of '`çêáíóú') expect(septetsOf(lacking)).toBeUndefined()
  expect(septetsOf('Ç')).toBe(1)
})

/**
 * Code points of 3GPP TS 23.038, annex A.2 (behind an escape, beside the default extension) and A.3 (instead of the default alphabet, where
 * it differs), by position, as a telephone's source has them: Mozilla's ril_consts.js.
 */
const annex = {
  turkish: {
    single: '47 011e 49 0130 53 015e 63 00e7 67 011f 69 0131 73 015f',
    locking: '04 20ac 07 0131 0b 011e 0c 011f 1c 015e 1d 015f 40 0130 60 00e7',
    gone: 'èìØøÆæ¡¿',
  },
  spanish: { single: '09 00e7 41 00c1 49 00cd 4f 00d3 55 00da 61 00e1 69 00ed 6f 00f3 75 00fa' },
  portuguese: {
    single:
      '05 00ea 09 00e7 0b 00d4 0c 00f4 0e 00c1 0f 00e1 12 03a6 13 0393 15 03a9 16 03a0 17 03a8 18 03a3 19 0398 1f 00ca 41 00c0 49 00cd 4f 00d3 55 00da 5b 00c3 5c 00d5 61 00c2 69 00ed 6f 00f3 75 00fa 7b 00e3 7c 00f5 7f 00e2',
    locking:
      '04 00ea 06 00fa 07 00ed 08 00f3 09 00e7 0b 00d4 0c 00f4 0e 00c1 0f 00e1 12 00aa 13 00c7 14 00c0 15 221e 16 005e 17 005c 18 20ac 19 00d3 1a 007c 1c 00c2 1d 00e2 1e 00ca 24 00ba 40 00cd 5b 00c3 5c 00d5 5d 00da 60 007e 7b 00e3 7c 00f5 7d 0060',
    gone: 'èùìòØøÅåΦΓΛΩΠΨΣΘΞÆæß¤¡ÄÖÑ¿äöñ',
  },
} as const

test.each(Object.entries(annex))('the national tables of %s are those of the standard', (language, tables) => {
  const shift = language as keyof typeof annex
  const letters = (written: string): string =>
    written
      .split(' ')
      .flatMap((code, at) => (at % 2 === 1 ? [String.fromCharCode(Number.parseInt(code, 16))] : []))
      .join('')
  const extension = '\f^{}\\[~]|€'
  const has = (septets: Uint8Array, size: number): string =>
    [...septets.keys()]
      .filter(at => septets[at] === size)
      .map(at => String.fromCharCode(at))
      .sort()
      .join('')
  const set = (text: string): string => [...new Set(text)].sort().join('')
  const basic = gsmCharacters.filter(character => septetsOf(character) === 1).join('')
  const found = Object.fromEntries(
    alphabetsOf(shift).map(({ tables: named, septets }) => [named.join('+'), [has(septets, 1), has(septets, 2)]]),
  )
  const main =
    'locking' in tables
      ? `${[...basic].filter(one => !tables.gone.includes(one)).join('')}${letters(tables.locking)}`
      : basic
  const without = (escaped: string, one: string): string =>
    set([...escaped].filter(sign => !one.includes(sign)).join(''))
  const own = extension + letters(tables.single)
  expect(found).toEqual({
    '': [set(basic), set(extension)],
    single: [set(basic), without(own, basic)],
    ...('locking' in tables
      ? { locking: [set(main), without(extension, main)], 'single+locking': [set(main), without(own, main)] }
      : {}),
  })
})

test('an independent counter counts the same', () => {
  const plain = gsmCharacters.filter(character => character !== '\r')
  const any = fc.oneof(
    fc.array(fc.constantFrom(...plain), { maxLength: 500 }).map(all => all.join('')),
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
