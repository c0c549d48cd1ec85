import { expect, test } from 'vitest'
import { Addresses } from '../../src/run/addresses.ts'

test('addresses of more than one account are counted with all their pieces, however many addresses there are', () => {
  const addresses = new Addresses()
  // Early, so that it has to outlive every growth of the table.
  addresses.add('early', 'b@nord.example', 'account 1')
  addresses.add('early', 'b@nord.example', 'account 2')
  for (let customer = 0; customer < 5_000; customer += 1)
    for (let invoice = 0; invoice < 2; invoice += 1) {
      addresses.add('sms', `+49${customer}`, `account ${customer}`)
      addresses.add('early', `+49${customer}`, `account ${customer}`)
    }
  expect(addresses.twice()).toEqual({ early: { addresses: 1, pieces: 2 } })

  for (let customer = 0; customer < 5_000; customer += 100) addresses.add('sms', `+49${customer}`, 'another')
  addresses.add('sms', '+490', 'a third')
  addresses.add('email', 'a@nord.example', 'account 1')
  addresses.add('email', 'a@nord.example', 'account 2')
  addresses.add('email', undefined, 'account 3')
  expect(addresses.twice()).toEqual({
    early: { addresses: 1, pieces: 2 },
    sms: { addresses: 50, pieces: 151 },
    email: { addresses: 1, pieces: 2 },
  })
})
