/** What check and proof say of mails: warnings that stop nothing, pictures, and a list that can be left. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describe as inWords } from '../../src/model/index.ts'
import { check, conduct, proofJob, readRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const clock = () => new Date('2031-07-01T12:00:00Z')
const mail = 'templates/bill/email.mjml.hbs'
const head = 'templates/bill/template.yaml'
const at = (path: string): string => join(factory.folder, path)
let factory: Factory

beforeAll(() => {
  factory = makeFactory({ bills: 3 })
  factory.mend(
    mail,
    '<mj-text>{{customer.name}}</mj-text>',
    '<mj-text><p style="gap:1px">{{customer.name}}</p></mj-text>',
  )
  factory.mend(mail, "{{t 'title' number=number}}", `{{t 'title' number=number}} ${'and more '.repeat(9)}`)
  factory.mend(head, 'version: 1', 'version: 1\npurpose: marketing\nconsent: agreed')
  factory.mend('templates/bill/schema.json', '"properties": {', '"properties": {\n    "agreed": { "type": "boolean" },')
  factory.mend('templates/bill/prepare.js', 'return { ...data,', 'return { ...data, agreed: true,')
  factory.write('templates/bill/email.unsubscribe.hbs', 'https://nord.example/leave/{{number}}\n')
})

afterAll(() => factory.close())

function request(job: string, channels: readonly string[]) {
  const read = readRequest({ channels }, { job })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

const warnings = [
  `${mail}:5:19: the CSS "gap" is not shown everywhere in gmail, outlook-windows, yahoo`,
  `${mail}:1:1: the mail sells and shows no link to unsubscribe at`,
  expect.stringMatching(`^${mail}: the longest subject \\("B-\\d+"\\) has \\d+ characters, and inboxes show about 70$`),
]

test('check warns, and lets the run pass', async () => {
  const report = await check(request(at('jobs/bills.yaml'), ['email']), () => {}, clock)
  expect(report).toMatchObject({ exit: 0, faults: [] })
  expect(report.warnings.map(one => inWords(one).replace(`${factory.folder}/`, ''))).toEqual([
    'jobs/bills.yaml: --channel leaves out pdf and sms, and what is issued now is not made on them later',
    ...warnings,
    expect.stringContaining('are not looked for in the pieces of others'),
  ])
})

test('run warns of the subjects that data made long, and leaves what the template has itself to check', async () => {
  const { exit, report } = await conduct(
    { ...request(at('jobs/bills.yaml'), ['email']), out: at('out'), workers: 1 },
    () => {},
    clock,
  )
  expect(exit).toBe(0)
  const mails = report?.warnings.filter(({ code }) => code.startsWith('email.')) ?? []
  expect(mails.map(one => inWords(one).replace(`${factory.folder}/`, ''))).toEqual([warnings[2]])
})

test('proof warns of the same, says that no picture was taken, and the mail can be left', async () => {
  const before = process.env['PLATEN_BROWSER']
  process.env['PLATEN_BROWSER'] = '/nowhere/browser'
  try {
    const choice = { ids: ['B-1'], folder: at('proof') }
    const { exit, files, ...told } = await proofJob(request(at('jobs/bills.yaml'), ['email']), choice, () => {}, clock)
    expect(exit).toBe(0)
    expect(told.warnings?.map(one => inWords(one).replace(`${factory.folder}/`, ''))).toEqual([
      ...warnings,
      'no pictures of mails were taken: the browser cannot be started',
    ])
    expect(files.map(file => relative(at('proof'), file))).toEqual(['email/B-1.eml'])
    expect(readFileSync(files[0] ?? '', 'latin1')).toMatch(
      /^List-Unsubscribe: <https:\/\/nord\.example\/leave\/B-1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m,
    )
  } finally {
    process.env['PLATEN_BROWSER'] = before
  }
})

test('an address to unsubscribe at that mails to several people have is warned of with its lines, and a blank one is a reject', async () => {
  const bills = makeFactory({ bills: 7 })
  try {
    bills.mend(head, 'version: 1', 'version: 1\npurpose: marketing\nconsent: agreed')
    bills.mend('templates/bill/schema.json', '"properties": {', '"properties": {\n    "agreed": { "type": "boolean" },')
    bills.mend('templates/bill/prepare.js', 'return { ...data,', 'return { ...data, agreed: true,')
    // Every second customer has the same name; one of them has several bills.
    bills.write('templates/bill/email.unsubscribe.hbs', 'https://nord.example/leave/{{urlPart customer.name}}\n')
    const data = bills.read('data/bills.csv')
    bills.write(
      'data/bills.csv',
      data.replaceAll('customer4@', 'Customer2@').replace(/(B-([1357]);)[^;]*/g, '$1Name $2'),
    )
    const checked = async () => {
      const { faults, warnings } = await check(
        request(join(bills.folder, 'jobs/bills.yaml'), ['email']),
        () => {},
        clock,
      )
      const told = warnings.filter(({ message }) => message.includes('unsubscribe at stands'))
      return [faults, told.map(({ code, message }) => `${code}: ${message}`)]
    }
    expect(await checked()).toEqual([
      [],
      [
        `email.unsubscribe: 1 address to unsubscribe at stands in mails to more than one person, 3 in all (${join(bills.folder, 'data/bills.csv')}:4, 8, 12)`,
      ],
    ])
    bills.write('data/bills.csv', bills.read('data/bills.csv').replaceAll('customer6@', 'customer2@'))
    expect(await checked()).toEqual([[], []])
    // For some customers nothing of the data stands in it.
    bills.write(
      'templates/bill/email.unsubscribe.hbs',
      "https://nord.example/leave/{{#if (eq customer.name 'Олена Коваленко')}}{{else}}{{urlPart customer.name}}{{/if}}\n",
    )
    const { exit, report } = await conduct(
      { ...request(join(bills.folder, 'jobs/bills.yaml'), ['email']), out: join(bills.folder, 'out'), workers: 1 },
      () => {},
      clock,
    )
    expect([exit, report?.communications]).toMatchObject([5, { made: 4, rejected: 3 }])
    expect(bills.read('out/bills-2026-03/rejects.csv')).toContain('email.unsubscribe')
  } finally {
    bills.close()
  }
})
