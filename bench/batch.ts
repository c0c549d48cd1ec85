/**
 * Whole batches, end to end: CSV, checks, merge, rendering, lots, ledger, disk. `npm run bench [communications]`.
 * Each case runs in a process of its own; CPU seconds are user + system of that process with all its threads (compiling MJML, once a
 * run in a process apart, is not in them), memory is its peak.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openFactory } from '../src/index.ts'

interface Case {
  readonly what: string
  readonly channels: readonly string[]
  readonly workers: number
}

const cases: readonly Case[] = [
  { what: 'PDF', channels: ['pdf'], workers: 1 },
  { what: 'PDF', channels: ['pdf'], workers: 2 },
  { what: 'PDF, e-mail with it, SMS', channels: ['pdf', 'email', 'sms'], workers: 2 },
  { what: 'SMS', channels: ['sms'], workers: 2 },
]

const linesPerInvoice = 8

interface Figures {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

const root = fileURLToPath(new URL('..', import.meta.url))

if (process.argv[2] === 'case') await runCase(JSON.parse(process.argv[3] ?? ''), Number(process.argv[4]))
else compare(Number(process.argv[2] ?? 2_000))

function compare(count: number): void {
  const [cpu] = cpus()
  console.log(
    `${count} invoices of ${linesPerInvoice} lines, starter template, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`,
  )
  console.log(
    '| work | workers | wall s | CPU s | communications per CPU-second | peak MB |\n|---|---|---|---|---|---|',
  )
  for (const one of cases) {
    const ran = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'case', JSON.stringify(one), String(count)],
      { encoding: 'utf8' },
    )
    if (ran.status !== 0) throw new Error(ran.stderr)
    const { wallSeconds, cpuSeconds, peakMb } = JSON.parse(ran.stdout) as Figures
    const rate = (count / cpuSeconds).toFixed(0)
    console.log(
      `| ${one.what} | ${one.workers} | ${wallSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${rate} | ${peakMb.toFixed(0)} |`,
    )
  }
}

async function runCase({ channels, workers }: Case, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  try {
    for (const part of ['assets', 'templates']) cpSync(join(root, part), join(folder, part), { recursive: true })
    cpSync(join(root, 'starter'), folder, { recursive: true })
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeFileSync(join(folder, 'data/bench.csv'), data(count))
    const before = performance.now()
    const factory = await openFactory(folder)
    const run = factory.run('invoices', {
      data: { invoices: join(folder, 'data/bench.csv') },
      date: '2026-03-31',
      channels,
      workers,
    })
    const { exit, communications } = await run.report
    if (exit !== 0 || communications.made !== count) throw new Error(`exit ${exit}, ${communications.made} made`)
    await factory.close()
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const figures: Figures = {
      wallSeconds: (performance.now() - before) / 1000,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakMb: maxRSS / 1024,
    }
    console.log(JSON.stringify(figures))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seeded: the same invoices every time. */
function data(count: number): string {
  let state = 417
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const rows = ['number,date,customer,article,description,quantity,price,amount']
  for (let at = 1; at <= count; at += 1) {
    for (let line = 0; line < linesPerInvoice; line += 1) {
      const quantity = 1 + random(20)
      const cents = 100 + random(40_000)
      const article = random(900) + 100
      const money = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
      rows.push(
        `N-${at},09.03.2026,${1001 + (at % 5)},A${article},Article no. ${article} of the catalogue,${quantity},${money(cents)},${money(cents * quantity)}`,
      )
    }
  }
  return `${rows.join('\n')}\n`
}
