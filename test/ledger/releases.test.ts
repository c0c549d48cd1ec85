/** A release that was withdrawn excuses nothing: neither the next lot, which has its number, nor its pieces. */
import { expect, test } from 'vitest'
import { Ledger, releasesOf } from '../../src/ledger/index.ts'

const flaw = (communication: number) => ({ communication, channel: 'sms', codes: ['run.fact'] })

test('what was released stands until it is withdrawn, and again when it is released again', () => {
  const ledger = new Ledger('')
  const at = '2026-03-31T00:00:00.000Z'
  const stands = () => {
    const { lots, overruled } = releasesOf(ledger.events())
    return { lots: [...lots], overruled: overruled.map(({ communication }) => communication) }
  }
  ledger.record('released', at, { communications: [3, 7], lots: [2, 3], overruled: [flaw(3), flaw(7)], why: 'seen' })
  expect(stands()).toEqual({ lots: [2, 3], overruled: [3, 7] })
  ledger.record('release-withdrawn', at, { communications: [7], lot: 3, reason: 'run.sums' })
  ledger.record('retried', at, { communications: [7], kit: 2 })
  expect(stands()).toEqual({ lots: [2], overruled: [3] })
  ledger.record('released', at, { communications: [7], lots: [4], overruled: [flaw(7)], why: 'mended' })
  expect(stands()).toEqual({ lots: [2, 4], overruled: [3, 7] })
  ledger.close()
})
