/** Mistakes in joined files: keys without a match, keys with two, rows that belong to nobody. */

import { listLines, lookUpCustomers } from './joined.ts'
import type { Mistake } from './mistake.ts'

const job = 'jobs/bills.yaml'

export const joins: readonly Mistake[] = [
  {
    what: 'a customer who stands twice in the register',
    code: 'intake.ambiguous',
    make: f => {
      lookUpCustomers(f)
      f.write('data/customers.csv', `${f.read('data/customers.csv')}C-1;Olena;;;uk-UA\n`)
    },
    exit: 5,
    says: 'data/bills.csv:2: customer: lines 2 and 4 of data/customers.csv both have customer_id "C-1"',
    hint: 'keep one of the two rows in data/customers.csv, or draw a list',
  },
  {
    what: 'two rows of a bill that takes one',
    code: 'intake.duplicate',
    make: f => {
      listLines(f)
      f.write('data/bills.csv', `${f.read('data/bills.csv')}B-1;Olena;;;uk-UA;2026-03-01\n`)
    },
    exit: 5,
    says: 'data/bills.csv:4: a second row for the same number (the first is line 2)',
    hint: 'keep one of the rows, or draw a list: lines: [{ … }]',
  },
  {
    what: 'a row of charges that stands twice',
    code: 'intake.double',
    make: f => {
      const [header = '', first = '', ...rows] = f.read('data/bills.csv').split('\n')
      f.write('data/bills.csv', [header, first, ...rows.slice(0, -1), first, ''].join('\n'))
    },
    exit: 0,
    says: 'jobs/bills.yaml: 1 row says the same as another of the same list (data/bills.csv:2 and 8)',
    hint: 'look whether they were exported twice: both are in the document, and in its sums',
  },
  {
    what: 'a join on a column that the other file does not have',
    code: 'intake.column',
    make: f => {
      lookUpCustomers(f)
      f.mend(job, 'on: customer_id', 'on: { id: customer_id }')
    },
    exit: 5,
    says: 'data/customers.csv:1: the column id is not in the file',
    hint: 'known: customer_id, name, email, phone, locale',
  },
  {
    what: 'a joined file that is not there',
    code: 'usage.file',
    make: f => {
      lookUpCustomers(f)
      f.remove('data/customers.csv')
    },
    exit: 5,
    says: 'data/customers.csv: the file is not there',
    hint: 'name it with --data customers=FILE',
  },
  {
    what: 'a customer who is not in the register',
    code: 'intake.missing',
    make: f => {
      lookUpCustomers(f)
      f.mend('data/customers.csv', 'C-2;', 'C-3;')
    },
    exit: 5,
    says: 'data/bills.csv:3: customer: no row of data/customers.csv has customer_id "C-2"',
    hint: 'add the row, or set missing: absent on the join',
  },
  {
    what: 'keys that one file keeps as numbers with decimals',
    code: 'intake.missing',
    make: f => {
      lookUpCustomers(f)
      f.write('data/customers.csv', f.read('data/customers.csv').replaceAll(/C-(\d)/g, '$1'))
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll(/C-(\d)/g, '$1.0'))
    },
    exit: 5,
    says: 'data/bills.csv:2: customer: no row of data/customers.csv has customer_id "1.0"',
    hint: 'add the row, or set missing: absent on the join',
  },
  {
    what: 'a line of a bill that is not in the data',
    code: 'intake.orphan',
    make: f => {
      listLines(f)
      f.write('data/lines.csv', `${f.read('data/lines.csv')}B-3;Item 1;3,10\n`)
    },
    exit: 5,
    says: 'data/lines.csv:4: there is no row with the number that this row names (found "B-3")',
    hint: 'add the row that it belongs to, or let clean.js filter it',
  },
  {
    what: 'a line of a bill whose number looks like its own',
    code: 'intake.lookalike',
    also: ['intake.orphan'],
    make: f => {
      listLines(f)
      f.write('data/lines.csv', `${f.read('data/lines.csv')}b-2 ;Item 1;3,10\n`)
    },
    exit: 5,
    says: 'data/bills.csv:3: line 4 of data/lines.csv names it by a key that differs only by a blank (U+0020) at the end and case (found "b-2 ", and here "B-2")',
    hint: "write both keys alike, or let clean.js do it; if the line is somebody else's, give it the key of that one",
  },
  {
    what: 'keys that differ in the kind of hyphen only',
    code: 'intake.lookalike',
    make: f => f.write('data/bills.csv', `${f.read('data/bills.csv')}B\u20111;Anna;;;en-GB;2026-03-01;Item 1;4,10\n`),
    exit: 5,
    says: 'data/bills.csv:2: number differs from that of line 8 only by the kind of hyphen (U+002D, U+2011) (found "B-1", and there "B\u20111")',
    hint: 'write both keys alike, or let clean.js do it; if they are two, give one of them another key',
  },
  {
    what: 'mended bills beside the lines of all',
    code: 'intake.orphan',
    make: f => {
      listLines(f)
      f.write('mended.csv', f.read('data/bills.csv').replace(/^B-2.*\n/m, ''))
    },
    asked: { data: [{ source: 'mended.csv' }] },
    exit: 5,
    says: 'data/lines.csv:3: there is no row with the number that this row names (found "B-2")',
    hint: 'add the row that it belongs to, name the rows that go with the data of --data too (--data lines=FILE), or let clean.js filter it',
  },
  {
    what: 'a line that names no bill',
    code: 'intake.orphan',
    make: f => {
      listLines(f)
      f.write('data/lines.csv', `${f.read('data/lines.csv')};Item 1;3,10\n`)
    },
    exit: 5,
    says: 'data/lines.csv:4: number is empty',
    hint: 'add the row that it belongs to, or let clean.js filter it',
  },
  {
    what: 'one file joined in two ways',
    code: 'intake.same',
    make: f => {
      lookUpCustomers(f)
      f.mend(
        job,
        '    issued: issued',
        '    issued: issued\n    payer: { file: ../data/customers.csv, on: customer_id, decimal: "." }',
      )
    },
    exit: 2,
    says: 'jobs/bills.yaml: ../data/customers.csv is described in two different ways (the second under customer)',
    hint: 'a file is read once: give it the same conventions and the same clean wherever it is joined',
  },
  {
    what: 'lines joined on what two bills share',
    code: 'intake.shared',
    make: f => {
      listLines(f)
      f.mend(job, 'on: number, fields', 'on: { number: locale }, fields')
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('uk-UA', 'en-GB'))
      f.write('data/lines.csv', 'number;item;amount\nen-GB;Item 1;1,10\n')
    },
    exit: 5,
    says: 'data/lines.csv:2: this row belongs to two communications',
    hint: 'join it on a column that is different for each communication',
  },
  {
    what: 'a row of the register that is broken',
    code: 'intake.fields',
    make: f => {
      lookUpCustomers(f)
      f.mend('data/customers.csv', 'C-2;Bob;;;en-GB', 'C-2;Bob;;;;en-GB')
    },
    exit: 5,
    says: 'data/customers.csv:3: 6 fields where the header has 5',
    hint: 'put quotes around a field that contains the delimiter',
  },
]
