/** Held pieces whose recipients were put on the suppression list since they were planned: the list is asked again before they go out. */
import { join } from 'node:path'
import type { HeldPiece, Withheld } from '../../ledger/index.ts'
import { type Communication, done, failed, type Met, type Result } from '../../model/index.ts'
import { subtract } from '../../route/index.ts'
import { kitFolder } from '../place.ts'
import { frozenFiles, kitDamaged, kitDigest, kitMeta } from '../plan/kit.ts'
import { planFrozen } from '../plan/openkit.ts'
import { calledOnly, readSuppressionOf } from '../plan/suppress.ts'
import { loadTable } from '../plan/table.ts'
import { openMaker } from '../press/make.ts'
import type { OpenRun } from './deed.ts'

/** Who is not to get what is held for him. */
export interface Suppressed {
  readonly withheld: readonly Withheld[]
  /** What was asked, by kit: absent where no job names a list. */
  readonly asked: readonly Met[]
}

/**
 * Asks the list that the job of each piece's kit names, as it is now, where the job lay. Faults: a list that cannot be read or names
 * people where addresses belong, and a kit that is not as it was frozen, so that nobody knows which list it named.
 */
export async function findSuppressed(
  { ledger, folder, out }: OpenRun,
  pieces: readonly HeldPiece[],
  channelModules: readonly string[] = [],
): Promise<Result<Suppressed>> {
  // No list was named when the pieces were planned, nor when any was made again.
  if (ledger.meta('suppression') === undefined) return done({ withheld: [], asked: [] })
  const table = await loadTable(channelModules)
  if (!table.ok) return table
  const file = join(out, ledger.meta('jobPlace') ?? ledger.meta('job') ?? '')
  const withheld: Withheld[] = []
  const asked: Met[] = []
  for (const [kit, ofKit] of Map.groupBy(pieces, piece => piece.kit)) {
    const place = kitFolder(folder, kit)
    if (kitDigest(frozenFiles(place)) !== ledger.meta(kitMeta(kit))) return failed(kitDamaged(place))
    const frozen = await planFrozen({ ledger, folder, table: table.value }, kit)
    if (!frozen.ok) return frozen
    const { plan, run } = frozen.value
    if (plan.job.suppress === undefined) continue
    const job = { ...plan.job, file }
    const suppression = readSuppressionOf(job, table.value, plan)
    if (!suppression.ok) return suppression
    const maker = await openMaker(plan, run)
    if (!maker.ok) return maker
    const { addressOf, close } = maker.value
    const subtracting = { template: plan.template, suppression: suppression.value, addressOf }
    try {
      for (const [seq, held] of Map.groupBy(ofKit, piece => piece.seq)) {
        const communication = JSON.parse(ledger.textOf(seq)) as Communication
        const to = held.map(({ channel }) => channel)
        const { skipped } = subtract({ to, skipped: {} }, communication, subtracting)
        for (const [channel, reason] of Object.entries(skipped)) withheld.push({ seq, channel, reason })
      }
    } finally {
      await close()
    }
    const wrong = calledOnly({ job, suppression: suppression.value })
    if (wrong.length > 0) return failed(...wrong)
    asked.push(suppression.value.count())
  }
  return done({ withheld, asked })
}
