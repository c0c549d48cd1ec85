/** The starter's factory in a folder of its own, with a batch of as many invoices as are asked for. Seeded: the same every time. */
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the batch lies in a factory. */
export const batchFile = 'data/bench.csv'

export interface Batch {
  readonly count: number
  /** Of each invoice. */
  readonly lines: number
}

/** Works in a factory that is gone afterwards. */
export async function inStarter<T>(batch: Batch, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  try {
    for (const part of ['assets', 'templates']) cpSync(join(root, part), join(folder, part), { recursive: true })
    cpSync(join(root, 'starter'), folder, { recursive: true })
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeBatch(join(folder, batchFile), batch)
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Invoice by invoice: the batch itself must not be what fills the memory. */
function writeBatch(path: string, { count, lines }: Batch): void {
  let state = 417
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
  const target = openSync(path, 'w')
  writeSync(target, 'number,date,customer,article,description,quantity,price,amount\n')
  for (let at = 1; at <= count; at += 1) {
    let rows = ''
    for (let line = 0; line < lines; line += 1) {
      const [quantity, cents, article] = [1 + random(20), 100 + random(40_000), random(900) + 100]
      const customer = 1001 + (at % 5)
      rows += `N-${at},09.03.2026,${customer},A${article},Article no. ${article} of the catalogue,${quantity},${money(cents)},${money(cents * quantity)}\n`
    }
    writeSync(target, rows)
  }
  closeSync(target)
}
