/**
 * Whole batches, end to end: CSV, checks, merge, rendering, proof, lots, ledger, disk. `npm run bench [communications]`.
 * Each case runs in a process of its own; CPU seconds are user + system of that process with all its threads (compiling MJML, once a
 * run in a process apart, is not in them), memory is its peak. Waiting for the disk is the time that threads stood still for fsync
 * and for commits of the ledger, as a share of the wall time of as many threads as there are workers. Plain pdfkit, one page from
 * records in memory and nothing else of what a batch does, is measured in the same run. The pages of the first case are kept.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { plainInvoice } from './plain.ts'
import { invoices } from './records.ts'

// What is built is what users run: stripping types takes every thread some 50 MB.
const built = new URL('../dist/index.js', import.meta.url).href
const load = async (): Promise<typeof import('../src/index.ts')> => await import(built)

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
const yardstickPages = 40

interface Figures {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(tmpdir(), 'platen-bench')

if (process.argv[2] === 'case') console.log(JSON.stringify(await runCase(JSON.parse(process.argv[3] ?? ''))))
else if (process.argv[2] === 'pdfkit') console.log(JSON.stringify(await runPdfkit()))
else if (process.argv[2] === 'first') console.log(JSON.stringify(await runFirst()))
else compare(Number(process.argv[2] ?? 2_000))

function compare(count: number): void {
  const [cpu] = cpus()
  console.log(
    `${count} invoices of ${linesPerInvoice} lines, starter template, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`,
  )
  console.log(
    '| work | workers | wall s | CPU s | communications per CPU-second | to pdfkit | peak MB | waiting for the disk |\n|---|---|---|---|---|---|---|---|',
  )
  const yardstick = measure('pdfkit')
  const pages = yardstickPages / yardstick.cpuSeconds
  console.log(
    `| plain pdfkit, one page each | 1 | ${yardstick.wallSeconds.toFixed(1)} | ${yardstick.cpuSeconds.toFixed(1)} | ${pages.toFixed(1)} | 1.0x | ${yardstick.peakMb.toFixed(0)} | |`,
  )
  const walls: number[] = []
  for (const one of cases) {
    const { wallSeconds, cpuSeconds, peakMb, flushSeconds } = measure('case', JSON.stringify({ ...one, count }))
    const rate = count / cpuSeconds
    const share = (100 * flushSeconds) / (wallSeconds * one.workers)
    walls.push(wallSeconds)
    console.log(
      `| ${one.what} | ${one.workers} | ${wallSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${rate.toFixed(0)} | ${(rate / pages).toFixed(1)}x | ${peakMb.toFixed(0)} | ${share.toFixed(1)} % |`,
    )
  }
  const [one = 0, two = 1] = walls
  const first = measure('first')
  console.log(`\nTwo workers against one, wall clock: ${(one / two).toFixed(2)} (goal 1.8).`)
  console.log(
    `Platen loaded and a factory opened, to its first PDF and its first SMS: ${first.wallSeconds.toFixed(2)} s, ${first.cpuSeconds.toFixed(2)} CPU-seconds (goal 1.0 s).`,
  )
  console.log(`Pages to look at: ${out}`)
}

function measure(...words: readonly string[]): Figures & { readonly flushSeconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const flushes = join(folder, 'flushes')
  const preload = new URL('flushes.ts', import.meta.url).href
  const ran = spawnSync(process.execPath, ['--import', preload, fileURLToPath(import.meta.url), ...words], {
    encoding: 'utf8',
    env: { ...process.env, PLATEN_BENCH_FLUSHES: flushes },
  })
  const waits = existsSync(flushes) ? readFileSync(flushes, 'utf8').split('\n').map(Number) : []
  rmSync(folder, { recursive: true, force: true })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return { ...(JSON.parse(ran.stdout) as Figures), flushSeconds: waits.reduce((sum, ms) => sum + ms, 0) / 1000 }
}

async function timed(work: () => Promise<void>): Promise<Figures> {
  const before = performance.now()
  const cpuBefore = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    wallSeconds: (performance.now() - before) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
}

async function runPdfkit(): Promise<Figures> {
  const [warm, ...pages] = invoices(yardstickPages + 1, 417)
  if (warm !== undefined) await plainInvoice(warm)
  return await timed(async () => {
    for (const page of pages) await plainInvoice(page)
  })
}

async function runFirst(): Promise<Figures> {
  const sample = JSON.parse(readFileSync(join(root, 'templates/invoice/samples/en.json'), 'utf8'))
  return await timed(async () => {
    const { openFactory } = await load()
    const factory = await openFactory(root)
    for (const channel of ['pdf', 'sms']) await factory.render('invoice', channel, sample)
    await factory.close()
  })
}

async function runCase({ channels, workers, count }: Case & { readonly count: number }): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  try {
    for (const part of ['assets', 'templates']) cpSync(join(root, part), join(folder, part), { recursive: true })
    cpSync(join(root, 'starter'), folder, { recursive: true })
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeFileSync(join(folder, 'data/bench.csv'), data(count))
    const { openFactory } = await load()
    return await timed(async () => {
      const factory = await openFactory(folder)
      const run = factory.run('invoices', {
        data: { invoices: join(folder, 'data/bench.csv') },
        date: '2026-03-31',
        run: 'bench',
        channels,
        workers,
        // Several lots for each worker, also in small batches: one lot is one worker's.
        lotSize: Math.min(500, Math.ceil(count / 8)),
      })
      const { exit, communications } = await run.report
      if (exit !== 0 || communications.made !== count) throw new Error(`exit ${exit}, ${communications.made} made`)
      await factory.close()
      if (channels.length > 1 || workers > 1) return
      mkdirSync(out, { recursive: true })
      cpSync(join(folder, 'out/bench/lot-0001/pdf/N-1.pdf'), join(out, 'invoice.pdf'))
    })
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
