/** Void: a run that should not have been. Its documents are free again; its pieces and its trail stay. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Issued, type Ledger } from '../ledger/index.ts'
import { writeDurably } from '../lots/index.ts'
import type { DeedRequest } from './asked.ts'
import { changeRun } from './deed.ts'
import { voidedBy } from './marks.ts'
import { names } from './place.ts'
import { closingOf, modesOfRun, readReport, writeReport } from './report.ts'
import { finishSettling } from './settling.ts'
import type { Ending } from './start.ts'

/** Declares a run void. Killed between two of its writes, doing it again completes it. Exit 0, also where it was void before. */
export function voidRun(request: DeedRequest, clock: () => Date = () => new Date()): Promise<Ending> {
  return changeRun(request, clock, async run => {
    const { ledger, out, name, folder, deed } = run
    await finishSettling(ledger, { folder, out, at: deed.at })
    const before = voidedBy(ledger) !== undefined
    // First it is void, then its documents are free: were it the other way about, two runs could issue them.
    if (!before) {
      ledger.together(() => {
        ledger.setMeta({ voided: JSON.stringify(deed) })
        ledger.record('voided', deed.at, { ...deed })
      })
    }
    finishVoid(ledger, { out, folder, at: deed.at })
    return { exit: 0, faults: [], before, run: name, folder }
  })
}

/** Does what follows from it, or what a crash left of that: documents free, and a report that says so. */
export function finishVoid(
  ledger: Ledger,
  { out, folder, at }: { readonly out: string; readonly folder: string; readonly at: string },
): void {
  const issued = new Issued(join(out, names.issued))
  try {
    issued.free(ledger.meta('run') ?? '', { at, why: { because: 'the run is void', ...voidedBy(ledger) } })
  } finally {
    issued.close()
  }
  const marker = join(folder, names.voided)
  if (!existsSync(marker))
    writeDurably(
      marker,
      `This run is void: nothing of it may be sent. ${names.page} says since when, and why.\n`,
      modesOfRun(folder),
    )
  const closing = closingOf(ledger)
  if (closing === undefined || readReport(folder).report?.voided) return
  writeReport(ledger, { folder, modes: modesOfRun(folder), kind: 'reported', at, closing })
}
