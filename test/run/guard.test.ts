/** Scripts that do not come back: a fault that names script and row, and not a run that hangs. */
import { describe, expect, test } from 'vitest'
import { mayRunOn, openGuard, Stalled } from '../../src/run/guard.ts'
import { intake, words } from '../intake/batch.ts'

/** Rows enough for more than one group. */
const rows = Array.from({ length: 260 }, (_, at) => `${at + 1},${at + 1}`)
const files = { 'a.csv': `id,amount\n${rows.join('\n')}\n` }
const fields = { id: 'id', amount: 'amount' }
const guard = openGuard({ limitMs: 300 })

const cleaned = (text: string) =>
  intake({ files, fields, root: { clean: { file: 'jobs/clean.js', text } }, more: { guard } })

describe('clean.js', () => {
  test('that loops for ever, whatever it catches, is ended at its row', async () => {
    const { faults } = await cleaned(
      'export default row => { try { if (row.id === "230") for (;;); } catch { return row } finally { if (row.id === "230") for (;;); } return row }',
    )
    expect(words(faults)).toEqual([
      'clean.endless a.csv:231: jobs/clean.js does not come back from this row: it was ended after some seconds -- look for a loop that never ends, or text that grows without end, and try the script with this row alone',
    ])
  })

  test('that searches for ever is, too', async () => {
    const { faults } = await cleaned(
      `export default row => { if (row.id === "7") /^(a+)+$/.test("${'a'.repeat(60)}b"); return row }`,
    )
    expect(words(faults)[0]).toMatch(/^clean\.endless a\.csv:8: /)
  })

  test('that comes back makes what it made without a guard', async () => {
    const { made, rejects } = await cleaned('export default row => ({ ...row, amount: row.amount + "0" })')
    expect(made.length).toBe(260)
    expect(rejects).toEqual([])
    expect(made[229]?.data).toEqual({ id: '230', amount: '2300' })
  })
})

test('a pattern of schema.json that searches for ever is ended, also without a prepare.js', async () => {
  const schema = { properties: { id: { type: 'string', pattern: '^(a+)+$' } } }
  const long = { 'a.csv': `id,amount\n1,1\n${'a'.repeat(60)}b,1\n` }
  await expect(intake({ files: long, fields, schema, more: { preparing: guard } })).rejects.toMatchObject({
    faults: [
      {
        code: 'prepare.endless',
        message: 'schema.json does not come back from this row: it was ended after some seconds',
        place: { file: 'a.csv', line: 3 },
        hint: 'look for repetitions inside repetitions in a pattern, such as (a+)+, and put a maxLength beside it, or for a $ref that leads to itself in two branches',
      },
    ],
  })
})

test('what a run puts together is guarded where a prepare.js, or the schema anywhere in it, may search for ever', () => {
  const text = { type: 'string', minLength: 1, format: 'email', description: 'no pattern' }
  const prepare = { file: 'prepare.js', text: 'export default data => data' }
  const below = (schema: object) => ({
    schema: { properties: { a: { items: schema } } },
  })
  expect(mayRunOn(below(text))).toBe(false)
  expect(mayRunOn({ ...below(text), prepare })).toBe(true)
  for (const hard of [
    { pattern: 'a+' },
    { patternProperties: { 'a+': text } },
    { uniqueItems: true },
    { $ref: '#/$defs/b' },
  ])
    expect(mayRunOn(below(hard))).toBe(true)
})

test('prepare.js that loops for ever is ended at the first row of its communication', async () => {
  const prepare = (data: { readonly [name: string]: unknown }) => {
    while (data['id'] === '130') {}
    return { ok: true as const, value: data as never }
  }
  await expect(intake({ files, fields, more: { preparing: guard, prepare } })).rejects.toMatchObject({
    faults: [
      {
        code: 'prepare.endless',
        message: 'prepare.js does not come back from this row: it was ended after some seconds',
        place: { file: 'a.csv', line: 131 },
      },
    ],
  })
})

describe('a guard', () => {
  test('gives back what the work gives, and throws what it throws', () => {
    expect(
      guard(
        () => 7,
        () => new Error('late'),
      ),
    ).toBe(7)
    const own = new TypeError('mine')
    expect(() =>
      guard(
        () => {
          throw own
        },
        () => new Error('late'),
      ),
    ).toThrow(own)
  })

  test('takes a process that was stopped for no endless loop', () => {
    const waiting = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
    const spent = openGuard({ limitMs: 200 })
    expect(() =>
      spent(
        () => {
          waiting()
          for (;;);
        },
        () => new Error('late'),
      ),
    ).toThrow(Stalled)
  })
})
