/** The conductor, for the command line and the library. */
export { type CheckReport, FaultError } from '../model/index.ts'
export {
  checkLines,
  faultLines,
  jsonProgress,
  movingProgress,
  plainId,
  quietProgress,
  reportLines,
  statusLines,
  storyLines,
  verificationLines,
} from '../report/index.ts'
export { refusesMetrics, writeMetrics } from './account/metrics.ts'
export { check } from './ask/check.ts'
export { type ExplainRequest, explain } from './ask/explain.ts'
export { initFactory } from './ask/init.ts'
export { type ProofReport, proofJob } from './ask/proof.ts'
export { proofTemplate } from './ask/proofsamples.ts'
export { statusOf, statusOfAll } from './ask/status.ts'
export { typesOfTemplate } from './ask/types.ts'
export { type VerifyRequest, verify } from './ask/verify.ts'
export { conduct } from './conduct.ts'
export type { DeedRequest, ReleaseRequest, SettleRequest } from './deeds/asked.ts'
export { type Purged, type PurgeRequest, purge } from './deeds/purge.ts'
export { discard, release } from './deeds/settle.ts'
export { voidRun } from './deeds/void.ts'
export { kindAndPlace } from './kindandplace.ts'
export { hashSuppressionList } from './plan/suppress.ts'
export { version } from './plan/version.ts'
export {
  flagOf,
  type RunOptions,
  type RunRequest,
  readRequest,
} from './request.ts'
export type { Ending } from './start.ts'
export { troubleOf } from './trouble.ts'
