/** Questions about issued.db that other runs may be writing at that moment. */
import { join } from 'node:path'
import { Issued } from '../../ledger/index.ts'
import { names } from '../place.ts'

type Ask = (issued: Issued) => readonly string[] | Promise<readonly string[]>

/**
 * What is wrong with the file, which is there, in words. Asked first so that nothing is left behind; that way can meet a file half written, so what it
 * finds is only believed once it is found again by SQLite's own rules. Where there are none (a folder that cannot be written), it counts.
 */
export async function askIssued(out: string, ask: Ask): Promise<readonly string[]> {
  const path = join(out, names.issued)
  let first: readonly string[]
  try {
    first = await asked(new Issued(path, { readOnly: true }), ask)
    if (first.length === 0) return []
  } catch {
    return asked(new Issued(path, { readOnly: true, still: false }), ask)
  }
  try {
    return await asked(new Issued(path, { readOnly: true, still: false }), ask)
  } catch {
    return first
  }
}

async function asked(issued: Issued, ask: Ask): Promise<readonly string[]> {
  try {
    return await ask(issued)
  } finally {
    issued.close()
  }
}
