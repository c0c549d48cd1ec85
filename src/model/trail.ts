/** What can be found out about a run afterwards. */
import type { Fault } from './fault.ts'
import type { Measures } from './piece.ts'
import type { ChainHead, Deed, Exit } from './run.ts'

/** Pieces that other tools had made, made again: nothing promises the same bytes, so none is a difference. */
export interface MadeOtherwise {
  /** With what they were made. */
  readonly tools: string
  /** Pieces that came out the same, byte by byte. */
  readonly same: number
  /** Pieces that did not: held to their digests, and read for their facts as they stand there. */
  readonly different: number
  /** Pieces, or communications, that these tools do not make from that kit; with the first few reasons. */
  readonly unmade: number
  readonly reasons: readonly string[]
}

/** What `verify` found. */
export interface Verification {
  readonly run: string
  readonly folder: string
  readonly exit: Exit
  /** What differs, or why nothing could be looked at. */
  readonly faults: readonly Fault[]
  /** How much was looked at. */
  readonly found?: {
    readonly events: number
    /** Files of pieces that were hashed. */
    readonly files: number
    /** Kits that are as they were frozen. */
    readonly kits: number
    /** Communications made again, of how many; `unrepeatable`: encrypted pieces, compared by measures and facts. `seed` chose the sample. */
    readonly again: {
      readonly made: number
      readonly of: number
      readonly unrepeatable: number
      readonly seed?: number
      /** What they were made again with: Platen, Node, and what else their bytes depend on. */
      readonly tools: string
      /** Pieces that were made with others first. */
      readonly otherwise: readonly MadeOtherwise[]
    }
    /** Whether it was stopped, because a piece shows what identifies another communication. */
    readonly stopped?: boolean
    readonly purged: boolean
    /** What a purged run had, as its ledger counts it: none of it can be looked at. */
    readonly gone?: {
      readonly communications: number
      readonly pieces: number
      /** Whether there is a report of it that was held against its event and the ledger: a run that never came to its end has none. */
      readonly report: boolean
      /** Whether outcomes, sums and claims were counted: not where pieces were still to be made. */
      readonly counted: boolean
    }
    readonly voided: boolean
  }
  readonly chain?: ChainHead
}

/** By name. */
type Facts = Readonly<Record<string, string | null>>

/** One communication's whole story, as `explain` tells it. */
export interface Story {
  readonly run: string
  readonly id: string
  readonly kind: 'communication' | 'reject'
  /** How many rows, and where each stretch of them begins; no places once the run is purged. */
  readonly rows: {
    readonly count: number
    readonly places: readonly { readonly file: string; readonly line: number }[]
  }
  /** Why it is a reject. */
  readonly reasons: readonly Fault[]
  /** The rule that decided on its channels, as written in the job; absent where the job has none. */
  readonly route?: string
  readonly pieces: readonly {
    readonly channel: string
    readonly outcome: string
    readonly reason?: string
    /** The reason in full, with what was looked for and found; it may quote the customer's data. */
    readonly detail?: string
    /** Those of `docs/faults.md` behind it. */
    readonly codes?: readonly string[]
    /** What its proof had found (codes) when somebody released it all the same: its facts are those of the data, and not shown. */
    readonly unproved?: readonly string[]
    readonly lot: number
    readonly kit: number
    /** Path inside the run's folder. */
    readonly file?: string
    readonly sha256?: string
    readonly byteLength?: number
    readonly measures?: Measures
    /** As the recipient reads them; null where the schema marks the value private, or its kit is among `changedKits`. */
    readonly facts?: Facts
  }[]
  /** Which run has the document now; absent where it is free. */
  readonly issuedBy?: string
  /** What happened to it in particular: failures, retries, what people decided. */
  readonly events: readonly {
    readonly number: number
    readonly at: string
    readonly kind: string
    readonly body: Readonly<Record<string, unknown>>
  }[]
  /** By channel, who else is written to at its address: the first few, and how many more. Runs of earlier versions did not note it. */
  readonly sharedWith: readonly {
    readonly channel: string
    readonly others: readonly {
      /** As it stands in the data; once the run is purged, its keyed hash. */
      readonly id: string
      /** Its first row; absent once the run is purged. */
      readonly place?: { readonly file: string; readonly line: number }
    }[]
    readonly more: number
  }[]
  /** Kits of its pieces that are not as they were frozen: nobody knows what their schemas marked private. */
  readonly changedKits?: readonly number[]
  /** When the whole run was stopped, since a piece of that lot shows what identifies another communication. */
  readonly stopped?: { readonly at: string; readonly lot: number }
  readonly voided?: Deed
  readonly purged?: Deed
}
