/** The end of a run: rejects for people to mend, files against ledger, and the report. */
import { join } from 'node:path'
import { counts, type Ledger, type Unproved } from '../ledger/index.ts'
import { lotName } from '../lots/index.ts'
import type { Exit, Fault, InputSummary, RunEvent, RunView } from '../model/index.ts'
import { breathe } from './pace.ts'
import { moneyFacts, type Plan } from './plan.ts'
import { press } from './press.ts'
import { isSummed } from './prove.ts'
import { reconcile } from './reconcile.ts'
import { writeFailures, writeRejectFiles } from './rejects.ts'
import { type Closing, warnings, writeReport } from './report.ts'
import type { Ending, Start } from './start.ts'
import { version } from './version.ts'

/** Keeps a warning for the report, and tells it. */
export function warn(ledger: Ledger, emit: (event: RunEvent) => void, fault: Fault): void {
  ledger.setMeta({ warnings: JSON.stringify([...warnings(ledger), fault]) })
  emit({ kind: 'warned', fault })
}

/** Ends a run that did not pass: rejects and report are kept for reading, and the next start replaces them. */
export async function refuse(start: Start, ledger: Ledger, faults: readonly Fault[]): Promise<Ending> {
  const rejects = await writeRejectFiles(start, ledger)
  const isKnown = ({ code, place }: Fault) =>
    faults.some(known => known.code === code && known.place?.file === place?.file)
  const others = rejects.ok ? [] : rejects.faults.filter(fault => !isKnown(fault))
  return end(start, ledger, { faults: [...faults, ...others], exit: 5 })
}

/** Presses what is left, and ends the run. */
export async function pressAndFinish(start: Start, ledger: Ledger, plan: Plan, run: RunView): Promise<Ending> {
  const { request, folder, modes, emit, clock } = start
  const { brand, template, channels, modules, files = {} } = plan
  await press({
    ledger,
    plan: { brand, template, channels, modules, files },
    run,
    folder,
    modes,
    emit,
    now: () => clock().toISOString(),
    ...(request.limits === undefined ? {} : { limits: request.limits }),
    ...(request.workers === undefined ? {} : { workers: request.workers }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  return finish(start, ledger, plan)
}

async function finish(start: Start, ledger: Ledger, plan: Plan): Promise<Ending> {
  const summary = JSON.parse(ledger.meta('summary') ?? '') as InputSummary
  const { folder, request } = start
  const facts = plan.template.facts.filter(isSummed)
  const faults = [
    ...unprovedFaults(ledger.unproved(), folder),
    ...(await reconcile(ledger, { facts, folder, summary, signal: request.signal })),
  ]
  await breathe(request.signal)
  const { pieces } = counts(ledger)
  await breathe(request.signal)
  writeFailures(start, ledger)
  const incomplete = Object.values(pieces).some(({ held, failed }) => held + failed > 0)
  const exit = faults.length > 0 ? 4 : incomplete ? 3 : 0
  return end(start, ledger, { faults, exit, plan })
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
      ({ lot, channel }): Fault => ({
        code: 'run.identity',
        message: `a piece of ${channel} shows what identifies another communication; nothing more was made`,
        place: { file: join(folder, lotName(lot)) },
        hint: 'send nothing of this run: void it; failed.csv names the piece, and prepare.js, template or channel is at fault',
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

/** How a run ended. */
interface Verdict {
  readonly faults: readonly Fault[]
  readonly exit: Exit
  /** Absent for a run that did not pass. */
  readonly plan?: Plan
}

async function end(start: Start, ledger: Ledger, { faults, exit, plan }: Verdict): Promise<Ending> {
  const { folder, name, modes, emit, clock, startedAt } = start
  const finishedAt = clock()
  const closing: Closing = {
    platen: version,
    exit,
    faults,
    finishedAt: finishedAt.toISOString(),
    seconds: Math.round((finishedAt.getTime() - startedAt.getTime()) / 10) / 100,
    ...(plan === undefined ? {} : { made: madeBy(plan) }),
  }
  const kind = exit === 5 ? 'refused' : 'finished'
  const report = await writeReport(ledger, { folder, modes, kind, at: closing.finishedAt, closing })
  if (exit !== 5) ledger.setMeta({ state: 'done', exit: String(exit) })
  emit({ kind: 'finished', run: name, exit })
  return { exit, faults, report, run: name, folder }
}

function madeBy({ template, brand }: Plan): NonNullable<Closing['made']> {
  const summed = template.facts.filter(isSummed).map(({ name, as, value, on }) => ({ name, as, value, on }))
  return { money: moneyFacts(template), summed, prices: brand.prices ?? null }
}
