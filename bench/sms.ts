/**
 * Text messages per second of CPU, merge and parts, as one worker makes them: `node bench/sms.ts [messages]`. The starter invoice in five
 * languages by turns, numbers of three countries; each message is another one. Prints what merging alone takes beside it. Of the batches
 * the fastest counts, and the fastest stretch of them, the collector included: what else the machine does can only slow one down.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadBrand } from '../src/brand/index.ts'
import { channels } from '../src/channels/index.ts'
import { sms } from '../src/channels/sms/index.ts'
import type { Communication, Data, KitFile, Result, RunView } from '../src/model/index.ts'
import { compileMerge, loadTemplate } from '../src/template/index.ts'

const root = new URL('..', import.meta.url).pathname
const count = Number(process.argv[2] ?? 100_000)
const kit = new Map<string, KitFile>()
const walk = (name: string): void => {
  for (const inner of readdirSync(join(root, name))) {
    const path = `${name}/${inner}`
    if (statSync(join(root, path)).isDirectory()) walk(path)
    else kit.set(path, { name: path, shown: path, bytes: readFileSync(join(root, path)) })
  }
}
walk('assets')
walk('templates/invoice')

const brand = must(await loadBrand(kit))
const template = must(loadTemplate(kit, 'invoice', channels))
const run: RunView = { name: 'bench', date: '2026-03-31', set: {} }
const source = template.sources['sms.hbs']
if (source === undefined) throw new Error('no sms.hbs')
const settings: Data = { ...template.channels['sms'], mend: ['typography'] }
const prepared = must(await sms.prepare({ sources: { 'sms.hbs': source }, settings, brand }))
const { merge } = must(compileMerge({ template, brand, texts: prepared.texts, channel: 'sms', run }))
const open = await sms.open(prepared, { brand, settings })

const locales = ['en-GB', 'uk-UA', 'ru-RU', 'pl-PL', 'de-DE']
const prefixes = ['+38050', '+44791', '+491512']
const people = ['Олена Коваленко', 'Maeve O’Brien', 'Jürgen Böhm', 'Łucja Żak', 'Пётр Ильич']

function communication(at: number): Communication {
  const locale = locales[at % locales.length] ?? 'en-GB'
  const phone = `${prefixes[at % 3]}${String((at * 7919) % 10_000_000).padStart(7, '0')}`
  const amount = `${(at % 9000) + 10}.${String(at % 100).padStart(2, '0')}`
  const customer = {
    id: String(at),
    name: people[at % people.length] ?? '',
    phone,
    locale,
    address: ['1 High Street', 'Harbourtown'],
  }
  const lines = Array.from({ length: 5 }, (_, line) => ({
    code: String(line),
    description: `Item ${line} No. 5`,
    quantity: 1,
    price: '1.00',
    amount: '1.00',
  }))
  return {
    id: `I-${at}`,
    locale,
    recipient: { name: customer.name, phone, locale },
    data: {
      number: String(40_000 + at),
      issued: '2026-03-09',
      due: '2026-03-23',
      state: 'due',
      amount,
      total: amount,
      customer,
      lines,
    },
  }
}

let parts = 0
async function make(from: number, to: number, render: boolean): Promise<number> {
  const batch = Array.from({ length: to - from }, (_, at) => communication(from + at))
  const start = process.cpuUsage()
  for (const one of batch) {
    const texts = must(merge(one))
    if (!render) continue
    const piece = must(await open.render({ communication: one, date: run.date, texts, enclosed: {} }))
    parts += piece.measures.parts ?? 0
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

await make(0, 20_000, true)
parts = 0
// As many as a lot holds: what a worker has in memory at a time.
const batch = 500
const whole: number[] = []
const merging: number[] = []
for (let from = 0; from + batch <= count; from += batch) {
  whole.push(await make(from, from + batch, true))
  merging.push(await make(from, from + batch, false))
}
const rate = (all: readonly number[]): string => Math.round(batch / Math.min(...all)).toLocaleString('en-US')
// The collector comes every six batches or so: a stretch of 24 has it, and the best of them is what a core does that nobody shares.
const stretch = 24
const sums = whole
  .slice(0, whole.length - stretch + 1)
  .map((_, at) => whole.slice(at, at + stretch).reduce((a, b) => a + b, 0))
const steady = Math.round((stretch * batch) / Math.min(...sums)).toLocaleString('en-US')
const mean = Math.round((whole.length * batch) / whole.reduce((a, b) => a + b, 0)).toLocaleString('en-US')
console.log(
  `${whole.length * batch} messages, ${parts} parts: ${rate(whole)} messages/CPU s, best ${(stretch * batch).toLocaleString('en-US')} in a row ${steady} (mean ${mean}); merge alone ${rate(merging)}/CPU s`,
)

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.faults.slice(0, 3)))
}
