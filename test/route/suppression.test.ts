/** The suppression list and consent: what they take away from what the route chose, and why. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { channels as builtIn } from '../../src/channels/index.ts'
import { readSmallTable } from '../../src/intake/index.ts'
import type { Channel, Communication, Data } from '../../src/model/index.ts'
import { hashSuppression, type ListFile, nobody, readSuppression, subtract } from '../../src/route/index.ts'
import { addressed } from '../../src/run/plan/suppress.ts'
import { good } from '../outcome.ts'

const asItStands = (written: string): string => written
const channels = builtIn.map(channel => addressed(channel, 'GB'))
const key = Buffer.from('0123456789abcdef')
const spare = Buffer.from('of this process alone')
const numbers = 'a number as it is dialled in GB'
const listed = (text: string): ListFile => ({ file: 'no.csv', records: readSmallTable(text, 3) })
const list = (...lines: readonly string[]) => listed(['channel,purpose,address', ...lines].join('\n'))
const plain = list(
  'email,marketing,Olena@Example.org',
  'sms,*,00380 44 123-45-67',
  'sms,*,020 7946 0958',
  '*,service,ivan@example.org',
  'pdf,*,"1 High Street, Harbourtown"',
)

describe('a list', () => {
  const asked = [
    [{ channel: 'email', purpose: 'marketing', address: 'olena@example.org ' }, true],
    [{ channel: 'email', purpose: 'service', address: 'olena@example.org' }, false],
    [{ channel: 'sms', purpose: 'service', address: '+380441234567' }, true],
    [{ channel: 'sms', purpose: 'service', address: '+380441234568' }, false],
    [{ channel: 'sms', purpose: 'marketing', address: '+442079460958' }, true],
    [{ channel: 'email', purpose: 'service', address: 'IVAN@example.org' }, true],
    [{ channel: 'email', purpose: 'marketing', address: 'ivan@example.org' }, false],
    [{ channel: 'pdf', purpose: 'marketing', address: '1 High Street, Harbourtown' }, true],
  ] as const

  test('of plain addresses, in any spelling, with or without a key', () => {
    for (const keyed of [undefined, key]) {
      const { holds } = good(readSuppression(plain, { numbers, channels, key: keyed, spare }))
      for (const [sending, held] of asked) expect(holds(sending), JSON.stringify(sending)).toBe(held)
    }
  })

  test('of postal addresses, whose commas stand for ends of lines, also as they were hashed before', () => {
    const { holds } = good(readSuppression(list('*,*,"Main St 1, 10115 Berlin"'), { numbers, channels, spare }))
    for (const address of ['Main St 1\n10115 Berlin', 'main st 1,10115  Berlin', 'Main St 1, 10115 Berlin'])
      expect(holds({ channel: 'pdf', purpose: 'service', address }), address).toBe(true)
    expect(holds({ channel: 'pdf', purpose: 'service', address: 'Main St 11, 0115 Berlin' })).toBe(false)
    const before = createHmac('sha256', key).update('1 high street, harbourtown').digest('hex')
    const old = list(`pdf,*,hmac-sha256:${before}`)
    const sending = { channel: 'pdf', purpose: 'service', address: '1 High Street, Harbourtown' } as const
    expect(good(readSuppression(old, { numbers, channels, key, spare })).holds(sending)).toBe(true)
  })

  test('of a channel from outside that writes telephone numbers as they stand, in any spelling', () => {
    const fax = addressed({ name: 'fax', address: 'phone' } as Channel, 'GB')
    const { holds } = good(readSuppression(list('fax,*,0038044 123-45-67'), { numbers, channels: [fax], spare }))
    for (const [address, held] of [
      ['+380 (44) 123.45.67', true],
      ['+380441234568', false],
    ] as const)
      expect(holds({ channel: 'fax', purpose: 'service', address }), address).toBe(held)
  })

  test('of telephone numbers as contacts, tables and letters write them', () => {
    const spelled = [
      '(+44) 7700 900123',
      '\u202A07700\u00AD900123\u202C',
      '07700\t900123',
      '\u200Etel:07700\u2212900123',
    ]
    for (const channel of ['sms', '*'])
      for (const written of spelled) {
        const lines = list(`${channel},*,${written}`)
        const hashes = listed(good(hashSuppression(lines, { channels, key, numbers })))
        for (const read of [lines, hashes]) {
          const { holds, count } = good(readSuppression(read, { numbers, channels, key, spare }))
          expect(holds({ channel: 'sms', purpose: 'service', address: '+447700900123' }), written).toBe(true)
          expect(count().entries, written).toBe(1)
        }
      }
  })

  test('for all channels keeps each form that one of them gives', () => {
    const two = [
      { name: 'pdf', form: asItStands },
      { name: 'sms', form: (written: string) => `+${written.replace(/\D/g, '')}` },
    ]
    const entries = list('*,*,tel:+44 7911 123456', '*,*,tel:+44 7911 123456')
    const hashes = listed(good(hashSuppression(entries, { channels: two, key, numbers })))
    for (const read of [entries, hashes]) {
      const { holds, count } = good(readSuppression(read, { numbers, channels: two, key, spare }))
      expect(holds({ channel: 'sms', purpose: 'service', address: '+447911123456' })).toBe(true)
      expect(holds({ channel: 'pdf', purpose: 'service', address: 'tel:+44 7911 123456' })).toBe(true)
      expect(count()).toEqual(read === entries ? { entries: 1, matched: 1 } : { entries: 2, matched: 2 })
    }
  })

  test('of hashes holds the same under its key, and says so where it was another', () => {
    const text = good(hashSuppression(plain, { channels, key, numbers }))
    expect(text).not.toMatch(/example|Street|7946/)
    expect(text.split('\n')[1]).toMatch(/^key,,hmac-sha256:[0-9a-f]{64}$/)
    expect(text.split('\n')[2]).toMatch(/^email,marketing,hmac-sha256:[0-9a-f]{64}$/)
    expect(good(hashSuppression(listed(text), { channels, key, numbers }))).toBe(text)
    const read = good(readSuppression(listed(text), { numbers, channels, key, spare }))
    expect([read.count().entries, read.unchecked]).toEqual([5, false])
    for (const [sending, held] of asked) expect(read.holds(sending), JSON.stringify(sending)).toBe(held)
    const other = Buffer.from('another key of 16')
    for (const wrong of [
      readSuppression(listed(text), { numbers, channels, key: other, spare }),
      hashSuppression(listed(text), { numbers, channels, key: other }),
    ])
      expect(wrong).toMatchObject({
        faults: [{ code: 'route.suppressed', place: { line: 2 }, message: expect.stringContaining('another key') }],
      })
    expect(readSuppression(listed(text), { numbers, channels, spare })).toMatchObject({
      faults: [{ code: 'route.suppressed', place: { line: 2 }, message: expect.stringContaining('names no key') }],
    })
  })

  test('of hashes that does not say under which key is read, known as that, and vouched for by nobody', () => {
    const text = good(hashSuppression(plain, { channels, key, numbers })).replace(/^key,.*\n/m, '')
    const read = good(readSuppression(listed(text), { numbers, channels, key, spare }))
    expect([read.count().entries, read.unchecked, read.holds(asked[0][0])]).toEqual([5, true, true])
    expect(good(readSuppression(plain, { numbers, channels, key, spare })).unchecked).toBe(false)
    expect(good(hashSuppression(listed(text), { channels, key, numbers }))).toBe(text)
  })

  test('says each line that is wrong, and quotes none', () => {
    const wrong = list('fax,*,CANARY@a.org', 'email,spam,CANARY', 'sms,*,', '', 'sms,*,hmac-sha256:CANARY', 'CANARY')
    const read = readSuppression(wrong, { numbers, channels, spare })
    expect(read).toMatchObject({
      faults: [
        { message: 'the suppression list has a line that names no channel', place: { file: 'no.csv', line: 2 } },
        { message: 'the suppression list has a line that names no purpose', place: { line: 3 } },
        { message: 'the suppression list has a line without an address', place: { line: 4 } },
        { message: 'the suppression list has a line without an address', place: { line: 6 } },
        { message: 'the suppression list has a line that names no channel', place: { line: 7 } },
      ],
    })
    expect(JSON.stringify(read)).not.toContain('CANARY')
    expect(readSuppression(listed('olena@example.org\n'), { numbers, channels, spare }).ok).toBe(false)
  })
})

describe('an entry that a channel could never send to', () => {
  const picky = [
    { name: 'email', form: (written: string) => (/^\S+@\S+$/.test(written) ? written.replace(/\.$/, '') : undefined) },
    { name: 'sms', form: (written: string) => (/^\+\d+$/.test(written) ? written : undefined) },
  ]

  test('is a fault with its line and without its value, plain or to be hashed', () => {
    const wrong = list(
      'email,*,CANARY',
      'sms,*,n1@example.org',
      '*,*,CANARY',
      'sms,*,+380441234567',
      'email,*,a@b.org.',
    )
    const said = (channel: string): string =>
      `the suppression list has a line whose address ${channel} send to, so that it keeps nobody from being written to`
    const faults = [
      {
        code: 'route.suppressed',
        message: said('email could never'),
        place: { file: 'no.csv', line: 2 },
        hint: 'write one mail address and no name, a number as it is dialled in GB, or the lines of a postal address',
      },
      { message: said('sms could never'), place: { line: 3 } },
      { message: said('no channel could ever'), place: { line: 4 } },
    ]
    for (const read of [
      readSuppression(wrong, { numbers, channels: picky, spare }),
      hashSuppression(wrong, { channels: picky, key, numbers }),
    ]) {
      expect(read).toMatchObject({ ok: false, faults })
      expect(JSON.stringify(read)).not.toMatch(/CANARY|n1@/)
    }
  })

  test('the others are held in the form of their channel, and counted', () => {
    const { holds, count } = good(
      readSuppression(list('email,*,a@b.org.', '*,*,+380441234567', '*,*,c@d.org'), {
        numbers,
        channels: picky,
        spare,
      }),
    )
    expect(count()).toEqual({ entries: 3, matched: 0 })
    expect(holds({ channel: 'email', purpose: 'service', address: 'a@b.org' })).toBe(true)
    expect(holds({ channel: 'sms', purpose: 'service', address: '+380441234567' })).toBe(true)
    expect(holds({ channel: 'sms', purpose: 'marketing', address: '+380441234567' })).toBe(true)
    expect(count()).toEqual({ entries: 3, matched: 2 })
  })
})

describe('an entry that is what somebody is called', () => {
  const olena: Communication = {
    id: 'Contract 417',
    locale: 'en-GB',
    recipient: { name: 'Olena Kovalenko', address: ['12 Harbour Street', 'Leith'], email: 'olena@example.org' },
    data: {},
  }
  const addressOf = ({ recipient: { address, email } }: Communication, channel: string) =>
    channel === 'email' ? email : address?.join(' ')
  const entries = list(
    '*,*,OLENA  Kovalenko',
    'pdf,service,"Contract 417"',
    '*,service,"Olena Kovalenko, 12 Harbour Street, Leith"',
    '*,marketing,Olena Kovalenko',
    '*,*,Anna Kowalska',
    '*,*,"Hauptstr. 5, 1010 Wien"',
  )
  const asked = (source: ListFile, to: readonly string[]) => {
    const suppression = good(readSuppression(source, { numbers, channels, key, spare }))
    subtract({ to, skipped: {} }, olena, { template: {}, suppression, addressOf })
    return suppression.doubts()
  }
  const called = [
    { line: 2, as: 'name' },
    { line: 3, as: 'id' },
    { line: 4, as: 'name and address' },
  ]

  test('is known by its line, plain or hashed, where that channel and purpose would write to them', () => {
    expect(asked(entries, ['pdf', 'email'])).toEqual({ called, likely: [5, 6] })
    // Under the line that says the key, and nobody can tell any more what reads like a name.
    const hashes = listed(good(hashSuppression(entries, { channels, key, numbers })))
    const moved = called.map(({ line, as }) => ({ line: line + 1, as }))
    expect(asked(hashes, ['pdf', 'email'])).toEqual({ called: moved, likely: [] })
    expect(asked(entries, ['email']).called.map(({ line }) => line)).toEqual([2, 4])
  })

  test('is none where it met somebody as an address, or where they are not written to', () => {
    expect(asked(list('*,*,olena@example.org', '*,*,Olena Kovalenko'), ['email'])).toEqual({ called: [], likely: [3] })
    const suppression = good(readSuppression(list('*,*,Olena Kovalenko'), { numbers, channels, spare }))
    const house = { ...olena, recipient: { name: 'Ivan', address: ['Olena', 'Kovalenko'] } }
    for (const one of [olena, house])
      subtract({ to: ['pdf'], skipped: {} }, one, { template: {}, suppression, addressOf })
    expect(suppression.doubts()).toEqual({ called: [], likely: [] })
  })
})

describe('what is subtracted', () => {
  const routed = { to: ['email', 'sms'], skipped: { pdf: 'not chosen by the route' }, rule: 'true' }
  const communication = (data: Data): Communication => ({
    id: '417',
    locale: 'en-GB',
    recipient: { email: 'olena@example.org', phone: '+380441234567' },
    data,
  })
  const addressOf = ({ recipient }: Communication, channel: string) =>
    channel === 'email' ? recipient.email : recipient.phone
  const left = (data: Data, template: object, suppression = nobody) =>
    subtract(routed, communication(data), { template, suppression, addressOf })

  test('nothing of a service that nobody declined', () => {
    expect(left({}, {})).toBe(routed)
  })

  test('marketing without consent: only what says yes is a yes', () => {
    const template = { purpose: 'marketing', consent: 'customer.agreed' } as const
    const quiet = {
      pdf: 'not chosen by the route',
      email: 'no consent (email, marketing)',
      sms: 'no consent (sms, marketing)',
    }
    for (const agreed of [false, null, 'yes', 1, [], ['pdf']])
      expect(left({ customer: { agreed } }, template)).toMatchObject({
        to: [],
        skipped: quiet,
        withheld: ['email', 'sms'],
      })
    expect(left({}, template).to).toEqual([])
    expect(left({ customer: { agreed: true } }, template).to).toEqual(['email', 'sms'])
    expect(left({ customer: { agreed: ['sms'] } }, template)).toMatchObject({
      to: ['sms'],
      skipped: { email: 'no consent (email, marketing)' },
    })
  })

  test('addresses of the list, with channel and purpose as the reason', () => {
    const suppression = good(readSuppression(plain, { numbers, channels, spare }))
    expect(left({}, {}, suppression)).toEqual({
      to: ['email'],
      skipped: { pdf: 'not chosen by the route', sms: 'suppressed (sms, service)' },
      withheld: ['sms'],
      rule: 'true',
    })
    const template = { purpose: 'marketing', consent: 'agreed' } as const
    expect(left({ agreed: true }, template, suppression)).toMatchObject({
      to: [],
      skipped: { email: 'suppressed (email, marketing)' },
    })
  })

  test('who did not agree is told so, and is known to be in the list all the same', () => {
    const suppression = good(readSuppression(plain, { numbers, channels, spare }))
    const template = { purpose: 'marketing', consent: 'agreed' } as const
    expect(left({ agreed: false }, template, suppression).skipped).toMatchObject({
      email: 'no consent (email, marketing)',
      sms: 'no consent (sms, marketing)',
    })
    expect(suppression.count().matched).toBe(2)
  })
})
