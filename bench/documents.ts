/**
 * Documents through Handlebars, page markup, layout and paint: `node bench/documents.ts [seconds]`. W1 is an invoice of one page, W2 a
 * statement of 150 rows on some five, W3 one statement of 2,000 pages. Each case runs in a process of its own; CPU seconds are user +
 * system of that process with all its threads, from the first document after a warm-up of 200 (W1) or 40 (W2). The last document of
 * each case is kept in bench/out, to be looked at.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { pdf } from '../src/channels/pdf/index.ts'
import type { Data, Template } from '../src/model/index.ts'
import { compileMerge } from '../src/template/index.ts'
import { openHouse } from './house.ts'
import { plainInvoice, plainStatement } from './plain.ts'
import { type InvoiceRecord, invoices, type StatementRecord, statements } from './records.ts'

type Kind = 'W1' | 'W2' | 'W3'
type Maker = 'pdfkit' | 'plain' | 'tagged'

interface Case {
  readonly kind: Kind
  readonly maker: Maker
  readonly seconds: number
}

interface Figures {
  readonly documents: number
  readonly cpuSeconds: number
  readonly bytes: number
  readonly peakMb: number
}

const goals: Readonly<Record<string, string>> = {
  'W1 plain': '1,000 and 100x, 20 KB',
  'W1 tagged': '700, 24 KB',
  'W2 plain': '300 and 45x, 40 KB',
  'W2 tagged': '200, 70 KB',
  'W3 plain': '10 CPU s',
  'W3 tagged': '10 CPU s',
}

const template: Template = {
  name: 'bench',
  file: 'bench/template.yaml',
  version: 1,
  once: 'ever',
  recipient: {},
  facts: [],
  channels: {},
  schema: {},
  schemaFile: 'bench/schema.json',
  sources: {},
  wording: {},
  samples: {},
}

const out = fileURLToPath(new URL('out/', import.meta.url))

if (process.argv[2] === 'case') console.log(JSON.stringify(await measure(JSON.parse(process.argv[3] ?? '') as Case)))
else compare(Number(process.argv[2] ?? 20))

function compare(seconds: number): void {
  const [cpu] = cpus()
  console.log(`Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`)
  console.log(
    '| work | made by | documents | per CPU-second | to pdfkit | CPU ms each | KB each | peak MB | goal |\n|---|---|---|---|---|---|---|---|---|',
  )
  const yardsticks = new Map<Kind, number>()
  for (const kind of ['W1', 'W2', 'W3'] as const) {
    for (const maker of ['pdfkit', 'plain', 'tagged'] as const) {
      if (kind === 'W3' && maker === 'pdfkit') continue
      // V8 compiles for some two of the first seconds, which a batch of a million does not pay: pdfkit, at ten a second, gains nothing by more.
      const { documents, cpuSeconds, bytes, peakMb } = ran({ kind, maker, seconds: maker === 'pdfkit' ? 6 : seconds })
      const rate = documents / cpuSeconds
      if (maker === 'pdfkit') yardsticks.set(kind, rate)
      const yardstick = yardsticks.get(kind)
      const cells = [
        kind,
        maker,
        documents,
        rate.toFixed(rate < 20 ? 2 : 0),
        yardstick === undefined ? '' : `${(rate / yardstick).toFixed(1)}x`,
        ((cpuSeconds / documents) * 1000).toFixed(2),
        (bytes / documents / 1024).toFixed(1),
        peakMb.toFixed(0),
        goals[`${kind} ${maker}`] ?? '',
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
  }
}

function ran(one: Case): Figures {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'case', JSON.stringify(one)], {
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as Figures
}

type Make = (at: InvoiceRecord | StatementRecord) => Promise<Uint8Array>

async function measure({ kind, maker, seconds }: Case): Promise<Figures> {
  // As the workers of a run do, and as pdfkit is better off, too.
  for (const flag of ['--no-allocation-site-pretenuring', '--no-parallel-scavenge']) setFlagsFromString(flag)
  const make = maker === 'pdfkit' ? plainMake(kind) : await ownMake(kind, maker === 'tagged')
  const records = (count: number, seed: number) =>
    kind === 'W1' ? invoices(count, seed) : kind === 'W2' ? statements(count, seed) : statements(count, seed, 74_000)
  for (const record of kind === 'W3' ? [] : records(maker === 'pdfkit' ? 4 : kind === 'W1' ? 200 : 40, 1))
    await make(record)
  const cpu = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
  let [documents, cpuSeconds, bytes] = [0, 0, 0]
  let last: Uint8Array = new Uint8Array()
  for (let seed = 2; cpuSeconds < seconds && !(kind === 'W3' && documents === 1); seed += 1) {
    const batch = records(kind === 'W1' ? 200 : kind === 'W2' ? 40 : 1, seed)
    const from = cpu()
    for (const record of batch) {
      last = await make(record)
      documents += 1
      bytes += last.length
      if (maker === 'pdfkit' && cpuSeconds + cpu() - from > seconds) break
    }
    cpuSeconds += cpu() - from
  }
  mkdirSync(out, { recursive: true })
  writeFileSync(`${out}${kind}-${maker}.pdf`, last)
  return { documents, cpuSeconds, bytes, peakMb: process.resourceUsage().maxRSS / 1024 }
}

function plainMake(kind: Kind): Make {
  return record => (kind === 'W1' ? plainInvoice(record as InvoiceRecord) : plainStatement(record as StatementRecord))
}

async function ownMake(kind: Kind, tagged: boolean): Promise<Make> {
  const brand = await openHouse()
  const file = kind === 'W1' ? 'invoice.hbs' : 'statement.hbs'
  const source = { file, text: readFileSync(new URL(`templates/${file}`, import.meta.url), 'utf8') }
  const settings = { tagged }
  const prepared = await pdf.prepare({ sources: { 'pdf.hbs': source }, settings, brand })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.faults))
  const run = { name: 'bench', date: '2026-03-31', set: {} }
  const merge = compileMerge({ template, brand, texts: prepared.value.texts, channel: 'pdf', run })
  if (!merge.ok) throw new Error(JSON.stringify(merge.faults))
  const channel = await pdf.open(prepared.value, { brand, settings })
  return async record => {
    const communication = { id: record.id, locale: 'en', recipient: {}, data: record as unknown as Data }
    const texts = merge.value.merge(communication)
    if (!texts.ok) throw new Error(JSON.stringify(texts.faults))
    const piece = await channel.render({ communication, date: '2026-03-31', texts: texts.value, enclosed: {} })
    if (!piece.ok) throw new Error(JSON.stringify(piece.faults))
    return piece.value.bytes
  }
}
