/** Mistakes in clean.js, and rows that it does not want. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const script = (body: string) => ({
  make: (f: Factory): void => {
    f.mend('jobs/bills.yaml', '  key: number', '  key: number\n  clean: clean.js')
    f.write('jobs/clean.js', `export default (row, { decimal, reject }) => {\n  ${body}\n  return row\n}\n`)
  },
})

export const clean: readonly Mistake[] = [
  {
    what: 'a row that is not wanted',
    code: 'clean.rejected',
    ...script("if (row.amount === '2,10') reject('the line is not for this month', 'amount')"),
    exit: 5,
    says: 'data/bills.csv:4 (amount): the line is not for this month',
    hint: 'jobs/clean.js wants it so: mend the row, or the script',
  },
  {
    what: 'a reason that quotes a customer',
    code: 'clean.rejected',
    ...script("if (row.amount === '2,10') reject('no bill for ' + row.customer)"),
    exit: 5,
    says: 'data/bills.csv:4: rejected by clean.js, with a private value in the reason',
    hint: 'jobs/clean.js wants it so: mend the row, or the script',
  },
  {
    what: 'a script that counts on a column',
    code: 'clean.threw',
    ...script('row.note = row.remark.trim()'),
    exit: 5,
    says: "data/bills.csv:2: jobs/clean.js:2 threw at this row: Cannot read properties of undefined (reading 'trim')",
    hint: 'mend the script, or let it call reject() with a reason',
  },
  {
    what: 'a script that gives text to decimal()',
    code: 'clean.threw',
    ...script('row.amount = decimal(row.item)'),
    exit: 5,
    says: 'data/bills.csv:2: jobs/clean.js:2 threw at this row: not a decimal: "Item 1"',
    hint: 'mend the script, or let it call reject() with a reason',
  },
  {
    what: 'a script that returns whether to keep the row',
    code: 'clean.value',
    ...script("return row.amount !== '0,00'"),
    exit: 5,
    says: 'data/bills.csv:2: jobs/clean.js returned a boolean for this row',
    hint: 'return the row, or null to filter it; it may not be async',
  },
  {
    what: 'a script that keeps something of the row before',
    code: 'clean.state',
    make: f => {
      script('').make(f)
      f.write('jobs/clean.js', 'let last\nexport default row => { row.note = last; last = row.customer; return row }\n')
    },
    exit: 5,
    says: 'data/bills.csv:2: jobs/clean.js says something else of this row when it gets it again',
    hint: 'let it depend on the row alone: not on rows before it, the clock or chance',
  },
  {
    what: 'a script that is async',
    code: 'clean.value',
    make: f => {
      script('').make(f)
      f.write('jobs/clean.js', 'export default async row => row\n')
    },
    exit: 5,
    says: 'data/bills.csv:2: jobs/clean.js returned a promise for this row',
    hint: 'return the row, or null to filter it; it may not be async',
  },
  {
    what: 'a script that makes a Date',
    code: 'clean.value',
    ...script('row.issued = new Date(row.issued)'),
    exit: 5,
    says: 'data/bills.csv:2: jobs/clean.js set issued to something that is neither text, a number nor a decimal',
    hint: 'dates are text too: 2026-03-23',
  },
]
