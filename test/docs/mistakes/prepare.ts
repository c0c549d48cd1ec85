/** Mistakes in prepare.js, and data that it does not want. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const script = (body: string) => ({
  make: (f: Factory): void =>
    f.write('templates/bill/prepare.js', `export default (data, { decimal, reject }) => {\n  ${body}\n}\n`),
})

export const prepare: readonly Mistake[] = [
  {
    what: 'a credit where the template takes bills',
    code: 'prepare.rejected',
    make: f => f.write('data/bills.csv', f.read('data/bills.csv').replace('1,10', '-1,20')),
    exit: 5,
    says: 'data/bills.csv:2 (lines): nothing is charged',
    hint: 'prepare.js of the template wants it so: mend the data, or the script',
  },
  {
    what: 'a script that forgets to return the data',
    code: 'prepare.result',
    ...script("data.total = '1.00'"),
    exit: 5,
    says: 'data/bills.csv:2: prepare.js returned nothing',
    hint: 'return the data: `return { ...data, total }`',
  },
  {
    what: 'a script that is async',
    code: 'prepare.result',
    make: f => f.write('templates/bill/prepare.js', "export default async data => ({ ...data, total: '1.00' })\n"),
    exit: 5,
    says: 'data/bills.csv:2: prepare.js returned a promise',
    hint: 'prepare.js is not async: return the data itself',
  },
  {
    what: 'a script that calculates with binary fractions',
    code: 'prepare.result',
    ...script('return { ...data, total: data.lines.reduce((sum, { amount }) => sum + Number(amount), 0) }'),
    exit: 5,
    says: 'data/bills.csv:2 (total): prepare.js returned a binary fraction at total',
    hint: 'calculate with decimal(…), and end with .toString()',
  },
  {
    what: 'a script that makes a Date',
    code: 'prepare.result',
    ...script("return { ...data, total: '1.00', issued: new Date(data.issued) }"),
    exit: 5,
    says: 'data/bills.csv:2 (issued): prepare.js returned a Date at issued',
    hint: 'dates are text: 2026-03-23; calculate with the date handed in',
  },
  {
    what: 'a script that reaches into what is not there',
    code: 'prepare.threw',
    ...script('return { ...data, total: data.discount.amount }'),
    exit: 5,
    says: 'data/bills.csv:2: prepare.js stopped with TypeError (templates/bill/prepare.js:2:42)',
    hint: 'use reject(message, path) for data that cannot be used',
  },
  {
    what: 'a script that counts on a field that a row leaves empty',
    code: 'prepare.threw',
    make: f => {
      script("return { ...data, total: data.issued.slice(0, 1) + '.00' }").make(f)
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll(/(B-1;.*?;)2026-03-01(;)/g, '$1$2'))
    },
    exit: 5,
    says: 'data/bills.csv:2: prepare.js stopped with TypeError (templates/bill/prepare.js:2:40), where issued is missing',
    hint: 'fill it in, or let prepare.js say what is wrong: reject(message, path)',
  },
  {
    what: 'a script that gives a text to decimal()',
    code: 'prepare.threw',
    ...script('return { ...data, total: decimal(data.number).toString() }'),
    exit: 5,
    says: 'data/bills.csv:2: prepare.js stopped with RangeError (templates/bill/prepare.js:2:28)',
    hint: 'use reject(message, path) for data that cannot be used',
  },
]
