/** The conductor, for the command line and the library. */
export { readAllowance, readPeriod } from '../job/index.ts'
export { faultLines, jsonProgress, movingProgress, quietProgress, reportLines } from '../report/index.ts'
export { isDate } from '../schema/index.ts'
export { type CheckReport, check } from './check.ts'
export { conduct } from './conduct.ts'
export {
  type Factory,
  type FactoryOptions,
  openFactory,
  type RenderOptions,
  type Run,
  type RunOptions,
} from './factory.ts'
export { initFactory } from './init.ts'
export { type ProofReport, proofJob, proofTemplate } from './proof.ts'
export type { DataSource, RunRequest } from './request.ts'
export type { Ending } from './start.ts'
export { type RunStatus, statusOf, statusOfAll } from './status.ts'
export { troubleOf } from './trouble.ts'
export { typesOfTemplate } from './types.ts'
export { version } from './version.ts'
export { checkLines, statusLines } from './words.ts'
