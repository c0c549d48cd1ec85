/** What looks like a link, and what only has a full stop. */
import { expect, test } from 'vitest'
import { linkIn, linkPath } from '../../src/model/link.ts'

const ours = new Set(['nord.example'])

test.each([
  ['evil.com', 'evil.com'],
  ['pay at EVIL.COM now', 'EVIL.COM'],
  ['https://x', 'https://x'],
  ['hxxp://evil', 'hxxp://evil'],
  ['tel:+4490', 'tel:+4490'],
  ['www.evil.zz', 'www.evil.zz'],
  ['t.me/evil', 't.me'],
  ['a@b.com', 'b.com'],
  ['1.2.3.4/x', '1.2.3.4'],
  ['Visit evil . com', 'evil.com'],
  ['evil[.]com', 'evil.com'],
  ['evil dot com', 'evil.com'],
  ['evil\u200B.com', 'evil.com'],
  ['evil．ｃｏｍ', 'evil.com'],
  ['evil。com', 'evil.com'],
  ['evil.соm', 'evil.соm'],
  ['nоrd.example', 'nоrd.example'],
  ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
  ['приклад.укр', 'приклад.укр'],
  ['nord.example.evil.com', 'nord.example.evil.com'],
  ['https://nord.example@evil.com/', 'https://nord.example@evil.com/'],
])('%j is one', (text, found) => {
  expect(linkIn(text, ours)).toBe(found)
})

test.each([
  'Олена Коваленко',
  'О.Коваленко',
  'J.R. Smith',
  'J.Li',
  'St.Petersburg',
  'Nord & Sohn Ltd. Co',
  'sp. z o.o.',
  '12.03.2026',
  '1482.50',
  'Note: call',
  '7:30',
  'Dotson',
  'nord.example/417',
  'https://pay.nord.example/417',
])('%j is none', text => {
  expect(linkIn(text, ours)).toBeUndefined()
})

test('a value counts where it stands in the message, whatever was made of its blanks', () => {
  const data = { customer: { name: 'evil\u00A0.\u00A0com', note: 'other.com' }, lines: [{ what: 'shop.com' }] }
  expect(linkPath(data, { message: () => 'Dear evil . com, pay', allowed: ours })).toBe('customer.name')
  expect(linkPath(data, { message: () => 'Dear Olena, pay at other.com', allowed: ours })).toBe('customer.note')
  expect(linkPath(data, { message: () => 'for shop.com', allowed: ours })).toBe('lines.0.what')
  expect(linkPath(data, { message: () => 'Dear Olena, pay at nord.example/1', allowed: ours })).toBeUndefined()
})

test.each([
  ['olena@example.org', undefined],
  ['write to olena@example.org.', undefined],
  ['olena@example.org/now', 'name'],
  ['https://olena@example.org', 'name'],
  ['mailto:olena@example.org', 'name'],
  ['evil.com/a@b.example', 'name'],
])('%j beside mail addresses that pass', (name, found) => {
  expect(linkPath({ name }, { message: () => name, allowed: ours, mailAddresses: true })).toBe(found)
  expect(linkPath({ name }, { message: () => name, allowed: ours })).toBe('name')
})

test('what the template vouches for is no link of the data', () => {
  const search = { message: () => 'pay at shop.com', allowed: ours }
  expect(linkPath({ at: 'shop.com' }, { ...search, vouched: value => value === 'shop.com' })).toBeUndefined()
  expect(linkPath({ at: 'shop.com' }, search)).toBe('at')
})
