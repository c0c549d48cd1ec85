/** A piece: one communication finished for one channel. A receipt: what the ledger keeps of it. */
import type { FaultCode } from './codes.ts'

export interface Piece {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** What it is, in the recipient's words: the document's title. Names it where another piece encloses it. */
  readonly title?: string
  /** What was counted while making it: `pages` for paper; `parts`, `encoding` and `country` for SMS. */
  readonly measures: Measures
}

export interface Measures {
  readonly pages?: number
  readonly parts?: number
  readonly encoding?: string
  /** Where it goes (ISO 3166-1 alpha-2), where the price depends on it. */
  readonly country?: string
}

/** How a piece ended. Each communication has exactly one of these for each channel of its job. */
export type Outcome = 'rendered' | 'skipped' | 'held' | 'failed'

/** A fact as the manifest lists it: the exact value, and the text that the recipient reads. */
export interface ShownFact {
  readonly value: string
  readonly shown: string
  /** Money and numbers: what was read in the finished piece, as decimal text. */
  readonly read?: string
}

/** What is on record of one piece. */
export interface Receipt {
  /** Position of the communication in the run, from 1. */
  readonly seq: number
  readonly id: string
  readonly channel: string
  readonly outcome: Outcome
  /** Why, unless rendered. Holds no personal data. */
  readonly reason?: string
  /** What failed, or what its own proof found, each code once; absent where it is neither, as for a piece held with a sibling only. */
  readonly codes?: readonly FaultCode[]
  /** What failed, in words that may quote data: for failed.csv and `explain` alone. */
  readonly detail?: string
  /** Path inside the lot's folder, with slashes; absent unless rendered or held. */
  readonly file?: string
  /** Hex digest: of the file, or of the line where many pieces share a file. */
  readonly sha256?: string
  readonly byteLength?: number
  readonly measures?: Measures
  readonly facts?: Readonly<Record<string, ShownFact>>
}
