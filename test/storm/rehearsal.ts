/**
 * A program that runs a job as the conductor does, again and again, in one process: `node --import failpoint.ts rehearsal.ts FOLDER CASES`.
 * Each case names an out folder, and the step at which something goes wrong. It prints how each run ended.
 */
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { getEnvironmentData } from 'node:worker_threads'
import { conduct } from '../../src/run/index.ts'

export interface Case {
  readonly out: string
  /** As STORM_AT and STORM_HOW; absent: nothing goes wrong. */
  readonly at?: number
  readonly how?: string
  /** Worker threads; default 1. */
  readonly workers?: number
  /** A run of other keys in the same out folder. */
  readonly neighbour?: boolean
}

export interface Ended {
  readonly exit: number
  readonly faults: readonly string[]
  /** Durable steps that were announced. */
  readonly steps: number
}

/** Rows of the neighbour, where there is one. */
const neighbourRows = 'data/neighbour.csv'

const [folder = '', cases = '[]'] = process.argv.slice(2)
const { env } = process
const counter = join(folder, `.count-${process.pid}`)
const ended: (Ended | { readonly bug: string })[] = []
const count = new Int32Array(getEnvironmentData('storm.steps') as unknown as SharedArrayBuffer)
for (const { out, at, how, workers = 1, neighbour = false } of JSON.parse(cases) as readonly Case[]) {
  rmSync(counter, { force: true })
  Atomics.store(count, 0, 0)
  env['STORM_COUNT'] = counter
  env['STORM_AT'] = String(at ?? 0)
  env['STORM_HOW'] = how ?? ''
  try {
    const { exit, faults } = await conduct(
      {
        job: join(folder, 'jobs/bills.yaml'),
        out,
        workers,
        lotSize: 4,
        date: '2026-03-31',
        rejects: { count: 5 },
        ...(neighbour ? { data: [{ source: join(folder, neighbourRows) }], run: 'neighbour' } : {}),
      },
      () => {},
    )
    ended.push({ exit, faults: faults.map(({ code, message }) => `${code}: ${message}`), steps: steps() })
  } catch (error) {
    ended.push({ bug: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
rmSync(counter, { force: true })
process.stdout.write(JSON.stringify(ended))

function steps(): number {
  return statSync(counter, { throwIfNoEntry: false })?.size ?? 0
}
