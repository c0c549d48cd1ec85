import { describe, expect, test } from 'vitest'
import type { Prices, Tally } from '../../src/model/index.ts'
import { bill as billOf } from '../../src/run/account/bill.ts'

const prices: Prices = {
  currency: 'EUR',
  channels: {
    pdf: { piece: '0.87', page: '0.04' },
    email: { piece: '0.0004' },
    sms: { part: { UA: '0.098', other: '0.12' } },
  },
}
const pdf: Tally = { channel: 'pdf', pieces: 1000, pages: 1500, parts: 0 }
const email: Tally = { channel: 'email', pieces: 3, pages: 0, parts: 0 }
const sms = (country?: string): Tally => ({
  channel: 'sms',
  ...(country === undefined ? {} : { country }),
  pieces: 10,
  pages: 0,
  parts: 13,
})

const bill = (tallies: readonly Tally[], list: Prices | undefined) =>
  billOf(tallies, { channels: ['pdf', 'email', 'sms', 'toString'], prices: list })

describe('bill', () => {
  test('goes by the order of the channels', () => {
    expect(bill([sms('UA'), email, pdf], prices)?.lines.map(({ channel }) => channel)).toEqual(['pdf', 'email', 'sms'])
  })

  test('adds up exactly, in fractions of a cent', () => {
    expect(bill([pdf, email, sms('UA'), sms('DE'), sms()], prices)).toMatchObject({
      currency: 'EUR',
      total: '934.3952',
      lines: [{ amount: '930.00' }, { amount: '0.0012' }, { amount: '1.274' }, { amount: '1.56' }, { amount: '1.56' }],
    })
  })

  test('a country or channel without a price is a line without an amount, and not in the total', () => {
    const few: Prices = { currency: 'EUR', channels: { sms: { part: { UA: '0.098' } } } }
    expect(bill([pdf, sms('UA'), sms('DE')], few)).toMatchObject({
      total: '1.274',
      lines: [{ amount: null }, { amount: '1.274' }, { amount: null }],
    })
  })

  test('names of the language are no channels and no countries', () => {
    expect(bill([{ ...pdf, channel: 'toString' }], prices)?.lines).toMatchObject([{ amount: null }])
    expect(bill([sms('constructor')], prices)?.lines).toMatchObject([{ amount: '1.56' }])
  })

  test('without a price list there is no bill', () => {
    expect(bill([pdf], undefined)).toBeNull()
  })
})
