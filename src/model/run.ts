/** A run as it is seen from outside: what happens while it goes, and the report it ends with. */
import type { FaultCode } from './codes.ts'
import type { Fault } from './fault.ts'
import type { Outcome } from './piece.ts'

/** What a run tells while it goes. Holds no personal data. */
export type RunEvent =
  | {
      readonly kind: 'started'
      readonly run: string
      readonly folder: string
      readonly date: string
      readonly resumed: boolean
    }
  /** A warning: the run goes on. */
  | { readonly kind: 'warned'; readonly fault: Fault }
  /** Progress of intake: rows read so far, of all files together. */
  | { readonly kind: 'reading'; readonly rows: number }
  | { readonly kind: 'read'; readonly rows: number; readonly communications: number; readonly rejects: number }
  | { readonly kind: 'allocated'; readonly communications: number; readonly pieces: number; readonly lots: number }
  /** Progress inside lots: communications pressed so far in this process, of those it has to press. */
  | { readonly kind: 'pressing'; readonly communications: number; readonly of: number }
  | {
      readonly kind: 'published'
      readonly lot: number
      readonly rendered: number
      readonly failed: number
      readonly held: number
    }
  /** A worker died or hung and was replaced. */
  | {
      readonly kind: 'worker-lost'
      /** Absent: it had none, and foresaw what was read, or waited. */
      readonly lot?: number
      readonly reason: string
    }
  | { readonly kind: 'finished'; readonly run: string; readonly exit: number }

/** Exit codes of the command line (DESIGN §6): the gravest that applies. */
export type Exit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 130

/** What an operator signs off: what came in, what went out, and whether it adds up. Everything but `timing` and `chain` repeats exactly. */
export interface Report {
  readonly platen: string
  readonly run: string
  readonly job: string
  readonly template: string
  readonly period: string | null
  /** The run's fixed date, ISO 8601. */
  readonly date: string
  /** Digest over all input files in the job's order, and each file's rows. */
  readonly data: {
    readonly sha256: string
    readonly files: readonly {
      readonly file: string
      readonly rows: number
      readonly filtered: number
      /** Hex digest of its bytes, as they were read. */
      readonly sha256: string
    }[]
  }
  /** Digest over the kit that the run began with. */
  readonly kit: string
  /** Rows of the data file and of 1:n joined files: read = communications + rejected + filtered. */
  readonly rows: {
    readonly read: number
    readonly communications: number
    readonly rejected: number
    readonly filtered: number
  }
  /** Rejected counts every reject, those that belong to no communication too. */
  readonly communications: { readonly made: number; readonly rejected: number; readonly alreadyIssued: number }
  readonly pieces: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  readonly measures: Readonly<
    Record<string, { readonly pages: number; readonly parts: number; readonly bytes: number }>
  >
  /** What the documents come to: sums of the facts that are money, over communications with a rendered piece; none where currencies differ. */
  readonly facts: Readonly<Record<string, FactSum>>
  /** ISO 4217 code of those sums, and of these facts as read back; absent: each document has its own, or an earlier version made the run. */
  readonly currency?: string
  /** The same, by fact and currency, where each document's currency is its own; absent: there is one for all. */
  readonly currencies?: Readonly<Record<string, Readonly<Record<string, FactSum>>>>
  /** Facts that are money or numbers, as they were read back from the finished pieces, added up beside the data's own. */
  readonly readBack: readonly ReadBack[]
  /** What the rendered pieces cost by the brand's price list; null where it has none. */
  readonly cost: Cost | null
  /** Control totals that were given besides the sums; absent: not given. A run that goes on has met them. */
  readonly expected?: { readonly rows?: number; readonly communications?: number }
  /** Control sums by path: read = accepted + rejected. Decimal text. */
  readonly sums: Readonly<Record<string, SumReport>>
  /** Rejects by reason, most frequent first, with the places of the first few; they quote nothing. */
  readonly rejects: readonly {
    readonly code: string
    readonly count: number
    readonly places: readonly { readonly file: string; readonly line?: number }[]
  }[]
  /** Pieces that were not rendered, by reason. */
  readonly notRendered: readonly {
    readonly channel: string
    readonly outcome: string
    readonly reason: string
    /** Those of `docs/faults.md` behind it; none for a piece that was skipped, or is held with a sibling only. Reports of earlier versions have none. */
    readonly codes?: readonly string[]
    readonly count: number
  }[]
  /** The job's suppression list: how many different entries it has, and how many of them met somebody whom the route chose; absent without one. */
  readonly suppression?: Met & {
    /** The list as each retry asked it, of those it was to make again only; absent where none did. */
    readonly retries?: readonly Met[]
  }
  readonly lots: number
  /** Digest over the manifests of all lots, in order; null where no piece was made. */
  readonly manifests: string | null
  /** Why the run was refused, where it was. */
  readonly refused: readonly Fault[]
  readonly warnings: readonly Fault[]
  readonly timing: {
    readonly startedAt: string
    readonly finishedAt: string
    /** Wall-clock seconds of the process that finished the run. */
    readonly seconds: number
  }
  readonly exit: Exit
  /** When, by whom and why the run was declared void; null for one that holds. */
  readonly voided: Deed | null
  /** When and by whom personal data and pieces were removed; null while they are there. */
  readonly purged: Deed | null
  /** The head of the ledger's chain of events: it stands for everything that happened up to this report. */
  readonly chain: ChainHead
}

