import { expect, it } from 'vitest'
import type { Communication } from '../../src/model/index.ts'
import { nobody, type Sending, subtract } from '../../src/route/index.ts'

const communication: Communication = { id: 'B-1', locale: 'en-GB', recipient: { email: 'anna@nord.example' }, data: {} }
const routed = { to: ['pdf', 'email'], skipped: {} }

it('reads no address where there is no list, and each one where there is', () => {
  const read: string[] = []
  const asked: Sending[] = []
  const addressOf = (_: Communication, channel: string): string | undefined => {
    read.push(channel)
    return channel === 'email' ? 'anna@nord.example' : undefined
  }
  const template = {}
  expect(subtract(routed, communication, { template, suppression: nobody, addressOf })).toEqual(routed)
  expect(read).toEqual([])
  const holds = (sending: Sending): boolean => asked.push(sending) > 0
  expect(subtract(routed, communication, { template, suppression: { ...nobody, holds }, addressOf })).toMatchObject({
    to: ['pdf'],
    withheld: ['email'],
  })
  expect(read).toEqual(['pdf', 'email'])
  expect(asked).toEqual([{ channel: 'email', purpose: 'service', address: 'anna@nord.example' }])
})
