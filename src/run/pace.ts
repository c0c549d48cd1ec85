/** Lets other work in between: signals, progress, messages of workers. */

/** Waits for the next turn of the event loop. Throws the signal's reason if it has come. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  signal?.throwIfAborted()
}
