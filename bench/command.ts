/**
 * `platen run` over a batch, as users start it, and what it used. The peak of memory is that of the process with all its threads and the
 * processes it starts, sampled ten times a second (Linux), but never less than what the kernel has recorded for the process itself. CPU
 * seconds are user + system of the process with all its threads, and of those that it started and that have ended (Linux): they draw images and
 * compile MJML, once a run.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { batchFile, root } from './factories.ts'

export interface Order {
  readonly channels: readonly string[]
  readonly workers: number
  /** How many have to be made. */
  readonly count: number
  readonly lotSize?: number
}

export interface Used {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
  /** How long threads stood still for the disk. */
  readonly flushSeconds: number
}

/** Says what the process used, when it ends, where nothing else is said. JavaScript: stripping types would be measured with the rest. */
const tellUsage = `import { readFileSync, writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
const ofChildren = () => {
  try {
    // proc_pid_stat(5): cutime and cstime, in hundredths of a second.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[13]) + Number(fields[14])) * 10_000
  } catch {
    return 0
  }
}
if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify({ ...process.resourceUsage(), ofChildren: ofChildren() })))`

/** Runs in a factory of bench/factories.ts; throws where not all was made. */
export async function platenRun(folder: string, { channels, workers, count, lotSize }: Order): Promise<Used> {
  const preload = `data:text/javascript,${encodeURIComponent(tellUsage)}`
  const flushes = join(folder, 'flushes')
  const words = [
    'run',
    'jobs/invoices.yaml',
    '--data',
    `invoices=${batchFile}`,
    '--date',
    '2026-03-31',
    '--run',
    'bench',
  ]
  words.push('--workers', String(workers), ...channels.flatMap(channel => ['--channel', channel]))
  if (lotSize !== undefined) words.push('--lot-size', String(lotSize))
  const before = performance.now()
  const child = spawn(
    process.execPath,
    ['--import', preload, '--import', join(root, 'bench/flushes.js'), join(root, 'bin/platen.js'), ...words],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, PLATEN_BENCH_FLUSHES: flushes },
    },
  )
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, treeMb(child.pid ?? 0))
  }, 100)
  const [said, usage, status] = await Promise.all([
    textOf(child.stderr as Readable),
    textOf(child.stdio[3] as Readable),
    new Promise(resolve => child.on('close', resolve)),
  ])
  clearInterval(watch)
  const wallSeconds = (performance.now() - before) / 1000
  if (status !== 0) throw new Error(`exit ${status}: ${said}`)
  const { communications } = JSON.parse(readFileSync(join(folder, 'out/bench/report.json'), 'utf8'))
  if (communications.made !== count) throw new Error(`${communications.made} made of ${count}`)
  const { userCPUTime, systemCPUTime, ofChildren, maxRSS } = JSON.parse(usage) as NodeJS.ResourceUsage & {
    readonly ofChildren: number
  }
  const waits = existsSync(flushes) ? readFileSync(flushes, 'utf8').split('\n').map(Number) : []
  return {
    wallSeconds,
    cpuSeconds: (userCPUTime + systemCPUTime + ofChildren) / 1e6,
    peakMb: Math.max(peak, maxRSS / 1024),
    flushSeconds: waits.reduce((sum, ms) => sum + ms, 0) / 1000,
  }
}

/** What a process and all below it hold, in MB; 0 where there is no /proc. */
function treeMb(pid: number): number {
  const parents = new Map<number, number>()
  const held = new Map<number, number>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8')
        parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]))
        held.set(Number(name), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
      } catch {
        // It ended between the two looks.
      }
    }
  } catch {
    return 0
  }
  const below = (one: number): boolean => one === pid || (parents.has(one) && below(parents.get(one) ?? 0))
  return [...held].reduce((sum, [one, mb]) => (below(one) ? sum + mb : sum), 0)
}
