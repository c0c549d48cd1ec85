/** Phone numbers to the form that a gateway takes, with the country that it charges by. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { expect, test } from 'vitest'
import { phone } from '../../../src/channels/sms/phone.ts'

test.each([
  ['+380441234567', undefined, '+380441234567', 'UA'],
  [' +380 (44) 123-45-67 ', undefined, '+380441234567', 'UA'],
  ['00380441234567', undefined, '+380441234567', 'UA'],
  ['+44\u00A020 7946 0958', undefined, '+442079460958', 'GB'],
  ['tel:+380441234567', undefined, '+380441234567', 'UA'],
  ['(044) 123.45.67', 'UA', '+380441234567', 'UA'],
  ['0 44/1234567', 'UA', '+380441234567', 'UA'],
  ['8 916 123-45-67', 'RU', '+79161234567', 'RU'],
  ['07700 900123', 'GB', '+447700900123', 'GB'],
  ['+493012345678', 'UA', '+493012345678', 'DE'],
  ['+77011234567', undefined, '+77011234567', 'KZ'],
  ['+447797123456', undefined, '+447797123456', 'JE'],
  ['+12025550123', undefined, '+12025550123', 'US'],
  ['+447700900123', undefined, '+447700900123', 'GB'],
  ['+88312345678', undefined, '+88312345678', undefined],
])('%j in %s is %s', (text, country, number, of) => {
  expect(phone(text, country)).toEqual({ number, ...(of === undefined ? {} : { country: of }) })
})

test.each([
  ['', 'UA'],
  ['none', 'UA'],
  ['+', 'UA'],
  ['0441234567', undefined],
  ['112', 'UA'],
  ['+123456', undefined],
  ['+1234567890123456', undefined],
  ['+999123456789', undefined],
  ['044 1234567, 044 7654321', 'UA'],
  ['044-CALL', 'UA'],
  ['٠٤٤١٢٣٤٥٦٧', 'UA'],
  ['+380441234567;ext=1', 'UA'],
  ['+3804412345\n67', 'UA'],
])('%j in %s is no number', (text, country) => {
  expect(phone(text, country)).toBeUndefined()
})

test('what is remembered of a range is what the library says of each number in it', () => {
  const ranges = [
    '+4477971',
    '+4479111',
    '+7701',
    '+7912',
    '+1242',
    '+1202',
    '+6189162',
    '+6185102',
    '+35850',
    '+262692',
    '+6185101',
    '+4476245',
    '+5905927',
    '+4779',
    '+1670',
  ]
  for (const range of ranges)
    for (let at = 0; at < 200; at += 1) {
      const number =
        range +
        String((at * 7919 + 13) % 100_000_000)
          .padStart(8, '0')
          .slice(0, 13 - range.length)
      const asked = parsePhoneNumberFromString(number, { extract: false })
      expect(phone(number)?.country, number).toBe(
        asked?.isPossible() === true ? (asked.country ?? asked.getPossibleCountries()[0]) : undefined,
      )
    }
})
