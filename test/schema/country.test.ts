/** Countries: what is one, what was meant by what is none. */
import { expect, test } from 'vitest'
import { countryOf, hintCountry, notCountries } from '../../src/schema/index.ts'

test('a country is known by its present code, in any case, and by usual slips', () => {
  expect(['GB', 'ua', 'UK', 'EL', 'DD', 'XK', 'EU', 'XX', 'ZZ', 'Germany', '', ' gb '].map(countryOf)).toEqual([
    'GB',
    'UA',
    'GB',
    'GR',
    'DE',
    'XK',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    'GB',
  ])
})

test('settings are to have the present code; what was meant is said', () => {
  const at = (code: string) => ({ file: 'brand.yaml', path: code })
  expect(notCountries(['GB', 'other', 'UK', 'GR'], { below: 'prices.sms.part', at })).toEqual([
    {
      code: 'schema.unknown',
      message: 'prices.sms.part names no country of ISO 3166-1 (found "UK")',
      place: { file: 'brand.yaml', path: 'UK' },
      hint: 'did you mean "GB"?',
    },
  ])
  expect(['EL', 'SU', 'PQ'].map(hintCountry)).toEqual([
    'did you mean "GR"?',
    'did you mean "RU"?',
    expect.stringMatching(/^did you mean "(P.|.Q)"\?$/),
  ])
})
