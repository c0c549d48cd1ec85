/** Mails that sell can be left with one click (RFC 8058), and nothing of the data gets out of the address. */
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { beforeAll, expect, test } from 'vitest'
import { email } from '../../../../src/channels/email/index.ts'
import {
  readUnsubscribe,
  unsubscribeRemarks,
  unsubscribeText,
} from '../../../../src/channels/email/message/unsubscribe.ts'
import { seenParts } from '../../../../src/channels/email/read/seenpart.ts'
import type { Brand, Source } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'

const file = 'templates/offer/email.unsubscribe.hbs'
const mail = 'templates/offer/email.mjml.hbs'
const source: Source = { file, text: '{{url brand.company.leave}}/{{customer.id}}?l={{locale}}\n' }
let brand: Brand

beforeAll(async () => {
  const fixture = await fixtureBrand()
  brand = { ...fixture, company: { ...fixture.company, leave: 'https://nord.example/leave' } }
})

test('values are parts of the address', () => {
  expect(unsubscribeText(true, source, mail)).toEqual({
    ok: true,
    value: { file, escape: 'none', text: '{{url brand.company.leave}}/{{urlPart customer.id}}?l={{urlPart locale}}' },
  })
  expect(unsubscribeText(false, undefined, mail)).toEqual({ ok: true, value: undefined })
})

test('marketing without an address, and an address without marketing, are faults', () => {
  expect(unsubscribeText(true, undefined, mail)).toMatchObject({
    faults: [{ code: 'email.unsubscribe', place: { file: mail } }],
  })
  expect(unsubscribeText(true, { file, text: ' \n' }, mail)).toMatchObject({
    faults: [{ place: { file, line: 1, column: 1 } }],
  })
  expect(unsubscribeText(false, source, mail)).toMatchObject({ faults: [{ place: { file, line: 1, column: 1 } }] })
})

test('an address that is not https is known before there is data', () => {
  for (const text of ['http://nord.example/{{customer.id}}', 'nord.example/u', 'mailto:a@nord.example'])
    expect(unsubscribeText(true, { file, text }, mail)).toMatchObject({
      faults: [{ message: 'the address to unsubscribe at does not begin with https:', place: { file, line: 1 } }],
    })
})

test.each([
  ['https://nord.example/u/{{customer.id}}, mailto:leave@nord.example', 'has a blank in it'],
  ['https://nord.example/u\nhttps://nord.example/v', 'has a blank in it'],
])('and so is %j, which every mail would be refused for', (text, what) => {
  expect(unsubscribeText(true, { file, text }, mail)).toMatchObject({
    faults: [{ message: `the address to unsubscribe at ${what}`, place: { file, line: 1, column: 1 } }],
  })
  for (const good of [
    '{{url customer.link}}',
    '{{brand.company.leave}}/{{customer.id}}',
    '{{#if a}}\nhttps://a.example\n{{/if}}',
  ])
    expect(unsubscribeText(true, { file, text: good }, mail).ok).toBe(true)
})

test.each([
  ['<a href="https://nord.example/u/{{customer.id}}">here</a>', []],
  ['<a href="https://nord.example/u/1"><img src="x" alt="Leave"></a>', []],
  ['<p><a class="x" href="{{url link}}">{{t \'unsubscribe\'}}</a></p>', []],
  ["<a href='mailto:a@nord.example'><b>Abmelden</b></a>", []],
  ['<a href="https://nord.example/u/1"></a>', ['the mail sells and shows no link to unsubscribe at']],
  ['<a href="https://nord.example/u/1"> <b></b> </a>', ['the mail sells and shows no link to unsubscribe at']],
  [
    '<a style="display:none" href="https://nord.example/u/1">Unsubscribe</a>',
    ['the mail sells and shows no link to unsubscribe at'],
  ],
  [
    '<style>.x{display:none}</style><p class="x"><a href="https://nord.example/u/1">Unsubscribe</a></p>',
    ['the mail sells and shows no link to unsubscribe at'],
  ],
  ['<a href="https://nord.example/shop">Shop</a>', ['the mail sells and shows no link to unsubscribe at']],
])('a mail that sells shows how it is left: %s', (html, said) => {
  const leave = { file, text: 'https://nord.example/u/{{customer.id}}' }
  expect(unsubscribeRemarks(leave, { html, mail, seenOf: seenParts }).map(({ message }) => message)).toEqual(said)
})

test('an address without a value of the data takes nobody off', () => {
  const html = '<a href="{{url brand.company.leave}}">Leave</a>'
  for (const text of ['https://nord.example/u', '{{url brand.company.leave}}?l={{locale}}'])
    expect(unsubscribeRemarks({ file, text }, { html, mail, seenOf: seenParts }).map(({ message }) => message)).toEqual(
      ['the address to unsubscribe at is the same for everybody'],
    )
  for (const { text } of [source, { text: '{{url customer.link}}' }])
    expect(unsubscribeRemarks({ file, text }, { html, mail, seenOf: seenParts })).toEqual([])
})

test.each([
  'http://nord.example/u/1',
  'mailto:leave@nord.example',
  'https://nord.example/u/1>, <https://evil.example',
  'https://nord.example/a b',
  'https://nord.example/\r\nBcc: evil@example.com',
  'https://nord.example/\u202E1',
  'https://nord.example/ю',
  'https://nord.example@evil.example/u/1',
  'https:///u/1',
  `https://nord.example/${'x'.repeat(900)}`,
  '',
])('%j is no address to unsubscribe at, and is not quoted', address => {
  expect(readUnsubscribe(address)).toMatchObject({
    faults: [{ message: 'the address to unsubscribe at is not exactly one https address' }],
  })
})

