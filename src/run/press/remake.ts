/** What a retry makes: pieces that failed, with their siblings, less those that are not to be sent any more. */
import type { Allotment, Ledger, ToMakeAgain, Withheld } from '../../ledger/index.ts'
import { type Communication, done, type Fault, failed, type Result, type RunView } from '../../model/index.ts'
import { nobody, subtract } from '../../route/index.ts'
import { breathe } from '../pace.ts'
import type { Plan } from '../plan/plan.ts'
import { calledOnly } from '../plan/suppress.ts'
import { openCutter } from '../stage/lots.ts'
import { openMaker } from './make.ts'

/** What is pressed in new lots, and what is skipped from here on. */
export interface Remake {
  readonly allotments: readonly Allotment[]
  readonly withheld: readonly Withheld[]
}

/**
 * Asks consent and suppression again, as they are now: between a run and its retry people ask not to be written to. What the route
 * chose is not asked again. Faults: channels that the job has lost, and entries of the list that are no addresses.
 */
export async function planRemake(
  ledger: Ledger,
  plan: Plan,
  {
    run,
    lotSize,
    signal,
  }: { readonly run: RunView; readonly lotSize: number; readonly signal?: AbortSignal | undefined },
): Promise<Result<Remake>> {
  const { template, suppression = nobody } = plan
  const wanted = ledger.toMakeAgain()
  const lost = lostChannels(wanted, plan)
  if (lost.length > 0) return failed(...lost)
  const maker = await openMaker(plan, run)
  if (!maker.ok) return maker
  const { addressOf, close } = maker.value
  const last = Math.max(0, ...ledger.lots().map(({ number }) => number))
  const cut = openCutter({ first: last + 1, lotSize })
  const allotments: Allotment[] = []
  const withheld: Withheld[] = []
  try {
    for (const [at, { seq, to: before }] of wanted.entries()) {
      if (at % pace === 0) await breathe(signal)
      const text = ledger.textOf(seq)
      const communication = JSON.parse(text) as Communication
      const { to, skipped } = subtract({ to: before, skipped: {} }, communication, { template, suppression, addressOf })
      for (const [channel, reason] of Object.entries(skipped)) withheld.push({ seq, channel, reason })
      if (to.length > 0) allotments.push({ seq, lot: cut(Buffer.byteLength(text)), to, skipped: {} })
    }
  } finally {
    await close()
  }
  const wrong = calledOnly(plan)
  return wrong.length > 0 ? failed(...wrong) : done({ allotments, withheld })
}

/** Channels that pieces are to be made again for, and that the job has no longer. */
function lostChannels(wanted: readonly ToMakeAgain[], { channels, template }: Plan): readonly Fault[] {
  const known = channels.map(({ name }) => name)
  const lost = [...new Set(wanted.flatMap(({ to }) => to))].filter(name => !known.includes(name))
  return lost.map(name => ({
    code: 'run.option',
    message: `pieces of ${name} are to be made again, and the job has no ${name} any more`,
    place: { file: template.file },
    hint: `put ${name} back under channels: until the retry is done, or give up what is held and failed with platen discard`,
  }))
}

/** How many communications are looked at before signals get their turn. */
const pace = 256
