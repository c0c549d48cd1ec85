/** Mistakes in text messages: empty ones, long ones, numbers that are none. */
import type { Mistake } from './mistake.ts'

const text = 'templates/bill/sms.hbs'

const sameRemark = 'sms.recipient shows that run tells what check tells of text messages'

export const sms: readonly Mistake[] = [
  {
    what: 'a template without text',
    code: 'sms.empty',
    make: f => f.write(text, '\n'),
    also: ['run.template'],
    exit: 2,
    says: 'templates/bill/sms.hbs:1:1: the template of the text message is empty',
    hint: 'write the text, or take sms out of the channels of the job',
  },
  {
    what: 'a text that says nothing for some',
    code: 'sms.empty',
    make: f => f.write(text, "{{#if (eq number 'B-2')}}{{t 'total' amount=(fact 'total')}}{{/if}}\n"),
    exit: 5,
    says: 'data/bills.csv:2: the text message is empty',
    hint: 'see sms.hbs, and which data makes it say nothing',
  },
  {
    what: 'a text in letters that take more room',
    code: 'sms.parts',
    make: f => {
      f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { parts: 1 }')
      f.mend(text, '{{brand.name}}: ', '{{brand.name}}: your bill is ready and can be paid at any bank. ')
    },
    exit: 5,
    says: 'data/bills.csv:4: the text message takes 2 parts, 1 more than the budget (78 units of UCS-2, 8 too many because of letters of Cyrillic)',
    hint: 'set mend: [transliterate] under channels.sms, shorten the text by 8, or raise parts (now 1) in the template or job',
  },
  {
    what: 'a text that lists every line',
    code: 'sms.parts',
    make: f => {
      f.mend('templates/bill/text/uk.json', 'До сплати: {amount}', 'Do splaty: {amount}')
      f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { parts: 1 }')
      f.mend(text, '{{brand.name}}: ', `${'Your bill is ready. '.repeat(8)}`)
    },
    exit: 5,
    says: 'data/bills.csv:2: the text message takes 2 parts, 1 more than the budget (173 units of GSM-7, 13 too many)',
    hint: 'shorten the text by 13, or raise parts (now 1) in the template or job',
  },
  {
    what: 'a telephone number in words',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', 'ask at the desk')),
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number has no digits",
    hint: 'write it like +44 …, or as it is dialled in GB; or let clean.js empty it, and the other channels are made',
  },
  {
    what: 'a telephone number as a spreadsheet keeps it',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '4.4771E+11')),
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number was rounded by a spreadsheet",
    hint: 'the digits are lost: export the column as text',
  },
  {
    what: 'a telephone number that was an amount on its way',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '7700900001.0')),
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number was exported as a decimal",
    hint: 'export the column as text',
  },
  {
    what: 'two telephone numbers in the room of one',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '+491711234567/8')),
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number has a digit or two behind a sign, which may be of an extension or another number",
    hint: 'write one number and nothing behind it, or leave the sign out where they are a part of it',
  },
  {
    what: 'a telephone number that somebody earns by',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '+449061234567')),
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number is a premium rate number of GB, whose owner earns by what is sent there",
    hint: 'ask for a number of their own, or empty the field where other channels serve',
  },
  {
    what: 'a telephone number of a desk',
    code: 'sms.recipient',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '+442079460958')),
    exit: 0,
    says: 'templates/bill/template.yaml: 1 text message to a fixed line of GB, where it may never be read (data/bills.csv:2)',
    hint: 'ask for mobile numbers, or route them to another channel: empty the field in clean.js',
  },
  {
    what: 'a country in words',
    code: 'sms.recipient',
    make: f => {
      f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { country: customer.name }')
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900001', '07700 900001'))
    },
    exit: 5,
    says: "data/bills.csv:2: the recipient's phone number has no +, and what stands in customer.name is no country",
    hint: 'write its two letters (ISO 3166-1), like UA, or nothing where the country of the brand is meant; clean.js can translate',
  },
  {
    what: 'a country that nobody has',
    code: 'schema.value',
    make: f => f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { country: customer.lnad }'),
    exit: 2,
    says: 'jobs/bills.yaml (channels.sms.country): channels.sms.country leads nowhere: customer.lnad is not in the schema',
    hint: 'known: customer.name, customer.email, customer.phone, customer.locale (it takes a country such as UA, or a dotted path into the data where one stands)',
  },
  {
    what: 'a brand without a sender of text messages',
    code: 'sms.sender',
    make: f => f.mend('assets/brand.yaml', ', sms: NORDSOHN', ''),
    exit: 2,
    says: 'templates/bill/sms.hbs: the brand has no sender of text messages',
    hint: 'add senders.sms to brand.yaml: at most 11 Latin letters or digits',
  },
  {
    what: 'a dash that makes messages longer',
    code: 'sms.dear',
    unrun: sameRemark,
    make: f => {
      f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { parts: 4 }')
      f.mend('assets/brand.yaml', 'senders:', 'prices: { sms: { part: 0.04 } }\nsenders:')
      f.mend(text, '{{brand.name}}: ', `{{brand.name}} – ${'your bill is ready. '.repeat(4)}`)
      f.mend('templates/bill/text/uk.json', 'До сплати: {amount}', 'Do splaty: {amount}')
    },
    exit: 0,
    says: 'templates/bill/template.yaml: "–" (U+2013) in the wording makes 3 text messages longer: 3 parts more, +0.12 GBP',
    hint: 'set mend: [typography] under channels.sms in the template or job, or change the wording or the data',
  },
  {
    what: 'a name that is a link',
    code: 'sms.link',
    make: f => {
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll("O'Brien", 'evil.com'))
      f.mend(text, '{{brand.name}}: ', '{{customer.name}}: ')
    },
    exit: 5,
    says: 'data/bills.csv:2: customer.name brings something into the text message that looks like a link',
    hint: 'mend the data (a blank behind a full stop), or allow a host or product of yours in template.yaml: channels: { sms: { links: [HOST] } }, for each channel that shows it',
  },
  {
    what: 'messages that the next longer name makes too long',
    code: 'sms.near',
    unrun: sameRemark,
    make: f => {
      f.mend('jobs/bills.yaml', 'sms: {}', 'sms: { parts: 1 }')
      f.mend('templates/bill/text/uk.json', 'До сплати: {amount}', 'Do splaty: {amount}')
      f.mend(text, '{{brand.name}}: ', `${'Your bill is ready. '.repeat(6)}Thank you very much! `)
    },
    exit: 0,
    says: 'templates/bill/template.yaml: 3 text messages with less than 10 % of the one part left (data/bills.csv:2, 4, 6)',
    hint: 'a longer name or amount becomes a reject: shorten the wording, or raise parts in the template or job',
  },
  {
    what: 'a message that sells without an end',
    code: 'sms.optout',
    make: f => {
      f.mend('templates/bill/template.yaml', 'version: 1', 'version: 1\npurpose: marketing\nconsent: agreed')
      f.mend('templates/bill/schema.json', '"properties": {', '"properties": { "agreed": { "type": "boolean" },')
    },
    exit: 2,
    says: 'templates/bill/sms.hbs: the template sells, and nothing says how a recipient of a text message stops it',
    hint: 'say it in the wording, and name it: channels: { sms: { optOut: STOP } }',
  },
]
