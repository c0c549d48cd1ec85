/**
 * What a statement comes to, worked out once so that paper, mail and text message say the same.
 *
 * Given: `account`, and `invoices` (lines; those of one number are one entry), `payments`, `transactions`, in any mixture. An amount of a
 * transaction goes where its kind says, or, without a kind, by its sign: above zero raises the balance. What lies before the period
 * goes into the opening balance, what lies after it is left out. Balances that the data brings are checked, never believed: those
 * inside the period against the entries, and the first one after it against the closing balance.
 */
export default function prepare(data, { decimal, date, run, reject }) {
  const period = data.period ?? (run?.period && { from: run.period.start, to: run.period.end })
  if (period === undefined) return reject('no period is given, neither in the data nor by the run', 'period')
  const strange = [...(data.payments ?? []), ...(data.transactions ?? [])].find(
    ({ kind }) => kind !== undefined && !Object.hasOwn(kinds, kind),
  )
  if (strange !== undefined) {
    const known = Object.keys(kinds).join(', ')
    return reject(`the kind ${JSON.stringify(strange.kind)} is not one of ${known}`, 'transactions.kind')
  }
  const basis = data.basis ?? run?.set?.basis ?? 'owed'
  const given = entriesOf(data, decimal, reject)
  const inside = given.filter(entry => entry.date >= period.from && entry.date <= period.to)
  const before = given.filter(entry => entry.date < period.from)
  const after = given.filter(entry => entry.date > period.to)
  const opening = openingOf(data, { before, inside }, decimal)
  const entries = withBalances(inside, opening, decimal, reject)
  const charged = sumOf(entries, 'charged', decimal)
  const paid = sumOf(entries, 'paid', decimal)
  const closing = opening.plus(charged).minus(paid)
  if (data.closing !== undefined && closing.cmp(data.closing) !== 0) {
    reject('the closing balance is not what opening balance and entries come to', 'closing')
  }
  if (!goesOn(after, closing, decimal)) {
    reject(
      'the first balance after the period does not follow from the closing balance: an entry is missing',
      'closing',
    )
  }
  const state = stateOf(basis, closing.cmp('0'))
  return {
    account: data.account,
    basis,
    period,
    unit: period.from.endsWith('-01') && period.to === date.endOfMonth(period.from) ? 'month' : 'other',
    state,
    ...(data.customer === undefined || data.customer === null ? {} : { customer: addressed(data.customer) }),
    entries,
    count: entries.length,
    // Absent where zero: such a place says so in words, not with 0.00.
    ...unlessZero('opening', opening),
    ...unlessZero('charged', charged),
    ...unlessZero('paid', paid),
    ...unlessZero('amount', closing.cmp('0') < 0 ? closing.times('-1') : closing),
    closing: closing.toString(),
    ...(state === 'owed' ? { due: date.plusDays(period.to, Number(run?.set?.days ?? 14)) } : {}),
  }
}

/** The kinds of transactions, and whether they raise the balance (`charged`: invoices, money that comes in) or lower it (`paid`). */
const kinds = {
  invoice: 'charged',
  creditNote: 'charged',
  payment: 'paid',
  refund: 'paid',
  deposit: 'charged',
  transferIn: 'charged',
  interest: 'charged',
  withdrawal: 'paid',
  card: 'paid',
  transferOut: 'paid',
  fee: 'paid',
}

/** Kinds that take back: a credit note lowers what was charged, a refund what was paid. */
const backwards = ['creditNote', 'refund']

function entriesOf({ invoices = [], payments = [], transactions = [] }, decimal, reject) {
  for (const [name, lines] of Object.entries({ invoices, payments, transactions })) {
    // Without a date it would be in no period, and without an amount in no sum: it would be lost.
    if (lines.some(line => line.date === undefined)) reject(`an entry of ${name} has no date`, `${name}.date`)
    if (lines.some(line => line.amount === undefined)) reject(`an entry of ${name} has no amount`, `${name}.amount`)
  }
  const entries = [
    ...documentsOf(invoices, decimal, reject),
    ...payments.map(line => entryOf({ ...line, kind: line.kind ?? (isBelow(line.amount) ? 'refund' : 'payment') })),
    ...transactions.map(line => entryOf(line)),
  ]
  // A stable sort: entries of one day keep the order of the data, invoices before payments.
  return entries.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))

  function entryOf({ kind, amount = '0', ...line }) {
    const size = isBelow(amount) ? decimal(amount).times('-1') : decimal(amount)
    const column = kind === undefined ? (isBelow(amount) ? 'paid' : 'charged') : kinds[kind]
    const value = backwards.includes(kind) ? size.times('-1') : size
    return { ...line, kind: kind ?? 'other', [column]: value.toString() }
  }
}

