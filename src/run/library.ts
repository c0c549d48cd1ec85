/** The conductor, for the library: a door of its own, since the command line's leads to all that can be asked of runs. */
export type { VerifyRequest } from './ask/verify.ts'
export type { Purged, PurgeRequest } from './deeds/purge.ts'
export type { Run } from './events.ts'
export { type Factory, type FactoryOptions, openFactory, type Settled, type Why } from './factory.ts'
export type { DataSource, RenderOptions, RunOptions } from './request.ts'
