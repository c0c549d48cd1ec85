/**
 * Makes data/accounts.csv and data/payments.csv: what the customers of December 2010 owed on the 1st, and what they paid during the month.
 * No clock and no chance: what becomes of an account depends on its number and on its documents, so the same files come out every time.
 *
 *     node examples/retail/scripts/accounts.js
 *
 * An account for everyone who bought, and for one in forty of the others, who has something left over from before. Of those who owed
 * something, three in four pay it, some pay a part, some nothing; of the month's invoices one in four is paid at once; customers with
 * ten documents or more pay invoice by invoice. A few pay too much, and some of those who were in credit are paid back: a payment below zero.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const first = 12346
const last = 18287
const folder = new URL('../data/', import.meta.url)

const documents = readDocuments()
const accounts = []
const payments = []
for (let id = first; id <= last; id++) {
  const d = draws(id)
  const bought = documents.get(id) ?? []
  if (bought.length === 0 && d.number(1, 40) !== 1) continue
  const opening = openingOf(d, bought)
  accounts.push([String(id), pounds(opening)])
  for (const payment of paymentsOf(d, opening, bought)) payments.push({ customer: id, ...payment })
}

write('accounts.csv', ['id', 'opening'], accounts)
// Numbered by day, as a cashier's book is.
payments.sort((a, b) => a.day - b.day || a.customer - b.customer)
write(
  'payments.csv',
  ['number', 'customer', 'date', 'amount'],
  payments.map(({ customer, day, pence }, at) => [
    `P${10001 + at}`,
    String(customer),
    `2010-12-${String(day).padStart(2, '0')}`,
    pounds(pence),
  ]),
)

/** Pence; below zero in credit. */
function openingOf(d, bought) {
  const busy = bought.length >= 10
  const draw = d.number(1, 100)
  if (bought.length > 0 && draw <= 40) return 0
  if (draw <= 48) return -d.number(310, 9000)
  return d.number(1200, 60000) * (busy ? 6 : 1)
}

function paymentsOf(d, opening, bought) {
  const made = []
  const how = d.number(1, 100)
  if (opening > 0 && how <= 75) made.push({ day: d.number(1, 20), pence: opening })
  else if (opening > 0 && how <= 88) made.push({ day: d.number(3, 23), pence: Math.round(opening / 2) })
  else if (opening < 0 && how <= 30) made.push({ day: d.number(2, 15), pence: opening })
  const share = bought.length >= 10 ? 80 : 25
  for (const { day, pence } of bought) {
    if (pence <= 0 || d.number(1, 100) > share) continue
    // One in thirty rounds up to the next ten pounds.
    const paid = d.number(1, 30) === 1 ? Math.ceil(pence / 1000) * 1000 : pence
    const on = day + d.number(0, 14)
    if (on <= 31) made.push({ day: on, pence: paid })
  }
  return made
}

/** Documents of customers, by customer: day of December and pence, in the order of the book. */
function readDocuments() {
  const byNumber = new Map()
  const [, ...lines] = readFileSync(new URL('2010-12.csv', folder), 'utf8').trimEnd().split('\n')
  for (const line of lines) {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare)
    const [number, , , quantity, time, price, customer] = cells
    if (customer === '') continue
    const known = byNumber.get(number) ?? { customer: Number(customer), day: Number(time.slice(8, 10)), pence: 0 }
    byNumber.set(number, { ...known, pence: known.pence + Math.round(Number(quantity) * Number(price) * 100) })
  }
  return Map.groupBy(byNumber.values(), ({ customer }) => customer)
}

/** Draws of one customer: a small generator (mulberry32) that its number seeds. */
function draws(id) {
  let state = Math.imul(id, 0x85ebca6b) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return { number: (from, to) => from + Math.floor(next() * (to - from + 1)) }
}

function pounds(pence) {
  const whole = Math.trunc(Math.abs(pence) / 100)
  return `${pence < 0 ? '-' : ''}${whole}.${String(Math.abs(pence) % 100).padStart(2, '0')}`
}

function write(name, columns, rows) {
  writeFileSync(new URL(name, folder), `${[columns, ...rows].map(row => row.join(',')).join('\n')}\n`)
}
