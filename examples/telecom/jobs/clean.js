/** Telco customers, row by row: who gets which notice, by contract, payment and churn. README.md says why each rule is there. */
export default function clean(row, { decimal }) {
  // Eleven customers have no total: their first month is not billed yet.
  if (row.TotalCharges.trim() === '') return null
  const paysByHand = !row.PaymentMethod.endsWith('(automatic)')
  if (row.Churn === 'Yes' && paysByHand) return { ...row, kind: 'reminder' }
  if (row.Churn === 'No' && row.Contract === 'Month-to-month' && row.InternetService === 'Fiber optic') {
    return {
      ...row,
      kind: 'tariff',
      service: row.PhoneService === 'Yes' ? 'Wren Fibre & Phone' : 'Wren Fibre',
      newPrice: decimal(row.MonthlyCharges).times('1.04').round(2),
    }
  }
  return null
}
