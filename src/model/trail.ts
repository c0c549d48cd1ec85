/** What can be found out about a run afterwards. */
import type { Fault } from './fault.ts'
import type { Measures } from './piece.ts'
import type { ChainHead, Deed, Exit } from './run.ts'

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
    }
    readonly purged: boolean
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
    /** Those of `docs/faults.md` behind it. */
    readonly codes?: readonly string[]
    readonly lot: number
    readonly kit: number
    /** Path inside the run's folder. */
    readonly file?: string
    readonly sha256?: string
    readonly byteLength?: number
    readonly measures?: Measures
    /** As the recipient reads them; null where the schema marks the value private. */
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
  /** When the whole run was stopped, since a piece of that lot shows what identifies another communication. */
  readonly stopped?: { readonly at: string; readonly lot: number }
  readonly voided?: Deed
  readonly purged?: Deed
}
