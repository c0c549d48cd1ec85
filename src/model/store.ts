/** The scratch that rows wait in between being read and being put together: rows of one communication may stand anywhere. */
import type { RowPlace } from './row.ts'

/** A row on its way in. */
export interface NewRow {
  /** Number in the order of reading, over all files; from `next()`. Given twice where a damaged row may belong to two. */
  readonly seq: number
  readonly place: RowPlace
  /** A short hash of all that the file says in it, also where the job draws less; absent where nobody asks whether two are the same. */
  readonly print?: number
  /** Its values as JSON text in the reader's own notation; absent where the row could not be read. */
  readonly cells?: string
  /** What is wrong with it, in the reader's own notation. */
  readonly faults?: string | undefined
  /** Whether it counts here; false for a row that another communication already accounts for. */
  readonly owned: boolean
  /** Rows of the first file: the communication it belongs to; absent: it stands alone. */
  readonly key?: RowKey | undefined
  /** Values that other rows may find it by: number of a link, and text. */
  readonly links: readonly (readonly [link: number, value: string])[]
}

export interface RowKey {
  readonly text: string
  /** The text as it is drawn (`drawn`): ids that are drawn alike cannot be told apart on paper, nor some of them in file names. */
  readonly drawn: string
}

/** Another communication whose key is drawn as this one's: where its first row stands, and the key. */
export interface Twin {
  readonly line: number
  readonly text: string
}

/** Rows on their way out, as they were kept: one, or some of one communication that came one after another. */
export interface StoredRun {
  readonly rows: readonly StoredRow[]
  /** The values of each, as text of a list; absent where they could not be read. */
  readonly cells: string | undefined
}

/** A row on its way out. */
export interface StoredRow {
  /** Of all rows that were kept together; rows that are found by a link have one each. */
  readonly id: number
  readonly seq: number
  readonly place: RowPlace
  readonly print: number | undefined
  readonly faults: string | undefined
  readonly owned: boolean
  /** Number of the communication: rows with the same one follow each other. */
  readonly group: number
  /** The communication's key; absent for a row that stands alone. */
  readonly key: string | undefined
}

/** How rows of one file find their parents: a parent's `ours` value equals a child's `theirs` value. */
export interface Claim {
  /** Number of this relation, from 1. */
  readonly node: number
  /** The relation that found the parents; 0: the rows of the first file. */
  readonly parent: number
  readonly ours: number
  readonly theirs: number
  /** Whether the rows found belong to their communication (1:n), or are only looked at (n:1). */
  readonly owns: boolean
}

/** A row that a key does not find, and that it may be meant for: the two look alike. */
export interface Lookalike {
  /** Position of the file that it stands in. */
  readonly file: number
  readonly line: number
  /** Under which the row is found. */
  readonly link: number
  /** The row's key. */
  readonly theirs: string
  /** The key that it was looked for by. */
  readonly ours: string
}

/**
 * Rows by communication and by link. First all `add`s, of the first file before all others; then `index` once; then reading.
 * Lives on disk as far as memory is short; nothing of it is left after `close`.
 */
export interface RowStore {
  readonly next: () => number
  readonly add: (row: NewRow) => void
  /** Whether a row of the first file has come with this key. */
  readonly known: (key: string) => boolean
  /** Whether a row has come with this value of a link. */
  readonly linked: (link: number, value: string) => boolean
  /** Keeps a note until a file has been read: `notes` gives them back, in order, and forgets them. */
  readonly note: (text: string) => void
  readonly notes: () => Iterable<string>
  /** Remembers that a value was rewritten, so that damaged rows with the raw value find their own. */
  readonly alias: (link: number, raw: string, value: string) => void
  readonly aliases: (link: number, raw: string) => readonly string[]
  /** Remembers that the parent with this value was filtered; its children follow it. */
  readonly drop: (link: number, value: string) => void
  readonly dropped: (link: number, value: string) => boolean
  /** Ends the adding; finds which communication each child belongs to. `near`: links that `near` is asked about. */
  readonly index: (claims: readonly Claim[], near?: readonly number[]) => void
  /** All rows of the first file, communication by communication, in the order of each one's first row. */
  readonly walk: () => Iterable<StoredRun>
  /** The rows with this value of a link, in the order of reading; at most `limit`. */
  readonly matches: (link: number, value: string, limit?: number) => readonly StoredRun[]
  /** All children that a communication is the first to claim, in the order of reading. */
  readonly children: (group: number) => readonly StoredRun[]
  /** First and last communication that claim a child. */
  readonly claimants: (id: number) => { readonly first: number; readonly last: number } | undefined
  /** Children of a file that no communication claims, in the order of reading. */
  readonly orphans: (file: number) => Iterable<StoredRun>
  /** Children that nobody claims, and that name a communication by a key which only looks like one of its own; some of them, if there are many. */
  readonly lookalikes: (group: number) => readonly Lookalike[]
  /** The first row of a link whose key looks like this one. */
  readonly near: (link: number, value: string) => Lookalike | undefined
  /** The first other communication that is drawn alike, if there is one. */
  readonly twin: (key: RowKey) => Twin | undefined
  readonly close: () => void
}
