/** Chance that can be repeated, and how much of a storm is wanted: `SEED=… KILLS=… npm run test:storm`; the suite takes a small part. */

/** Whether the whole storm is asked for. */
export const whole = process.env['STORM'] === 'whole'

/** Printed by each test in its name, so that a failure can be repeated. */
export const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9))

/** How often something is tried: the whole number, or the suite's part; a number in the environment wins. */
export function times(name: string, { storm, suite }: { readonly storm: number; readonly suite: number }): number {
  return Number(process.env[name] ?? (whole ? storm : suite))
}

/** Numbers from 0 to 1. Each test has its own row of them, so that leaving one out changes no other. */
export function chance(row: string): () => number {
  let state = [...row].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    // The low bits of such a generator are weak.
    return (state >>> 8) / 2 ** 24
  }
}

/** How far a test has come. */
interface Progress {
  /** What is counted. */
  readonly what: string
  /** How many were done at the last look, and how many are now. */
  readonly before: number
  readonly now: number
  /** A line for each so many. */
  readonly each: number
  readonly of: number
}

/** The line that says how far a test has come; undefined where no full `each` was passed since the last look. */
export function progressLine({ what, before, now, each, of }: Progress): string | undefined {
  return Math.floor(now / each) > Math.floor(before / each) ? `${now} of ${of} ${what} (SEED=${seed})\n` : undefined
}

/** A whole storm takes most of an hour: it says how far it is, past the runner, which keeps what tests print until they end. */
export function tell(progress: Progress): void {
  const line = progressLine(progress)
  if (line !== undefined) process.stderr.write(line)
}
