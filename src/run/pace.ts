/** Lets other work in between: signals, progress, messages of workers. */

/** Waits for the next turn of the event loop. Throws the signal's reason if it has come. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  signal?.throwIfAborted()
}

/** How many of a long row are worked through between two turns: a few dozen milliseconds of the shortest work. */
const usualStretch = 1_000

/** Cuts a long row, so that other work gets its turn between. */
export function* stretches<T>(row: Iterable<T>, length = usualStretch): Generator<readonly T[]> {
  let stretch: T[] = []
  for (const one of row) {
    stretch.push(one)
    if (stretch.length < length) continue
    yield stretch
    stretch = []
  }
  if (stretch.length > 0) yield stretch
}
