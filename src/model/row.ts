/** Rows and rejects: what comes in, and what cannot be made of it. */
import type { Fault } from './fault.ts'
import type { Data } from './value.ts'

/** Where one row stands in its input file. */
export interface RowPlace {
  /** Position of its file in the job's order, from 0. */
  readonly file: number
  /** First line, from 1. */
  readonly line: number
  /** Byte range in the original file, line ending included: what `rejects/` copies. */
  readonly start: number
  readonly end: number
}

/** Why a reject is one: what the row or the rows together failed at. */
export interface Reject {
  /** The communication's id, where it is known. */
  readonly id?: string
  readonly faults: readonly Fault[]
  readonly rows: readonly RowPlace[]
}

/** What intake hands over, in the order of each key's first row. */
export type Assembled =
  | {
      readonly kind: 'communication'
      readonly id: string
      /** Checked data, after `prepare`, without what the schema does not know. */
      readonly data: Data
      /** Texts that `prepare` brought in. */
      readonly brought: readonly string[]
      readonly rows: readonly RowPlace[]
      /** Control sums of its rows, path -> decimal text. */
      readonly sums: Readonly<Record<string, string>>
    }
  | ({
      readonly kind: 'reject'
      readonly sums: Readonly<Record<string, string>>
    } & Reject)
