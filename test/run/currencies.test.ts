/** Documents in several currencies: what they come to, and what was read back, currency by currency, to the cent. */

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportLines } from '../../src/report/index.ts'
import { conduct, readRequest } from '../../src/run/index.ts'
import { makeFactory } from './factory.ts'

test('sums by currency, in the report, read back, and once the run is purged', async () => {
  const factory = makeFactory({ bills: 3, mail: false })
  try {
    factory.mend('jobs/bills.yaml', 'issued: issued', 'issued: issued\n    currency: currency')
    factory.mend('templates/bill/template.yaml', 'once: ever', 'once: ever\ncurrency: currency')
    factory.mend('templates/bill/schema.json', '"issued": {', '"currency": { "type": "string" },\n    "issued": {')
    factory.mend('templates/bill/schema.json', '"required": ["number",', '"required": ["number", "currency",')
    const codes = ['currency', 'EUR', 'EUR', 'USD', 'USD', 'EUR', 'EUR']
    const lines = factory.read('data/bills.csv').trim().split('\n')
    factory.write('data/bills.csv', `${lines.map((line, at) => `${line};${codes[at]}`).join('\n')}\n`)
    const out = join(factory.folder, 'out')
    const request = readRequest({ date: '2026-03-31', workers: 1 }, { job: join(factory.folder, factory.job), out })
    if (!request.ok) throw new Error(JSON.stringify(request.faults))
    const { exit, faults, report, folder = '' } = await conduct(request.value, () => {})
    expect(exit, JSON.stringify(faults)).toBe(0)
    if (report === undefined) throw new Error('no report')
    expect(report.facts).toEqual({})
    expect(report.currencies).toEqual({
      total: { EUR: { documents: 2, sum: '8.60' }, USD: { documents: 1, sum: '4.30' } },
    })
    expect(report.readBack.filter(({ channel }) => channel === 'sms')).toEqual([
      { channel: 'sms', fact: 'total', currency: 'EUR', pieces: 2, read: '8.60', data: '8.60', agrees: true },
      { channel: 'sms', fact: 'total', currency: 'USD', pieces: 1, read: '4.30', data: '4.30', agrees: true },
    ])
    const told = reportLines(report, folder).join('\n')
    expect(told).toContain('fact            total: 8.60 EUR in 2 documents')
    expect(told).toContain('read back       total: 4.30 USD from 1 piece of pdf, as in the data')
    expect(factory.read('out/bills-2026-03/report.html')).toContain('8.60 EUR')
    const wiped = factory.platen('purge', '--older-than', '2100-01-01')
    expect(wiped.status, wiped.said).toBe(0)
    const { currencies, readBack } = JSON.parse(factory.read('out/bills-2026-03/report.json'))
    expect({ currencies, readBack }).toEqual({ currencies: report.currencies, readBack: report.readBack })
  } finally {
    factory.close()
  }
})

test('sums of one currency say which', async () => {
  const factory = makeFactory({ bills: 2, mail: false })
  try {
    const out = join(factory.folder, 'out')
    const request = readRequest({ date: '2026-03-31', workers: 1 }, { job: join(factory.folder, factory.job), out })
    if (!request.ok) throw new Error(JSON.stringify(request.faults))
    const { report, folder = '' } = await conduct(request.value, () => {})
    if (report === undefined) throw new Error('no report')
    expect(report).toMatchObject({ currency: 'GBP', facts: { total: { documents: 2, sum: '6.60' } } })
    const told = reportLines(report, folder).join('\n')
    expect(told).toContain('fact            total: 6.60 GBP in 2 documents')
    expect(told).toContain('read back       total: 6.60 GBP from 2 pieces of pdf, as in the data')
    expect(factory.read('out/bills-2026-03/report.html').match(/6\.60 GBP/g)).toHaveLength(3)
  } finally {
    factory.close()
  }
})
