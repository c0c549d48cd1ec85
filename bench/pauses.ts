/**
 * How long the main thread hears nothing: `node bench/pauses.ts [communications] [channels]`, by default 30000 text messages. A signal
 * waits for the next turn of the event loop, so no turn may take long, however large the batch (goal: under a second; SIGTERM has to end
 * a run within five). Turns are timed from outside Platen, and each is told with the stage that it belongs to; on a busy machine the CPU
 * time of the thread says more than the clock.
 */
import { join } from 'node:path'
import type { RunEvent } from '../src/model/index.ts'
import { batchFile, inFactory } from './factories.ts'

// What is built is what users run.
const built = new URL('../dist/index.js', import.meta.url).href
const { openFactory } = (await import(built)) as typeof import('../src/index.ts')

const count = Number(process.argv[2] ?? 30_000)
const channels = (process.argv[3] ?? 'sms').split(',')
await inFactory({ of: 'starter', count, lines: 3 }, async folder => {
  const factory = await openFactory(folder)
  const turns = openTurns()
  const run = factory.run('invoices', {
    data: { invoices: join(folder, batchFile) },
    date: '2026-03-31',
    channels,
    workers: 2,
  })
  for await (const event of run) turns.stage(event)
  const { exit, communications } = await run.report
  turns.tell()
  if (exit !== 0 || communications.made !== count) throw new Error(`exit ${exit}, ${communications.made} made`)
  await factory.close()
})

interface Turns {
  readonly stage: (event: RunEvent) => void
  readonly tell: () => void
}

/** What the main thread has worked. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Times the turns of the event loop: the longest of each stage. */
function openTurns(): Turns {
  const begun = performance.now()
  const longest = new Map<string, { cpuMs: number; ms: number; at: number; long: number }>()
  let [last, lastCpu, now] = [begun, cpuMs(), 'start']
  let open = true
  const turn = (): void => {
    const [at, cpu] = [performance.now(), cpuMs()]
    const known = longest.get(now) ?? { cpuMs: 0, ms: 0, at: 0, long: 0 }
    if (cpu - lastCpu > 100) known.long += 1
    if (cpu - lastCpu > known.cpuMs) Object.assign(known, { cpuMs: cpu - lastCpu, at: last - begun })
    longest.set(now, { ...known, ms: Math.max(known.ms, at - last) })
    last = at
    lastCpu = cpu
    if (open) setImmediate(turn)
  }
  turn()
  return {
    stage: ({ kind }) => {
      now = `after ${kind}`
    },
    tell: () => {
      open = false
      console.log(`${count} communications on ${channels}, ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
      console.log(
        '| stage | most CPU ms in a turn | began, s | turns over 100 CPU ms | longest turn, ms |\n|---|---|---|---|---|',
      )
      for (const [stage, { cpuMs: cpu, ms, at, long }] of longest)
        console.log(`| ${stage} | ${cpu.toFixed(0)} | ${(at / 1000).toFixed(1)} | ${long} | ${ms.toFixed(0)} |`)
    },
  }
}
