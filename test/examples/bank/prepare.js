/** What a statement of this bank comes to. Its data brings the balance behind every transaction, and Czech codes for what happened. */
export default function prepare(data, { decimal, run, reject }) {
  const { start: from, end: to } = run.period
  const change = ({ kind, amount }) => decimal(amount).times(kind === 'PRIJEM' ? '1' : '-1')
  const before = data.transactions.filter(({ date }) => date < from)
  const inside = data.transactions.filter(({ date }) => date >= from && date <= to)
  const [first] = inside
  const opening =
    first === undefined ? decimal(before.at(-1)?.balance ?? '0') : decimal(first.balance).minus(change(first))

  let balance = opening
  let charged = decimal('0')
  let paid = decimal('0')
  const entries = inside.map(transaction => {
    const { date, kind, how, what, amount, text } = transaction
    balance = balance.plus(change(transaction))
    if (balance.cmp(transaction.balance) !== 0) reject('a balance does not follow from the one before', 'transactions')
    const comesIn = kind === 'PRIJEM'
    if (comesIn) charged = charged.plus(amount)
    else paid = paid.plus(amount)
    return {
      date,
      kind: kindOf(how, what, comesIn),
      [comesIn ? 'charged' : 'paid']: amount,
      balance: balance.toString(),
      ...(text === undefined ? {} : { text }),
    }
  })

  const sign = balance.cmp('0')
  return {
    account: data.account,
    basis: 'held',
    period: { from, to },
    unit: 'month',
    state: sign > 0 ? 'held' : sign < 0 ? 'overdrawn' : 'empty',
    entries,
    count: entries.length,
    closing: balance.toString(),
    ...given('opening', opening),
    ...given('charged', charged),
    ...given('paid', paid),
    ...given('amount', sign < 0 ? balance.times('-1') : balance),
  }
}

function kindOf(how, what, comesIn) {
  if (what === 'UROK' || what === 'SANKC. UROK') return 'interest'
  if (what === 'SLUZBY') return 'fee'
  return (
    { VKLAD: 'deposit', 'PREVOD Z UCTU': 'transferIn', 'PREVOD NA UCET': 'transferOut', 'VYBER KARTOU': 'card' }[how] ??
    (comesIn ? 'deposit' : 'withdrawal')
  )
}

function given(name, value) {
  return value.cmp('0') === 0 ? {} : { [name]: value.toString() }
}
