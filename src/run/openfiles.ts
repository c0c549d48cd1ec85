/** How many files this process may still open: asked by opening them, since no system call of Node's tells. */
import { closeSync, openSync } from 'node:fs'

/** What a run has open at most beside `filesUnderWay`, measured with mail, paper and text: 13 with one worker, 8 more with each other. The rest is room. */
export function filesOfRun(workers: number): number {
  return 20 + 8 * workers
}

/** Of what is left of these each worker may hold so many at most: more flushes them no faster. */
const mostUnderWay = 128

/** How many files that are on their way to disk each of so many workers may hold open: its part of half of what the process may still open. */
export function filesUnderWay(workers: number): number {
  return Math.min(mostUnderWay, Math.floor(openable(2 * mostUnderWay * workers) / 2 / workers))
}

/** How many more can be open at once, up to so many. */
function openable(most: number): number {
  const { count, refused } = openAtOnce(most)
  if (refused !== undefined && !['EMFILE', 'ENFILE'].includes(refused.code ?? '')) throw refused
  return count
}

/** Throws as the system does (EMFILE) where not so many more can be open at once. */
export function askForFiles(wanted: number): void {
  const { refused } = openAtOnce(wanted)
  if (refused !== undefined) throw refused
}

/** Opens so many, and closes them again: how many there were, and why there was no other. */
function openAtOnce(wanted: number): { readonly count: number; readonly refused?: NodeJS.ErrnoException } {
  const opened: number[] = []
  try {
    while (opened.length < wanted) opened.push(openSync(own, 'r'))
    return { count: opened.length }
  } catch (error) {
    return { count: opened.length, refused: error as NodeJS.ErrnoException }
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}

/** Stays where it is while it runs, also where Platen is built anew meanwhile. */
const own = process.execPath
