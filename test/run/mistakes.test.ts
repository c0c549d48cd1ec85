/** Mistakes that people make: each gets its exit code, and says what, where and what to do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3 })
})
afterEach(() => factory.close())

interface Mistake {
  readonly what: string
  readonly make: (factory: Factory) => void
  readonly args?: readonly string[]
  readonly exit: number
  /** What the message must say. */
  readonly says: readonly (string | RegExp)[]
}

const job: readonly Mistake[] = [
  {
    what: 'a job that is not there',
    make: () => {},
    args: ['run', 'jobs/bill.yaml'],
    exit: 2,
    says: ['jobs/bill.yaml is not there', 'did you mean "bills.yaml"?'],
  },
  {
    what: 'a job that is no YAML',
    make: f => f.mend('jobs/bills.yaml', 'key: number', 'key: number: 3'),
    exit: 2,
    says: [/jobs\/bills\.yaml:5:\d+: this is not YAML/],
  },
  {
    what: 'a setting that does not exist',
    make: f => f.mend('jobs/bills.yaml', 'delimiter:', 'delimeter:'),
    exit: 2,
    says: ['jobs/bills.yaml:6:3: data.delimeter is not a known name', 'did you mean "delimiter"?'],
  },
  {
    what: 'a setting that is missing',
    make: f => f.mend('jobs/bills.yaml', '  key: number\n', ''),
    exit: 2,
    says: ['jobs/bills.yaml', 'data.key is missing'],
  },
  {
    what: 'a template that is not there',
    make: f => f.mend('jobs/bills.yaml', 'template: bill', 'template: bil'),
    exit: 2,
    says: ['the template bil is not there', 'did you mean "bill"?'],
  },
  {
    what: 'a channel that does not exist',
    make: f => f.mend('jobs/bills.yaml', '  sms: {}', '  smss: {}'),
    exit: 2,
    says: [/jobs\/bills\.yaml:\d+:3: smss is not a channel/, 'did you mean "sms"?'],
  },
  {
    what: 'an enclosure that cannot be',
    make: f => f.mend('jobs/bills.yaml', 'attach: pdf', 'attach: sms'),
    exit: 2,
    says: ['email cannot enclose sms', 'known: pdf'],
  },
  {
    what: 'a period that is none',
    make: f => f.mend('jobs/bills.yaml', 'period: 2026-03', 'period: March'),
    exit: 2,
    says: ['jobs/bills.yaml:2:1: period is not a period (found March)', 'month, quarter, year'],
  },
  {
    what: 'a period that is not named',
    make: f => f.mend('jobs/bills.yaml', 'period: 2026-03', 'period: month'),
    exit: 2,
    says: ['the job wants a month, and none is named', '--period 2010-12'],
  },
  {
    what: 'a script that is not there',
    make: f => f.mend('jobs/bills.yaml', '  key: number', '  key: number\n  clean: tidy.js'),
    exit: 2,
    says: [/jobs\/bills\.yaml:6:3: the script tidy\.js is not there/],
  },
  {
    what: 'a script that imports',
    make: f => {
      f.mend('jobs/bills.yaml', '  key: number', '  key: number\n  clean: clean.js')
      f.write('jobs/clean.js', "import fs from 'node:fs'\nexport default row => row\n")
    },
    exit: 2,
    says: ['jobs/clean.js:1', 'the script imports "node:fs"'],
  },
  {
    what: 'a rule that does not fit the schema',
    make: f =>
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}route:\n  - { when: 'data.totl > 0', to: [pdf] }\n`),
    exit: 2,
    says: ['jobs/bills.yaml:18: the rule data.totl > 0 does not hold together: no such key: totl'],
  },
  {
    what: 'a rule that asks for what is not there',
    make: f =>
      f.write(
        'jobs/bills.yaml',
        `${f.read('jobs/bills.yaml')}route:\n  - { when: 'has(data.customer.emial)', to: [pdf] }\n`,
      ),
    exit: 2,
    says: ['no such key: emial', 'did you mean "email"?'],
  },
  {
    what: 'an option that does not exist',
    make: () => {},
    args: ['run', 'jobs/bills.yaml', '--perod', '2026-03'],
    exit: 2,
    says: ["unknown option '--perod'", 'Did you mean --period?'],
  },
  {
    what: 'an option with a value that cannot be',
    make: () => {},
    args: ['run', 'jobs/bills.yaml', '--date', '2026-02-30'],
    exit: 2,
    says: ['2026-02-30', 'write a real day'],
  },
  {
    what: 'a set value that the job does not declare',
    make: () => {},
    args: ['run', 'jobs/bills.yaml', '--set', 'days=14'],
    exit: 2,
    says: ['--set names days, which the job does not declare'],
  },
]

const kit: readonly Mistake[] = [
  {
    what: 'a brand without a font that it names',
    make: f => f.remove('assets/fonts/SourceSans3-SemiBold.ttf'),
    exit: 2,
    says: ['assets/brand.yaml:6', 'SourceSans3-SemiBold.ttf'],
  },
  {
    what: 'a font that is none',
    make: f => f.write('assets/fonts/SourceSans3-SemiBold.ttf', 'not a font'),
    exit: 2,
    says: ['assets/brand.yaml:6', 'SourceSans3-SemiBold.ttf'],
  },
  {
    what: 'a colour that is none',
    make: f => f.mend('assets/brand.yaml', '#525B66', 'grey'),
    exit: 2,
    says: [/assets\/brand\.yaml:5:\d+/, 'grey'],
  },
  {
    what: 'a class with a colour that the brand does not have',
    make: f => f.mend('assets/brand.yaml', 'color: muted', 'color: mutd'),
    exit: 2,
    says: [/assets\/brand\.yaml:7/, 'mutd', 'did you mean "muted"?'],
  },
  {
    what: 'a time zone that is none',
    make: f => f.mend('assets/brand.yaml', 'Europe/London', 'Europe/Lundon'),
    exit: 2,
    says: ['assets/brand.yaml:4', 'Europe/Lundon'],
  },
  {
    what: 'an unknown field in a template',
    make: f => f.mend('templates/bill/pdf.hbs', '{{customer.name}}', '{{customer.nam}}'),
    exit: 2,
    says: ['templates/bill/pdf.hbs:5:10', 'customer.nam', 'did you mean "name"?'],
  },
  {
    what: 'an optional field without a guard',
    make: f => f.mend('templates/bill/sms.hbs', '{{brand.name}}', '{{customer.email}}'),
    exit: 2,
    says: ['templates/bill/sms.hbs:1:3', 'customer.email', '{{#if customer.email}}'],
  },
  {
    what: 'a helper that does not exist',
    make: f => f.mend('templates/bill/pdf.hbs', '{{money amount}}', '{{monney amount}}'),
    exit: 2,
    says: [/templates\/bill\/pdf\.hbs:7:\d+/, 'monney', 'did you mean "money"?'],
  },
  {
    what: 'a wording that is missing',
    make: f => f.write('templates/bill/text/uk.json', '{ "title": "Рахунок {number}" }'),
    exit: 2,
    says: ['"total"', 'uk'],
  },
  {
    what: 'an element that does not exist',
    make: f => f.mend('templates/bill/pdf.hbs', '<h1>', '<heading>'),
    exit: 2,
    says: [/templates\/bill\/pdf\.hbs:4:5/, 'heading'],
  },
  {
    what: 'an attribute that does not exist',
    make: f => f.mend('templates/bill/pdf.hbs', 'text-align="right"', 'text-aling="right"'),
    exit: 2,
    says: [/templates\/bill\/pdf\.hbs:7:\d+/, 'text-aling', 'text-align'],
  },
  {
    what: 'a Handlebars block that is not closed',
    make: f => f.mend('templates/bill/pdf.hbs', '{{/each}}', ''),
    exit: 2,
    says: ['templates/bill/pdf.hbs'],
  },
  {
    what: 'an MJML element that does not exist',
    make: f =>
      f.mend(
        'templates/bill/email.mjml.hbs',
        '<mj-text>{{customer.name}}</mj-text>',
        '<mj-txt>{{customer.name}}</mj-txt>',
      ),
    exit: 2,
    says: ['templates/bill/email.mjml.hbs:5', 'mj-txt'],
  },
  {
    what: 'a class in mail that the brand does not have',
    make: f =>
      f.mend(
        'templates/bill/email.mjml.hbs',
        '<mj-text>{{customer.name}}',
        '<mj-text mj-class="mutd">{{customer.name}}',
      ),
    exit: 2,
    says: [/templates\/bill\/email\.mjml\.hbs:5:\d+: the brand has no class "mutd"/, 'did you mean "muted"?'],
  },
  {
    what: 'a fact that a channel is said to show and does not',
    make: f => f.mend('templates/bill/sms.hbs', "{{t 'total' amount=(fact 'total')}}", 'pay 777'),
    exit: 2,
    says: ['the fact total is said to be on sms, and the template does not show it there', "{{fact 'total'}}"],
  },
  {
    what: 'a schema.json that is no JSON',
    make: f => f.mend('templates/bill/schema.json', '"type": "object",', '"type": "object"'),
    exit: 2,
    says: [/templates\/bill\/schema\.json:3:\d+: this is not JSON/],
  },
  {
    what: 'a fact over a path that the schema does not know',
    make: f => f.mend('templates/bill/template.yaml', 'value: total,', 'value: totl,'),
    exit: 2,
    says: ['templates/bill/template.yaml:5', 'totl', 'did you mean "total"?'],
  },
  {
    what: 'a template without the file of a channel',
    make: f => f.remove('templates/bill/sms.hbs'),
    exit: 2,
    says: ['the job wants sms, and the template bill has no sms.hbs'],
  },
  {
    what: 'a prepare.js that cannot be loaded',
    make: f => f.write('templates/bill/prepare.js', 'export default (data => data'),
    exit: 2,
    says: ['templates/bill/prepare.js', 'the script cannot be loaded'],
  },
]

const data: readonly Mistake[] = [
  {
    what: 'a data file that is not there',
    make: f => f.remove('data/bills.csv'),
    exit: 5,
    says: ['data/bills.csv', 'is not there'],
  },
  {
    what: 'a data file without rows',
    make: f => f.write('data/bills.csv', 'number;customer;email;phone;locale;issued;item;amount\n'),
    exit: 5,
    says: ['the data has no rows', 'allowEmpty'],
  },
  { what: 'an empty data file', make: f => f.write('data/bills.csv', ''), exit: 5, says: ['data/bills.csv'] },
  {
    what: 'a header without a column that the job names',
    make: f => f.mend('data/bills.csv', 'amount', 'amnt'),
    exit: 5,
    says: ['data/bills.csv:1', 'amount', 'did you mean "amnt"?'],
  },
  {
    what: 'another delimiter than the job says',
    make: f => f.mend('jobs/bills.yaml', 'delimiter: ";"', 'delimiter: "|"'),
    exit: 5,
    says: ['the header is one column for the delimiter "|" (found "number;customer', 'set delimiter: ";" in the job'],
  },
  {
    what: 'an address that nothing can be sent to',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', 'ask at the desk')),
    exit: 5,
    says: ['1 of 3 communications are rejects'],
  },
  {
    what: 'an amount with more decimals than its currency has',
    make: f => f.mend('data/bills.csv', '2,10', '2,105'),
    exit: 5,
    says: ['1 of 3 communications are rejects'],
  },
  {
    what: 'bytes that do not decode',
    make: f =>
      f.write(
        'data/bills.csv',
        Buffer.concat([Buffer.from(f.read('data/bills.csv')), Buffer.from([0xc3, 0x28, 0x0a])]),
      ),
    exit: 5,
    says: ['data/bills.csv:8', 'not utf-8', 'windows-125'],
  },
  {
    what: 'a number in other conventions',
    make: f => f.mend('jobs/bills.yaml', 'decimal: ","', 'decimal: "."'),
    exit: 5,
    says: ['3 of 3 communications are rejects, 0 are allowed'],
  },
  {
    what: 'one bad row, and no rejects allowed',
    make: f => f.mend('data/bills.csv', '2,10', '2,1x'),
    exit: 5,
    says: ['1 of 3 communications are rejects, 0 are allowed', 'rejects.csv'],
  },
  {
    what: 'control totals that differ',
    make: f =>
      f.write(
        'jobs/bills.yaml',
        `${f.read('jobs/bills.yaml')}expect: { rows: 7, communications: 3, sum: { lines.amount: "99.99" } }\n`,
      ),
    exit: 5,
    says: [
      'rows of data/bills.csv should be 7, and 6 were read',
      'the sum of lines.amount should be 99.99, and it is 12.90',
    ],
  },
  {
    what: 'a character that no font has',
    make: f => f.mend('data/bills.csv', "O'Brien & Sons", '李小龍'),
    exit: 5,
    says: ['1 of 3 communications are rejects'],
  },
]

describe.each([
  ['job and usage', job],
  ['brand and template', kit],
  ['data', data],
])('%s', (_, mistakes) => {
  test.each(mistakes.map(mistake => [mistake.what, mistake] as const))('%s', (_what, { make, args, exit, says }) => {
    make(factory)
    const ran = factory.platen(...(args ?? ['run', factory.job]))
    for (const words of says) expect(ran.said).toMatch(words)
    expect(ran.status, ran.said).toBe(exit)
    expect(ran.said).not.toMatch(/\n\s+at .*:\d+:\d+/)
    if (exit === 2) expect(factory.exists('out/bills-2026-03/lot-0001')).toBe(false)
    if (exit !== 5) return
    const checked = factory.platen('check', factory.job)
    expect(checked.status, checked.said).toBe(exit)
  })
})

test('all mistakes are reported at once, in order', () => {
  factory.mend('jobs/bills.yaml', '  sms: {}', '  sms: {}\nrejects: some\nset: { a-b: 1 }')
  factory.mend('jobs/bills.yaml', 'period: 2026-03', 'period: soon')
  const { stderr, status } = factory.platen('run', factory.job)
  expect(status).toBe(2)
  expect(stderr).toMatch(/a-b/)
})
