/** The conductor: finds the run, locks it, and decides whether it begins, goes on, is made again in part, or is done. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Ledger, takeLock } from '../ledger/index.ts'
import { makeFolder, modesOf, privateModes } from '../lots/index.ts'
import { FaultError, type RunEvent } from '../model/index.ts'
import { repeat, resume, retry } from './again.ts'
import { begin } from './begin.ts'
import { finishSettling } from './deeds/settling.ts'
import { finishVoid } from './deeds/voiding.ts'
import { findRun } from './find.ts'
import { askForFiles, filesOfRun } from './openfiles.ts'
import { linkAmong, names } from './place.ts'
import { sweepSpools } from './plan/spool.ts'
import type { RunRequest } from './request.ts'
import { busy, isAllocated, linked } from './standing.ts'
import { type Ending, type Start, stop } from './start.ts'
import { troubleOf } from './trouble.ts'
import { wayOf } from './way.ts'

/** Conducts one run from its job to its report. Rejects only for bugs; everything of the world is in the ending. */
export async function conduct(
  request: RunRequest,
  emit: (event: RunEvent) => void,
  clock: () => Date = () => new Date(),
): Promise<Ending> {
  try {
    return await find(request, emit, clock)
  } catch (error) {
    if (request.signal?.aborted === true) return stop(130)
    if (error instanceof FaultError) return { exit: 2, faults: error.faults, cause: error.cause }
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return stop(trouble.exit, trouble.fault)
  }
}

/** Finds out which run is meant, by the job and its data. */
async function find(request: RunRequest, emit: (event: RunEvent) => void, clock: () => Date): Promise<Ending> {
  const modes = request.mode === undefined ? privateModes : modesOf(request.mode)
  // Begun with too few, it would die in the middle of things, where not even Node says of what.
  askForFiles(filesOfRun(request.workers ?? availableParallelism()))
  const out = request.out ?? 'out'
  sweepSpools(out)
  const found = await findRun(request, { spools: out, modes })
  if ('exit' in found) return found
  try {
    return await locked({ ...found, request, modes, emit, clock, startedAt: clock() })
  } finally {
    found.inputs.close()
  }
}

/** Conducts while no other process can. */
async function locked(start: Start): Promise<Ending> {
  const { request, name, folder, modes } = start
  if (request.retry === true && !existsSync(join(folder, names.ledger))) {
    const message = `there is no run ${name} to retry`
    return stop(2, { code: 'usage.option', message, hint: 'platen status lists the runs' })
  }
  const link = linkAmong([folder])
  if (link !== undefined) return stop(2, linked(link))
  makeFolder(folder, modes)
  const lock = takeLock(join(folder, names.lock))
  if (lock === undefined) {
    return stop(6, busy(name, folder))
  }
  try {
    return await goOn(start)
  } catch (error) {
    if (request.signal?.aborted === true) return { exit: 130, faults: [], run: name, folder }
    if (error instanceof FaultError) return { exit: 2, faults: error.faults, run: name, folder }
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return { exit: trouble.exit, faults: [trouble.fault], run: name, folder }
  } finally {
    lock.release()
  }
}

/** A run that is done repeats its exit; one that is allocated goes on; any other begins. */
async function goOn(start: Start): Promise<Ending> {
  const { folder, out } = start
  const path = join(folder, names.ledger)
  const before = existsSync(path)
  if (before) {
    const ledger = new Ledger(path)
    try {
      if (isAllocated(ledger)) {
        const at = start.clock().toISOString()
        const way = await wayOf(ledger, start, {
          finishVoid: () => finishVoid(ledger, { out, folder, at }),
          settle: async () => (await finishSettling(ledger, { folder, out, at })).faults,
        })
        if (way === 'repeat') return repeat(start, ledger)
        if (way === 'retry') return await retry(start, ledger)
        return way === 'resume' ? await resume(start, ledger) : way
      }
    } finally {
      ledger.close()
    }
  }
  return begin(start, { over: before })
}
