/**
 * Memory over the size of the batch: it has to stay flat. `node bench/memory.ts [counts] [channels]`, by default
 * `1000,10000,50000,200000 sms` and then the first three with pdf. Each batch is one `platen run`, as users start it; the peak is that
 * of the process with all its threads and the processes it starts, sampled ten times a second (Linux), but never less than what the
 * kernel has recorded for the process itself. The rest of the figures are the process's own, when it ends.
 */
import { spawn } from 'node:child_process'
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

interface Case {
  readonly channels: string
  readonly counts: readonly number[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const linesPerInvoice = 3
const workers = 2
const counts = (words: string): readonly number[] => words.split(',').map(Number)

/** Says what the process used, when it ends, where nothing else is said. JavaScript: stripping types would be measured with the rest. */
const tellUsage = `import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())))`

const [, , first = '', channels = 'sms'] = process.argv
if (first !== '') await compare([{ channels, counts: counts(first) }])
else
  await compare([
    { channels: 'sms', counts: counts('1000,10000,50000,200000') },
    { channels: 'pdf', counts: counts('1000,10000,50000') },
  ])

async function compare(cases: readonly Case[]): Promise<void> {
  const [cpu] = cpus()
  console.log(
    `Invoices of ${linesPerInvoice} lines, starter template, ${workers} workers, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`,
  )
  console.log('| channels | communications | wall s | CPU s | peak MB |\n|---|---|---|---|---|')
  for (const one of cases)
    for (const count of one.counts) {
      const { wallSeconds, cpuSeconds, peakMb } = await measure(one.channels, count)
      console.log(
        `| ${one.channels} | ${count} | ${wallSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${peakMb.toFixed(0)} |`,
      )
    }
}

interface Figures {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

async function measure(channels: string, count: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  try {
    for (const part of ['assets', 'templates']) cpSync(join(root, part), join(folder, part), { recursive: true })
    cpSync(join(root, 'starter'), folder, { recursive: true })
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeBatch(join(folder, 'data/bench.csv'), count)
    const before = performance.now()
    const [{ userCPUTime, systemCPUTime, maxRSS }, peak] = await watched(folder, channels)
    const report = JSON.parse(readFileSync(join(folder, 'out/bench/report.json'), 'utf8'))
    if (report.communications.made !== count) throw new Error(`${report.communications.made} made of ${count}`)
    return {
      wallSeconds: (performance.now() - before) / 1000,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakMb: Math.max(peak, maxRSS / 1024),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function watched(folder: string, channels: string): Promise<[NodeJS.ResourceUsage, number]> {
  const preload = `data:text/javascript,${encodeURIComponent(tellUsage)}`
  const words = [
    'run',
    'jobs/invoices.yaml',
    '--data',
    'invoices=data/bench.csv',
    '--date',
    '2026-03-31',
    '--run',
    'bench',
  ]
  for (const channel of channels.split(',')) words.push('--channel', channel)
  const child = spawn(
    process.execPath,
    ['--import', preload, join(root, 'bin/platen.js'), ...words, '--workers', String(workers)],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
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
  if (status !== 0) throw new Error(`exit ${status}: ${said}`)
  return [JSON.parse(usage) as NodeJS.ResourceUsage, peak]
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

/** Row by row: the batch itself must not be what fills the memory. */
function writeBatch(path: string, count: number): void {
  const target = openSync(path, 'w')
  writeSync(target, 'number,date,customer,article,description,quantity,price,amount\n')
  for (let at = 1; at <= count; at += 1) {
    let rows = ''
    for (let line = 0; line < linesPerInvoice; line += 1) {
      const cents = 100 + ((at * 7919 + line * 104_729) % 40_000)
      const quantity = 1 + ((at + line) % 20)
      const money = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
      rows += `N-${at},09.03.2026,${1001 + (at % 5)},A${line},Article no. ${line},${quantity},${money(cents)},${money(cents * quantity)}\n`
    }
    writeSync(target, rows)
  }
  closeSync(target)
}
