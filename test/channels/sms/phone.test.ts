/** Phone numbers to the form that a gateway takes. */
import { expect, test } from 'vitest'
import { phone } from '../../../src/channels/sms/phone.ts'

test.each([
  ['+380441234567', '+380441234567'],
  [' +380 (44) 123-45-67 ', '+380441234567'],
  ['00380441234567', '+380441234567'],
  ['+44\u00A020 7946 0958', '+442079460958'],
  ['(044) 123.45.67', '0441234567'],
  ['0 44/1234567', '0441234567'],
  ['tel:+380441234567', '+380441234567'],
  ['112', '112'],
])('%j is %s', (text, number) => {
  expect(phone(text)).toBe(number)
})

test.each([
  '',
  'none',
  '+',
  '+0441234567',
  '12',
  '+123456',
  '+1234567890123456',
  '044 1234567, 044 7654321',
  '044-CALL',
  '١٢٣٤٥٦٧',
  '+380441234567;ext=1',
  '+3804412345\n67',
])('%j is no number', text => {
  expect(phone(text)).toBeUndefined()
})
