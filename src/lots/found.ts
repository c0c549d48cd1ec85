/** What stands where a file is looked for: people put folders and links into a run, too. */
import { type Stats, statSync } from 'node:fs'

/** The bytes of a file; undefined where none stands, but nothing or something else. */
export function sizeOf(path: string): number | undefined {
  const found = foundAt(path)
  return found !== undefined && found !== 'loop' && found.isFile() ? found.size : undefined
}

/** `loop`: a link that leads in a circle. */
export function foundAt(path: string): Stats | 'loop' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return 'loop'
    throw error
  }
}
