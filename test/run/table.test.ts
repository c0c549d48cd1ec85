/** Channels from outside: what is none is a fault that says what it lacks, before anything is made of it. */
import { expect, test } from 'vitest'
import { loadTable } from '../../src/run/plan/table.ts'

const whole = {
  name: "'fax'",
  files: "['fax.hbs']",
  escape: "'none'",
  settings: "{ type: 'object' }",
  encloses: '[]',
  output: "{ folder: 'fax', extension: 'txt' }",
  prepare: '() => {}',
  open: '() => {}',
}

async function said(changed: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const fields = Object.entries({ ...whole, ...changed }).map(([name, text]) => `${name}: ${text}`)
  const loaded = await loadTable([`data:text/javascript,export default {${encodeURIComponent(fields.join())}}`])
  return loaded.ok ? [] : loaded.faults.map(({ code, message }) => `${code}: ${message}`)
}

test('one that has all that the contract asks for is taken', async () => {
  expect(await said({})).toEqual([])
})

test.each([
  ['encloses', 'undefined'],
  ['encloses', '[1]'],
  ['settings', 'undefined'],
  ['escape', "'xml'"],
  ['files', '[]'],
  ['output', "{ extension: 'txt' }"],
  ['open', 'undefined'],
])('one with %s: %s is none', async (field, text) => {
  expect(await said({ [field]: text })).toEqual([
    `run.channel: the channel of the module has no ${field}, or not as the contract has it`,
  ])
})

test('all that it lacks is said at once; of what is no channel at all, that', async () => {
  expect(await said({ encloses: 'undefined', escape: 'undefined' })).toEqual([
    'run.channel: the channel of the module has no escape and no encloses, or not as the contract has them',
  ])
  expect(await said(Object.fromEntries(Object.keys(whole).map(name => [name, 'undefined'])))).toEqual([
    'run.channel: the module exports no channel',
  ])
})
