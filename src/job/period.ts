/** Periods: the month, quarter or year that a run is about. Named by the operator or the job, never by the clock. */
import type { Period, PeriodUnit } from '../model/index.ts'
import { date, isDate } from '../schema/index.ts'

export const periodUnits: readonly PeriodUnit[] = ['month', 'quarter', 'year']

const forms: Readonly<Record<PeriodUnit, { readonly pattern: RegExp; readonly example: string }>> = {
  month: { pattern: /^(\d{4})-(0[1-9]|1[0-2])$/, example: '2010-12' },
  quarter: { pattern: /^(\d{4})-Q([1-4])$/, example: '2010-Q4' },
  year: { pattern: /^(\d{4})$/, example: '2010' },
}

/** Reads `2010-12`, `2010-Q4` or `2010`; undefined for anything else. */
export function readPeriod(text: string): Period | undefined {
  const unit = periodUnits.find(candidate => forms[candidate].pattern.test(text))
  if (unit === undefined) return undefined
  const [, year = '', part = '1'] = forms[unit].pattern.exec(text) ?? []
  const months = { month: 1, quarter: 3, year: 12 }[unit]
  const firstMonth = unit === 'quarter' ? (Number(part) - 1) * 3 + 1 : Number(part)
  const start = `${year}-${String(firstMonth).padStart(2, '0')}-01`
  if (!isDate(start)) return undefined
  const end = date.endOfMonth(date.plusMonths(start, months - 1))
  return { text, unit, start, end }
}

/** How a period of this unit is written, for hints. */
export function periodExample(unit: PeriodUnit): string {
  return forms[unit].example
}
