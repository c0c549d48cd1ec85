/** The guard over scripts that may never come back. */

/**
 * Does work that calls a factory's own scripts, all of it within the call. Work that does not come back in time is ended where it
 * stands, and what `late` gives is thrown. Whatever that work was changing is half done then, and has to be thrown away.
 */
export type Guard = <T>(work: () => T, late: () => Error) => T

/** No guard: work takes as long as it takes. */
export const unguarded: Guard = work => work()
