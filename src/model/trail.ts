/** What can be found out about a run afterwards. */
import type { Fault } from './fault.ts'
import type { ChainHead, Exit } from './run.ts'

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
