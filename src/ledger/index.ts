/** The durable account of a run, and of what was issued over all runs. Open to SQL. */
export { checkChain, type EventOnRecord } from './chain.ts'
export { counts, factSums, totals } from './counts.ts'
export type { HeldPiece } from './deeds.ts'
export { foldId, type Identity, Issued } from './issued.ts'
export { Ledger, type Rejected, type Staged } from './ledger.ts'
export { isLocked, type Lock, takeLock } from './lock.ts'
export type { Allotment, LotState, PieceOnRecord, Work } from './pieces.ts'
export { openScratch } from './scratch.ts'
