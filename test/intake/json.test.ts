/** JSON as input: text in it is the file's text, in the file's conventions; numbers and truth values are what they are. */
import { describe, expect, test } from 'vitest'
import type { DataFile } from '../../src/model/index.ts'
import { file, intake, one, words } from './batch.ts'

const schema = {
  properties: {
    id: { type: 'string' },
    amount: { type: 'string', format: 'decimal' },
    count: { type: 'integer' },
    day: { type: 'string', format: 'date' },
    vip: { type: 'boolean' },
    name: { type: 'string', private: true },
    note: { type: 'string' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          amount: { type: 'string', format: 'decimal' },
          day: { type: 'string', format: 'date' },
          secret: { type: 'string', format: 'decimal', private: true },
          text: { type: 'string' },
        },
      },
    },
  },
}
const german: Partial<DataFile> = { decimal: ',', thousands: '.', date: 'dd.MM.yyyy' }

async function read(text: string, root: Partial<DataFile> = {}, more: object = {}) {
  return intake({ files: { 'a.jsonl': text }, root, schema, ...more })
}

describe('text in JSON', () => {
  test('is read in the conventions of the file, as the same text in CSV is', async () => {
    const values = ['1.234', '1.234,50', '-12,5', '007']
    for (const amount of values) {
      const json = await read(`{"id":"1","amount":${JSON.stringify(amount)}}\n`, german)
      const csv = await intake({
        files: { 'a.csv': `id;amount\n1;${amount}\n` },
        root: { ...german, delimiter: ';' },
        schema,
      })
      expect(json.made[0]?.data).toEqual(csv.made[0]?.data)
    }
    const { made } = await read('{"id":"1","amount":"1.234","count":"1.000","day":"31.12.2010","vip":"yes"}\n', german)
    expect(made[0]?.data).toEqual({ id: '1', amount: '1234', count: 1000, day: '2010-12-31', vip: true })
  })

  test('numbers and truth values are no text', async () => {
    const { made } = await read('{"id":1,"amount":1.234,"count":1000,"vip":true,"note":1.50}\n', german)
    expect(made[0]?.data).toEqual({ id: '1', amount: '1.234', count: 1000, vip: true, note: '1.50' })
  })

  test('are what they are once they were written to JSON: what is routed is what a worker reads', async () => {
    const { made } = await read('{"id":1,"count":-0,"note":-0.0}\n{"id":2,"count":"-0"}\n')
    expect(made.map(({ data }) => data)).toEqual([
      { id: '1', count: 0, note: '-0.0' },
      { id: '2', count: 0 },
    ])
    const open = await intake({ files: { 'a.jsonl': '{"id":1,"lines":[{"n":-0}]}\n' } })
    expect(open.made[0]?.data).toEqual({ id: '1', lines: [{ n: 0 }] })
  })

  test('and so it is in lists and groups, side by side', async () => {
    const lines =
      '[{"amount":"1.234"},{"amount":1.234},{"amount":"1,5","day":"01.02.2011","text":"1.234"},{"amount":1e3}]'
    const { made } = await read(`{"id":"1","lines":${lines}}\n`, german)
    expect(made[0]?.data['lines']).toEqual([
      { amount: '1234' },
      { amount: '1.234' },
      { amount: '1.5', day: '2011-02-01', text: '1.234' },
      { amount: '1000' },
    ])
  })

  test('without conventions is what it was: decimals with a point, dates of ISO 8601', async () => {
    const text =
      '{"id":"1","amount":"12.50","day":"2010-12-31","lines":[{"amount":"12.50","day":"2010-12-31"},{"amount":12.50}]}\n'
    const { made } = await read(text)
    expect(made[0]?.data).toEqual({
      id: '1',
      amount: '12.50',
      day: '2010-12-31',
      lines: [{ amount: '12.50', day: '2010-12-31' }, { amount: '12.50' }],
    })
  })

  test('that cannot be read is a fault with its path and the setting, private text unquoted', async () => {
    const { rejects } = await read(
      '{"id":"1","amount":"1.5","lines":[{"amount":"2"},{"amount":"1.5","secret":"9.99"}]}\n',
      {
        decimal: ',',
      },
    )
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.unreadable a.jsonl:1: amount is not a number (found "1.5") -- set decimal: "." in the job',
      'intake.unreadable a.jsonl:1: lines[1].amount is not a number (found "1.5") -- set decimal: "." in the job',
      'intake.unreadable a.jsonl:1: lines[1].secret is not a number -- set decimal: "." in the job',
    ])
  })

  test('means absent where the job says so, in groups too', async () => {
    const { made } = await read('{"id":"1","amount":"n/a","lines":[{"amount":"n/a","text":"x"}]}\n', {
      null: ['', 'n/a'],
    })
    expect(made[0]?.data).toEqual({ id: '1', lines: [{ text: 'x' }] })
  })

  test('counts in control sums as it is read', async () => {
    const { summary } = await read('{"id":"1","amount":"1.234"}\n{"id":"2","amount":1.234}\n', german, {
      more: { sums: ['amount'] },
    })
    expect(summary.sums['amount']?.total).toBe('1235.234')
  })

  test('of a joined file follows that file', async () => {
    const joined = file('b.jsonl', { decimal: ',' })
    const { made } = await intake({
      files: { 'a.csv': 'id\n1\n', 'b.jsonl': '{"id":1,"amount":"2,5"}\n' },
      schema: { properties: { id: {}, b: { properties: { amount: { type: 'string', format: 'decimal' } } } } },
      fields: { id: 'id', b: one(joined, 'id', 'id', { amount: 'amount' }) },
    })
    expect(made[0]?.data).toEqual({ id: '1', b: { amount: '2.5' } })
  })

  test('keeps all its digits', async () => {
    const digits = '123456789012345678901234567890.123456789'
    const { made } = await read(`{"id":"1","lines":[{"amount":${digits}},{"amount":-0.000000001}]}\n`)
    expect(made[0]?.data['lines']).toEqual([{ amount: digits }, { amount: '-0.000000001' }])
  })
})

