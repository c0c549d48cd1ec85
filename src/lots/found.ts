/** What stands where a file is looked for: people put folders and links into a run, too. */
import { statSync } from 'node:fs'

/** How many bytes a file has; `other`: a folder, a link that leads in a circle, or what else is no file. */
export function foundAt(path: string): number | 'nothing' | 'other' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return 'nothing'
    return found.isFile() ? found.size : 'other'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return 'other'
    throw error
  }
}
