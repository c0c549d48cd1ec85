/**
 * Makes data/invoices.csv: the invoices that are open on 30 March 2026, of the customers who get a reminder.
 * No clock and no chance: what is open follows from the customer's row, so the same file comes out every time.
 *
 *     node examples/telecom/scripts/invoices.js
 *
 * Who pays by mailed check is billed on the 26th and has until the 12th: one invoice, 18 days late. Who pays by electronic check is
 * billed on the 11th and has until the 25th: one invoice, 5 days late; with a year or more to go in the contract, or with a first bill
 * that was never paid (tenure 1), February's is open as well, 33 days late.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import clean from '../jobs/clean.js'

const folder = new URL('../data/', import.meta.url)
const [head, ...lines] = readFileSync(new URL('customers.csv', folder), 'utf8').trimEnd().split(/\r?\n/)
const columns = head.split(',')

const open = lines.flatMap(line => {
  const cells = line.split(',')
  const row = Object.fromEntries(columns.map((column, at) => [column, cells[at]]))
  // Nothing of what a reminder needs is worked out with decimals.
  if (row.Churn !== 'Yes' || clean(row, {})?.kind !== 'reminder') return []
  const invoice = (issued, due) => ({ customer: row.customerID, issued, due, amount: row.MonthlyCharges })
  if (row.PaymentMethod === 'Mailed check') return [invoice('2026-02-26', '2026-03-12')]
  const march = invoice('2026-03-11', '2026-03-25')
  const isLong = row.Contract !== 'Month-to-month' || row.tenure === '1'
  return isLong ? [invoice('2026-02-11', '2026-02-25'), march] : [march]
})

// Numbered by day of issue, as a billing run does.
open.sort((a, b) => (a.issued < b.issued ? -1 : a.issued > b.issued ? 1 : 0))
writeFileSync(
  new URL('invoices.csv', folder),
  `${['number,customerID,issued,due,amount', ...open.map(({ customer, issued, due, amount }, at) => [40001 + at, customer, issued, due, amount].join(','))].join('\n')}\n`,
)
