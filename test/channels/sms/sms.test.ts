/** The SMS channel: a line of messages.jsonl, and its faults. */
import { beforeAll, expect, test } from 'vitest'
import { sms } from '../../../src/channels/sms/index.ts'
import type { Brand, Data, Piece, Result } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { must } from '../conformance.ts'

const source = { file: 'templates/invoice/sms.hbs', text: '{{text}}' }
let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

async function render(
  text: string,
  { settings = {}, phone = '+380 44 123 45 67' as string | null } = {},
): Promise<Result<Piece>> {
  const prepared = must(await sms.prepare({ sources: { 'sms.hbs': source }, settings, brand }))
  const open = await sms.open(prepared, { brand, settings: settings as Data })
  const recipient = phone === null ? {} : { phone }
  return open.render({
    communication: { id: '417', locale: 'uk-UA', recipient, data: {} },
    date: '2026-03-09',
    texts: { text },
    enclosed: {},
  })
}

test('a piece is its line, keys in order', async () => {
  const piece = must(await render('Рахунок: 1\u00A0482,50\u00A0грн "до" 23.03\n'))
  expect(new TextDecoder().decode(piece.bytes)).toBe(
    '{"id":"417","from":"NORDSOHN","to":"+380441234567","text":"Рахунок: 1 482,50 грн \\"до\\" 23.03","encoding":"UCS-2","parts":1}\n',
  )
  expect(piece.measures).toEqual({ parts: 1, encoding: 'UCS-2', country: 'UA' })
})

test('over the budget is a fault that says how many parts, and which character made them short', async () => {
  expect(await render(`${'a'.repeat(70)} – b`, { settings: { parts: 1 } })).toEqual({
    ok: false,
    faults: [
      {
        code: 'sms.parts',
        message: 'the text message takes 2 parts, 1 more than the budget (74 units of UCS-2 because of "–" (U+2013))',
        hint: 'replace U+2013, which GSM-7 lacks, shorten the text, or raise parts (now 1) in the template or job',
      },
    ],
  })
  expect(await render('a'.repeat(161), { settings: { parts: 1 } })).toMatchObject({
    faults: [
      {
        message: 'the text message takes 2 parts, 1 more than the budget (161 units of GSM-7)',
        hint: 'shorten the text, or raise parts (now 1) in the template or job',
      },
    ],
  })
  expect((await render('a'.repeat(306), { settings: { parts: 2 } })).ok).toBe(true)
})

test('without a budget ten parts are enough', async () => {
  expect((await render('a'.repeat(1530))).ok).toBe(true)
  expect(await render('a'.repeat(1531))).toMatchObject({ faults: [{ code: 'sms.parts' }] })
})

test('a recipient without a number is a fault that does not quote it', async () => {
  expect(await render('x', { phone: null })).toMatchObject({
    faults: [
      { code: 'sms.recipient', message: 'the recipient has no phone number', hint: expect.stringContaining('+380') },
    ],
  })
  const wrong = await render('x', { phone: 'CANARY-7f3a' })
  expect(wrong).toMatchObject({
    faults: [{ code: 'sms.recipient', message: 'the recipient has a phone number that is none' }],
  })
  expect(JSON.stringify(wrong)).not.toContain('CANARY')
})

test('a message without text is a fault', async () => {
  expect(await render(' \u200B\n')).toMatchObject({
    faults: [{ code: 'sms.empty', message: 'the text message is empty' }],
  })
  const empty = { file: source.file, text: ' \n' }
  expect(await sms.prepare({ sources: { 'sms.hbs': empty }, settings: {}, brand })).toMatchObject({
    faults: [{ code: 'sms.empty', place: { file: source.file, line: 1 }, hint: expect.any(String) }],
  })
})

test('a brand without a sender is a fault of the plan', async () => {
  expect(await sms.prepare({ sources: { 'sms.hbs': source }, settings: {}, brand: { ...brand, senders: {} } })).toEqual(
    {
      ok: false,
      faults: [
        {
          code: 'sms.sender',
          message: 'the brand has no sender of text messages',
          place: { file: source.file },
          hint: 'add senders.sms to brand.yaml: at most 11 Latin letters or digits',
        },
      ],
    },
  )
})
