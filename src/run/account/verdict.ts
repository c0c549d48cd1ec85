/** The verdict on a run: what is held against it as it stands, and the exit that follows. The same at its end and after every deed. */
import { join } from 'node:path'
import {
  hasUnrendered,
  type Ledger,
  readBack,
  readUnproved,
  type SummedFact,
  type Unproved,
} from '../../ledger/index.ts'
import { lotName } from '../../lots/index.ts'
import type { Exit, Fault, InputSummary, ReadBack } from '../../model/index.ts'
import { breathe } from '../pace.ts'
import { reconcile } from './reconcile.ts'

export interface Verdict {
  /** What its proofs have against pieces that are held now, and in what way it does not add up. */
  readonly faults: readonly Fault[]
  /** 4 with any fault; else 3 while a piece is held or failed; else 0. */
  readonly exit: Exit
  /** What was read back from all pieces: what the report says of it, too. */
  readonly read: readonly ReadBack[]
}

export async function verdictOn(
  ledger: Ledger,
  {
    facts,
    folder,
    signal,
  }: {
    /** Facts that are added up as they were read. */
    readonly facts: readonly SummedFact[]
    /** The run's folder, in its out folder. */
    readonly folder: string
    readonly signal?: AbortSignal | undefined
  },
): Promise<Verdict> {
  const summary = JSON.parse(ledger.meta('summary') ?? '') as InputSummary
  const read = await readBack(ledger, facts, () => breathe(signal))
  const faults = [
    ...unprovedFaults(readUnproved(ledger), folder),
    ...(await reconcile(ledger, { read, folder, summary, signal })),
  ]
  await breathe(signal)
  return { faults, exit: faults.length > 0 ? 4 : hasUnrendered(ledger) ? 3 : 0, read }
}

/** What the proofs of a run have found, by channel; where the run stops, by lot too. They name nobody. */
function unprovedFaults(found: readonly Unproved[], folder: string): readonly Fault[] {
  const stopping = found.filter(({ code }) => code === 'run.identity')
  const others = Map.groupBy(
    found.filter(({ code }) => code !== 'run.identity'),
    ({ channel, code }) => `${code} ${channel}`,
  )
  return [
    ...stopping.map(
      ({ lot, channel, line, reason }): Fault => ({
        code: 'run.identity',
        message: `a piece of ${channel}${line === 0 ? '' : ` (line ${line} of the data)`} ${wordsOf(reason, channel)}; nothing more was made`,
        place: { file: join(folder, lotName(lot)) },
        hint: 'send nothing of this run: void it; failed.csv names the piece by its id, and prepare.js, template or channel is at fault',
      }),
    ),
    ...[...others.values()].map((ofChannel): Fault => {
      const { channel, code } = ofChannel[0] as Unproved
      const pieces = ofChannel.reduce((sum, one) => sum + one.pieces, 0)
      const what = code === 'run.fact' ? 'not show what the data says' : 'not read back'
      return {
        code,
        message: `${pieces} ${pieces === 1 ? 'piece' : 'pieces'} of ${channel} ${code === 'run.fact' ? (pieces === 1 ? 'does' : 'do') : 'can'} ${what}`,
        place: { file: folder },
        hint: 'they are held; failed.csv says which facts; mend the template, and start again with --retry',
      }
    }),
  ]
}

/** What the proof says of the piece's identity, among the reasons it is held for. */
function wordsOf(reason: string, channel: string): string {
  const begins = `run.identity: ${channel} `
  const said = reason.split('; ').find(part => part.startsWith(begins))
  return said?.slice(begins.length) ?? 'shows what identifies another communication of the run'
}
