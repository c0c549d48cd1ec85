/** The SMS channel: a line of messages.jsonl, and its faults. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { lettersIn } from '../../../src/channels/sms/countries.ts'
import { sms } from '../../../src/channels/sms/index.ts'
import type { Brand, Data, OpenChannel, Piece, Purpose, Result, SmsRules } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { must } from '../conformance.ts'

const source = { file: 'templates/invoice/sms.hbs', text: '{{text}}' }
let brand: Brand
let usual: Brand

beforeAll(async () => {
  usual = await fixtureBrand()
  brand = usual
})

async function render(
  text: string,
  { phone = '+380 50 123 45 67' as string | null, retell, ...asked }: Asked & { readonly phone?: string | null } = {},
): Promise<Result<Piece>> {
  const open = await opened(asked)
  const recipient = phone === null ? {} : { phone }
  return open.render({
    communication: { id: '417', locale: 'uk-UA', recipient, data: asked.data ?? {} },
    date: '2026-03-09',
    texts: { text },
    ...(retell === undefined ? {} : { retell: other => ({ text: retell(other.data) }) }),
    enclosed: {},
  })
}

interface Asked {
  readonly retell?: (values: Data) => string
  readonly settings?: Data
  readonly data?: Data
  readonly purpose?: Purpose
}

async function opened({ settings = {}, purpose = 'service' }: Asked): Promise<OpenChannel> {
  const prepared = must(await sms.prepare({ sources: { 'sms.hbs': source }, settings, brand, purpose }))
  return sms.open(prepared, { brand, settings, purpose })
}

async function remarks(text: string, { phone = '+380501234567', ...asked }: Asked & { readonly phone?: string } = {}) {
  const open = await opened(asked)
  return open.remarks?.({
    communication: { id: '417', locale: 'uk-UA', recipient: { phone }, data: asked.data ?? {} },
    date: '2026-03-09',
    texts: { text },
  })
}

test('a piece is its line, keys in order', async () => {
  const piece = must(await render('Рахунок: 1\u00A0482,50\u00A0грн "до" 23.03\n'))
  expect(new TextDecoder().decode(piece.bytes)).toBe(
    '{"id":"417","from":"NORDSOHN","to":"+380501234567","text":"Рахунок: 1 482,50 грн \\"до\\" 23.03","encoding":"UCS-2","parts":1}\n',
  )
  expect(piece.measures).toEqual({ parts: 1, encoding: 'UCS-2', country: 'UA' })
})

test('over the budget is a fault that says how many parts, and which character made them short', async () => {
  expect(await render(`${'a'.repeat(70)} – b`, { settings: { parts: 1 } })).toEqual({
    ok: false,
    faults: [
      {
        code: 'sms.parts',
        message:
          'the text message takes 2 parts, 1 more than the budget (74 units of UCS-2, 4 too many because of "–" (U+2013) in the wording)',
        hint: 'set mend: [typography] under channels.sms, take U+2013 out of the wording (sms.hbs or text/uk.json), shorten the text by 4, or raise parts (now 1) in the template or job',
      },
    ],
  })
  expect(await render('a'.repeat(161), { settings: { parts: 1 } })).toMatchObject({
    faults: [
      {
        message: 'the text message takes 2 parts, 1 more than the budget (161 units of GSM-7, 1 too many)',
        hint: 'shorten the text by 1, or raise parts (now 1) in the template or job',
      },
    ],
  })
  expect((await render('a'.repeat(306), { settings: { parts: 2 } })).ok).toBe(true)
})

test('over the budget, what a mend that is on writes otherwise is not to blame', async () => {
  const settings = { parts: 1, mend: ['typography', 'transliterate'] }
  const long = 'Рахунок за березень 2026 року чекає на сплату. '.repeat(2)
  expect(await render(`${long}😀`, { settings })).toMatchObject({
    faults: [
      {
        message: expect.stringContaining('because of "😀" (U+1F600) in the wording'),
        hint: expect.stringMatching(/^take U\+1F600 out of the wording/),
      },
    ],
  })
  // Where a Cyrillic word is stressed is not written in Latin letters.
  expect((await render(`${long}Сплаті\u0301ть`, { settings })).ok).toBe(true)
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
    faults: [{ code: 'sms.recipient', message: "the recipient's phone number has letters" }],
  })
  expect(JSON.stringify(wrong)).not.toContain('CANARY')
})

test('a number whose owner earns by what is sent there is a fault, one that may not be read is remarked on', async () => {
  const { faults } = (await render('x', { phone: '0906 123 4567', settings: { country: 'GB' } })) as { faults: unknown }
  expect(faults).toEqual([
    {
      code: 'sms.recipient',
      message: "the recipient's phone number is a premium rate number of GB, whose owner earns by what is sent there",
      hint: 'ask for a number of their own, or empty the field where other channels serve',
    },
  ])
  expect(await remarks('x', { phone: '+442079460958' })).toEqual([
    {
      code: 'sms.recipient',
      what: '{pieces} to a fixed line of GB, where it may never be read',
      hint: 'ask for mobile numbers, or route them to another channel: empty the field in clean.js',
      inRows: true,
    },
  ])
  // Nobody's numbers in ranges whose numbers all earn: whoever gets them earns, too.
  for (const phone of ['+499007123456', '+380900112233', '+19001234567'])
    expect(await render('x', { phone })).toMatchObject({
      faults: [{ message: expect.stringContaining('is a premium rate number of ') }],
    })
  for (const phone of ['+447911123456', '+447700900123', '+4915112345678'])
    expect(await remarks('x', { phone })).toEqual([])
})

test('a number of no country is a fault, unless its code is allowed; those that earn never are', async () => {
  expect(await render('x', { phone: '+870773111632' })).toEqual({
    ok: false,
    faults: [
      {
        code: 'sms.recipient',
        message:
          "the recipient's phone number begins with +870, the code of no country: a satellite or an international network, paid for many times over",
        hint: 'ask for a number of a country, or allow the code: channels: { sms: { global: ["+870"] } }',
      },
    ],
  })
  expect((await render('x', { phone: '+870773111632', settings: { global: ['+870'] } })).ok).toBe(true)
  expect((await render('x', { phone: '+8823456789', settings: { global: ['+870'] } })).ok).toBe(false)
  expect(await render('x', { phone: '+979123456789', settings: { global: ['+870'] } })).toMatchObject({
    faults: [
      {
        message:
          "the recipient's phone number begins with +979, the code of no country: whoever owns it earns by what is sent there",
      },
    ],
  })
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

test('numbers as dialled belong to the setting, else to the country of the brand', async () => {
  const to = async (asked: Parameters<typeof render>[1]) =>
    new TextDecoder().decode(must(await render('x', asked)).bytes)
  expect(await to({ phone: '044 123 45 67' })).toContain('"to":"+380441234567"')
  expect(await to({ phone: '07700 900123', settings: { country: 'GB' } })).toContain('"to":"+447700900123"')
  expect(await to({ phone: '07700 900123', settings: { country: 'c.land' }, data: { c: { land: 'GB' } } })).toContain(
    '"to":"+447700900123"',
  )
})

test('what the data has for a country and is none is a fault of a number that needs it', async () => {
  const settings = { country: 'land' }
  const to = async (land: Data[string] | undefined, phone = '0171 1234567') => {
    const result = await render('x', { phone, settings, data: land === undefined ? {} : { land } })
    return result.ok ? JSON.parse(new TextDecoder().decode(result.value.bytes)).to : result.faults
  }
  for (const land of ['DE', 'de', ' DE ', 'De']) expect(await to(land)).toBe('+491711234567')
  expect(await to('uk', '07700 900123')).toBe('+447700900123')
  expect(await to('EL', '691 234 5678')).toBe('+306912345678')
  for (const land of ['Deutschland', 'D', 'XX', 49, ['DE']])
    expect(await to(land)).toEqual([
      {
        code: 'sms.recipient',
        message: "the recipient's phone number has no +, and what stands in land is no country",
        hint: 'write its two letters (ISO 3166-1), like UA, or nothing where the country of the brand is meant; clean.js can translate',
      },
    ])
  expect(await to('Deutschland', '+491711234567')).toBe('+491711234567')
  for (const land of [undefined, null, '', ' ']) expect(await to(land, '050 123 45 67')).toBe('+380501234567')
})

test('a number as dialled is remarked on where the recipient is of another country than the brand, and nobody says where', async () => {
  const open = async (settings: Data) =>
    sms.open(must(await sms.prepare({ sources: { 'sms.hbs': source }, settings, brand })), {
      brand,
      settings,
      recipient: { address: 'customer.address' },
    })
  const told = async (phone: string, country: string | undefined, { locale = 'uk-UA', settings = {} } = {}) => {
    const data = { customer: { address: country === undefined ? {} : { country } } }
    const communication = { id: '417', locale: 'uk-UA', recipient: { phone, locale }, data }
    const request = { communication, date: '2026-03-09', texts: { text: 'x' } }
    const found = (await open(settings)).remarks?.(request) ?? []
    return found.flatMap(({ what, hint }) => (what.includes('without +') ? [{ what, hint }] : []))
  }
  const hint = (country: string) =>
    `say where such numbers are dialled: channels: { sms: { country: ${country} } } (a country, or a path into the data), or write them with +`
  const what = (of: string) =>
    `{pieces} to a number without +, dialled in UA since nobody says where, though the recipient's ${of}: it may be a stranger's`
  expect(await told('050 123 45 67', 'DE')).toEqual([
    { what: what('address is of DE'), hint: hint('customer.address.country') },
  ])
  expect(await told('050 123 45 67', undefined, { locale: 'pl_PL' })).toEqual([
    { what: what('locale is of PL'), hint: hint('UA') },
  ])
  expect(await told('050 123 45 67', 'DE', { settings: { country: 'customer.land' } })).toEqual([
    {
      what: `{pieces} to a number without +, dialled in UA since nothing stands in customer.land, though the recipient's address is of DE: it may be a stranger's`,
      hint: 'bring customer.land, where channels.sms.country looks for the country (customer.address.country holds one), or write them with +',
    },
  ])
  expect(await told('050 123 45 67', 'UA', { locale: 'pl-PL' })).toEqual([])
  expect(await told('050 123 45 67', undefined, { locale: 'ru' })).toEqual([])
  expect(await told('+380501234567', 'DE')).toEqual([])
  expect(await told('050 123 45 67', 'DE', { settings: { country: 'UA' } })).toEqual([])
  expect(await told('0151 12345678', 'DE', { settings: { country: 'customer.address.country' } })).toEqual([])
})

test('national tables are told to the gateway, on the line', async () => {
  const line = must(await render(`ğ${'a'.repeat(100)}`, { settings: { shift: 'turkish' } })).bytes
  expect(JSON.parse(new TextDecoder().decode(line))).toMatchObject({
    encoding: 'GSM-7',
    parts: 1,
    shift: { language: 'turkish', tables: ['single'] },
  })
})

test.each([
  ['Hello {{a}}.{{b}} and on', { a: 'evil', b: 'com/pay' }, false],
  ['Hello {{a}}{{b}} and on', { a: 'evil.', b: 'com' }, false],
  ['Hello evil.{{b}} and on', { b: 'com/pay' }, false],
  ['Pay at https://{{a}}.{{b}}/417', { a: 'evil', b: 'com' }, false],
  ['Hello {{a}}{{b}} and on', { a: 'evil\uFF0E', b: 'com' }, false],
  ['Hello {{a}}{{b}} and on', { a: 'evil [.]', b: ' com' }, false],
  ['Pay at {{a}}nord.example', { a: '→' }, false],
  ['Call tel:{{c}} {{a}}.{{b}}', { a: 'evil', b: 'com', c: '0441234567' }, false],
  ['Call tel:{{c}}, or nord.example', { c: '0441234567' }, true],
  ['Hello {{a}}. {{b}}', { a: 'Anna', b: 'Bo' }, true],
  ['Hello {{a}}, see nord.example/{{b}}', { a: 'nord', b: '417' }, true],
  ['Hello {{a}}, see NORD.example/{{b}}', { a: 'example', b: '417' }, true],
  ['See https://pay.nord.example/{{b}} or nord.example', { b: '417' }, true],
])('links are the own words of "%s" with %j: %s', async (wording, data: Data, are) => {
  const retell = (values: Data): string => wording.replace(/\{\{(\w)\}\}/g, (_, name) => String(values[name]))
  const result = await render(retell(data), { data, retell })
  expect(result.ok ? 'sent' : result.faults.map(({ code }) => code)).toEqual(are ? 'sent' : ['sms.link'])
})

test('a value that looks like a link is a fault that names its field, unless the host is ours', async () => {
  const data = { customer: { name: 'Win at evil.com' }, pay: 'https://pay.nord.example/417' }
  expect(await render('Dear Win at evil.com, please pay', { data })).toEqual({
    ok: false,
    faults: [
      {
        code: 'sms.link',
        message: 'customer.name brings something into the text message that looks like a link',
        hint: 'mend the data (a blank behind a full stop), or allow a host or product of yours in template.yaml: channels: { sms: { links: [HOST] } }, for each channel that shows it',
      },
    ],
  })
  expect(await render(`Pay: ${data.pay}`, { data })).toMatchObject({ faults: [{ code: 'sms.link' }] })
  expect((await render(`Pay: ${data.pay}`, { data, settings: { links: ['nord.example'] } })).ok).toBe(true)
  expect((await render('Pay: nord.example/417', { data: { number: '417' } })).ok).toBe(true)
  // As it is sent, without signs that nobody sees; and by a key, which a template can print.
  for (const name of ['evil.\u0001com/pay', 'evil.\uE000com/pay', 'evil.\u0378com/pay', 'https\uE000://evil'])
    expect(await render(`Dear ${name}`, { data: { name } }), name).toMatchObject({ faults: [{ code: 'sms.link' }] })
  // What parts it in the message makes it none there.
  for (const name of ['evil.\vcom/pay', 'evil.\ncom/pay'])
    expect(new TextDecoder().decode(must(await render(`Dear ${name}`, { data: { name } })).bytes)).toContain(
      '"Dear evil. com/pay"',
    )
  expect(await render('Charges: evil.com/pay 1', { data: { charges: { 'evil.com/pay': 1 } } })).toMatchObject({
    faults: [{ message: 'a key of charges brings something into the text message that looks like a link' }],
  })
})

test('a link that a mend would make is one', async () => {
  const long = 'Рахунок за березень не сплачено. '.repeat(4)
  for (const name of ['приват.уа', 'банк.нет/вхід', 'банк дот нет']) {
    const asked = { data: { customer: { name } }, settings: { mend: ['transliterate'] } }
    expect(await render(`${long} ${name}`, asked)).toMatchObject({
      faults: [{ code: 'sms.link', message: expect.stringContaining('customer.name brings') }],
    })
  }
  const data = { customer: { name: 'О.Ли, вул.Садова 5' } }
  expect((await render(`${long} О.Ли, вул.Садова 5`, { data, settings: { mend: ['transliterate'] } })).ok).toBe(true)
})

test('a name of two lines is written in one', async () => {
  const data = { customer: { name: 'Olena\nYour bank: call us' } }
  const line = must(await render(`Dear ${data.customer.name}\nplease pay`, { data })).bytes
  expect(JSON.parse(new TextDecoder().decode(line)).text).toBe('Dear Olena Your bank: call us\nplease pay')
})

test('what sells has to say how to stop it', async () => {
  const unsaid = await sms.prepare({ sources: { 'sms.hbs': source }, settings: {}, brand, purpose: 'marketing' })
  expect(unsaid).toMatchObject({ faults: [{ code: 'sms.optout', place: { file: source.file } }] })
  const settings = { optOut: { US: 'STOP', other: 'СТОП' } }
  expect(await render('Знижка!', { settings, purpose: 'marketing' })).toMatchObject({
    faults: [{ code: 'sms.optout', message: 'the text message sells and does not say "СТОП" (to UA)' }],
  })
  expect((await render('Знижка! Відписатися: СТОП', { settings, purpose: 'marketing' })).ok).toBe(true)
  expect((await render('Знижка!', { settings })).ok).toBe(true)
})

test('how to stop it is said in words of its own', async () => {
  const sell = async (text: string, optOut: string, asked: Asked = {}): Promise<readonly string[]> => {
    const result = await render(text, { ...asked, settings: { optOut, ...asked.settings }, purpose: 'marketing' })
    return result.ok ? [] : result.faults.map(({ message }) => message)
  }
  const unsaid = ['the text message sells and does not say "STOP" (to UA)']
  for (const said of ['NONSTOP offers', 'NON-STOP offers', 'STOP-OVER offers', 'non\u2010STOP offers'])
    expect(await sell(said, 'STOP'), said).toEqual(unsaid)
  expect(await sell('Offers -STOP-', 'STOP')).toEqual([])
  expect(await sell('Dear STOPFORD, new offers', 'STOP')).toEqual(unsaid)
  for (const name of ['STOP Ltd', 'STOP']) {
    const data = { customer: { name } }
    expect(await sell(`Dear ${name}, new offers`, 'STOP', { data })).toEqual(unsaid)
    expect(await sell(`Dear ${name}, new offers. To end: STOP`, 'STOP', { data })).toEqual([])
  }
  // Whatever stands in the data, printed or not, once or twice: what the wording says by itself counts.
  const called = { customer: { name: 'STOP' }, payee: 'STOP', greeting: 'STOP, the band' }
  const tell = (wording: string) => (values: Data) =>
    wording.replace('{{name}}', String((values['customer'] as { name: string }).name))
  for (const [wording, faults] of [
    ['Dear {{name}}, new offers. To end: STOP', []],
    ['New offers. To end: STOP', []],
    ['Dear {{name}}, new offers', unsaid],
  ] as const)
    expect(await sell(tell(wording)(called), 'STOP', { data: called, retell: tell(wording) })).toEqual(faults)
  // A key of the data, words of two values, and one word of two values: none is the wording's own.
  for (const [data, wording, optOut] of [
    [{ fees: { STOP: '1' } }, 'Fees: {{k}} 1', 'STOP'],
    [{ a: 'STOP', b: 'ALL' }, 'Dear {{a}} {{b}}', 'STOP ALL'],
    [{ a: 'ST', b: 'OP' }, 'Dear {{a}}{{b}}', 'STOP'],
  ] as const) {
    const written = (by: (name: string) => string): string => wording.replace(/\{\{(.)\}\}/g, (_, name) => by(name))
    const retell = (values: Data): string =>
      written(name => (name === 'k' ? (Object.keys(values['fees'] as object)[0] ?? '') : String(values[name])))
    const missing = [`the text message sells and does not say "${optOut}" (to UA)`]
    expect(await sell(retell(data), optOut, { data, retell })).toEqual(missing)
    const both = (values: Data): string => `${retell(values)}. To end: ${optOut}`
    expect(await sell(both(data), optOut, { data, retell: both })).toEqual([])
  }
  // An address of ours may hold what only the recipient has.
  const data = { stop: 'https://nord.example/stop/417' }
  const links = { settings: { links: ['nord.example'] }, data }
  expect(await sell(`New! ${data.stop}`, 'nord.example/stop', links)).toEqual([])
  // A name with words beside the address is a name.
  for (const [name, optOut] of [
    ['Mr nord.example STOP', 'STOP'],
    ['Mr nord.example STOP', 'nord.example STOP'],
    ['nord.example\tSTOP', 'STOP'],
    ['STOP nord.example', 'STOP'],
    ['Mr,nord.example,STOP', 'STOP'],
  ] as const)
    expect(await sell(`Dear ${name}, new offers`, optOut, { ...links, data: { name } }), name).toEqual([
      `the text message sells and does not say "${optOut}" (to UA)`,
    ])
  expect(
    await sell('New! nord.example/stop/417', 'nord.example/stop', {
      ...links,
      data: { stop: ' nord.example/stop/417\n' },
    }),
  ).toEqual([])
})

test('what it has to say is compared as it is sent', async () => {
  const long = 'Нові знижки на все до кінця місяця. '.repeat(3)
  const sell = (text: string, optOut: string, settings: Data = {}): Promise<Result<Piece>> =>
    render(text, { settings: { optOut, ...settings }, purpose: 'marketing' })
  const latin = must(await sell(`${long}СТОП`, 'СТОП', { mend: ['transliterate'] }))
  expect(new TextDecoder().decode(latin.bytes)).toContain('STOP')
  expect((await sell(`${long}`, 'СТОП', { mend: ['transliterate'] })).ok).toBe(false)
  expect((await sell(`${'New! '.repeat(20)}„STOPP“`, '„STOPP“', { mend: ['typography'] })).ok).toBe(true)
  expect((await sell('New! STOP\u2011OUT', 'STOP\u2011OUT')).ok).toBe(true)
  expect((await sell('New! STOP\u00A0OUT', 'STOP\u00A0OUT')).ok).toBe(true)
  expect((await sell('New!\nSTOP\nOUT', 'STOP OUT')).ok).toBe(true)
})

test('a country for which nothing is named gets nothing that sells', async () => {
  const to = (phone: string): Promise<Result<Piece>> =>
    render('New! Reply STOP', { phone, settings: { optOut: { US: 'STOP' } }, purpose: 'marketing' })
  expect((await to('+12025550123')).ok).toBe(true)
  expect(await to('+380501234567')).toEqual({
    ok: false,
    faults: [
      {
        code: 'sms.optout',
        message: 'the text message sells, and nothing says how a recipient in UA stops it',
        hint: 'say it in the wording, and name it: channels: { sms: { optOut: { UA: …, other: … } } }',
      },
    ],
  })
  // What the country itself demands is enough.
  expect(await to('+33612345678')).toMatchObject({ faults: [{ message: expect.stringContaining('which FR demands') }] })
})

test('national tables: reasons and figures go by them', async () => {
  const settings = { shift: 'turkish', parts: 1 }
  // One sign too many beside the table that is named in the header: 155 septets, not 160.
  expect(await render(`ş${'a'.repeat(158)}`, { settings })).toMatchObject({
    faults: [{ message: 'the text message takes 2 parts, 1 more than the budget (160 units of GSM-7, 5 too many)' }],
  })
  expect(await render(`Ayşe’nin ${'a'.repeat(90)}`, { settings })).toMatchObject({
    faults: [
      {
        message: expect.stringContaining('because of "’" (U+2019) in the wording)'),
        hint: expect.stringContaining('set mend: [typography] under channels.sms, take U+2019 out'),
      },
    ],
  })
  expect(await remarks(`Ayşe’nin ${'a'.repeat(90)}`, { settings: { shift: 'turkish' } })).toMatchObject([
    { what: '"’" (U+2019) in the wording makes {pieces} longer', hint: expect.stringContaining('[typography]') },
  ])
})

test('remarks: what makes a message dear, and what would mend it', async () => {
  const data = { customer: { name: 'O’Brien' } }
  expect(await remarks(`Dear O’Brien, ${'a'.repeat(80)}`, { data })).toEqual([
    {
      code: 'sms.dear',
      what: '"’" (U+2019) in customer.name makes {pieces} longer',
      hint: 'set mend: [typography] under channels.sms in the template or job, or change the wording or the data',
      inRows: true,
      extra: { parts: 1, country: 'UA' },
    },
  ])
  expect(await remarks(`Dear O’Brien, ${'a'.repeat(80)}`, { data, settings: { mend: ['typography'] } })).toEqual([])
  expect(await remarks('Рахунок за березень не сплачено. '.repeat(4))).toMatchObject([
    { what: 'letters of Cyrillic make {pieces} longer', hint: expect.stringContaining('mend: [transliterate]') },
  ])
  const kept = { contract: { number: 'КВ-20417' } }
  const hint =
    'a code, an identity and an address are sent as they stand, with mend: [transliterate] too: write them in Latin letters where they are made, or pay for them'
  const wording = 'Рахунок за березень не сплачено. '.repeat(4)
  const settings = { mend: ['transliterate'] }
  expect(await remarks(`${wording}КВ-20417`, { data: kept, settings })).toEqual([
    {
      code: 'sms.dear',
      what: 'letters in contract.number that no mend writes otherwise make {pieces} longer',
      hint,
      inRows: true,
      extra: { parts: 2, country: 'UA' },
    },
  ])
  expect(await remarks(`${wording}https://nord.example/рахунок`, { settings })).toMatchObject([
    { what: 'letters in the wording that no mend writes otherwise make {pieces} longer', hint },
  ])
  expect(await remarks(`${'a'.repeat(80)} 😜`)).toMatchObject([
    { what: '"😜" (U+1F61C) in the wording makes {pieces} longer', hint: expect.stringContaining('take them out') },
  ])
  expect(await remarks('Рахунок')).toEqual([])
})

test('remarks: signs that count as two, and mere length, of which the field is named that makes it so', async () => {
  const euros = `Total ${'€'.repeat(70)} ${'a'.repeat(50)}`
  const counted = 'each counts as two letters: write others in the wording or the data, such as EUR for €'
  expect(await remarks(euros)).toEqual([
    {
      code: 'sms.dear',
      what: '"€" (U+20AC) in the wording makes {pieces} longer',
      hint: counted,
      extra: { parts: 1, country: 'UA' },
    },
  ])
  const data = { order: { text: `${'[x] '.repeat(20)}{y}`, number: 7 } }
  expect(await remarks(`Order ${'a'.repeat(70)} ${data.order.text}`, { data })).toMatchObject([
    { what: '"[" (U+005B) and 3 other signs in order.text make {pieces} longer', hint: counted, inRows: true },
  ])
  const shorten = 'shorten the wording'
  // One sign saves no part of what is too long without it.
  expect(await remarks(`€ ${'a'.repeat(170)}`)).toEqual([
    {
      code: 'sms.dear',
      what: '{pieces} {excess} too long for a part less',
      excess: 13,
      hint: shorten,
      inRows: true,
      extra: { parts: 1, country: 'UA' },
    },
  ])
  const note = { note: 'b'.repeat(160), name: 'Olena' }
  expect(await remarks(`Dear Olena, ${note.note}`, { data: note })).toEqual([
    {
      code: 'sms.dear',
      what: 'note makes {pieces} {excess} too long for a part less',
      excess: 12,
      hint: 'shorten note, or leave it out of the wording',
      inRows: true,
      extra: { parts: 1, country: 'UA' },
    },
  ])
  // A value that is no longer than others have it is not to blame.
  expect(await remarks(`Dear Olena, ${'b'.repeat(150)}`, { data: note })).toMatchObject([{ excess: 2, hint: shorten }])
  expect(await remarks('ї'.repeat(160), { settings: { mend: ['typography'] } })).toMatchObject([
    { what: 'letters of Cyrillic make {pieces} longer' },
  ])
  expect(await remarks('a'.repeat(160))).toEqual([])
})

test('remarks: a budget that is nearly full, and a sender that a country does not show', async () => {
  expect(await remarks('a'.repeat(145), { settings: { parts: 1 } })).toMatchObject([
    { code: 'sms.near', what: '{pieces} with less than 10 % of the one part left' },
  ])
  expect(await remarks('a'.repeat(144), { settings: { parts: 1 } })).toEqual([])
  expect(await remarks('я'.repeat(121), { settings: { parts: 2 } })).toMatchObject([
    { code: 'sms.dear', what: '{pieces} {excess} too long for a part less', excess: 51 },
    { code: 'sms.near', what: '{pieces} in UCS-2 with less than 10 % of the 2 parts left' },
  ])
  expect(await remarks('a'.repeat(150))).toEqual([])
  expect(await remarks('x', { phone: '+12025550123' })).toMatchObject([
    { code: 'sms.sender', what: '{pieces} to US cannot show "NORDSOHN" as sender' },
  ])
  expect(await remarks('x', { phone: '+6581234567' })).toMatchObject([
    {
      code: 'sms.sender',
      what: '{pieces} to SG, where "NORDSOHN" is shown as sender only once it is registered',
      hint: expect.stringContaining('sms: { countries: { SG: { letters: shown } } }'),
    },
  ])
})

describe('what a brand knows of countries', () => {
  afterEach(() => {
    brand = usual
  })
  const knows = (countries: SmsRules['countries']): void => {
    brand = { ...usual, sms: { countries } }
  }

  test('goes before the table: senders by country, letters that are registered, or not shown', async () => {
    knows({ US: { sender: '+12025550100' }, SG: { letters: 'shown' }, UA: { letters: 'hidden' } })
    expect(
      JSON.parse(new TextDecoder().decode(must(await render('x', { phone: '+12025550123' })).bytes)),
    ).toMatchObject({ from: '+12025550100', to: '+12025550123' })
    expect(await remarks('x', { phone: '+12025550123' })).toEqual([])
    expect(await remarks('x', { phone: '+6581234567' })).toEqual([])
    expect(await remarks('x')).toMatchObject([{ what: '{pieces} to UA cannot show "NORDSOHN" as sender' }])
  })

  test('is asked of messages that sell, and so is what France asks', async () => {
    const sell = (text: string, phone = '+33612345678') =>
      render(text, { phone, settings: { optOut: 'nord.example' }, purpose: 'marketing' })
    const said = async (text: string, phone?: string) => {
      const result = await sell(text, phone)
      return result.ok ? [] : result.faults.map(({ code, message }) => `${code}: ${message}`)
    }
    const undone = 'sms.optout: the text message sells and does not say "STOP … 36 and three digits", which FR demands'
    expect(await said('Soldes! nord.example')).toEqual([undone])
    expect(await said('Soldes! nord.example STOP 360631')).toEqual([undone])
    expect(await said('Soldes! nord.example STOP au 36063')).toEqual([])
    expect(await said('Soldes! nord.example\nSTOP\n36063')).toEqual([])
    expect(await said('Soldes! nord.example STOP SMS au numero court 36063')).toEqual([])
    expect(await said('Soldes! nord.example', '+380441234567')).toEqual([])
    // What data brings is no number to send it to, nor is NON-STOP the word.
    const offers = (wording: string) => async (data: Data) => {
      const retell = (values: Data): string => wording.replace(/\{\{(\w)\}\}/g, (_, name) => String(values[name]))
      const asked = { phone: '+33612345678', settings: { optOut: 'nord.example' }, purpose: 'marketing' } as const
      const result = await render(retell(data), { ...asked, data, retell })
      return result.ok ? [] : result.faults.map(({ code, message }) => `${code}: ${message}`)
    }
    for (const data of [{ d: '36123' }, { d: 36123 }, { d: 'dossier 36123' }]) {
      expect(await offers('nord.example STOP, {{d}}')(data)).toEqual([undone])
      expect(await offers('nord.example STOP au 36063, {{d}}')(data)).toEqual([])
      expect(await offers('nord.example {{d}}, STOP au 36063')(data)).toEqual([])
    }
    expect(await offers('nord.example Offres NON-STOP dossier 36123')({})).toEqual([undone])
    expect(await offers('nord.example {{a}} au {{d}}')({ a: 'STOP', d: '36123' })).toEqual([undone])
    expect(await render('Facture', { phone: '+33612345678' })).toMatchObject({ ok: true })
    knows({ FR: { sender: '36063' }, UA: { optOut: 'СТОП (7)' } })
    expect(await said('Soldes! nord.example STOP')).toEqual([])
    expect(await said('Soldes! nord.example')).toEqual([
      'sms.optout: the text message sells and does not say "STOP", which FR demands',
    ])
    expect(await said('Soldes! nord.example', '+380441234567')).toEqual([
      'sms.optout: the text message sells and does not say "СТОП (7)", which UA demands',
    ])
  })
})

test.each([
  'AE',
  'AU',
  'BY',
  'EG',
  'IN',
  'JO',
  'KW',
  'PH',
  'QA',
  'RU',
  'SA',
  'SG',
  'TH',
  'VN',
])('in %s letters are shown once they are registered', country => {
  expect(lettersIn(country, usual)).toBe('register')
})

test.each(['AR', 'BR', 'CA', 'CL', 'CN', 'CO', 'PR', 'US'])('in %s letters are not shown', country => {
  expect(lettersIn(country, usual)).toBe('hidden')
})

test('elsewhere nothing is known of letters', () => {
  for (const country of ['UA', 'DE', undefined]) expect(lettersIn(country, usual)).toBeUndefined()
})

test('nobody gets the number of who was asked about before', async () => {
  const open = await opened({})
  const to = (phone: string, id = '417') => ({ id, locale: 'uk-UA', recipient: { phone }, data: {} })
  const both = [to('+380501234567'), to('+380671234567')]
  expect([...both, ...both].map(one => open.addressOf?.(one))).toEqual([
    '+380501234567',
    '+380671234567',
    '+380501234567',
    '+380671234567',
  ])
  expect(open.addressOf?.(to('none'))).toBeUndefined()
  const made = await open.render({ communication: both[0]!, date: '2026-03-09', texts: { text: 'Hi' }, enclosed: {} })
  expect(Buffer.from(must(made).bytes).toString()).toContain('+380501234567')
})