/** Something that a person did to a run. */
export interface Deed {
  /** ISO 8601, UTC. */
  readonly at: string
  /** The name of the system's user whose process it was. */
  readonly user: string
  /** Whom that user named as the one who decided. */
  readonly by?: string
  /** In that person's words; absent where no reason is asked for. */
  readonly why?: string
}

/** The last of a ledger's events, which are chained by hash: noted elsewhere, no event up to it can be changed unseen. */
export interface ChainHead {
  /** Its number: how many there are. */
  readonly events: number
  /** Hex SHA-256. */
  readonly head: string
}

/** What a fact comes to. */
export interface FactSum {
  /** How many documents have it. */
  readonly documents: number
  /** Decimal text. */
  readonly sum: string
}

/** What the rendered pieces of a channel were found to say of a fact, all together. */
export interface ReadBack {
  readonly channel: string
  readonly fact: string
  /** ISO 4217 code of these amounts, where each document's currency is its own; absent: there is one for all. */
  readonly currency?: string
  /** How many pieces show it. */
  readonly pieces: number
  /** Sum of what was read in them, and of what their data says: decimal text. */
  readonly read: string
  readonly data: string
  readonly agrees: boolean
  /** Pieces that somebody released although they were not found to show it: in neither sum; absent: none. */
  readonly released?: number
}

/** How many different entries a suppression list has, and how many of them met somebody. */
export interface Met {
  readonly entries: number
  readonly matched: number
}

/** Pieces that cost the same each: those of one channel and, where the price depends on it, one country. */
export interface Tally {
  readonly channel: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  readonly pieces: number
  readonly pages: number
  readonly parts: number
}

export interface Cost {
  /** ISO 4217. */
  readonly currency: string
  /** Decimal text; what has no price is not in it. */
  readonly total: string
  /** In the order of channels and countries; `amount` is null where the price list has no price. */
  readonly lines: readonly (Tally & { readonly amount: string | null })[]
}

export interface SumReport {
  readonly expected: string | null
  readonly read: string
  readonly accepted: string
  readonly rejected: string
  /** Values that could not be read; where there are any, the total differs from whatever is expected. */
  readonly unreadable: number
}

/** What a ledger adds up to. */
export interface Counts {
  readonly communications: { readonly made: number; readonly rejected: number }
  /** Rejects that have an id: with `made`, every communication of the input. */
  readonly rejectedWithId: number
  /** Rejects that another run had issued. */
  readonly issued: number
  readonly rows: { readonly communications: number; readonly rejected: number }
  /** Outcomes by channel; `planned` are not known yet. */
  readonly pieces: Readonly<Record<string, Readonly<Record<Outcome | 'planned', number>>>>
  /** Pages and parts of rendered pieces, by channel. */
  readonly measures: Readonly<
    Record<string, { readonly pages: number; readonly parts: number; readonly bytes: number }>
  >
  /** What there is to be paid for: rendered pieces by channel and, where it matters, country. */
  readonly tallies: readonly Tally[]
  /** Rejects by the code of their first fault. */
  readonly rejects: Report['rejects']
  /** Pieces that are not rendered, by channel, outcome and reason. */
  readonly reasons: readonly {
    readonly channel: string
    readonly outcome: string
    readonly reason: string
    /** Behind it; none for a piece that was skipped, or is held with a sibling only. */
    readonly codes: readonly FaultCode[]
    readonly count: number
  }[]
}

/** A control sum: decimal text, over communications and over rejects. */
export interface Totals {
  readonly accepted: string
  readonly rejected: string
}
