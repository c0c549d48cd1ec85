import { expect, test } from 'vitest'
import { Addresses } from '../../src/run/stage/addresses.ts'

test('addresses of more than one account are counted with all their pieces, however many addresses there are', () => {
  const addresses = new Addresses()
  let seq = 0
  const add = (channel: string, address: string | undefined, account: string) => {
    seq += 1
    addresses.add(channel, address, { account, seq })
  }
  // Early, so that it has to outlive every growth of the table.
  add('early', 'b@nord.example', 'account 1')
  add('early', 'b@nord.example', 'account 2')
  for (let customer = 0; customer < 5_000; customer += 1)
    for (let invoice = 0; invoice < 2; invoice += 1) {
      add('sms', `+49${customer}`, `account ${customer}`)
      add('early', `+49${customer}`, `account ${customer}`)
    }
  expect(addresses.twice()).toEqual({ early: [[1, 2]] })

  for (let customer = 0; customer < 5_000; customer += 100) add('sms', `+49${customer}`, 'another')
  add('sms', '+490', 'a third')
  const last = seq
  add('email', 'a@nord.example', 'account 1')
  add('email', 'a@nord.example', 'account 2')
  add('email', undefined, 'account 3')
  const twice = addresses.twice()
  expect(twice).toMatchObject({ early: [[1, 2]], email: [[last + 1, last + 2]] })
  expect(twice['sms']).toHaveLength(50)
  expect(twice['sms']?.flat()).toHaveLength(151)
  // Of the first customer both invoices, and who shares the number with it.
  expect(twice['sms']?.[0]).toEqual([3, 5, last - 50, last])
})
