/**
 * Whole batches, end to end: CSV, checks, merge, rendering, proof, lots, ledger, disk. `node bench/batch.ts [communications]`, or one case
 * alone, as `node bench/batch.ts 1500000 pdf,email,sms 2`, or `node bench/batch.ts 20000 pdf beside`: what the machine gives to two runs that
 * share nothing, which is what no second worker can pass. `npm run bench` measures single documents (bench/documents.ts) before.
 * Each case is one `platen run` (bench/command.ts). Waiting for the disk is the time that threads stood still for fsync and for commits
 * of the ledger, as a share of the wall time of as many threads as there are workers. Plain pdfkit, one page from records in memory and
 * nothing else of what a batch does, is measured in the same run. A page of the first case is kept.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Order, platenRun, type Used } from './command.ts'
import { type Batch, inFactory, root } from './factories.ts'
import { plainInvoice } from './plain.ts'
import { invoices } from './records.ts'

interface Case {
  readonly of: Batch['of']
  readonly what: string
  readonly channels: readonly string[]
  readonly workers: number
}

const cases: readonly Case[] = [
  { of: 'W1', what: 'W1, PDF', channels: ['pdf'], workers: 1 },
  { of: 'W1', what: 'W1, PDF', channels: ['pdf'], workers: 2 },
  { of: 'W1', what: 'W1, PDF, e-mail with it, SMS', channels: ['pdf', 'email', 'sms'], workers: 2 },
  { of: 'W1', what: 'W1, SMS', channels: ['sms'], workers: 2 },
  { of: 'starter', what: "the starter's invoice, archival PDF", channels: ['pdf'], workers: 2 },
]

const yardstickPages = 40

type Figures = Pick<Used, 'wallSeconds' | 'cpuSeconds' | 'peakMb'>

const built = new URL('../dist/index.js', import.meta.url).href
const out = join(tmpdir(), 'platen-bench')

if (process.argv[2] === 'pdfkit') console.log(JSON.stringify(await runPdfkit()))
else if (process.argv[2] === 'first') console.log(JSON.stringify(await runFirst()))
else await compare(Number(process.argv[2] ?? 2_000), process.argv.slice(3))

async function compare(count: number, [channels, workers = '2']: readonly string[]): Promise<void> {
  const [cpu] = cpus()
  console.log(`${count} invoices of eight lines, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`)
  console.log(
    '| work | workers | wall s | CPU s | communications per CPU-second | to pdfkit | peak MB | waiting for the disk |\n|---|---|---|---|---|---|---|---|',
  )
  const yardstick = apart('pdfkit')
  const pages = yardstickPages / yardstick.cpuSeconds
  console.log(
    `| plain pdfkit, one page each | 1 | ${yardstick.wallSeconds.toFixed(1)} | ${yardstick.cpuSeconds.toFixed(1)} | ${pages.toFixed(1)} | 1.0x | ${yardstick.peakMb.toFixed(0)} | |`,
  )
  const tell = async (one: Case): Promise<number> => {
    const { wallSeconds, cpuSeconds, peakMb, flushSeconds } = await measure(one, count)
    const rate = count / cpuSeconds
    const share = (100 * flushSeconds) / (wallSeconds * one.workers)
    console.log(
      `| ${one.what} | ${one.workers} | ${wallSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${rate.toFixed(0)} | ${(rate / pages).toFixed(1)}x | ${peakMb.toFixed(0)} | ${share.toFixed(1)} % |`,
    )
    return wallSeconds
  }
  if (channels !== undefined && workers === 'beside') {
    const one: Case = { of: 'W1', what: `W1, ${channels}`, channels: channels.split(','), workers: 1 }
    tellBeside(await tell(one), await besideEachOther(one, count))
    return
  }
  if (channels !== undefined) {
    await tell({ of: 'W1', what: `W1, ${channels}`, channels: channels.split(','), workers: Number(workers) })
    return
  }
  const walls: number[] = []
  for (const one of cases) walls.push(await tell(one))
  const [one = 0, two = 1] = walls
  const first = apart('first')
  console.log(`\nTwo workers against one, wall clock: ${(one / two).toFixed(2)} (goal 1.8).`)
  tellBeside(one, await besideEachOther(cases[0] as Case, count))
  console.log(
    `Platen loaded and a factory opened, to its first PDF and its first SMS: ${first.wallSeconds.toFixed(2)} s, ${first.cpuSeconds.toFixed(2)} CPU-seconds (goal 1.0 s).`,
  )
  console.log(`Pages to look at: ${out}`)
}

/** A machine whose processors share caches, memory or a clock rate, or that lends them to others, gives two of anything less than twice one. */
function tellBeside(alone: number, beside: number): void {
  console.log(
    `Two such runs by one worker beside each other, against one after the other: ${((2 * alone) / beside).toFixed(2)}.`,
  )
}

/** How long two runs take that share nothing and begin together. */
function besideEachOther({ of, channels }: Case, count: number): Promise<number> {
  const order: Order = { channels, workers: 1, count, lotSize: lotSizeOf(count) }
  return inFactory({ of, count }, one =>
    inFactory({ of, count }, async other => {
      const used = await Promise.all([one, other].map(folder => platenRun(folder, order)))
      return Math.max(...used.map(({ wallSeconds }) => wallSeconds))
    }),
  )
}

/** Several lots for each worker, also in small batches: one lot is one worker's. */
function lotSizeOf(count: number): number {
  return Math.min(500, Math.ceil(count / 8))
}

function measure({ of, channels, workers }: Case, count: number): Promise<Used> {
  return inFactory({ of, count }, async folder => {
    const used = await platenRun(folder, { channels, workers, count, lotSize: lotSizeOf(count) })
    if (channels.length === 1 && channels[0] === 'pdf') {
      mkdirSync(out, { recursive: true })
      const pieces = join(folder, 'out/bench/lot-0001/pdf')
      cpSync(join(pieces, readdirSync(pieces).sort()[0] ?? ''), join(out, `${of}.pdf`))
    }
    return used
  })
}

/** In a process of its own. */
function apart(what: 'pdfkit' | 'first'): Figures {
  const ran = spawnSync(process.execPath, [fileURLToPath(import.meta.url), what], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(ran.stdout) as Figures
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
    // What is built is what users run.
    const { openFactory } = (await import(built)) as typeof import('../src/index.ts')
    const factory = await openFactory(root)
    for (const channel of ['pdf', 'sms']) await factory.render('invoice', channel, sample)
    await factory.close()
  })
}
