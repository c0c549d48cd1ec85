/** Starts rehearsals: many runs in one process, or one that is killed at a step. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Case, Ended } from './rehearsal.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Runs the cases one after the other. Throws where one ran into a bug. */
export function rehearse(folder: string, cases: readonly Case[]): readonly Ended[] {
  const { stdout, stderr, status, signal } = start(folder, cases)
  if (status !== 0) throw new Error(`the rehearsal died of ${signal ?? status}: ${stderr}`)
  return (JSON.parse(stdout) as (Ended | { readonly bug: string })[]).map((ended, at) => {
    if ('bug' in ended) throw new Error(`${JSON.stringify(cases[at])} ran into a bug: ${ended.bug}`)
    return ended
  })
}

/** Runs one case until it is killed; whether it was. */
export function killAt(folder: string, one: Omit<Case, 'how'>): boolean {
  const { signal, status, stderr } = start(folder, [{ ...one, how: 'kill' }])
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr)
  return signal === 'SIGKILL'
}

function start(
  folder: string,
  cases: readonly Case[],
): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } {
  const program = ['--import', here('./failpoint.ts'), here('./rehearsal.ts'), folder, JSON.stringify(cases)]
  return spawnSync(process.execPath, program, { encoding: 'utf8', maxBuffer: 1 << 28 })
}
