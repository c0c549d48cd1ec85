/** A flow is a list of strips: what stands above one another and is never parted, or parted only by `compose`. */
import type { Border, Sides } from '../markup/values.ts'
import type { Line } from './lines.ts'
import type { On } from './looks.ts'
import type { Anchor, Role } from './page.ts'

export interface Flow {
  readonly strips: readonly Strip[]
}

export interface Strip {
  /** Space to the strip before; falls away where a page begins by itself. */
  readonly space: number
  /** Infinite where only composing can tell: the rest of a strip that was parted. */
  readonly height: number
  /** No page ends just before it, if that can be helped. */
  keep: boolean
  /** A page begins with it. */
  force: boolean
  /** The innermost frame around it. */
  readonly frame?: Frame | undefined
  readonly row?: RowPart | undefined
  /** What begins with it and is led to. */
  readonly anchors?: Anchored | undefined
  /** Rows: what `carry` shows from here on. */
  readonly carry?: string | undefined
  readonly content: Content
  /** The strip that this is a part of, and whether parts come before or after it. */
  readonly of?: Strip
  readonly continues?: boolean
  readonly goesOn?: boolean
}

/** Padding, lines and ground around some strips of one flow. */
export interface Frame {
  readonly outer?: Frame
  readonly x: number
  readonly width: number
  readonly borders: readonly [Border, Border, Border, Border]
  readonly radius: number
  readonly background?: string
  readonly role: Role
  /** Its first and last strips: where the upper and the lower line are drawn. */
  first?: Strip
  last?: Strip
}

/** A strip that is a row of a table. */
export interface RowPart {
  readonly table: TableFlow
  readonly part: 'head' | 'body' | 'foot'
  readonly on?: On
}

/** What is led to, before its height on a page is known. */
export type Anchored = readonly Omit<Anchor, 'y'>[]

/** A table as pages see it: what is repeated above and below its rows. */
export interface TableFlow {
  readonly head: readonly Strip[]
  /** Rows for the foot of a page that the table goes on from. */
  readonly foot: readonly Strip[]
}

/** A line, and the marks of lists that stand before it. */
export interface LineContent {
  readonly kind: 'line'
  readonly line: Line
  readonly x: number
  readonly markers?: readonly Marker[]
  /** It is a mark itself, and stands on the first baseline of what follows. */
  readonly hung?: boolean
}

export interface Marker {
  readonly line: Line
  readonly x: number
}

export type Content =
  | LineContent
  | ImageContent
  | { readonly kind: 'rule'; readonly x: number; readonly width: number; readonly color: string; readonly role: Role }
  | { readonly kind: 'gap' }
  | Side
  | Tied
  | Pinned

export interface ImageContent {
  readonly kind: 'image'
  readonly x: number
  readonly width: number
  readonly name: string
  readonly role: Role
  readonly align: 'left' | 'center' | 'right'
}

/** Cells beside one another: a row of a table, or columns. */
export interface Side {
  readonly kind: 'side'
  readonly cells: readonly Cell[]
  /** Whether it may be parted although it would fit on a page of its own. */
  readonly parts: boolean
  readonly x: number
  readonly width: number
  readonly role: Role
  readonly background?: string | undefined
  readonly borderTop?: Border | undefined
  readonly borderBottom?: Border | undefined
  /** Rows: what stands between two columns; no line is drawn in it where cells on both sides go on. */
  readonly gap?: number | undefined
  /** Rows: the height that they were told to have, lines included; absent where nothing is said. */
  readonly told?: number | undefined
}

/** Rows of a table that cells hold together by covering several of them. */
export interface Tied {
  readonly kind: 'tied'
  readonly rows: readonly TiedRow[]
  /** Whether they may be parted although they would fit on a page of their own. */
  readonly parts: boolean
}

export interface TiedRow {
  /** With the cells that begin in it. */
  readonly side: Side
  /** How many rows each of these cells covers. */
  readonly spans: readonly number[]
  /** As drawn: the last row that a cell covers is as high as that cell needs. */
  readonly height: number
  /** Least height that it was told to have. */
  readonly least: number
  readonly carry?: string
  readonly continues?: boolean
  readonly goesOn?: boolean
}

/** Where a cell stands in its row, and what is drawn around its contents: one for all cells of a column that look the same. */
export interface Box {
  readonly x: number
  readonly width: number
  /** Borders included. */
  readonly padding: Sides
  readonly borders: readonly [Border, Border, Border, Border]
  readonly radius: number
  readonly background?: string | undefined
  readonly align: 'top' | 'middle' | 'bottom'
}

export interface Cell {
  readonly box: Box
  readonly role: Role
  /** Its contents where they are one line. */
  readonly line: Line | undefined
  /** Its contents where they are not: see `contents.ts`. */
  readonly flow: Flow | undefined
  /** Where its contents begin: past the start in the rest of a parted row. */
  readonly from: Cursor
  /** Its contents as placed; absent where only composing can tell. */
  readonly placed?: Fragment | undefined
  /** Parted: it has no upper line where it goes on from a page, and no lower line where it goes on to one. */
  readonly continues?: boolean | undefined
  readonly goesOn?: boolean | undefined
}

/** A block at a fixed place of the page. */
export interface Pinned {
  readonly kind: 'pinned'
  readonly x: number
  readonly y: number
  readonly flow: Flow
  /** What follows it begins at this distance from the page's upper edge, or lower. */
  readonly below?: number
}

/** A place in a flow. */
export interface Cursor {
  readonly index: number
  /** What is left of the strip there. */
  readonly rest?: Strip
  /** Which of its table's pages comes next, from 1. */
  readonly fragment: number
  /** The last `carry` set before it. */
  readonly carry: string
}

/** Strips at their places, y from the top of what was filled. */
export interface Fragment {
  readonly placed: readonly Placed[]
  readonly height: number
  /** Where to go on; absent when all is placed. */
  readonly next?: Cursor
}

export interface Placed {
  readonly strip: Strip
  readonly y: number
  readonly height: number
  readonly carry: string
  /** Drawn again because a page ended inside its table. */
  readonly repeated: boolean
}

export const start: Cursor = { index: 0, fragment: 1, carry: '' }
