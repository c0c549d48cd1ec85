/** The durable account of a run, and of what was issued over all runs. Open to SQL. */
export { counts, factSums, totals } from './counts.ts'
export { type Identity, Issued } from './issued.ts'
export { Ledger, type Rejected, type Staged } from './ledger.ts'
export { isLocked, type Lock, takeLock } from './lock.ts'
export type { Allotment, LotState, PieceOnRecord, Unproved, Work } from './pieces.ts'
export { readBack, type SummedFact } from './readback.ts'
export { openScratch } from './scratch.ts'
