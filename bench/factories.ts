/**
 * Factories in a folder of their own, each with a batch of as many invoices as are asked for; seeded, the same every time. The starter's
 * is what users begin with: five languages, archival, a `prepare.js`. W1's (bench/factory) makes the one-page invoice of W1 and nothing
 * that a figure of it has to carry along.
 */
import {
  closeSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { fontPaths } from './fonts.ts'
import { type InvoiceRecord, invoices, seeded } from './records.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the batch lies in a factory. */
export const batchFile = 'data/bench.csv'

export interface Batch {
  readonly of: 'starter' | 'W1'
  readonly count: number
  /** Of each of the starter's invoices; W1 has eight. */
  readonly lines?: number
}

/**
 * Works in a factory that is gone when the process ends, and no sooner: for five minutes ext4 passes over the numbers of files that were
 * removed, and to make a file took 0.46 ms for 0.04 where a factory of 10,000 pieces had just been.
 */
export async function inFactory<T>(batch: Batch, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (batch.of === 'starter') openStarter(folder, batch)
  else openW1(folder, batch)
  return work(folder)
}

function openStarter(folder: string, { count, lines = 8 }: Batch): void {
  for (const part of ['assets', 'templates']) cpSync(join(root, part), join(folder, part), { recursive: true })
  cpSync(join(root, 'starter'), folder, { recursive: true })
  const customers = parse(readFileSync(join(folder, 'data/customers.csv')), { columns: true }) as { id: string }[]
  const random = seeded(417)
  write(join(folder, batchFile), 'number,date,customer,article,description,quantity,price,amount', count, at => {
    const customer = customers[at % customers.length]?.id
    return Array.from({ length: lines }, () => {
      const [quantity, cents, article] = [1 + random(20), 100 + random(40_000), random(900) + 100]
      return `N-${at},09.03.2026,${customer},A${article},Article no. ${article} of the catalogue,${quantity},${money(cents)},${money(cents * quantity)}`
    })
  })
}

/** Each invoice has a customer of its own. */
function openW1(folder: string, { count }: Batch): void {
  cpSync(join(root, 'bench/factory'), folder, { recursive: true })
  for (const font of Object.values(fontPaths)) copyFileSync(font, join(folder, 'assets', basename(font)))
  copyFileSync(join(root, 'bench/templates/mark.svg'), join(folder, 'assets/mark.svg'))
  mkdirSync(join(folder, 'data'))
  const record = recordAt()
  write(join(folder, 'data/customers.csv'), 'id,name,street,town,country,email,phone', count, at => {
    const { name, lines } = record(at).to
    // The range that Ofcom keeps for fiction has a thousand mobile numbers.
    const addresses = [`customer${at}@example.com`, `+447700900${String(at % 1000).padStart(3, '0')}`]
    return [[customerId(at), name, ...lines, ...addresses].map(quoted).join(',')]
  })
  const head = 'number,date,due,customer,description,quantity,price,rate,amount,subtotal,vat,total'
  write(join(folder, batchFile), head, count, at => {
    const { number, date, due, items, subtotal, vat, total } = record(at)
    const sums = [subtotal, vat, total].map(plain)
    return items.map(({ d, q, p, v, a }) =>
      [number, date, due, customerId(at), quoted(d), q, plain(p), v, plain(a), ...sums].join(','),
    )
  })
}

const customerId = (at: number): number => 1_000_000 + at

/** W1's records one after the other, from 1; a thousand are made at once. */
function recordAt(): (at: number) => InvoiceRecord {
  const made = new Map<number, readonly InvoiceRecord[]>()
  return at => {
    const chunk = Math.floor((at - 1) / 1_000)
    if (!made.has(chunk)) {
      made.clear()
      made.set(chunk, invoices(1_000, 1 + chunk))
    }
    return made.get(chunk)![(at - 1) % 1_000]!
  }
}

/** Invoice by invoice: the batch itself must not be what fills the memory. */
function write(path: string, head: string, count: number, rows: (at: number) => readonly string[]): void {
  const target = openSync(path, 'w')
  writeSync(target, `${head}\n`)
  for (let at = 1; at <= count; at += 1) writeSync(target, `${rows(at).join('\n')}\n`)
  closeSync(target)
}

const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const plain = (amount: string): string => amount.replaceAll(',', '')
const quoted = (text: string | number): string => `"${String(text).replaceAll('"', '""')}"`
