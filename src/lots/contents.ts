/** Contents: what a file of pieces should hold, against what stands there. The one place that compares pieces with their digests. */
import { readFileSync } from 'node:fs'
import { foundAt } from './found.ts'
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
  if (found === 'nothing') return { kind: 'missing' }
  if (found === 'other') return { kind: 'replaced' }
  const bytes = readFileSync(path)
  if (digests.length === 1 && digest(bytes) === digests[0]) return undefined
  if (digests.length === 1) return { kind: 'altered' }
  const lines = linesOf(bytes).map(digest)
  const altered = lines.findIndex((line, at) => line !== digests[at])
  if (altered >= 0) return { kind: 'altered', line: altered + 1 }
  return lines.length === digests.length ? undefined : { kind: 'cut', lines: lines.length }
}