/** An entry for each number: lines added up, below zero a credit note. A line without a number is an entry of its own. */
function documentsOf(lines, decimal, reject) {
  const documents = new Map()
  for (const [at, { number, date, text, amount = '0' }] of lines.entries()) {
    const key = number ?? at
    const known = documents.get(key) ?? { number, date, text, charged: '0' }
    if (known.date !== date) reject('lines of one invoice have different dates', 'invoices.date')
    documents.set(key, { ...known, charged: decimal(known.charged).plus(amount) })
  }
  return [...documents.values()].map(({ number, date, text, charged }) => ({
    date,
    kind: charged.cmp('0') < 0 ? 'creditNote' : 'invoice',
    ...(number === undefined ? {} : { number }),
    ...(text === undefined ? {} : { text }),
    charged: charged.toString(),
  }))
}

/** As given; else what the entries before the period come to, or what the first balance inside leaves. */
function openingOf(data, { before, inside }, decimal) {
  if (data.opening !== undefined) return decimal(data.opening)
  const last = before.filter(entry => entry.balance !== undefined).at(-1)
  if (last !== undefined && before.at(-1) === last) return decimal(closingOfDay(before, last, decimal))
  const first = firstOfDay(inside, decimal)
  if (first?.balance !== undefined) return decimal(first.balance).minus(changeOf(first, decimal))
  return before.reduce((sum, entry) => sum.plus(changeOf(entry, decimal)), decimal('0'))
}

/** Each entry with the balance behind it. Within a day, entries that bring a balance are put in the order in which their balances follow. */
function withBalances(entries, opening, decimal, reject) {
  let balance = opening
  let broken = false
  const rest = [...entries]
  const shown = []
  while (rest.length > 0) {
    const today = rest.filter(entry => entry.date === rest[0].date)
    const next = today.find(entry => follows(entry, balance, decimal)) ?? today[0]
    rest.splice(rest.indexOf(next), 1)
    balance = balance.plus(changeOf(next, decimal))
    // The first break is the reason; every balance behind it would be another way of saying so.
    if (!broken && next.balance !== undefined && balance.cmp(next.balance) !== 0) {
      broken = true
      reject(`the balance behind entry ${shown.length + 1} is not what the entries up to it come to`, 'entries.balance')
    }
    shown.push({ ...next, balance: balance.toString() })
  }
  return shown
}

function follows(entry, balance, decimal) {
  return entry.balance !== undefined && balance.plus(changeOf(entry, decimal)).cmp(entry.balance) === 0
}

/** Whether some entry of the first day that comes after may follow on a balance; entries without one say nothing. */
function goesOn(after, balance, decimal) {
  const first = after.filter(entry => entry.date === after[0].date)
  if (first.some(entry => entry.balance === undefined)) return true
  return first.length === 0 || first.some(entry => follows(entry, balance, decimal))
}

/** The entry that a day begins with: the one whose opening no other entry of the day leaves behind. */
function firstOfDay(entries, decimal) {
  const today = entries.filter(entry => entry.date === entries[0].date)
  if (today.some(entry => entry.balance === undefined)) return today[0]
  const begins = entry => decimal(entry.balance).minus(changeOf(entry, decimal))
  return (
    today.find(entry => !today.some(other => other !== entry && begins(entry).cmp(other.balance) === 0)) ?? today[0]
  )
}

/** The balance that a day ends with: the one that no other entry of the day goes on from. */
function closingOfDay(entries, last, decimal) {
  const today = entries.filter(entry => entry.date === last.date)
  if (today.some(entry => entry.balance === undefined)) return last.balance
  const begins = entry => decimal(entry.balance).minus(changeOf(entry, decimal))
  const ends = today.filter(entry => !today.some(other => other !== entry && begins(other).cmp(entry.balance) === 0))
  return (ends.at(-1) ?? last).balance
}

function changeOf(entry, decimal) {
  return decimal(entry.charged ?? '0').minus(entry.paid ?? '0')
}

function sumOf(entries, column, decimal) {
  return entries.reduce((sum, entry) => sum.plus(entry[column] ?? '0'), decimal('0'))
}

function stateOf(basis, sign) {
  if (basis === 'held') return sign > 0 ? 'held' : sign < 0 ? 'overdrawn' : 'empty'
  return sign > 0 ? 'owed' : sign < 0 ? 'credit' : 'clear'
}

function unlessZero(name, value) {
  return value.cmp('0') === 0 ? {} : { [name]: value.toString() }
}

function isBelow(amount) {
  return String(amount ?? '').startsWith('-')
}

/** The customer with the address as given, or as a list of lines from the columns address1, address2 and so on. */
function addressed({ address1, address2, address3, address4, address5, address, ...customer }) {
  // Parts are put in order by the template.
  if (typeof address === 'object' && address !== null && !Array.isArray(address)) return { ...customer, address }
  const lines = address ?? [address1, address2, address3, address4, address5].filter(Boolean)
  return lines.length > 0 ? { ...customer, address: lines } : customer
}
