/** Released pieces: what went out stays what it is, also where a piece that is made after it encloses it. */
import { lotName, readPiece } from '../../lots/index.ts'
import type { Fault, ReleasedPiece } from '../../model/index.ts'

/** Bytes by channel, as they were published; undefined for a piece that is not what was published any more. */
export type Released = ReadonlyMap<string, Uint8Array | undefined>

export const nothingReleased: Released = new Map()

/** Reads pieces of one communication that stand in earlier lots of the run. */
export function readReleased(folder: string, pieces: readonly ReleasedPiece[]): Released {
  if (pieces.length === 0) return nothingReleased
  return new Map(
    pieces.map(({ channel, lot, file, sha256 }) => [channel, readPiece(folder, `${lotName(lot)}/${file}`, sha256)]),
  )
}

export function notAsReleased(channel: string): Fault {
  return {
    code: 'run.sums',
    message: `the ${channel} piece that was released is not what was made, so nothing can enclose it`,
    hint: 'restore the out folder from a backup, and start the run again with --retry',
  }
}
