/** Whole runs: what is done with them, and asked of them. A factory loads it when that is asked for; one piece does without. */
export { explain } from './ask/explain.ts'
export { verify } from './ask/verify.ts'
export { conduct } from './conduct.ts'
export { purge } from './deeds/purge.ts'
export { discard, release } from './deeds/settle.ts'
export { voidRun } from './deeds/void.ts'
