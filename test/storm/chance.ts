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
