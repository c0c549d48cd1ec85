/** The small factory with its data in two files: customers looked up for each bill, or lines listed for each. */
import type { Factory } from '../../run/factory.ts'

/** Bills that look their customer up (n:1): data/bills.csv names a customer, data/customers.csv has one row for each. */
export function lookUpCustomers({ mend, write }: Factory): void {
  mend(
    'jobs/bills.yaml',
    'customer: { name: customer, email: email, phone: phone, locale: locale }',
    'customer: { file: ../data/customers.csv, on: customer_id, fields: { name: name, email: email, phone: phone, locale: locale } }',
  )
  write(
    'data/bills.csv',
    'number;customer_id;issued;item;amount\nB-1;C-1;2026-03-01;Item 1;1,10\nB-2;C-2;2026-03-01;Item 1;2,10\n',
  )
  write(
    'data/customers.csv',
    'customer_id;name;email;phone;locale\nC-1;Olena;olena@example.com;+447700900001;uk-UA\nC-2;Bob;;;en-GB\n',
  )
}

/** Bills with their lines in another file (1:n): data/lines.csv names the bill that each row belongs to. */
export function listLines({ mend, write }: Factory): void {
  mend(
    'jobs/bills.yaml',
    'lines: [{ item: item, amount: amount }]',
    'lines: [{ file: ../data/lines.csv, on: number, fields: { item: item, amount: amount } }]',
  )
  write(
    'data/bills.csv',
    'number;customer;email;phone;locale;issued\nB-1;Olena;;;uk-UA;2026-03-01\nB-2;Bob;;;en-GB;2026-03-01\n',
  )
  write('data/lines.csv', 'number;item;amount\nB-1;Item 1;1,10\nB-2;Item 1;2,10\n')
}
