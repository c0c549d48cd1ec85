/** Raw rows: what a file holds before anything is made of it, and how it is read. */
import type { DataFile } from '../model/index.ts'
import type { WrittenGroup } from '../schema/index.ts'
import type { BytesRequest } from './bytes.ts'
import type { Damage } from './damage.ts'

/** One row as the file has it: exactly one of `fields`, `object`, `damage`. */
export interface RawRow {
  readonly line: number
  /** Byte range, line ending included. */
  readonly start: number
  readonly end: number
  /** In the order of the header. */
  readonly fields?: readonly string[]
  readonly object?: WrittenGroup
  readonly damage?: Damage
}

/** What the header says: only tables have one. */
export interface Header {
  readonly names: readonly string[]
  /** Line it begins at, from 1. */
  readonly line: number
  /** Where it ends, in bytes; what stands before belongs to it. */
  readonly end: number
}

export interface Reader {
  /** Absent for JSON, where each row names its own columns. */
  readonly header?: Header
  /** All rows, once; throws FaultError where the file has to be refused after all. */
  readonly rows: () => AsyncGenerator<readonly RawRow[]>
  /** After the last row: the file's digest and what was passed over. */
  readonly figures: () => { readonly sha256: string; readonly bytes: number; readonly blank: number }
  readonly close: () => Promise<void>
}

export interface ReaderRequest extends BytesRequest {
  readonly file: DataFile
  /** Columns that the job knows. */
  readonly columns: readonly string[]
  /** Longest row in bytes. */
  readonly longest?: number
}
