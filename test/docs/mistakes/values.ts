/** Mistakes in single values of the data: numbers, dates, and what the schema asks for. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const data = 'data/bills.csv'

/** Changes every place of the data. */
const each = (from: string | RegExp, to: string) => ({
  make: (f: Factory): void => f.write(data, f.read(data).replaceAll(from, to)),
})

/** Changes the first place of the data. */
const first = (from: string, to: string) => ({ make: (f: Factory): void => f.mend(data, from, to) })

export const values: readonly Mistake[] = [
  {
    what: 'a number in other conventions',
    code: 'intake.unreadable',
    make: f => f.mend('jobs/bills.yaml', 'decimal: ","', 'decimal: "."'),
    exit: 5,
    says: 'data/bills.csv:2: lines[0].amount is not a number (found "1,10")',
    hint: 'set decimal: "," in the job',
  },
  {
    what: 'a letter in a number',
    code: 'intake.unreadable',
    ...first('2,10', '2,1x'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "2,1x")',
    hint: 'mend the value, or let clean.js do it',
  },
  {
    what: 'thousands that the job does not declare',
    code: 'intake.unreadable',
    ...first('2,10', '2.002,10'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "2.002,10")',
    hint: 'set thousands: "." in the job',
  },
  {
    what: 'a blank in front of a number',
    code: 'intake.unreadable',
    ...first('2,10', ' 2,10'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found " 2,10")',
    hint: 'it has blanks around it, which clean.js can trim',
  },
  {
    what: 'an amount in parentheses, as accounts write a minus',
    code: 'intake.unreadable',
    ...first('2,10', '(2,10)'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "(2,10)")',
    hint: 'parentheses may mean a minus: let clean.js write one, or take them away',
  },
  {
    what: 'an amount with its currency',
    code: 'intake.unreadable',
    ...first('2,10', '£2,10'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "£2,10")',
    hint: 'mend the value, or let clean.js do it',
  },
  {
    what: 'an error of a spreadsheet',
    code: 'intake.unreadable',
    ...first('2,10', '#VALUE!'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "#VALUE!")',
    hint: 'mend the value, or let clean.js do it',
  },
  {
    what: 'a number as a spreadsheet shortens it',
    code: 'intake.unreadable',
    ...first('2,10', '2,1E+02'),
    exit: 5,
    says: 'data/bills.csv:4: lines[0].amount is not a number (found "2,1E+02")',
    hint: 'mend the value, or let clean.js do it',
  },
  {
    what: 'dates in the order of a country',
    code: 'intake.unreadable',
    ...each('2026-03-01', '01.03.2026'),
    exit: 5,
    says: 'data/bills.csv:2: issued is not a date (found "01.03.2026")',
    hint: 'set date: in the job to how the file writes dates, for example dd.MM.yyyy, or mend the value',
  },
  {
    what: 'dates as a spreadsheet counts them',
    code: 'intake.unreadable',
    ...each('2026-03-01', '46082'),
    exit: 5,
    says: 'data/bills.csv:2: issued is not a date (found "46082")',
    hint: 'set date: in the job to how the file writes dates, for example dd.MM.yyyy, or mend the value',
  },
  {
    what: 'a day that the calendar does not have',
    code: 'intake.unreadable',
    ...each('2026-03-01', '2026-02-30'),
    exit: 5,
    says: 'data/bills.csv:2: issued is not a date (found "2026-02-30")',
    hint: 'set date: in the job to how the file writes dates, for example dd.MM.yyyy, or mend the value',
  },
  {
    what: 'an amount with more decimals than its currency has',
    code: 'template.value',
    ...first('2,10', '2,105'),
    exit: 5,
    says: 'data/bills.csv:4: {{money amount}} has more decimals than GBP has (templates/bill/pdf.hbs:7:73)',
    hint: 'round it in prepare.js, or show more with decimals=',
  },
  {
    what: 'an amount that is missing',
    code: 'intake.value',
    make: f => {
      f.write('templates/bill/prepare.js', "export default data => ({ ...data, total: '1.00' })\n")
      f.mend(data, '2,10', '')
    },
    exit: 5,
    says: 'data/bills.csv:4 (lines[0].amount): lines[0].amount is missing',
    hint: 'mend the data, or let schema.json allow it',
  },
  {
    what: 'a mail address that is none',
    code: 'intake.value',
    ...each('customer1@example.com', 'customer1 at example.com'),
    exit: 5,
    says: 'data/bills.csv:2 (customer.email): customer.email is not an e-mail address',
    hint: 'mend the data, or let schema.json allow it',
  },
  {
    what: 'a name that runs on',
    code: 'intake.value',
    ...each("O'Brien & Sons", 'x'.repeat(201)),
    exit: 5,
    says: 'data/bills.csv:2 (customer.name): customer.name is longer than 200 characters',
    hint: 'mend the data, or let schema.json allow it',
  },
  {
    what: 'a script that leaves out what the schema wants',
    code: 'intake.value',
    make: f => f.write('templates/bill/prepare.js', 'export default data => data\n'),
    exit: 5,
    says: 'data/bills.csv:2 (total): total is missing',
    hint: 'mend the data, or let schema.json allow it',
  },
  {
    what: 'a total that is no decimal number',
    code: 'intake.value',
    make: f => f.write('templates/bill/prepare.js', "export default data => ({ ...data, total: '1,00' })\n"),
    exit: 5,
    says: 'data/bills.csv:2 (total): total is not a decimal number such as 12.50 (found "1,00")',
    hint: 'mend the data, or let schema.json allow it',
  },
]
