/** A mistake as somebody makes it in the small factory, and the one fault that has to come of it. */
import type { Exit, Fault, FaultCode } from '../../../src/model/index.ts'
import type { RunRequest } from '../../../src/run/index.ts'
import type { Factory } from '../../run/factory.ts'

export interface Mistake {
  /** What went wrong, as a phrase. */
  readonly what: string
  readonly code: FaultCode
  /** Makes the mistake in the factory, which is the current folder. What it gives back is called once all is over. */
  readonly make?: (factory: Factory) => MadeMistake | Promise<MadeMistake>
  /** Options of the run and of its check. */
  readonly asked?: Partial<RunRequest>
  /** Another command; default: `check`, then `run`. */
  readonly by?: () => Promise<Told>
  /** Why `check` cannot know: then only `run` is started. */
  readonly unchecked?: string
  /** Why `check` is enough. */
  readonly unrun?: string
  readonly exit: Exit
  /** The fault as it is written for people: its place, then its message. */
  readonly says: string
  readonly hint: string
  /** Codes of other faults that cannot but come along. */
  readonly also?: readonly FaultCode[]
}

// biome-ignore lint/suspicious/noConfusingVoidType: most mistakes give nothing back
type MadeMistake = (() => void) | void

/** What a command tells. */
export interface Told {
  readonly exit: Exit
  readonly faults: readonly Fault[]
}
