/** The bank's codes in the template's words, so that its own prepare.js serves as it is. */
export default function clean(row) {
  const comesIn = row.type === 'PRIJEM'
  const byUse = { UROK: 'interest', SLUZBY: 'fee', 'SANKC. UROK': 'fee' }
  const byWay = {
    VKLAD: 'deposit',
    'PREVOD Z UCTU': 'transferIn',
    'PREVOD NA UCET': 'transferOut',
    'VYBER KARTOU': 'card',
  }
  return { ...row, type: byUse[row.k_symbol] ?? byWay[row.operation] ?? (comesIn ? 'deposit' : 'withdrawal') }
}
