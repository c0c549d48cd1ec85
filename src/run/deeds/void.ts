/** Void: a run that should not have been. Its documents are free again; its pieces and its trail stay. */

import { voidedBy } from '../marks.ts'
import type { Ending } from '../start.ts'
import type { DeedRequest } from './asked.ts'
import { changeRun } from './deed.ts'
import { finishSettling } from './settling.ts'
import { finishVoid } from './voiding.ts'

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
    await finishVoid(ledger, { out, folder, at: deed.at })
    return { exit: 0, faults: [], before, run: name, folder }
  })
}
