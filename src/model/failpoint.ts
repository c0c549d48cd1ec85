/** The steps by which a run becomes durable, each announced before it is taken: the one place where a test can kill or fail it. */

/** What is about to be done to a path. A commit is that of a database, a flush that of a file or a folder. */
export type DurableStep = 'make' | 'create' | 'write' | 'flush' | 'rename' | 'remove' | 'commit'

/** What a test has happen before a step: it kills the process, or throws what the system would. */
export type Failpoint = (step: DurableStep, path: string) => void

/**
 * Under this name of the global object a test puts its failpoint (`node --import`, so that worker threads have it too). Not an
 * environment variable: those come from outside, and no outside may fail a write. Whoever can set this runs code in the process.
 */
export const failpointName = Symbol.for('platen.failpoint')

/** Announces a step. Outside tests nobody listens. */
export function announce(step: DurableStep, path: string): void {
  const { [failpointName]: failpoint } = globalThis as { [failpointName]?: Failpoint }
  failpoint?.(step, path)
}
