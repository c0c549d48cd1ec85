/** The durable account of a run, and of what was issued over all runs. Open to SQL. */
export { checkChain, type EventOnRecord } from './chain.ts'
export { counts, currencySums, factSums, totals } from './counts.ts'
export type { Withheld } from './deeds.ts'
export { type Identity, Issued, type Wanted } from './issued.ts'
export { Ledger } from './ledger.ts'
export { isLocked, keepStill, type Lock, takeLock } from './lock.ts'
export type { Allotment, LotState, PieceOnRecord, ToMakeAgain } from './pieces.ts'
export { readBack, type SummedFact } from './readback.ts'
export { type Overruled, releasesOf } from './releases.ts'
export { openScratch } from './scratch.ts'
export type { Refused, Rejected, Staged } from './staging.ts'
export {
  countFailures,
  countPlanned,
  type HeldPiece,
  hasMade,
  hasUnrendered,
  readGivenUp,
  readHeld,
  readHeldFiles,
  readUnproved,
  readUnrendered,
  readUnsettled,
  type Unproved,
} from './unfinished.ts'
