/** Online Retail, row by row: what its clerks would tidy before they bill. README.md says why each rule is there. */
export default function clean(row, { decimal, reject }) {
  const number = row.InvoiceNo
  if (/^A\d/.test(number))
    reject('InvoiceNo begins with A: a bad debt adjusted in the books, not a document for a customer', 'InvoiceNo')
  const quantity = amountOf(row.Quantity)
  if (number.startsWith('C') && quantity !== undefined && decimal(quantity).cmp('0') > 0) {
    reject('Quantity is above zero, but InvoiceNo begins with C: a credit note gives back', 'Quantity')
  }
  const price = amountOf(row.UnitPrice)
  const priced = quantity !== undefined && price !== undefined
  return {
    ...row,
    StockCode: row.StockCode.trim(),
    Description: row.Description.trim().replace(/\s+/g, ' '),
    // Times differ within invoice 536591: it was keyed in over two minutes. The document carries the day.
    InvoiceDate: row.InvoiceDate.replace(/^(\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}$/, '$1'),
    CustomerID: row.CustomerID.replace(/\.0$/, ''),
    amount: priced ? decimal(quantity).times(price).round(2).toString() : '',
  }
}

/** The text as a decimal, or undefined: what is no number stays as it is, and is named with its line where fields are read. */
function amountOf(text) {
  return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
}
