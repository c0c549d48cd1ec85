/** Strips -> one page's worth of them: finds the place where the page ends, repeats heads and feet of tables, parts what must be parted. */
import { showsOn } from './on.ts'
import type { Cell, Cursor, Flow, Fragment, Frame, Placed, RowPart, Side, Strip, TableFlow } from './strip.ts'
import { start } from './strip.ts'

export interface Room {
  readonly height: number
  /** Height of a whole page: a row that is taller is parted at once. */
  readonly whole: number
  /** Where the room begins, from the page's upper edge. */
  readonly top: number
  /** Number of the page, from 1. */
  readonly page: number
  /** Something has to be placed, even if it does not fit: the room is as large as rooms get. */
  readonly must: boolean
  /** Whether it is a page's: only there `break-before="page"` can be obeyed. */
  readonly forces: boolean
  /** Told when a strip is placed that is taller than the room. */
  readonly overflow?: (strip: Strip) => void
}

/** Room without an end, for measuring and for cells that are not parted. */
export function endless(page = 1): Room {
  return { height: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY, top: 0, page, must: true, forces: false }
}

/** Where the page could end: after how many placed strips, and from where it goes on. */
interface Ending {
  readonly count: number
  readonly y: number
  readonly cursor: Cursor
  /** The table that would be interrupted. */
  readonly table: TableFlow | undefined
}

/** Rows of a table are met in order, so what a table's pages need is worked out once for each. */
interface Feet {
  readonly table: TableFlow
  readonly fragment: number
  readonly height: number
}

/**
 * Fills the room from a place in the flow. Linear in the strips that are placed. Pages end, in order of preference: where a strip is
 * forced to the next page, at the last place where nothing is held together, inside a strip that may be parted, at any strip.
 */
export function fill(flow: Flow, from: Cursor, room: Room): Fragment {
  const { strips } = flow
  const placed: Placed[] = []
  let y = 0
  let carry = from.carry
  let fragment = from.fragment
  let table = tableAt(strips, from)
  let feet: Feet | undefined
  let free: Ending | undefined
  let held: Ending | undefined

  const put = (strip: Strip, height: number, repeated: boolean) => {
    placed.push({ strip, y, height, carry, repeated })
    y += height
  }
  /** Rows of a head or foot, inside whatever frame their table stands in. */
  const repeat = (rows: readonly Strip[], frame: Frame | undefined) => {
    for (const row of rows) {
      if (shows(row.row, fragment, false, room.page))
        put(frame === undefined ? row : { ...row, frame }, row.height, true)
    }
  }
  const footHeight = (of: TableFlow): number => {
    if (feet?.table !== of || feet.fragment !== fragment) {
      const rows = of.foot.filter(row => shows(row.row, fragment, false, room.page))
      feet = { table: of, fragment, height: rows.reduce((sum, row) => sum + row.height, 0) }
    }
    return feet.height
  }
  const endAt = (ending: Ending): Fragment => {
    placed.length = ending.count
    y = ending.y
    carry = ending.cursor.carry
    const broken = ending.table
    if (broken !== undefined) repeat(broken.foot, placed.at(-1)?.strip.frame)
    return { placed, height: y, next: { ...ending.cursor, fragment: broken === undefined ? 1 : fragment + 1 } }
  }

  if (table !== undefined) repeat(table.head, strips[from.index]!.frame)
  const furniture = placed.length

  for (let index = from.index; index < strips.length; index += 1) {
    const strip = index === from.index && from.rest !== undefined ? from.rest : strips[index]!
    const own = strip.row?.table
    if (own !== table) {
      table = own
      fragment = 1
      carry = ''
    }
    if (!shows(strip.row, fragment, strip.row?.part === 'foot', room.page)) continue
    const first = placed.length === furniture
    if (strip.force && room.forces && !first) {
      const broken = strips[index - 1]?.row?.table === own ? own : undefined
      return endAt({ count: placed.length, y, cursor: { index, fragment, carry }, table: broken })
    }

    const space = placed.length === 0 && (from.index > 0 || from.rest !== undefined) && !strip.force ? 0 : strip.space
    const goesOn = own !== undefined && strips[index + 1]?.row?.table === own
    let whole = strip
    let height = heightOf(strip, y + space, room)
    if (y + space + height > room.height + epsilon) {
      const parts = strip.content.kind === 'side' && (strip.content.parts || height > room.whole + epsilon)
      const stuck = free === undefined && held === undefined && room.must
      const below = own === undefined ? 0 : footHeight(own)
      const pieces = parts || stuck ? part(strip, room.height - y - space - below, room, room.must && first) : undefined
      if (pieces?.rest !== undefined) {
        y += space
        put(pieces.done, pieces.done.height, false)
        return endAt({ count: placed.length, y, cursor: { index, rest: pieces.rest, fragment, carry }, table: own })
      }
      if (pieces === undefined) {
        const ending = free ?? (room.must ? held : undefined)
        if (ending !== undefined) return endAt(ending)
        if (!room.must) return { placed: [], height: 0, next: from }
        room.overflow?.(strip)
      } else {
        whole = pieces.done
        height = whole.height
      }
    }
    y += space
    put(whole, height, false)
    if (strip.row?.carry !== undefined) carry = strip.row.carry

    const next = strips[index + 1]
    if (next === undefined || strip.row?.part === 'head') continue
    const reserve = goesOn ? footHeight(own) : 0
    if (y + reserve <= room.height + epsilon || (free === undefined && held === undefined)) {
      const cursor = { index: index + 1, fragment, carry }
      const ending = { count: placed.length, y, cursor, table: goesOn ? own : undefined }
      if (!next.keep) free = ending
      held = ending
    }
  }
  return { placed, height: y }
}

