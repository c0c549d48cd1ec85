/** How many files this process may still open: asked by opening them, since no system call of Node's tells. */
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

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
  const opened: number[] = []
  try {
    while (opened.length < most) opened.push(openSync(own, 'r'))
  } catch (error) {
    if (!['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
  return opened.length
}

/** Throws as the system does (EMFILE) where not so many more can be open at once. */
export function askForFiles(wanted: number): void {
  const opened: number[] = []
  try {
    for (let at = 0; at < wanted; at += 1) opened.push(openSync(own, 'r'))
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}

const own = fileURLToPath(import.meta.url)
