/** Held pieces on disk: found by digest, and cleared away once they are none any more. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type Modes, remove, writeDurably } from './durable.ts'
import { digest } from './lot.ts'

/** The bytes of a piece in a file of the run's folder: all of it, or the line with that digest; undefined where they are not there. */
export function readPiece(run: string, file: string, sha256: string): Uint8Array | undefined {
  const path = join(run, file)
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  return digest(bytes) === sha256 ? bytes : linesOf(bytes).find(line => digest(line) === sha256)
}

/** Leaves of `held/` what is held: by file, the digests of its pieces. Lines of a file that several pieces share go one by one. */
export function keepHeld(run: string, kept: ReadonlyMap<string, ReadonlySet<string>>, modes: Modes): void {
  const held = join(run, 'held')
  if (!existsSync(held)) return
  for (const entry of readdirSync(held, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const digests = kept.get(relative(run, path).split(sep).join('/'))
    if (digests === undefined) remove(path)
    else {
      const bytes = readFileSync(path)
      if (digests.has(digest(bytes))) continue
      const lines = linesOf(bytes)
      const left = lines.filter(line => digests.has(digest(line)))
      if (left.length < lines.length) writeDurably(path, Buffer.concat(left), modes)
    }
  }
}

/** Lines with their ends. */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start)
    const end = newline < 0 ? bytes.length : newline + 1
    lines.push(bytes.subarray(start, end))
    start = end
  }
  return lines
}
