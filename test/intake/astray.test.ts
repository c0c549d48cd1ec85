/** Names of a job that are a letter beside those of the schema: refused before any file is opened. */
import { expect, test } from 'vitest'
import { inspectDrawing } from '../../src/intake/index.ts'
import { loadJob } from '../../src/job/index.ts'
import { describe as inWords } from '../../src/model/index.ts'

const text = { type: 'string' }
const line = { type: 'object', properties: { item: text, unit: text } }
const schema = {
  type: 'object',
  required: ['number'],
  properties: {
    number: text,
    fee: text,
    note: text,
    customer: { type: 'object', properties: { country: text, total: { ...text, derived: true } } },
    lines: { type: 'array', items: line },
    open: { type: 'object', additionalProperties: true, properties: { fee: text } },
  },
}

function faultsOf(fields: string, { prepare, rest = '' }: { readonly prepare?: string; readonly rest?: string } = {}) {
  const source = {
    file: 'jobs/bills.yaml',
    text: `template: bill\ndata: { file: bills.csv, key: number, fields: { number: number, ${fields} } }\n${rest}channels: { pdf: {} }\n`,
  }
  const job = loadJob({ name: 'bills', source, read: () => undefined, channels: ['pdf'] })
  if (!job.ok) throw new Error(JSON.stringify(job.faults))
  return inspectDrawing(job.value, schema, { schemaFile: 'schema.json', prepare }).map(
    fault => `${inWords(fault)} -- ${fault.hint}`,
  )
}

const said = (path: string, meant: string) =>
  `jobs/bills.yaml: the fields of the job draw ${path}, which schema.json does not know, and no ${meant}, which it knows -- did you mean "${meant}"? If not, take ${path} out of the job, or add it to schema.json`

test.each([
  ['fees: mahnkosten', 'fees', 'fee'],
  ['lines: [{ item: item, unti: unit }]', 'lines.unti', 'lines.unit'],
  ['customer: { contry: country }', 'customer.contry', 'customer.country'],
  [
    'customer: { file: customers.csv, on: { id: customer }, fields: { contry: country } }',
    'customer.contry',
    'customer.country',
  ],
])('%s', (fields, path, meant) => {
  expect(faultsOf(fields)).toEqual([said(path, meant)])
})

test.each([
  ['both are drawn', 'fees: a, fee: b'],
  ['no name is near', 'remark: remark'],
  ['the schema takes any name', 'open: { fees: a }'],
  ['what is near is derived', 'customer: { totals: a }'],
  ['nothing is drawn one by one', 'customer: { file: customers.csv, on: { id: customer } }'],
])('no fault where %s', (_, fields) => {
  expect(faultsOf(fields)).toEqual([])
})

test('no fault of what prepare.js works with, or a sum counts', () => {
  expect(faultsOf('fees: a', { prepare: 'export default data => ({ ...data, fee: data.fees })' })).toEqual([])
  expect(faultsOf('fees: a', { prepare: 'export default data => ({ ...data, x: data.fee })' })).toHaveLength(1)
  expect(faultsOf('fees: a', { rest: 'bounds: { sum: { fees: 20% } }\n' })).toEqual([])
})
