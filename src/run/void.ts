/** Void: a run that should not have been. Its documents are free again; its pieces and its trail stay. */
import { join } from 'node:path'
import { Issued, type Ledger } from '../ledger/index.ts'
import type { Deed, Fault } from '../model/index.ts'
import { changeRun, type DeedRequest } from './deed.ts'
import { names } from './place.ts'
import { closingOf, modesOfRun, readReport, writeReport } from './report.ts'
import { finishSettling } from './settle.ts'
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
    const issued = new Issued(join(out, names.issued))
    try {
      issued.free(name, { at: deed.at, why: { because: 'the run is void', ...(voidedBy(ledger) ?? deed) } })
    } finally {
      issued.close()
    }
    const closing = closingOf(ledger)
    const { report } = readReport(folder)
    if (closing === undefined || report?.voided) return { exit: 0, faults: [], before, run: name, folder }
    const modes = modesOfRun(folder)
    writeReport(ledger, { folder, modes, kind: 'reported', at: deed.at, closing })
    return { exit: 0, faults: [], before, run: name, folder }
  })
}

/** When, by whom and why a run was declared void; undefined for one that holds. */
export function voidedBy(ledger: Ledger): Deed | undefined {
  const text = ledger.meta('voided')
  return text === undefined ? undefined : (JSON.parse(text) as Deed)
}

export function isVoid(name: string, folder: string): Fault {
  return {
    code: 'run.voided',
    message: `the run ${name} is void`,
    place: { file: folder },
    hint: 'its documents are free: issue them with another run, named with --run; platen status says who declared it void, and why',
  }
}
