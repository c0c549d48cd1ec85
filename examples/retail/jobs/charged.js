/** Online Retail, row by row, for the customers' accounts: lines without a customer were settled at once and are in nobody's account. */
export default function clean(row, { decimal }) {
  const customer = row.CustomerID.replace(/\.0$/, '')
  if (customer === '') return null
  const priced = isAmount(row.Quantity) && isAmount(row.UnitPrice)
  return {
    ...row,
    CustomerID: customer,
    InvoiceDate: row.InvoiceDate.slice(0, 10),
    // As clean.js works it out for the invoices; the control totals of both jobs hold them together.
    amount: priced ? decimal(row.Quantity).times(row.UnitPrice).round(2) : '',
  }
}

function isAmount(text) {
  return /^-?\d+(\.\d+)?$/.test(text)
}
