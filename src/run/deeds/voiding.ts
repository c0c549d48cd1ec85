/** What follows from a run being void, whoever finds that a crash left it undone. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Issued, type Ledger } from '../../ledger/index.ts'
import { writeDurably } from '../../lots/index.ts'
import { closingOf, modesOfRun, readReport, writeReport } from '../account/report.ts'
import { voidedBy } from '../marks.ts'
import { names } from '../place.ts'

/** What stands in the folder of a void run, for whoever looks at its lots. */
export const voidText = `This run is void: nothing of it may be sent. platen status says since when, and why.\n`

/** Does what follows from it, or what a crash left of that: documents free, and a report that says so. */
export async function finishVoid(
  ledger: Ledger,
  { out, folder, at }: { readonly out: string; readonly folder: string; readonly at: string },
): Promise<void> {
  const path = join(out, names.issued)
  // Where it is lost it is not made anew: what a backup brings back is freed then, since whoever opens a void run comes here.
  const issued = existsSync(path) ? new Issued(path) : undefined
  try {
    issued?.free(ledger.meta('run') ?? '', { at, why: { because: 'the run is void', ...voidedBy(ledger) } })
  } finally {
    issued?.close()
  }
  const marker = join(folder, names.voided)
  if (!existsSync(marker)) writeDurably(marker, voidText, modesOfRun(folder))
  const closing = closingOf(ledger)
  if (closing === undefined || readReport(folder).report?.voided) return
  await writeReport(ledger, { folder, modes: modesOfRun(folder), kind: 'reported', at, closing })
}
