import { expect, test } from 'vitest'
import { countryOf } from '../../../src/channels/sms/country.ts'

test.each([
  ['+380441234567', 'UA'],
  ['+493012345678', 'DE'],
  ['+48221234567', 'PL'],
  ['+79161234567', 'RU'],
  ['+77011234567', 'KZ'],
  ['+447797123456', 'JE'],
  ['+12025550123', 'US'],
])('%s belongs to %s', (number, country) => {
  expect(countryOf(number)).toBe(country)
})

test('a number in nobody’s range belongs to the first country of its code', () => {
  expect(countryOf('+447700900123')).toBe('GB')
})

test.each(['0441234567', '112', '+999123456789', '+88312345678', '+'])('%s belongs to no country', number => {
  expect(countryOf(number)).toBeUndefined()
})
