/** Workers that say nothing: told from a process that was asleep with them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchSilence } from '../../src/run/press/silence.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Watches a worker that is at a communication, for 8 s, or at none, for 20. */
function watch({ at = 3 }: { readonly at?: number } = {}) {
  const progress = new Int32Array([at, 1, 0])
  const silent = vi.fn()
  const stop = watchSilence(progress, { patienceMs: 8_000, otherwiseMs: 20_000, silent })
  return { progress, silent, stop }
}

test('a worker that begins nothing new for longer than it may hangs; one that goes on does not', () => {
  const { progress, silent, stop } = watch()
  for (let second = 0; second < 30; second += 1) {
    if (second % 7 === 0) progress[1] = second + 2
    vi.advanceTimersByTime(1_000)
  }
  expect(silent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10_000)
  expect(silent).toHaveBeenCalled()
  stop()
})

test('one that is starting or publishing has its own time, and a pulse while it publishes counts', () => {
  const { progress, silent, stop } = watch({ at: 0 })
  vi.advanceTimersByTime(18_000)
  progress[2] = 1
  vi.advanceTimersByTime(20_000)
  expect(silent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(3_000)
  expect(silent).toHaveBeenCalled()
  stop()
})

test('while the process is stopped or its machine asleep, the worker is too: only looks count', () => {
  const { silent, stop } = watch()
  vi.advanceTimersByTime(2_000)
  for (const pause of [12_000, 12_000, 3_600_000]) {
    vi.setSystemTime(Date.now() + pause)
    vi.advanceTimersByTime(1_000)
  }
  expect(silent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5_000)
  expect(silent).toHaveBeenCalledOnce()
  stop()
})
