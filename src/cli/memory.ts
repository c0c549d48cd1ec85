/** What V8 is told about memory when Platen is a process of its own. It holds for the whole process, so a library must not say it. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * To be called once all modules are loaded, before a thread is started. Then the young generation has grown to 30 MB, and keeps that size;
 * by itself it goes on to 128 while a batch is read and pressed, and holds rubbish alone: 456 MB for 20,000 messages by two workers
 * became 322 to 346. A thread would begin with 1 MB and keep that: it begins with what its own limit lets it grow to.
 *
 * Documents live as long as their making takes. V8 takes them for long-lived while its young generation is still small, makes the next
 * ones among its old objects, and frees those late: bench/NOTES.md has what that costs.
 *
 * What survives in a young generation of this size one thread copies in a millisecond; four that share it spend more on waiting.
 *
 * Of the old generation V8 lets several times what is in use come together before it looks for rubbish, as long as the machine has
 * memory: half as much again as is in use is enough, since what batches leave there is little and mostly rubbish. With a fifth it looks
 * twice as often. `leaveRoom` says it once the number of workers is known.
 *
 * While V8 looks through the old generation it leaves the young one alone by itself. All that was in use in the young one at some moment
 * of that time then becomes old: 8 MB of rubbish, which bring the next look about, and are found by that one only.
 *
 * What Maglev took to compile a function it gives back on a thread in the background, which comes to it late where all processors are
 * busy: 20 MB waited in each worker, and 12 do where each thread does so itself.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
  setFlagsFromString('--no-parallel-scavenge')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--min-semi-space-size=8')
  setFlagsFromString('--heap-growing-percent=50')
  setFlagsFromString('--no-separate-gc-phases')
  setFlagsFromString('--no-maglev-destroy-on-background')
}

/**
 * To be called before workers are started: how much rubbish may come together. One worker, with what conducts it, has the memory of two.
 * Where there are more, each has less: PDF, mail and text message in five languages by two took 407 to 424 MB otherwise, and 385 to 387 so. It
 * takes a fifth more looks at the young generation, and some more at the old one: one percent of all processor time.
 */
export function leaveRoom(workers: number): void {
  if (workers === 1) setFlagsFromString('--heap-growing-percent=80')
  else {
    setFlagsFromString('--min-semi-space-size=6')
    setFlagsFromString('--heap-growing-percent=35')
  }
}

/** Fewer communications leave little behind. */
const worthIt = 1_000

/**
 * To be called when a batch is allocated: what reading it has left behind is given back before the workers need the memory, which by
 * itself happens when half of them are done, or never: 25 MB of 70. It takes a tenth of a second, which a small batch does not wait for.
 */
export function giveBackMemory(communications: number): void {
  if (communications < worthIt) return
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void
  collect({ type: 'major', flavor: 'last-resort' })
}
