/** The conductor, for the command line and the library. */
export { type CheckReport, FaultError } from '../model/index.ts'
export {
  checkLines,
  faultLines,
  jsonProgress,
  movingProgress,
  quietProgress,
  reportLines,
  statusLines,
  storyLines,
  verificationLines,
} from '../report/index.ts'
export type { DeedRequest, ReleaseRequest, SettleRequest } from './asked.ts'
export { check } from './check.ts'
export { conduct } from './conduct.ts'
export type { Run } from './events.ts'
export { type ExplainRequest, explain } from './explain.ts'
export { type Factory, type FactoryOptions, openFactory, type Settled, type Why } from './factory.ts'
export { initFactory } from './init.ts'
export { kindAndPlace } from './kindandplace.ts'
export { refusesMetrics, writeMetrics } from './metrics.ts'
export { type ProofReport, proofJob } from './proof.ts'
export { proofTemplate } from './proofsamples.ts'
export { type Purged, type PurgeRequest, purge } from './purge.ts'
export {
  type DataSource,
  flagOf,
  type RenderOptions,
  type RunOptions,
  type RunRequest,
  readRequest,
} from './request.ts'
export { discard, release } from './settle.ts'
export type { Ending } from './start.ts'
export { statusOf, statusOfAll } from './status.ts'
export { hashSuppressionList } from './suppress.ts'
export { troubleOf } from './trouble.ts'
export { typesOfTemplate } from './types.ts'
export { type VerifyRequest, verify } from './verify.ts'
export { version } from './version.ts'
export { voidRun } from './void.ts'
