/**
 * What a notice says, worked out once so that paper, mail and text message say the same.
 *
 * Given: `customer`, and either `tariff` (what changes) or `invoices` (what is open). How firm a reminder is follows from how late the
 * oldest invoice is on the day of issue: the tone never runs ahead of the facts. `kind` and `step` may be given to overrule that.
 */
export default function prepare(data, { decimal, date, run, reject }) {
  const set = run?.set ?? {}
  const issued = data.issued ?? set.issued ?? run?.date
  const kind = data.kind ?? (data.tariff === undefined ? 'reminder' : 'tariff')
  const shared = { id: data.id, kind, issued, customer: addressed(data.customer ?? {}) }
  if (kind === 'tariff') return { ...shared, tariff: tariffOf(data.tariff ?? {}, set.from, { date, reject }) }

  if ((data.invoices ?? []).some(({ due, amount }) => due === undefined || amount === undefined)) {
    return reject('an open invoice has no due date or no amount', 'invoices')
  }
  const overdue = (data.invoices ?? [])
    .filter(invoice => invoice.due < issued)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const [oldest] = overdue
  if (oldest === undefined) return reject('no invoice is overdue: there is nothing to remind of', 'invoices')
  const step = data.step ?? stepOf(oldest.due, issued, date)
  if (step === 0) {
    return reject(`no invoice is ${steps[0].days} days late yet: too early to remind`, 'invoices')
  }
  const standard = data.fee ?? set.fee ?? '0'
  const fee = step >= 2 && decimal(standard).cmp('0') > 0 ? standard : undefined
  const payBy = date.plusDays(issued, Number(set.days ?? 14))
  let sum = decimal('0')
  const reminder = {
    step,
    tone: steps[step - 1].tone,
    // Each with what the invoices come to so far: what is carried where a page ends.
    invoices: overdue.map(invoice => {
      sum = sum.plus(invoice.amount)
      return { ...invoice, sum: sum.toString() }
    }),
    number: oldest.number,
    // What the payment is found by: one invoice by its number, several together by the contract.
    reference: overdue.length === 1 ? oldest.number : data.id,
    count: overdue.length,
    due: oldest.due,
    ...(fee === undefined ? {} : { fee }),
    total: overdue.reduce((sum, { amount }) => sum.plus(amount), decimal(fee ?? '0')).toString(),
    payBy,
    suspendOn: date.plusDays(payBy, 1),
  }
  return { ...shared, reminder }
}

/** How many days late an invoice has to be for each step, and how it speaks. */
const steps = [
  { days: 3, tone: 'helpful' },
  { days: 14, tone: 'firm' },
  { days: 30, tone: 'final' },
]

/** 1 to 3, or 0 while it is too early for any. */
function stepOf(due, issued, date) {
  return steps.filter(({ days }) => date.plusDays(due, days) <= issued).length
}

function tariffOf({ from, decideBy, ...tariff }, standard, { date, reject }) {
  const day = from ?? standard
  if (day === undefined) return reject('the day from which the tariff changes is not given', 'tariff.from')
  return { ...tariff, from: day, decideBy: decideBy ?? date.plusDays(day, -1) }
}

/** The customer with the address as given, or as a list of lines from the columns address1, address2 and so on. */
function addressed({ address1, address2, address3, address4, address5, address, ...customer }) {
  // Parts are put in order by the template.
  if (typeof address === 'object' && address !== null && !Array.isArray(address)) return { ...customer, address }
  const lines = address ?? [address1, address2, address3, address4, address5].filter(Boolean)
  return lines.length > 0 ? { ...customer, address: lines } : customer
}
