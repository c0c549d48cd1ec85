/** Mistakes in rules: those that cannot hold, and those that do not fit the data. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const rules = (...lines: readonly string[]) => ({
  make: (f: Factory): void =>
    f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}route:\n${lines.map(line => `  - ${line}\n`).join('')}`),
})

export const route: readonly Mistake[] = [
  {
    what: 'a rule that does not fit the schema',
    code: 'route.rule',
    ...rules("{ when: 'data.totl > 0', to: [pdf] }"),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule data.totl > 0 does not hold together: no such key: totl',
    hint: 'did you mean "total"?',
  },
  {
    what: 'a rule that asks for what is not there',
    code: 'route.rule',
    ...rules("{ when: 'has(data.customer.emial)', to: [pdf] }"),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule has(data.customer.emial) does not hold together: no such key: emial',
    hint: 'did you mean "email"?',
  },
  {
    what: 'a rule that compares an amount with text',
    code: 'route.rule',
    ...rules(`{ when: 'data.total > "10"', to: [pdf] }`),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule data.total > "10" does not hold together: no such overload: decimal > string',
    hint: 'compare like with like: amounts with numbers, text with "text"',
  },
  {
    what: 'a rule with one equals sign',
    code: 'route.rule',
    ...rules(`{ when: 'data.number = "B-1"', to: [pdf] }`),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule data.number = "B-1" does not hold together: unexpected character: =',
    hint: 'rules are written with ==, !=, <, >, &&, || and !; see docs/job.md',
  },
  {
    what: 'a rule in words of another language',
    code: 'route.rule',
    ...rules(`{ when: 'data.total > 1 and data.total < 9', to: [pdf] }`),
    exit: 2,
    says: "jobs/bills.yaml:17: the rule data.total > 1 and data.total < 9 does not hold together: unexpected character: 'd'",
    hint: 'rules are written with ==, !=, <, >, &&, || and !; see docs/job.md',
  },
  {
    what: 'a rule that is a value',
    code: 'route.rule',
    ...rules("{ when: 'data.customer.name', to: [pdf] }"),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule data.customer.name does not hold together: it is not true or false, but string',
    hint: 'compare it with something',
  },
  {
    what: 'a rule with a field of the template',
    code: 'route.rule',
    ...rules('{ when: \'brand.name == "Nord"\', to: [pdf] }'),
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule brand.name == "Nord" does not hold together: unknown variable: brand',
    hint: 'rules see `data`, `recipient` and `run`; see docs/job.md',
  },
  {
    what: 'rules of which none holds',
    code: 'route.none',
    ...rules("{ when: 'data.total > 5', to: [pdf] }"),
    exit: 5,
    says: 'data/bills.csv:2: no rule of the route holds, so this communication would go nowhere (jobs/bills.yaml:17)',
    hint: 'end the route with a rule that always holds: { to: [pdf] }, or { to: [] } to leave such communications out',
  },
  {
    what: 'a rule about a field that may be absent',
    code: 'route.threw',
    make: f => {
      f.mend('jobs/bills.yaml', 'locale: locale }', '}')
      rules('{ when: \'data.customer.locale == "uk-UA"\', to: [pdf] }', '{ to: [pdf] }').make(f)
    },
    exit: 5,
    says: 'data/bills.csv:2: the rule data.customer.locale == "uk-UA" cannot be decided: no such key: locale (jobs/bills.yaml:17)',
    hint: 'guard what may be absent: has(data.x) && …',
    also: ['intake.column'],
  },
  {
    what: 'a rule that counts on more rows than there are',
    code: 'route.threw',
    ...rules("{ when: 'data.lines[2].amount > 1', to: [pdf] }", '{ to: [pdf] }'),
    exit: 5,
    says: 'data/bills.csv:2: the rule data.lines[2].amount > 1 cannot be decided: a list in it is shorter than that (jobs/bills.yaml:17)',
    hint: 'guard what may be absent: has(data.x) && …',
  },
  {
    what: 'a rule that sends where there is no address',
    code: 'route.address',
    make: f => {
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('+447700900002', ''))
      rules('{ to: [pdf, sms] }').make(f)
    },
    exit: 5,
    says: 'data/bills.csv:4: the rule true sends to sms, but the recipient has no phone (jobs/bills.yaml:17)',
    hint: 'ask for it in the rule: has(recipient.phone) && …',
  },
  {
    what: 'a suppression list without its first line',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', 'customer1@example.com\n')
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: ../data/no.csv\n`)
    },
    exit: 2,
    says: 'data/no.csv:1: the suppression list does not begin with channel,purpose,address',
    hint: 'write channel,purpose,address on its first line, then a line for each address; * means all',
  },
  {
    what: 'a suppression list that broke off behind its first line',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', 'channel,purpose,address\n')
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: ../data/no.csv\n`)
    },
    exit: 2,
    says: 'data/no.csv: the suppression list has no entries, so that it keeps nobody from being written to',
    hint: 'is it the whole list? a list that may be empty: suppress: { file: …, allowEmpty: true }',
  },
  {
    what: 'a suppression list with an address that its channel could never send to',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', 'channel,purpose,address\nsms,*,customer1@example.com\n')
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: ../data/no.csv\n`)
    },
    exit: 2,
    says: 'data/no.csv:2: the suppression list has a line whose address sms could never send to, so that it keeps nobody from being written to',
    hint: 'write one mail address and no name, a number with + and its country or as it is dialled in GB, or the lines of a postal address',
  },
  {
    what: 'a suppression list with the name of a customer for an address',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', "channel,purpose,address\n*,*,O'Brien & Sons\n")
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: ../data/no.csv\n`)
    },
    exit: 5,
    says: 'data/no.csv:2: the suppression list has a line that is the name of somebody in this batch, and no address, so that it keeps nobody from being written to',
    hint: 'write the addresses, a line for each: the mail address, the telephone number, the lines of the postal address',
  },
  {
    what: 'a suppression list with a key that can be guessed',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', 'channel,purpose,address\n')
      f.write('data/key', 'secret\n')
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: { file: ../data/no.csv, key: ../data/key }\n`)
    },
    exit: 2,
    says: 'data/key: the key of the suppression list has fewer than 16 characters',
    hint: 'make one that nobody can guess: openssl rand -hex 32',
  },
  {
    what: 'a table of customers as the key of a suppression list',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', 'channel,purpose,address\n')
      f.write(
        'jobs/bills.yaml',
        `${f.read('jobs/bills.yaml')}suppress: { file: ../data/no.csv, key: ../data/bills.csv }\n`,
      )
    },
    exit: 2,
    says: 'data/bills.csv: the file is no key of a suppression list, but a text or table',
    hint: 'make one that nobody can guess: openssl rand -hex 32',
  },
  {
    what: 'a suppression list that was hashed with another key',
    code: 'route.suppressed',
    make: f => {
      f.write('data/no.csv', `channel,purpose,address\nkey,,hmac-sha256:${'0'.repeat(64)}\n`)
      f.write('data/key', `${'0f'.repeat(32)}\n`)
      f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}suppress: { file: ../data/no.csv, key: ../data/key }\n`)
    },
    exit: 2,
    says: 'data/no.csv:2: the suppression list was hashed with another key, so that it would keep nobody from being written to',
    hint: 'name the key that it was hashed with, or hash the plain list anew: platen suppress plain.csv --key …',
  },
  {
    what: 'a pattern that searches without end',
    code: 'route.threw',
    make: f => {
      f.write('data/bills.csv', f.read('data/bills.csv').replace(/Item 1/, `${'a'.repeat(60)}b`))
      rules('{ when: \'data.lines[0].item.matches("^(a+)+$")\', to: [pdf] }', '{ to: [pdf] }').make(f)
    },
    exit: 5,
    says: 'data/bills.csv:2: the rules of the route do not come to an end with this communication (jobs/bills.yaml)',
    hint: 'look for repetitions inside repetitions in matches(…), such as (a+)+',
  },
  {
    what: 'a language as the data does not write it',
    code: 'route.nobody',
    unrun: 'the rules are looked at before, not while documents are made',
    ...rules(`{ when: 'recipient.locale == "en"', to: [pdf] }`, '{ to: [pdf] }'),
    exit: 0,
    says: 'jobs/bills.yaml:17: the rule recipient.locale == "en" chooses nobody of these 3 communications',
    hint: 'recipient.locale is what the data says: for en and its regions write recipient.locale.startsWith("en")',
  },
  {
    what: 'a value that a field never has',
    code: 'route.rule',
    make: f => {
      f.mend('templates/bill/schema.json', '"locale": { "type": "string" }', '"locale": { "enum": ["uk-UA", "en-GB"] }')
      rules(`{ when: 'data.customer.locale == "uk-UK"', to: [pdf] }`).make(f)
    },
    exit: 2,
    says: 'jobs/bills.yaml:17: the rule data.customer.locale == "uk-UK" does not hold together: data.customer.locale is never "uk-UK"',
    hint: 'did you mean "uk-UA"?',
  },
]
