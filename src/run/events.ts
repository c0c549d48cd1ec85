/** A run as a program sees it: it starts by itself, tells its events to whoever listens, and ends in its report. */
import { FaultError, type Report, type RunEvent } from '../model/index.ts'
import { loadWhole } from './loadwhole.ts'
import type { RunRequest } from './request.ts'

/** A run that has been asked for. It starts by itself; iterating over its events is optional. */
export interface Run extends AsyncIterable<RunEvent> {
  /**
   * The report of a run that came to its end, whatever its exit (0, 3, 4, or 5 where the input was refused). Rejects with a
   * FaultError where there is nothing to report (its `cause` is what a source of rows threw, where one did), and with the signal's
   * reason where it was interrupted.
   */
  readonly report: Promise<Report>
}

/** Starts a run on the next turn, so that whoever wants its events can ask for them first. A request that rejects is the run's end. */
export function startRun(asked: Promise<RunRequest>): Run {
  const listeners = new Set<(event: RunEvent | undefined) => void>()
  const tell = (event: RunEvent | undefined): void => {
    for (const listener of listeners) listener(event)
  }
  asked.catch(() => {})
  const report = (async () => {
    await new Promise(resolve => setImmediate(resolve))
    try {
      const request = await asked
      const { conduct } = await loadWhole()
      const { exit, report, faults, cause } = await conduct(request, tell)
      if (exit === 130 && request.signal?.aborted === true) throw request.signal.reason
      if (report === undefined) throw new FaultError(faults, cause === undefined ? {} : { cause })
      return report
    } finally {
      tell(undefined)
    }
  })()
  // Whoever only iterates learns of the end there; the report's rejection is not theirs to handle.
  report.catch(() => {})
  return { report, [Symbol.asyncIterator]: () => listen(listeners, report) }
}

/** Events from now on, in order, until the run ends; then the report's own rejection, if it has one. */
async function* listen(
  listeners: Set<(event: RunEvent | undefined) => void>,
  report: Promise<Report>,
): AsyncGenerator<RunEvent, void, undefined> {
  const waiting: (RunEvent | undefined)[] = []
  let wake = (): void => {}
  const listener = (event: RunEvent | undefined): void => {
    waiting.push(event)
    wake()
  }
  listeners.add(listener)
  void report.catch(() => {}).then(() => listener(undefined))
  try {
    for (;;) {
      while (waiting.length > 0) {
        const event = waiting.shift()
        if (event === undefined) {
          await report
          return
        }
        yield event
      }
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  } finally {
    listeners.delete(listener)
  }
}
