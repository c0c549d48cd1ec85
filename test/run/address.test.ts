/** An address of more lines than its window holds: a reject, known to `check`, before anything is issued. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

const sixLines = ['Nord', 'Dept. 4', 'c/o Kovalenko', 'High Street 1', 'London W1', 'United Kingdom']

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 0 })
  const row = (number: string, address: readonly string[]) =>
    `${number};Olena;a@example.com;;en-GB;2026-03-01;Item;1,00;${address.join('|')}\n`
  factory.write(
    'data/bills.csv',
    `number;customer;email;phone;locale;issued;item;amount;address\n${row('B-1', sixLines)}${row('B-2', ['CANARY-7f3a', ...sixLines])}`,
  )
  factory.mend('jobs/bills.yaml', 'customer: { name: customer,', 'customer: { name: customer, address: address,')
  factory.mend('jobs/bills.yaml', '  sms: {}\n', '')
  factory.mend(
    'templates/bill/schema.json',
    '"locale": { "type": "string" }',
    '"locale": { "type": "string" }, "address": { "type": "array", "items": { "type": "string" }, "private": true }',
  )
  factory.mend(
    'templates/bill/prepare.js',
    'return { ...data,',
    "return { ...data, customer: { ...data.customer, address: data.customer.address.split('|') },",
  )
  factory.mend(
    'templates/bill/pdf.hbs',
    '    <h1>',
    '    <address-window preset="din-5008-b">{{#each (addressLines customer.address)}}<p>{{this}}</p>{{/each}}</address-window>\n    <h1>',
  )
  factory.mend(
    'templates/bill/email.mjml.hbs',
    '<mj-text>{{customer.name}}</mj-text>',
    '<mj-text>{{#each (addressLines customer.address)}}{{this}}<br/>{{/each}}</mj-text>',
  )
})
afterEach(() => factory.close())

const said = [
  'data/bills.csv:3',
  'the address has more lines than the window holds (7, of 6) (templates/bill/pdf.hbs (document/page/address-window))',
  'shorten the address; it is never made smaller',
]

test('check reports it, and issues nothing', () => {
  const { status, said: words } = factory.platen('check', factory.job)
  expect(status).toBe(5)
  for (const part of said) expect(words).toContain(part)
  expect(words).not.toContain('CANARY')
  expect(factory.exists('out')).toBe(false)
})

test('a run refuses it, or goes on without it where the job allows that', () => {
  const refused = factory.platen('run', factory.job, '--date', '2026-03-31')
  expect([refused.status, refused.said.includes('CANARY')]).toEqual([5, false])
  const { status, said: words } = factory.platen('run', factory.job, '--date', '2026-03-31', '--rejects', '1')
  expect([status, words.includes('CANARY')]).toEqual([0, false])
  const rejects = factory.read('out/bills-2026-03/rejects.csv')
  expect(rejects).toContain('B-2,pdf.address,')
  for (const part of said.slice(1)) expect(`${rejects}${words}`).toContain(part)
  expect(rejects).not.toContain('CANARY')
  expect(JSON.parse(factory.read('out/bills-2026-03/report.json'))).toMatchObject({
    communications: { made: 1, rejected: 1 },
    pieces: { pdf: { rendered: 1, failed: 0 }, email: { rendered: 1, failed: 0 } },
    rejects: [{ code: 'pdf.address', count: 1 }],
  })
  const mail = factory.read('out/bills-2026-03/lot-0001/email/B-1.eml')
  expect(mail).toContain('\nc/o Kovalenko')
  expect(mail).toMatch(/High Street 1\s*<br/)
  expect(readdirSync(join(factory.folder, 'out/bills-2026-03/lot-0001/pdf'))).toEqual(['B-1.pdf'])
})
