/** What a purge would strand: communications with a piece that is held, failed or not made yet. Once their data is gone nobody can send them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { countPlanned, type Ledger, readGivenUp, readUnsettled } from '../../ledger/index.ts'
import { adoptListed, lotName } from '../../lots/index.ts'
import type { Deed, Fault } from '../../model/index.ts'
import { closingOf } from '../account/report.ts'
import { stopOf, voidedBy } from '../marks.ts'
import { names } from '../place.ts'
import { finishSettling, type Settling } from './settling.ts'

/** Why a run is not to be purged; undefined where every piece of it is settled, or its documents are free anyway. */
export function unsettled(ledger: Ledger, name: string, folder: string): Fault | undefined {
  const state = ledger.meta('state')
  if ((state !== 'allocated' && state !== 'done') || voidedBy(ledger) !== undefined) return undefined
  const open = readUnsettled(ledger, true).length
  const planned = countPlanned(ledger)
  if (open + planned === 0) return undefined
  const fault = (message: string, hint: string): Fault => ({
    code: 'run.unsettled',
    message: `the run ${name} ${message}`,
    place: { file: folder },
    hint,
  })
  if (stopOf(ledger) !== undefined) return fault('was stopped, and is not void', 'void it, and purge again')
  if (planned > 0)
    return fault(
      `has not ended: ${planned} of its pieces ${planned === 1 ? 'is' : 'are'} not made`,
      'start it again to go on, or void it, and purge again; purge --unsettled gives up what is not made',
    )
  return fault(
    `has ${open} communication${open === 1 ? '' : 's'} with a piece that is held or failed`,
    `release, discard or --retry what ${names.failures} lists, and purge again; purge --unsettled gives them up`,
  )
}

/**
 * Gives up all that is not settled, as `discard` does: what was never published is free for another run. A retry that was cut off comes to
 * its end with that.
 */
export async function giveUpUnsettled(
  ledger: Ledger,
  { folder, out, deed }: { readonly folder: string; readonly out: string; readonly deed: Deed },
): Promise<void> {
  // A lot may stand on disk that the ledger does not know yet: what is in it may have been sent, and stays issued.
  const onDisk = ledger
    .lots()
    .filter(({ number, state }) => state === 'planned' && existsSync(join(folder, lotName(number))))
    .map(({ number }) => {
      const planned = ledger.pieces(number).filter(({ outcome }) => outcome === null)
      return { number, planned, receipts: adoptListed(folder, number, planned) }
    })
  // Of one that is damaged nobody knows what was in it.
  const damaged = onDisk.filter(({ receipts }) => receipts === undefined)
  const seen = new Set(damaged.flatMap(({ planned }) => planned.map(({ seq }) => seq)))
  const tools = ledger.meta('tools')
  ledger.together(() => {
    ledger.giveUp({ code: 'run.unsettled', reason: 'run.unsettled: not made, and purged' })
    for (const { number, planned, receipts } of onDisk) {
      if (receipts === undefined) continue
      ledger.commitLot(number, receipts)
      const [rendered, failed] = [receipts.length, planned.length - receipts.length]
      ledger.record('lot-published', deed.at, { lot: number, rendered, failed, held: 0, ...(tools && { tools }) })
    }
    const open = readUnsettled(ledger, true)
    ledger.discard(open.map(({ seq }) => seq))
    const free = readGivenUp(ledger)
    const communications = open.filter(({ seq }) => free.has(seq) && !seen.has(seq))
    ledger.setMeta({
      settling: JSON.stringify({ kind: 'discarded', communications } satisfies Settling),
      ...(closingOf(ledger) === undefined ? {} : { state: 'done' }),
    })
    ledger.record('discarded', deed.at, { communications: open.map(({ seq }) => seq), ...deed })
  })
  await finishSettling(ledger, { folder, out, at: deed.at })
}
