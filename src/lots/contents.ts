/** Contents: what a file of pieces should hold, against what stands there. The one place that compares pieces with their digests. */
import { readFileSync, type Stats, statSync } from 'node:fs'
import { linesOf } from './held.ts'
import { digest } from './lot.ts'

/** How a file is not what was made. `line`: the first that is not as it was made, from 1; absent where the file is one piece. */
export type Flaw =
  | { readonly kind: 'missing' }
  /** A folder, or what else is no file, stands there. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'altered'; readonly line?: number }
  | { readonly kind: 'cut'; readonly lines: number }

/** Compares a file with the digests of its pieces: of the whole where it is one, else of each of its lines, in order. */
export function flawOf(path: string, digests: readonly string[]): Flaw | undefined {
  const found = foundAt(path)
  if (found === undefined) return { kind: 'missing' }
  if (found === 'loop' || !found.isFile()) return { kind: 'replaced' }
  const bytes = readFileSync(path)
  if (digests.length === 1 && digest(bytes) === digests[0]) return undefined
  if (digests.length === 1) return { kind: 'altered' }
  const lines = linesOf(bytes).map(digest)
  const altered = lines.findIndex((line, at) => line !== digests[at])
  if (altered >= 0) return { kind: 'altered', line: altered + 1 }
  return lines.length === digests.length ? undefined : { kind: 'cut', lines: lines.length }
}

/** The bytes of a file; undefined where none stands. */
export function sizeOf(path: string): number | undefined {
  const found = foundAt(path)
  return found !== undefined && found !== 'loop' && found.isFile() ? found.size : undefined
}

/** `loop`: a link that leads in a circle. */
function foundAt(path: string): Stats | 'loop' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return 'loop'
    throw error
  }
}
