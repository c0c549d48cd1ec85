/** How many files this process may still open: asked by opening them, since no system call of Node's tells. */
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What a run has open at most, measured with mail, paper and text: 13 with one worker, 8 more with each other. The rest is room. */
export function filesOfRun(workers: number): number {
  return 20 + 8 * workers
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
