import { describe, expect, it } from 'vitest'
import type { Data, Result } from '../../src/model/index.ts'
import { openPrepare } from '../../src/template/index.ts'
import { data, good, run } from './kit.ts'

const file = 'templates/invoice/prepare.js'
async function prepared(text: string, from: Data = data): Promise<Result<Data>> {
  return good(await openPrepare({ prepare: { file, text } }))(from, run)
}

describe('openPrepare', () => {
  it('derives values with exact decimals and dates', async () => {
    const text = `export default (data, { decimal, date, run }) => ({
  ...data,
  net: decimal(data.total).div('1.2').round(2).toString(),
  vat: decimal(data.total).minus('1235.42'),
  late: date.plusDays(data.issued, 14),
  made: run.date,
  nothing: undefined,
})`
    const made = good(await prepared(text))
    expect(made).toMatchObject({ net: '1235.42', vat: '247.08', late: '2026-03-23', made: '2026-03-09' })
    expect(made).not.toHaveProperty('nothing')
  })
  it('leaves data alone where there is no prepare.js', async () => {
    expect(good(good(await openPrepare({}))(data, run))).toBe(data)
  })
  it('makes numbers that JSON keeps', async () => {
    expect(good(await prepared('export default () => ({ none: -0 })'))).toEqual({ none: 0 })
  })
  it('never changes what it was given', async () => {
    const before = structuredClone(data)
    const made = good(
      await prepared(
        'export default data => { data.lines.push({}); data.customer.name = "x"; delete data.total; return data }',
      ),
    )
    expect(data).toEqual(before)
    expect(made).toMatchObject({ customer: { name: 'x' } })
  })
  it('rejects with all reasons', async () => {
    const text = `export default (data, { reject }) => { reject('the total is zero', 'total'); reject('there are no lines'); return data }`
    const hint = 'prepare.js of the template wants it so: mend the data, or the script'
    expect(await prepared(text)).toEqual({
      ok: false,
      faults: [
        { code: 'prepare.rejected', message: 'the total is zero', place: { file, path: 'total' }, hint },
        { code: 'prepare.rejected', message: 'there are no lines', place: { file }, hint },
      ],
    })
  })
  it('says where it threw, and nothing of the data', async () => {
    const result = await prepared('\nexport default data => {\n  throw new TypeError(data.customer.name)\n}')
    expect(result).toMatchObject({
      faults: [
        {
          code: 'prepare.threw',
          message: 'prepare.js stopped with TypeError',
          place: { file, line: 3 },
          hint: 'use reject(message, path) for data that cannot be used',
        },
      ],
    })
    expect(JSON.stringify(result)).not.toContain('Olena')
    expect(await prepared('\nexport default data => ({ ...data, printed: new Date().toISOString() })')).toMatchObject({
      faults: [
        {
          code: 'prepare.threw',
          message: 'prepare.js stopped: new Date() asks the clock',
          place: { file, line: 2 },
          hint: expect.stringContaining('the day of the run is run.date'),
        },
      ],
    })
    expect(await prepared("export default () => { throw 'x' }")).toMatchObject({
      faults: [{ message: 'prepare.js stopped with string' }],
    })
  })
  const odd: readonly (readonly [string, string, string])[] = [
    ['undefined', 'prepare.js returned nothing', 'return the data: `return { ...data, total }`'],
    ['[]', 'prepare.js returned a list', 'return the data: `return { ...data, total }`'],
    ['Promise.resolve({})', 'prepare.js returned a promise', 'prepare.js is not async: return the data itself'],
    [
      '({ a: { b: [1, 0.1 + 0.2] } })',
      'prepare.js returned a binary fraction at a.b[1]',
      'calculate with decimal(…), and end with .toString()',
    ],
    ['({ a: NaN })', 'prepare.js returned what is no number at a', 'data is text'],
    ['({ a: 2 ** 60 })', 'prepare.js returned a number beyond 2^53 at a', 'data is text'],
    ['({ a: new Date(0) })', 'prepare.js returned a Date at a', 'dates are text'],
    ['({ a: () => 1 })', 'prepare.js returned a function at a', 'data is text'],
    ['({ a: new Map() })', 'prepare.js returned a Map at a', 'data is text'],
    ['({ a: 1n })', 'prepare.js returned a bigint at a', 'data is text'],
  ]
  for (const [value, message, hint] of odd) {
    it(`refuses ${value}`, async () => {
      const result = await prepared(`export default () => ${value}`)
      expect(result.ok).toBe(false)
      if (result.ok) return
      expect(result.faults).toHaveLength(1)
      expect(result.faults[0]).toMatchObject({ code: 'prepare.result', place: { file } })
      expect(result.faults[0]?.message).toContain(message)
      expect(result.faults[0]?.hint).toContain(hint)
    })
  }
  it('refuses what goes in a circle', async () => {
    expect(await prepared('export default data => { data.self = data; return data }')).toMatchObject({
      faults: [{ code: 'prepare.result' }],
    })
  })
  it('takes __proto__ for a name', async () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":"yes"}}') as Data
    const made = good(await prepared('export default data => data', hostile))
    expect(Object.keys(made)).toEqual(['__proto__'])
    expect((made as { polluted?: unknown }).polluted).toBeUndefined()
  })
  it('faults a script that cannot be loaded', async () => {
    expect(await openPrepare({ prepare: { file, text: 'export default 1' } })).toMatchObject({
      faults: [{ code: 'schema.script', place: { file } }],
    })
  })
})
