/** A frozen kit opened once more, to make what was made with it: the same job, options, date and identities. */
import { type Ledger, releasesOf } from '../../ledger/index.ts'
import { done, type Result, type RunView } from '../../model/index.ts'
import { applyOptions } from '../options.ts'
import { kitFolder } from '../place.ts'
import { type Maker, openMaker } from '../press/make.ts'
import { readRequest } from '../request.ts'
import { identify } from '../stage/identify.ts'
import { readFrozenKit } from './kit.ts'
import type { Plan } from './plan.ts'
import { planJob } from './planjob.ts'
import type { Table } from './table.ts'

export interface OpenKit {
  readonly maker: Maker
  /** The channels of the job in the kit: a piece that was released may be of one that a later kit has no more. */
  readonly channels: readonly string[]
  /** Channels whose bytes never come out twice: encrypted files, and what encloses them. */
  readonly encrypted: ReadonlySet<string>
  /** What people have overruled, by communication, channel and code. */
  readonly overruled: ReadonlySet<string>
}

/** Which kit of a run is meant, and what reads it. */
export interface KitOf {
  readonly ledger: Ledger
  readonly folder: string
  readonly table: Table
}

/** Opens a kit by its number; where it cannot be made with, tells why, in words. */
export async function openKit(of: KitOf, kit: number, tell: (words: string) => void): Promise<OpenKit | undefined> {
  const refuse = (faults: readonly { readonly message: string }[]): undefined => {
    for (const { message } of faults) tell(message)
  }
  const frozen = await planFrozen(of, kit)
  if (!frozen.ok) return refuse(frozen.faults)
  const { plan, run } = frozen.value
  const maker = await openMaker(plan, run, { identities: await identify(of.ledger, plan) })
  return maker.ok
    ? {
        maker: maker.value,
        channels: plan.channels.map(({ name }) => name),
        encrypted: encryptedBy(plan),
        overruled: overruledIn(of.ledger),
      }
    : refuse(maker.faults)
}

/** The plan of a frozen kit with the options of the run, and the run as its templates see it. */
export async function planFrozen(
  { ledger, folder, table }: KitOf,
  kit: number,
): Promise<Result<{ readonly plan: Plan; readonly run: RunView }>> {
  const frozen = readFrozenKit(kitFolder(folder, kit), ledger.meta('job') ?? '', table)
  if (!frozen.ok) return frozen
  const { period, set, channels } = JSON.parse(ledger.meta('options') ?? '{}') as Record<string, unknown>
  const words = { period: period ?? undefined, set: set ?? undefined, channels: channels ?? undefined }
  const asked = readRequest(words as object, { job: ledger.meta('job') ?? '' })
  if (!asked.ok) return asked
  const applied = applyOptions(frozen.value.job, asked.value)
  if (!applied.ok) return applied
  const { job, period: chosen } = applied.value
  const planned = await planJob(frozen.value.kit, job, table)
  if (!planned.ok) return planned
  const run = {
    name: ledger.meta('run') ?? '',
    date: ledger.meta('date') ?? '',
    set: job.set,
    ...(chosen === undefined ? {} : { period: chosen }),
  }
  return done({ plan: planned.value, run })
}

function encryptedBy({ channels }: Plan): ReadonlySet<string> {
  const own = channels.filter(({ settings }) => settings['password'] !== undefined).map(({ name }) => name)
  return new Set([
    ...own,
    ...channels.filter(({ encloses }) => encloses.some(name => own.includes(name))).map(({ name }) => name),
  ])
}

/** What was let go with `release --unproved`: the chain of events vouches for it. */
function overruledIn(ledger: Ledger): ReadonlySet<string> {
  const { overruled } = releasesOf(ledger.events())
  return new Set(
    overruled.flatMap(({ communication, channel, codes }) => codes.map(code => `${communication} ${channel} ${code}`)),
  )
}
