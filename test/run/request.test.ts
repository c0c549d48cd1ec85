/** What is asked for: words of the command line and values of a program come to the same request, or to faults. */
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { flagOf, type RunOptions, readRenderOptions, readRequest } from '../../src/run/request.ts'

const known = { job: 'jobs/bills.yaml' }
const read = (asked: object) => readRequest(asked as RunOptions, known)
const faults = (asked: object) => {
  const result = read(asked)
  return result.ok ? [] : result.faults.map(({ message, hint }) => `${message}; ${hint}`)
}
const value = (asked: object) => {
  const result = read(asked)
  expect(result, JSON.stringify(asked)).toMatchObject({ ok: true })
  return result.ok ? result.value : undefined
}

test('text and values are the same request', () => {
  const text = { workers: '4', lotSize: '20', rejects: '10%', mode: '0640', set: ['days=14'] }
  const values = { workers: 4, lotSize: 20, rejects: { share: 0.1 }, mode: 0o640, set: { days: '14' } }
  expect(value(text)).toEqual(value(values))
  expect(value(values)).toEqual({ ...values, ...known })
  expect(value({ rejects: 12 })).toEqual(value({ rejects: '12' }))
  expect(value({ period: '2010-Q4' })?.period).toEqual({
    text: '2010-Q4',
    unit: 'quarter',
    start: '2010-10-01',
    end: '2010-12-31',
  })
  expect(value({ date: undefined })).toEqual(known)
})

test.each([
  ['date', '2026-02-30', 'date is not a day (found "2026-02-30"); write a real day as 2026-03-23'],
  ['date', 'tomorrow', 'write a real day'],
  ['date', new Date(0), 'found an object Date'],
  ['period', '2010-13', 'write a month as 2010-12, a quarter as 2010-Q4, a year as 2010'],
  ['run', '../../escaped', 'run is not the name of a run'],
  ['run', 'issued.db', 'issued.db is the name of a file of the out folder'],
  ['run', 'Issued.DB-wal', 'is not the name of a run'],
  ['run', '', 'is not the name of a run'],
  ['mode', 640, 'a mode with which the owner can read and write'],
  ['mode', 0, 'write permission bits as 0640'],
  ['mode', '0999', 'write permission bits as 0640'],
  ['mode', 0o7777, 'write permission bits as 0640'],
  ['lotSize', 0, 'a whole number from 1'],
  ['lotSize', -1, 'a whole number from 1'],
  ['lotSize', 2.5, 'a whole number from 1'],
  ['workers', 0, 'a whole number from 1 to 64'],
  ['workers', 65, 'a whole number from 1 to 64'],
  ['rejects', '10 percent', 'write a count such as 12, or a share such as 10%'],
  ['rejects', -1, 'write a count'],
  ['rejects', { share: 2 }, 'write a count'],
  ['rejects', { count: 1, share: 0 }, 'write a count'],
  ['channels', 'pdf', 'channels is not a list of texts (found "pdf")'],
  ['channels', [], 'a list of texts'],
  ['set', { days: 14 }, 'a list of settings, each a text'],
  ['retry', 'yes', 'true or false'],
  ['signal', {}, 'the signal of an AbortController'],
  ['out', 7, 'out is not a path (found "7")'],
  ['expect', new URL('https://example.com/totals.yaml'), 'expect is not a path'],
])('%s %j is a fault', (name, wrong, says) => {
  const found = faults({ [name]: wrong })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(says)
})

test('an option that does not exist names the nearest; all faults come together, under the names of the command line there', () => {
  expect(faults({ lotsize: 3, dates: '2026-01-01' })).toEqual([
    'there is no option "lotsize"; did you mean "lotSize"?',
    'there is no option "dates"; did you mean "date"?',
  ])
  expect(faults({ job: 'other.yaml' })[0]).toContain('there is no option "job"')
  const words = readRequest({ lotSize: '0', channels: [] }, known, flagOf)
  expect(words.ok ? [] : words.faults.map(({ message }) => message)).toEqual([
    '--lot-size is not a whole number from 1 to 999999 (found "0")',
    '--channel is not a list of texts (found a list)',
  ])
})

describe('data', () => {
  async function* later() {
    yield { number: 'B-1' }
  }

  test('a path, a file: URL, objects, or those by the names of files', () => {
    const rows = [{ number: 'B-1' }]
    const stream = later()
    expect(value({ data: 'bills.csv' })?.data).toEqual([{ source: 'bills.csv' }])
    expect(value({ data: pathToFileURL('/tmp/bills.csv') })?.data).toEqual([{ source: '/tmp/bills.csv' }])
    expect(value({ data: rows })?.data).toEqual([{ source: rows }])
    expect(value({ data: new Set(rows) })?.data).toHaveLength(1)
    expect(value({ data: { bills: stream, customers: 'c.csv' } })?.data).toEqual([
      { name: 'bills', source: stream },
      { name: 'customers', source: 'c.csv' },
    ])
    expect(value({ data: Object.assign(Object.create(null), { bills: rows }) })?.data).toHaveLength(1)
    expect(value({ data: ['bills.csv', 'customers=c.csv'] })?.data).toEqual([
      { words: 'bills.csv' },
      { words: 'customers=c.csv' },
    ])
    expect(value({ data: [] })?.data).toEqual([{ source: [] }])
  })

  test.each([
    ['a URL of the web', new URL('https://example.com/bills.csv')],
    ['bytes', Buffer.from('number\n')],
    ['no name at all', {}],
    ['an empty name', { '': 'nowhere.csv' }],
    ['a name with nothing to it', { bills: undefined }],
    ['an instance of something', new Date(0)],
    ['a number', 7],
    ['nothing', null],
    ['an empty path', ''],
  ])('%s is a fault', (_, wrong) => {
    expect(faults({ data: wrong })[0]).toMatch(/data is not a source of rows.*hand over a path, a file: URL, objects/)
  })
})

test('options of one piece go the same way', () => {
  expect(readRenderOptions({ id: 'B-1', date: '2026-03-31', period: '2026-03', set: { a: 'b' } })).toMatchObject({
    ok: true,
    value: { period: { unit: 'month' } },
  })
  const wrong = readRenderOptions({ id: '', date: 'soon', perid: '2026' } as object)
  expect(wrong.ok ? [] : wrong.faults.map(({ message }) => message)).toEqual([
    'id is not a text (found "")',
    'date is not a day (found "soon")',
    'there is no option "perid"',
  ])
})
