/** Columns that template or schema look for and no file has: each row looks right by itself, so it is said once, of the file. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describe as inWords } from '../../src/model/index.ts'
import { check, type RunOptions, readRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const customers = 'data/customers.csv'
let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 1 })
  factory.mend(
    'jobs/bills.yaml',
    '{ name: customer, email: email, phone: phone, locale: locale }',
    '{ file: ../data/customers.csv, on: { id: customer } }',
  )
  factory.write('data/bills.csv', 'number;customer;issued;item;amount\nBILL-1;C1;2026-03-01;Item;1,10\n')
  factory.write(customers, 'id;name;email;phone;locale\nC1;Ann Canary;ann@canary.example;+447700900001;uk-UA\n')
})
afterEach(() => factory.close())

async function asks(asked: RunOptions = {}) {
  const read = readRequest(
    { date: '2026-03-31', ...asked },
    { job: join(factory.folder, factory.job), out: join(factory.folder, 'out') },
  )
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { exit, faults, warnings } = await check(
    read.value,
    () => {},
    () => new Date(),
  )
  const words = (of: typeof faults) =>
    of.map(fault => `${inWords(fault).replaceAll(`${factory.folder}/`, '')} -- ${fault.hint}`)
  const told = JSON.stringify([faults, warnings])
  expect(told).not.toMatch(/canary/i)
  return { exit, faults: words(faults), warnings: words(warnings.filter(({ code }) => code === 'intake.column')) }
}

test('a column of an address that no row can have refuses a job that uses its channel, and no other', async () => {
  expect(await asks()).toMatchObject({ exit: 0, faults: [], warnings: [] })
  factory.mend(customers, ';email;', ';Email;')
  expect(await asks()).toMatchObject({
    exit: 5,
    faults: [
      'data/customers.csv:1: the column email is not in the file, where recipient.email of templates/bill/template.yaml looks for it (customer.email): nobody has an address on email -- did you mean "Email"? If the data has none, take email out of the job\'s channels',
    ],
  })
  expect(await asks({ channels: ['pdf', 'sms'] })).toMatchObject({ exit: 0, faults: [], warnings: [] })
})

test('a language that no row can have is a warning, with the columns that there are', async () => {
  factory.mend(customers, ';locale', ';lang')
  expect(await asks()).toMatchObject({
    exit: 0,
    warnings: [
      'data/customers.csv:1: the column locale is not in the file, where recipient.locale of templates/bill/template.yaml looks for it (customer.locale): all read en-GB -- known: id, name, email, phone, lang; if the data has none, take recipient.locale out of template.yaml',
    ],
  })
})

test('what the job does not draw is told like what the file does not have', async () => {
  factory.mend(
    'jobs/bills.yaml',
    'on: { id: customer } }',
    'on: { id: customer }, fields: { name: name, phone: phone, post: email, locale: locale } }',
  )
  expect(await asks()).toMatchObject({
    exit: 5,
    faults: [
      expect.stringContaining('jobs/bills.yaml: the fields of the job draw no customer.email, where recipient.email'),
    ],
  })
})

test('what prepare.js brings is not looked for in the files', async () => {
  factory.mend(customers, ';email;', ';post;')
  factory.mend(
    'templates/bill/prepare.js',
    '...data,',
    "...data, customer: { ...data.customer, email: 'x@bills.example' },",
  )
  expect(await asks()).toMatchObject({ exit: 0, faults: [], warnings: [] })
  // Nor what it would have brought, had one of this batch had it.
  factory.mend('templates/bill/template.yaml', 'phone: customer.phone', 'phone: reach.phone')
  factory.mend(
    'templates/bill/schema.json',
    '"customer": {',
    '"reach": { "type": "object", "properties": { "phone": { "type": "string" } } },\n    "customer": {',
  )
  expect(await asks()).toMatchObject({ exit: 0, faults: [], warnings: [] })
})

test('a column that the schema requires is missed once, by the nearest name', async () => {
  factory.mend(customers, ';name;', ';nmae;')
  expect(await asks()).toMatchObject({
    exit: 5,
    faults: [
      'data/customers.csv:1: the column name is not in the file, and templates/bill/schema.json requires customer.name: every communication lacks it -- did you mean "nmae"?',
    ],
  })
})

test('JSON leaves out what is absent: only a slip of the pen is told', async () => {
  factory.mend('jobs/bills.yaml', '../data/customers.csv', '../data/customers.jsonl')
  const ann = { id: 'C1', name: 'Ann Canary', phone: '+447700900001', locale: 'uk-UA' }
  factory.write('data/customers.jsonl', JSON.stringify(ann))
  expect(await asks()).toMatchObject({ exit: 0, faults: [] })
  factory.write('data/customers.jsonl', JSON.stringify({ ...ann, emial: 'ann@canary.example' }))
  expect(await asks()).toMatchObject({ exit: 5, faults: [expect.stringContaining('did you mean "emial"?')] })
})

test('what settings of channels look for is looked for like an address', async () => {
  factory.mend('templates/bill/schema.json', '"locale": {', '"country": { "type": "string" },\n        "locale": {')
  factory.mend(
    'templates/bill/template.yaml',
    'facts:',
    'channels: { pdf: { password: customer.phone }, sms: { country: customer.country } }\nfacts:',
  )
  factory.mend(
    'jobs/bills.yaml',
    'on: { id: customer } }',
    'on: { id: customer }, fields: { name: name, phone: phone, email: email, locale: locale, contry: country } }',
  )
  factory.write(
    customers,
    'id;name;email;phone;locale;country\nC1;Ann Canary;ann@canary.example;07700 900001;uk-UA;GB\n',
  )
  factory.write('templates/bill/prepare.js', `${factory.read('templates/bill/prepare.js')}// contry\n`)
  const dialled =
    'jobs/bills.yaml: the fields of the job draw no customer.country, where channels.sms.country of templates/bill/template.yaml looks for it (customer.country): it is empty for all -- did you mean "contry"? If the data has none, take channels.sms.country out of template.yaml'
  expect(await asks()).toMatchObject({ exit: 5, faults: [dialled] })
  expect(await asks({ channels: ['pdf', 'email'] })).toMatchObject({ exit: 0, faults: [] })
  factory.mend('jobs/bills.yaml', 'contry: country', 'country: country')
  expect(await asks()).toMatchObject({ exit: 0, faults: [] })
  factory.mend('jobs/bills.yaml', 'phone: phone, email', 'email')
  expect(await asks({ channels: ['pdf'] })).toMatchObject({
    exit: 5,
    faults: [expect.stringContaining('draw no customer.phone, where channels.pdf.password of templates/bill')],
  })
})
