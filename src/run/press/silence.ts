/** Tells a worker that hangs by its silence: it takes no step, for longer than it may. */

/** What counts as silence, and whom it is told. */
interface Silence {
  /** How long a worker may be at one step of a communication. */
  readonly patienceMs: number
  /** How long at none: it is starting or publishing then, and on a slow machine that takes long. */
  readonly otherwiseMs: number
  /** Told at each look from there on. */
  readonly silent: () => void
}

const lookMs = 1_000

/**
 * Watches until the function that it gives back is called. `progress` as `WorkerStart` has it. Looks are counted, and no clock is read:
 * a clock goes on while the process is stopped or its machine asleep, and the worker with it, who would be taken for hung on waking up.
 */
export function watchSilence(progress: Int32Array, { patienceMs, otherwiseMs, silent }: Silence): () => void {
  let lastBegun = -1
  let silentMs = 0
  const watch = setInterval(() => {
    const begun = (progress[1] ?? 0) + (progress[2] ?? 0)
    silentMs = begun === lastBegun ? silentMs + lookMs : 0
    lastBegun = begun
    if (silentMs > (progress[0] === 0 ? otherwiseMs : patienceMs)) silent()
  }, lookMs)
  return () => clearInterval(watch)
}
