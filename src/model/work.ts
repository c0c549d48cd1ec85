/** What a worker is handed: communications of a lot, and what of them stands already. */

/** One communication of a lot, as a worker needs it. */
export interface Work {
  readonly seq: number
  readonly text: string
  readonly to: readonly string[]
  /** Pieces of it that were published before, since a person released them: they stay as they are, also where another encloses them. */
  readonly released: readonly ReleasedPiece[]
}

/** A piece that stands in a lot of an earlier making. */
export interface ReleasedPiece {
  readonly channel: string
  readonly lot: number
  /** Path inside the lot's folder. */
  readonly file: string
  readonly sha256: string
}