const render = async (texts: Readonly<Record<string, string>>, written?: string) => {
  const leave = written === undefined ? undefined : unsubscribeText(true, { file, text: written }, mail)
  const text = leave?.ok === true ? leave.value : undefined
  const prepared = { texts: text === undefined ? {} : { unsubscribe: text } }
  const opened = await email.open(prepared, { brand, settings: {} })
  return opened.render({
    communication: { id: '1', locale: 'en', recipient: { email: 'a@b.example' }, data: {} },
    date: '2026-03-09',
    texts: { subject: 'An offer', html: '<p>x</p>', text: 'x', ...texts },
    enclosed: {},
  })
}

test('both headers are there, in one line each; a mail that does not sell has none', async () => {
  const address = `https://nord.example/u/${'0123456789'.repeat(20)}?l=uk`
  const sells = await render({ unsubscribe: `${address}\n` })
  const raw = sells.ok ? Buffer.from(sells.value.bytes).toString('latin1') : ''
  expect(raw).toContain(`List-Unsubscribe: <${address}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`)
  const plain = await render({})
  expect(plain.ok && Buffer.from(plain.value.bytes).toString('latin1')).not.toContain('List-')
  expect(await render({ unsubscribe: 'http://nord.example' })).toMatchObject({
    faults: [{ code: 'email.unsubscribe' }],
  })
})

test.each([
  ['https://nord.example/u/{{customer.token}}', 'https://nord.example/u/'],
  ['https://nord.example/u/{{customer.token}}', 'https://nord.example/u/%20'],
  ['https://nord.example/u/{{customer.token}}/', 'https://nord.example/u/%C2%A0%09/'],
  ['https://nord.example/u?t={{customer.token}}&l={{locale}}\n', 'https://nord.example/u?t=&l=uk-UA'],
  ['https://nord.example/{{locale}}/{{a}}{{b}}', 'https://nord.example/uk/%E2%80%8B'],
  ['{{url brand.company.leave}}?t={{a}}', 'https://nord.example/leave?t='],
  ['https://nord.example/u/{{#if a}}{{a}}{{/if}}', 'https://nord.example/u/'],
  ['{{#if a}}\nhttps://nord.example/u/{{a}}\n{{else}}\nhttps://nord.example/all\n{{/if}}', 'https://nord.example/all'],
])('%s without a value of the data (%s) takes nobody off', async (written, unsubscribe) => {
  expect(await render({ unsubscribe }, written)).toMatchObject({
    faults: [
      {
        code: 'email.unsubscribe',
        message: 'the address to unsubscribe at has nothing of the data in it, and takes nobody off',
      },
    ],
  })
})

test.each([
  ['https://nord.example/u/{{customer.token}}', 'https://nord.example/u/0'],
  ['https://nord.example/u/{{customer.token}}', 'https://nord.example/u/%20a'],
  ['https://nord.example/u/{{customer.token}}/{{customer.name}}', 'https://nord.example/u/7/'],
  ['{{url customer.leave}}', 'https://nord.example/u/'],
  ['https://nord.example/u/{{#if a}}{{a}}{{/if}}', 'https://nord.example/u/7'],
  ['{{url brand.company.leave}}{{customer.token}}', 'https://nord.example/u/7'],
  ['https://nord.example/{{locale}}{{customer.token}}', 'https://nord.example/uk7'],
  ['https://nord.example/{{locale}}-{{customer.token}}', 'https://nord.example/uk-7-'],
  ['https://nord.example/{{#if a}}{{a}}{{else}}{{locale}}{{/if}}', 'https://nord.example/7'],
  ['https://nord.example/u/{{a}}{{> rest}}', 'https://nord.example/u/'],
  ['https://nord.example/u', 'https://nord.example/u'],
])('%s with one (%s) is left as it is', async (written, unsubscribe) => {
  expect(await render({ unsubscribe }, written)).toMatchObject({ ok: true })
})

test('mails that are left in other places have other ids', async () => {
  const id = async (unsubscribe: string): Promise<string | undefined> => {
    const made = await render({ unsubscribe })
    return made.ok ? /^Message-ID: (.*)\r$/m.exec(Buffer.from(made.value.bytes).toString('latin1'))?.[1] : undefined
  }
  expect(await id('https://nord.example/u/1')).toMatch(/^<[0-9a-f]{32}@/)
  expect(await id('https://nord.example/u/1')).not.toBe(await id('https://nord.example/u/2'))
})

test('whatever is merged into it, headers stay as they are', async () => {
  const taken = [',', 'a', '%', '/', ':', '@']
  const refused = ['\r', '\n', '\0', '<', '>', ' ', '\u202E', '"', '\\', 'ю']
  // Half of them of signs that an address may have: of the others alone hardly any would get as far as a header.
  const nasty = fc.oneof(
    fc.string({ unit: fc.constantFrom(...taken) }),
    fc.string({ unit: fc.constantFrom(...taken, ...refused) }),
  )
  let through = 0
  await fc.assert(
    fc.asyncProperty(nasty, async text => {
      const made = await render({ unsubscribe: `https://nord.example/${text}` })
      const written = text.trimEnd()
      expect(made.ok).toBe(!refused.some(sign => written.includes(sign)))
      if (!made.ok) {
        expect(made.faults.map(({ code }) => code)).toEqual(['email.unsubscribe'])
        return
      }
      through += 1
      const { headers } = await PostalMime.parse(made.value.bytes)
      const listed = headers.filter(({ key }) => key === 'list-unsubscribe').map(({ value }) => value)
      expect(listed).toEqual([`<https://nord.example/${written}>`])
    }),
    { numRuns: 200 },
  )
  expect(through).toBeGreaterThan(60)
})