const epsilon = 0.01

/** The table that goes on at a place in the flow, if rows of it were placed before. */
function tableAt(strips: readonly Strip[], from: Cursor): TableFlow | undefined {
  const here = strips[from.index]?.row?.table
  const before = from.rest === undefined ? strips[from.index - 1]?.row?.table : here
  return here !== undefined && here === before ? here : undefined
}

/** Whether a row shows: `first` and `last` mean the table's own pages, `odd` and `even` those of the document. */
function shows(row: RowPart | undefined, fragment: number, last: boolean, page: number): boolean {
  return row?.on === undefined || showsOn(row.on, { first: fragment === 1, last, page })
}

function heightOf(strip: Strip, y: number, room: Room): number {
  if (strip.content.kind !== 'pinned') return strip.height
  return strip.content.below === undefined ? 0 : Math.max(0, strip.content.below - room.top - y)
}

/** What of a strip fits, and what is left; undefined where nothing fits or it cannot be parted. */
function part(strip: Strip, height: number, room: Room, must: boolean): { done: Strip; rest?: Strip } | undefined {
  if (strip.content.kind !== 'side' || !(height > 0 || must)) return undefined
  const side = strip.content
  const fragments = side.cells.map(cell => {
    const [top, , bottom] = cell.padding
    const inner = { ...room, height: Math.max(0, height - lines(side) - top - bottom), must, top: 0, forces: false }
    return fill(cell.flow, cell.from, inner)
  })
  const progress = fragments.some(fragment => fragment.placed.length > 0)
  const whole = fragments.every(fragment => fragment.next === undefined)
  if (!progress && !whole) return undefined
  const tallest = Math.max(...fragments.map((fragment, index) => fragment.height + padding(side.cells[index]!)))
  const cells = side.cells.map((cell, index): Cell => ({ ...cell, align: 'top', placed: fragments[index]! }))
  const piece = { ...strip, of: strip.of ?? strip }
  const done: Strip = { ...piece, height: tallest + lines(side), content: { ...side, cells }, goesOn: !whole }
  if (whole) return { done }
  const left = side.cells.map((cell, index): Cell => {
    const { placed: _placed, ...rest } = cell
    const next = fragments[index]!.next
    return next === undefined ? { ...rest, flow: nothing, from: start } : { ...rest, from: next }
  })
  const content: Side = { ...side, cells: left }
  return {
    done,
    rest: { ...piece, space: 0, force: false, continues: true, height: Number.POSITIVE_INFINITY, content },
  }
}

const nothing: Flow = { strips: [] }

/** What the lines above and below a row take. */
function lines({ borderTop, borderBottom }: Side): number {
  return (borderTop?.widthPt ?? 0) + (borderBottom?.widthPt ?? 0)
}

function padding({ padding: [top, , bottom] }: Cell): number {
  return top + bottom
}
