/** A frozen kit opened once more, to make what was made with it: the same job, options, date and identities. */
import { type Ledger, releasesOf } from '../../ledger/index.ts'
import { applyOptions } from '../options.ts'
import { kitFolder } from '../place.ts'
import { type Maker, openMaker } from '../press/make.ts'
import { readRequest } from '../request.ts'
import { identify } from '../stage/identify.ts'
import { readFrozenKit } from './kit.ts'
import { type Plan, planJob } from './plan.ts'
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

/** Opens a kit by its number; where it cannot be made with, tells why, in words. */
export async function openKit(
  { ledger, folder, table }: { readonly ledger: Ledger; readonly folder: string; readonly table: Table },
  kit: number,
  tell: (words: string) => void,
): Promise<OpenKit | undefined> {
  const refuse = (faults: readonly { readonly message: string }[]): undefined => {
    for (const { message } of faults) tell(message)
  }
  const frozen = readFrozenKit(kitFolder(folder, kit), ledger.meta('job') ?? '', table)
  if (!frozen.ok) return refuse(frozen.faults)
  const { period, set, channels } = JSON.parse(ledger.meta('options') ?? '{}') as Record<string, unknown>
  const words = { period: period ?? undefined, set: set ?? undefined, channels: channels ?? undefined }
  const asked = readRequest(words as object, { job: ledger.meta('job') ?? '' })
  if (!asked.ok) return refuse(asked.faults)
  const applied = applyOptions(frozen.value.job, asked.value)
  if (!applied.ok) return refuse(applied.faults)
  const { job, period: chosen } = applied.value
  const planned = await planJob(frozen.value.kit, job, table)
  if (!planned.ok) return refuse(planned.faults)
  const run = {
    name: ledger.meta('run') ?? '',
    date: ledger.meta('date') ?? '',
    set: job.set,
    ...(chosen === undefined ? {} : { period: chosen }),
  }
  const maker = await openMaker(planned.value, run, {
    identities: await identify(ledger, planned.value),
  })
  return maker.ok
    ? {
        maker: maker.value,
        channels: planned.value.channels.map(({ name }) => name),
        encrypted: encryptedBy(planned.value),
        overruled: overruledIn(ledger),
      }
    : refuse(maker.faults)
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