describe('clean.js over lists and groups', () => {
  const lines =
    '{"id":"1","lines":[{"amount":1.234,"text":"a"},{"amount":"1.234","text":"b"},{"amount":5.678,"text":"c"}]}\n'
  const cleaned = async (body: string): Promise<unknown> => {
    const clean = { file: 'clean.js', text: `export default (row, { decimal }) => { ${body}; return row }` }
    return (await read(lines, { ...german, clean })).made[0]?.data['lines']
  }

  test('that it leaves alone are what they were', async () => {
    expect(await cleaned('')).toEqual([
      { amount: '1.234', text: 'a' },
      { amount: '1234', text: 'b' },
      { amount: '5.678', text: 'c' },
    ])
  })

  test('that it changes keep their numbers, wherever those go', async () => {
    expect(await cleaned('row.lines[0].text = "x"')).toEqual([
      { amount: '1.234', text: 'x' },
      { amount: '1234', text: 'b' },
      { amount: '5.678', text: 'c' },
    ])
    expect(await cleaned('row.lines = row.lines.filter(line => line.text === "c")')).toEqual([
      { amount: '5.678', text: 'c' },
    ])
  })

  test('take text from it in the conventions of the file, else as it stands', async () => {
    expect(await cleaned('row.lines = [{ amount: "9.876" }, { amount: "0.50" }, { amount: 0.5 }]')).toEqual([
      { amount: '9876' },
      { amount: '0.50' },
      { amount: '0.5' },
    ])
  })
})

test('names that differ only in blanks or form are a fault: one of the two values would be lost', async () => {
  for (const text of ['{"id":"1","name":"a"," name":"b"}', '{"id":"1","é":"a","e\u0301":"b"}']) {
    const { rejects, made } = await read(`${text}\n{"id":"2","name":"c"}\n`)
    expect(made.map(({ id }) => id)).toEqual(['2'])
    expect(rejects.map(({ id, faults }) => [id, words(faults)])).toEqual([
      [
        '1',
        [
          'intake.json a.jsonl:1: two names differ only in blanks around them or in Unicode form -- each row has to be one JSON object, without a name that stands twice',
        ],
      ],
    ])
  }
})

test('lines are counted alike wherever the file is read on', async () => {
  for (const shift of [0, 1, 2, 3]) {
    const start = '[\r\n{"id":"0","note":"'
    const filler = 'x'.repeat(256 * 1024 - start.length - '"},'.length - shift)
    const text = `${start}${filler}"},\r\n\r\n{"id":"1"},\r\n{"id":}]`
    const { rejects } = await intake({ files: { 'a.json': text }, fields: { id: 'id' } })
    expect(rejects[0]?.faults[0]?.place).toMatchObject({ line: 5 })
  }
})
