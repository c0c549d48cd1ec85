/** Values that helpers write otherwise than the data has them: links and opt-out words of theirs are no more the wording's own for that. */
import { beforeAll, expect, test } from 'vitest'
import { sms } from '../../../src/channels/sms/index.ts'
import type { Brand, Data } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { merging } from '../../template/kit.ts'
import { must } from '../conformance.ts'

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

interface Asked {
  readonly data: Data
  /** Absent: the message sells nothing. */
  readonly optOut?: string
  readonly phone?: string
  readonly locale?: string
}

/** The text that is sent, or the codes of its faults. */
async function sent(
  wording: string,
  { data, optOut, phone = '+380501234567', locale = 'en-GB' }: Asked,
): Promise<string> {
  const source = { file: 'templates/invoice/sms.hbs', text: wording }
  const settings = optOut === undefined ? {} : { optOut }
  const purpose = optOut === undefined ? 'service' : 'marketing'
  const prepared = must(await sms.prepare({ sources: { 'sms.hbs': source }, settings, brand, purpose }))
  const open = await sms.open(prepared, { brand, settings, purpose })
  const { merge } = merging(wording, 'none')
  const communication = { id: '417', locale, recipient: { phone }, data: { currency: 'EUR', ...data } }
  const texts = must(merge(communication))
  const retell = (other: typeof communication) => {
    const told = merge(other)
    return told.ok ? told.value : undefined
  }
  const made = await open.render({ communication, date: '2026-03-09', texts, retell: retell as never, enclosed: {} })
  if (!made.ok) return made.faults.map(({ code }) => code).join()
  return JSON.parse(new TextDecoder().decode(made.value.bytes)).text
}

test.each([
  ['Pay https://nord.example{{urlPart note}} {{number}}', '.evil.com/x'],
  ['Pay https://nord.example{{urlPart note}} {{number}}', '.evil.com x'],
  ['Pay https://nord.example{{urlPart note}}/417', '.evil.com:80'],
  ['Ref {{urlPart note}}', 'evil.com/x'],
  ['Ref {{urlPart note}}', 'https://evil.com/x'],
  ['Ref {{urlPart note}}', 'Größe evil.com'],
  ['Ref {{urlPart note}}', 'x\nevil.com'],
  ['Ref evil{{urlPart note}}', '.com x'],
  ['Ref {{urlPart (urlPart note)}}', 'evil.com/x'],
  ['See nord.example/417, ref {{urlPart note}}', 'evil.com/x'],
])('"%s" with %j brings a link', async (wording, note) => {
  expect(await sent(wording, { data: { number: '7', note } })).toBe('sms.link')
})

test.each([
  ['Pay https://nord.example/{{urlPart note}}', 'evil.com/x', 'Pay https://nord.example/evil.com%2Fx'],
  ['Pay nord.example/{{urlPart note}} now', 'evil.com x', 'Pay nord.example/evil.com%20x now'],
  ['Pay https://pay.nord.example/a?b={{urlPart note}} or nord.example', '№ 4.de', undefined],
  ['Ref {{urlPart note}}', 'A/12 of 1.3', 'Ref A%2F12%20of%201.3'],
])('"%s" with %j brings none', async (wording, note, text) => {
  const found = await sent(wording, { data: { number: '7', note } })
  expect(found).toBe(text ?? 'Pay https://pay.nord.example/a?b=%E2%84%96%204.de or nord.example')
})

test.each(['STOP me', 'STOP,', 'STOP/now', 'a STOP', 'ж STOP'])('{{urlPart}} of %j says no STOP', async note => {
  const data = { number: '7', note }
  expect(await sent('Nord: {{number}} ref {{urlPart note}}', { data, optOut: 'STOP' })).toBe('sms.optout')
  expect(await sent('Nord: {{number}} at nord.example/{{urlPart note}}', { data, optOut: 'STOP' })).toBe('sms.optout')
  expect(await sent('Nord: ref {{urlPart note}}. To end: STOP', { data, optOut: 'STOP' })).toMatch(/To end: STOP$/)
})

test('{{urlPart}} says nothing that France demands', async () => {
  const french = (wording: string, note: string) =>
    sent(wording, { data: { number: '7', note }, optOut: 'Nord', phone: '+33612345678' })
  expect(await french('Nord: ref {{urlPart note}}', 'STOP/36123')).toBe('sms.optout')
  expect(await french('Nord: STOP, ref {{urlPart note}}', 'A/36123')).toBe('sms.optout')
  expect(await french('Nord: STOP au 36063, ref {{urlPart note}}', 'A/36123')).toContain('36063')
})

const lines = '{{#each (addressLines note)}}{{this}}, {{/each}}'

test('a line of an address is the data’s own, and so is a key that is encoded', async () => {
  const data = { number: '7', note: '1 High Street\nevil.com' }
  expect(await sent(`Sent to ${lines}`, { data })).toBe('sms.link')
  expect(await sent(`Sent to ${lines}`, { data: { ...data, note: 'House evil\r\n.com' } })).toBe(
    'Sent to House evil, .com,',
  )
  const keyed = { number: '7', labels: { 'evil.com x': '1', 'STOP me': '2' } }
  const keys = '{{#each labels}}{{urlPart @key}} {{/each}}'
  expect(await sent(`Nord: ${keys}`, { data: keyed })).toBe('sms.link')
  expect(await sent(`Nord: ${keys}`, { data: { labels: { 'STOP me': '2' } }, optOut: 'STOP' })).toBe('sms.optout')
  const stop = { ...data, note: '1 High Street\nSTOP' }
  expect(await sent(`Nord: ${lines}`, { data: stop, optOut: 'STOP' })).toBe('sms.optout')
  expect(await sent(`Nord: ${lines} STOP`, { data: stop, optOut: 'STOP' })).toMatch(/, STOP$/)
  const french = { data: { ...data, note: 'STOP 1\n36123 Ham' }, optOut: 'Nord', phone: '+33612345678' }
  expect(await sent(`Nord: ${lines}`, french)).toBe('sms.optout')
})

test.each([
  ['{{number total decimals=0}}', { total: '36123.00' }],
  ['{{money total}}', { total: '36123' }],
  ['{{money total}}', { total: '36123.00' }],
  ['{{money total}}', { total: 36123 }],
  ['{{number total}}', { total: '036123' }],
  ['{{percent rate}}', { rate: '36123.50' }],
  ['{{number (plus total rate)}}', { total: '36000', rate: '123' }],
  ['{{number (minus total rate)}}', { total: '36124', rate: '1' }],
  ['{{number (times total rate)}}', { total: '12041', rate: '3' }],
  ["{{number (sum lines 'amount')}}", { lines: [{ amount: '36000' }, { amount: '123' }] }],
  ["{{fact 'total'}}", { total: '36123' }],
  ["{{t 'items' count=total}}", { total: '36123' }],
  ['{{urlPart (money total)}}', { total: '36123' }],
  ['{{telPart note}}', { note: '36123' }],
  ['{{note}}{{rate}}', { note: '36', rate: '123' }],
])('%s of %j is no number that France demands', async (wording, data: Data) => {
  const asked = { data: { number: '7', ...data }, optOut: 'Nord', phone: '+33612345678', locale: 'uk-UA' }
  expect(await sent(`Nord: STOP, ${wording}`, asked)).toBe('sms.optout')
  expect(await sent(`Nord: STOP au 36063, ${wording}`, asked)).toContain('36063')
})
