/** Which way a start goes with a run that has its allocation: `run` goes it, and `check` tells it, by the same ladder. */
import { join } from 'node:path'
import type { Ledger } from '../ledger/index.ts'
import type { Fault } from '../model/index.ts'
import type { Found, Stopped } from './find.ts'
import { elsewhere, isElsewhere, isPurged, isVoid, voidedBy } from './marks.ts'
import { otherJob } from './otherjob.ts'
import { linkAmong, names } from './place.ts'
import type { RunRequest } from './request.ts'
import { lacksClaims, unclaimed } from './stage/unclaimed.ts'
import { linked, otherData } from './standing.ts'

/** What is done on the way: by `run` indeed; by `check` only looked at. */
export interface OnTheWay {
  /** What follows from the run being void, where a crash left it undone. */
  readonly finishVoid: () => Promise<void>
  /** What was decided and is not done yet. Faults: what of it cannot be done. */
  readonly settle: () => Promise<readonly Fault[]>
}

/** The way of a start, or what stops it, with the exit that follows. */
export async function wayOf(
  ledger: Ledger,
  asked: Found & { readonly request: RunRequest },
  { finishVoid, settle }: OnTheWay,
): Promise<'repeat' | 'retry' | 'resume' | Stopped> {
  const { folder, inputs, name, out, request } = asked
  const stop = (exit: Stopped['exit'], ...faults: readonly Fault[]): Stopped => ({ exit, faults })
  if (isElsewhere(ledger, name)) return stop(5, elsewhere(ledger, name, folder))
  const link = linkAmong([join(folder, names.held), join(folder, names.rejects)])
  if (link !== undefined) return stop(2, linked(link))
  if (ledger.meta('digest') !== inputs.digest) return stop(5, otherData(name, folder))
  const other = otherJob(ledger, asked)
  if (other !== undefined) return stop(2, other)
  if (voidedBy(ledger) !== undefined) {
    await finishVoid()
    return stop(5, isVoid(name, folder))
  }
  const faults = await settle()
  if (faults.length > 0) return stop(4, ...faults)
  const isDone = ledger.meta('state') === 'done'
  if (ledger.meta('purged') !== undefined && (request.retry === true || !isDone)) return stop(5, isPurged(name, folder))
  if (isDone && request.retry !== true) return 'repeat'
  if (lacksClaims(out, name)) return stop(5, unclaimed(out, [name]))
  return isDone ? 'retry' : 'resume'
}
