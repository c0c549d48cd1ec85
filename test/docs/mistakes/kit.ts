/** Mistakes in what belongs to a template: its files, its settings, partials, wording. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const paper = 'templates/bill/pdf.hbs'
const head = 'templates/bill/template.yaml'
const text = 'templates/bill/sms.hbs'

const itself = 'what a template has itself is the same every month, and the say of check'

/** Writes something else into the paragraph with the customer's name, line 5 of the page. */
const line = (markup: string) => ({ make: (f: Factory): void => f.mend(paper, '{{customer.name}}', markup) })

export const kit: readonly Mistake[] = [
  {
    what: 'wording named with an underscore',
    code: 'template.locale',
    make: f => f.write('templates/bill/text/uk_UA.json', '{}'),
    exit: 2,
    says: `templates/bill/text/uk_UA.json: the file's name "uk_UA" is not a locale`,
    hint: 'name it uk-UA.json',
  },
  {
    what: 'a template without its schema',
    code: 'template.missing',
    make: f => f.remove('templates/bill/schema.json'),
    exit: 2,
    says: 'templates/bill/schema.json: the template "bill" has no schema.json',
    hint: 'write it: docs/template.md tells what stands in it',
  },
  {
    what: 'a file of a template under a name that no channel takes',
    code: 'template.missing',
    make: f => f.write('templates/bill/email.mjml.html.hbs', '<mjml></mjml>'),
    exit: 2,
    says: 'templates/bill/email.mjml.html.hbs: no channel takes the file email.mjml.html.hbs',
    hint: 'did you mean "email.mjml.hbs"?',
  },
  {
    what: 'a template without a file',
    code: 'template.missing',
    make: f => {
      f.remove('templates/bill')
      f.write('templates/bill/.keep', '')
    },
    exit: 2,
    says: 'templates/bill: the template "bill" has no files',
    hint: 'see docs/template.md for the files of a template',
  },
  {
    what: 'a partial that does not exist',
    code: 'template.partial',
    make: f => {
      f.write('assets/partials/legal.hbs', 'Nord')
      f.mend(paper, '{{customer.name}}', '{{> leagl}}')
    },
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: there is no partial "leagl"',
    hint: 'did you mean "legal"?',
  },
  {
    what: 'a partial that includes itself',
    code: 'template.partial',
    make: f => {
      f.write('assets/partials/legal.hbs', 'Nord {{> legal}}')
      f.mend(paper, '{{customer.name}}', '{{> legal}}')
    },
    exit: 2,
    says: 'assets/partials/legal.hbs:1:6: the partial "legal" includes itself',
    hint: 'partials cannot call each other in a circle',
  },
  {
    what: 'a fact over a path that the schema does not know',
    code: 'template.setting',
    make: f => f.mend(head, 'value: total,', 'value: totl,'),
    exit: 2,
    says: 'templates/bill/template.yaml:5:12: facts.total.value leads nowhere: totl is not in the schema',
    hint: 'did you mean "total"?',
  },
  {
    what: 'a text shown as money',
    code: 'template.setting',
    make: f => f.mend(head, 'value: total,', 'value: number,'),
    exit: 2,
    says: 'templates/bill/template.yaml:5:3: the fact total is shown as money, and number is text',
    hint: 'give it "type": "string", "format": "decimal" in schema.json',
  },
  {
    what: "a recipient's address that leads nowhere",
    code: 'template.setting',
    make: f => f.mend(head, 'phone: customer.phone', 'phone: customer.mobile'),
    exit: 2,
    says: 'templates/bill/template.yaml:3:58: recipient.phone leads nowhere: customer.mobile is not in the schema',
    hint: 'known: customer.name, customer.email, customer.phone, customer.locale',
  },
  {
    what: 'a currency that is no code',
    code: 'template.setting',
    make: f => f.mend(head, 'once: ever', 'once: ever\ncurrency: UKP'),
    exit: 2,
    says: 'templates/bill/template.yaml:3:1: currency is not an ISO 4217 code (found "UKP")',
    hint: 'write a code such as EUR, or a path into the data',
  },
  {
    what: 'a template saved in an old encoding',
    code: 'template.text',
    make: f => f.write(text, Buffer.from("{{brand.name}} f\u00fcr {{t 'total' amount=(fact 'total')}}\n", 'latin1')),
    exit: 2,
    says: 'templates/bill/sms.hbs: the file is not UTF-8 text',
    hint: 'save it as UTF-8',
  },
  {
    what: 'a currency in the data that is none',
    code: 'template.value',
    make: f => {
      f.mend(head, 'once: ever', 'once: ever\ncurrency: number')
    },
    exit: 5,
    says: 'data/bills.csv:2: {{money amount}} needs a currency, and number holds no ISO 4217 code (templates/bill/pdf.hbs:7:73)',
    hint: 'codes are three capital letters, such as EUR: mend the data, or let schema.json list them',
  },
  {
    what: 'a wording that is missing in one language',
    code: 'template.wording',
    make: f => f.write('templates/bill/text/uk.json', '{ "title": "Рахунок {number}" }'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:9:8: wording "total" is missing in uk',
    hint: 'add it to text/uk.json',
  },
  {
    what: 'a wording that is mistyped',
    code: 'template.wording',
    ...line("{{t 'regard'}}"),
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:8: wording "regard" is missing in en',
    hint: 'did you mean "regards"?',
  },
  {
    what: 'an argument that one language needs and nobody gives',
    code: 'template.wording',
    make: f => f.mend('templates/bill/text/uk.json', '{number}', '{nomer}'),
    exit: 2,
    says: 'templates/bill/pdf.hbs:1:18: wording "title" in uk takes {nomer}, which is not given',
    hint: 'write nomer=… behind the key',
  },
  {
    what: 'a brace without its end in a wording',
    code: 'template.wording',
    make: f => f.mend('templates/bill/text/en.json', '{amount}', '{amount'),
    exit: 2,
    says: 'templates/bill/text/en.json:1:29: wording "total": this is not ICU MessageFormat: expect argument closing brace',
    hint: "close every brace, give plural and select an `other`, write '{' for a brace",
  },
  {
    what: 'a plural without its last form',
    code: 'template.wording',
    make: f => f.mend('templates/bill/text/en.json', '{amount}', '{amount, plural, one {# pound}}'),
    exit: 2,
    says: 'templates/bill/text/en.json:1:29: wording "total": this is not ICU MessageFormat: missing other clause',
    hint: "close every brace, give plural and select an `other`, write '{' for a brace",
  },
  {
    what: 'a number formatted in a wording',
    code: 'template.wording',
    make: f => f.mend('templates/bill/text/en.json', '{amount}', '{amount, number, ::currency/GBP}'),
    exit: 2,
    says: 'templates/bill/text/en.json:1:29: wording "total": the argument {amount} has a format of its own',
    hint: "format it in the template, `t 'key' amount=(money …)`, and write {amount}",
  },
  {
    what: 'a wording in groups',
    code: 'template.wording',
    make: f => f.write('templates/bill/text/en.json', '{ "title": { "main": "Bill" }, "total": "{amount}" }'),
    exit: 2,
    says: 'templates/bill/text/en.json:1:3: wording "title" is not text',
    hint: 'keys with dots take the place of groups: "status.paid"',
  },
  {
    what: "no wording in the brand's own language",
    code: 'template.wording',
    make: f => {
      f.remove('templates/bill/text/en.json')
      f.remove('assets/text/en.json')
    },
    exit: 2,
    says: "templates/bill/template.yaml: no wording serves the brand's own locale en-GB",
    hint: 'write text/en.json beside the template',
  },
  {
    what: 'an apostrophe before a value in a wording',
    code: 'template.wording',
    make: f => f.mend('templates/bill/text/en.json', '{amount}', "d'{amount}"),
    exit: 2,
    says: 'templates/bill/text/en.json:1:29: wording "total": an apostrophe keeps {amount} from being filled in',
    hint: "write '' or ’ for an apostrophe; braces that are meant to be read: '{'amount'}'",
  },
  {
    what: 'a wording that is empty in one language',
    code: 'template.empty',
    unrun: itself,
    make: f => f.write('assets/text/uk.json', '{ "regards": " " }'),
    exit: 0,
    says: 'assets/text/uk.json:1:3: wording "regards" is empty in uk, and not in en',
    hint: 'write it, or take it out of the template and of every language',
  },
  {
    what: 'one brace for two',
    code: 'template.braces',
    unrun: itself,
    ...line('{{customer.name}} {number}'),
    exit: 0,
    says: 'templates/bill/pdf.hbs:5:26: {number} is read as it stands',
    hint: 'write {{number}}',
  },
  {
    what: 'a value that a field never has',
    code: 'template.choice',
    make: f => {
      f.mend('templates/bill/schema.json', '"locale": { "type": "string" }', '"locale": { "enum": ["uk-UA", "en-GB"] }')
      f.mend(paper, '{{customer.name}}', "{{#if (eq customer.locale 'uk-UK')}}!{{/if}}")
    },
    exit: 2,
    says: 'templates/bill/pdf.hbs:5:34: customer.locale is never "uk-UK"',
    hint: 'did you mean "uk-UA"?',
  },
]
