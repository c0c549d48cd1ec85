/**
 * What an invoice comes to, worked out once so that paper, mail and text message say the same.
 * Amounts of the lines are added up as they are given: nothing here multiplies, taxes or rounds them again.
 */
export default function prepare(data, { decimal, date, run, reject }) {
  const lines = data.lines ?? []
  const total = lines.reduce((sum, line) => sum.plus(line.amount ?? '0'), decimal('0'))
  const sign = total.cmp('0')
  const hasCustomer = data.customer !== undefined && data.customer !== null
  if (!hasCustomer && lines.every(line => decimal(line.price ?? '0').cmp('0') === 0)) {
    reject('no customer is named and nothing is charged: a movement of stock, not a bill', 'lines')
  }
  const state = stateOf(sign, hasCustomer)
  const places = lines.reduce((most, line) => Math.max(most, fractionOf(line.price).length), 2)
  const shown = withSums(lines, places, decimal)
  const brief = shown.length > briefLines + 1 ? shown.slice(0, briefLines) : shown
  const rest = shown.slice(brief.length)
  return {
    number: data.number,
    issued: data.issued,
    ...(state === 'due' ? { due: date.plusDays(data.issued, daysToPay(run)) } : {}),
    state,
    // Absent where nothing is charged: such a page says so in words, not with 0.00.
    ...(sign === 0 ? {} : { total: total.toString(), amount: (sign < 0 ? total.times('-1') : total).toString() }),
    ...(hasCustomer ? { customer: addressed(data.customer) } : {}),
    lines: shown,
    brief,
    count: lines.length,
    ...(rest.length > 0 ? { rest: { count: rest.length, amount: sumOf(rest, decimal) } } : {}),
  }
}

/** Lines that the mail shows before it points to the PDF: four fit on a phone's second screen. */
const briefLines = 4

/** due: to be paid. credit: in the customer's favour. Without a customer it was settled at once: paid or refunded. free: comes to nothing. */
function stateOf(sign, hasCustomer) {
  if (sign === 0) return 'free'
  if (sign > 0) return hasCustomer ? 'due' : 'paid'
  return hasCustomer ? 'credit' : 'refunded'
}

/** Each line with the sum up to it, for carrying forward; prices with equal decimals; `free` where nothing is charged. */
function withSums(lines, places, decimal) {
  let sum = decimal('0')
  return lines.map(line => {
    sum = sum.plus(line.amount ?? '0')
    const { price, ...rest } = line
    const isFree = price !== undefined && decimal(price).cmp('0') === 0
    const quantity = decimal(line.quantity ?? '0')
    return {
      ...rest,
      pieces: (quantity.cmp('0') < 0 ? quantity.times('-1') : quantity).toString(),
      ...(isFree ? { free: true } : { price: padded(price, places) }),
      sum: sum.toString(),
    }
  })
}

function sumOf(lines, decimal) {
  return lines.reduce((sum, line) => sum.plus(line.amount ?? '0'), decimal('0')).toString()
}

function padded(price, places) {
  return price === undefined ? price : `${String(price).split('.')[0]}.${fractionOf(price).padEnd(places, '0')}`
}

/** The digits behind the point, without zeros at the end. */
function fractionOf(price) {
  const [, fraction = ''] = String(price ?? '').split('.')
  return fraction.replace(/0+$/, '')
}

/** The customer with the address as given (parts, lines, or one text of several), or as a list of lines from the columns address1, address2 and so on. */
function addressed({ address1, address2, address3, address4, address5, address, ...customer }) {
  // Parts are put in order by the template.
  if (typeof address === 'object' && address !== null && !Array.isArray(address)) return { ...customer, address }
  const given = typeof address === 'string' ? address.split(/\r\n|[\r\n]/) : address
  const lines = (given ?? [address1, address2, address3, address4, address5]).filter(Boolean)
  return lines.length > 0 ? { ...customer, address: lines } : customer
}

function daysToPay(run) {
  return Number(run?.set?.days ?? 14)
}
