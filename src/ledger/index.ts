/** The durable account of a run, and of what was issued over all runs. Open to SQL. */
export { type Counts, counts, type Totals, totals } from './counts.ts'
export { type Identity, Issued } from './issued.ts'
export { type Allotment, Ledger, type LotState, type Rejected, type Staged, type Work } from './ledger.ts'
export { type Lock, takeLock } from './lock.ts'
export { openScratch } from './scratch.ts'
