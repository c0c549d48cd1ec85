/** Strips -> one page's worth of them: finds the place where the page ends, and repeats heads and feet of tables. */
import { tolerance } from '../measure.ts'
import { isHung } from './hang.ts'
import type { Pieces } from './part.ts'
import { part } from './part.ts'
import { heightOf, shows } from './stack.ts'
import type { Cursor, Flow, Fragment, Frame, Placed, Strip, TableFlow } from './strip.ts'

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
  readonly overflow?: () => void
  /** Told when text before an address window reaches into it. */
  readonly covered?: () => void
  /** Rows leave room for the foot below them even where that parts them. */
  readonly tight?: boolean
}

/** Where the page could end: after how many placed strips, and from where it goes on. */
interface Ending {
  readonly count: number
  readonly y: number
  readonly cursor: Cursor
  /** The table that would be interrupted. */
  readonly table: TableFlow | undefined
}

/** What of a table's head and foot is drawn again on one of its pages; met in order, so worked out once for each page. */
interface Repeats {
  readonly table: TableFlow
  readonly fragment: number
  readonly head: readonly Strip[]
  readonly foot: readonly Strip[]
  readonly footHeight: number
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
  let repeats: Repeats | undefined
  let free: Ending | undefined
  let held: Ending | undefined
  /** Inside the head of a table: only where nothing else can be done. */
  let last: Ending | undefined

  const put = (strip: Strip, height: number, repeated: boolean) => {
    placed.push({ strip, y, height, carry, repeated })
    y += height
  }
  const repeatsOf = (of: TableFlow): Repeats => {
    if (repeats?.table !== of || repeats.fragment !== fragment) repeats = findRepeats(of, fragment, room)
    return repeats
  }
  /** Rows of a head or foot, inside whatever frame their table stands in. */
  const repeat = (rows: readonly Strip[], frame: Frame | undefined) => {
    for (const row of rows) put(frame === undefined ? row : { ...row, frame }, row.height, true)
  }
  const footFits = (of: TableFlow | undefined, under: number): boolean =>
    of === undefined || under + repeatsOf(of).footHeight <= room.height + tolerance
  const endAt = (ending: Ending): Fragment => {
    const broken = ending.table
    const fits = footFits(broken, ending.y)
    if (!fits && room.tight !== true) return fill(flow, from, { ...room, tight: true })
    placed.length = ending.count
    y = ending.y
    carry = ending.cursor.carry
    if (broken !== undefined && fits) repeat(repeatsOf(broken).foot, placed.at(-1)?.strip.frame)
    return { placed, height: y, next: { ...ending.cursor, fragment: broken === undefined ? 1 : fragment + 1 } }
  }

  // A head that is itself parted goes on, and does not begin again.
  if (table !== undefined && strips[from.index]!.row?.part !== 'head') {
    repeat(repeatsOf(table).head, strips[from.index]!.frame)
  }
  let furniture = placed.length

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
      const broken = strips[index - 1]?.row?.table === own && strip.row?.part !== 'head' ? own : undefined
      const here = { count: placed.length, y, cursor: { index, fragment, carry }, table: broken }
      return endAt(footFits(broken, y) ? here : (free ?? held ?? here))
    }

    const goesOn = own !== undefined && strips[index + 1]?.row?.table === own
    let space = placed.length === 0 && (from.index > 0 || from.rest !== undefined) && !strip.force ? 0 : strip.space
    let whole = strip
    let height = heightOf(strip, y + space, room.top)
    const limit = room.height + tolerance - (goesOn && room.tight === true ? repeatsOf(own).footHeight : 0)
    if (y + space + height > limit) {
      // A margin below the last text is no reason for another page; what it is a place of stays with that text.
      if (strip.height === 0 && strip.content.kind === 'gap' && index === strips.length - 1 && placed.length > 0) {
        put(strip, 0, false)
        break
      }
    }
    // Nor is one above the first text to be kept where the page has no room for both; of a mark, with what it belongs to.
    if (first && room.must && space > 0) {
      const left = room.height - y - height - besideHeight(strips, index)
      if (space > left + tolerance) space = Math.max(0, left)
    }
    if (y + space + height > limit) {
      const stuck = free === undefined && held === undefined && room.must
      const below = own === undefined ? 0 : repeatsOf(own).footHeight
      const within = { height: room.height - y - space - below, room, must: room.must && first, fill }
      const parted: Pieces | undefined = stuck || mayPart(strip, height, room) ? part(strip, within) : undefined
      // Less than its mark needs is not parted from the rest.
      const short = parted?.rest !== undefined && y + space + parted.done.height + tolerance < markEnd(placed)
      const pieces = short && !within.must ? undefined : parted
      if (pieces?.rest !== undefined) {
        y += space
        put(pieces.done, pieces.done.height, false)
        if (y > room.height + tolerance) room.overflow?.()
        const cursor = { index, rest: pieces.rest, fragment, carry: pieces.carry ?? carry }
        return endAt({ count: placed.length, y, cursor, table: strip.row?.part === 'head' ? undefined : own })
      }
      if (pieces !== undefined) whole = pieces.done
      else {
        const ending = free ?? (room.must ? (held ?? last) : undefined)
        if (ending !== undefined) return endAt(ending)
        if (!room.must) return { placed: [], height: 0, next: from }
        whole = shrunk(strip, within.height)
      }
      height = whole === strip ? height : whole.height
    }
    y += space
    if (strip.row === undefined && strip.content.kind === 'pinned' && strip.content.below !== undefined) {
      if (room.top + y > strip.content.y + slack && placed.some(one => one.height > 0)) room.covered?.()
    }
    put(whole, height, false)
    if (y > room.height + tolerance) room.overflow?.()
    if (strip.carry !== undefined) carry = strip.carry
    if (isMark(strip)) {
      if (first) furniture = placed.length
      continue
    }

    const next = strips[index + 1]
    if (next === undefined) continue
    const cursor = { index: index + 1, fragment, carry }
    const ending = { count: placed.length, y, cursor, table: goesOn ? own : undefined }
    if (strip.row?.part === 'head' && goesOn) {
      last = { ...ending, table: undefined }
      continue
    }
    const reserve = goesOn ? repeatsOf(own).footHeight : 0
    if (y + reserve <= room.height + tolerance || (free === undefined && held === undefined)) {
      if (!next.keep) free = ending
      held = ending
    }
  }
  return { placed, height: y }
}

function isMark(strip: Strip): boolean {
  // A row is no mark, and asking for its contents may set it again.
  return strip.row === undefined && isHung(strip.content)
}

/** Of what a mark at this place belongs to; 0 where there is none. */
function besideHeight(strips: readonly Strip[], index: number): number {
  if (!isMark(strips[index]!)) return 0
  let next = index + 1
  while (next < strips.length && isMark(strips[next]!)) next += 1
  return strips[next]?.height ?? 0
}

/** Lower end of the marks that wait for what comes next; 0 where there are none. */
function markEnd(placed: readonly Placed[]): number {
  let end = 0
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const { strip, y } = placed[index]!
    if (!isMark(strip) || strip.content.kind !== 'line') break
    end = Math.max(end, y + strip.content.line.heightPt)
  }
  return end
}

/** Of a window: the height of a line that ends beside its upper edge may be rounded. */
const slack = 0.5

/** The table that goes on at a place in the flow, if rows of it were placed before. */
function tableAt(strips: readonly Strip[], from: Cursor): TableFlow | undefined {
  const here = strips[from.index]?.row?.table
  const before = from.rest === undefined ? strips[from.index - 1]?.row?.table : here
  return here !== undefined && here === before ? here : undefined
}

/** A head or foot that would take half of the room from the rows is not repeated. */
function findRepeats(table: TableFlow, fragment: number, room: Room): Repeats {
  const shown = (rows: readonly Strip[], limit: number): { rows: readonly Strip[]; height: number } => {
    const found = rows.filter(row => shows(row.row, fragment, false, room.page))
    const height = found.reduce((sum, row) => sum + row.height, 0)
    return height > limit ? { rows: [], height: 0 } : { rows: found, height }
  }
  const head = shown(table.head, room.height / 2)
  const foot = shown(table.foot, room.height / 2 - head.height)
  return { table, fragment, head: head.rows, foot: foot.rows, footHeight: foot.height }
}

/** Whether a strip is parted although there are places to end the page before it. */
function mayPart({ content }: Strip, height: number, room: Room): boolean {
  if (content.kind === 'side' || content.kind === 'tied') return content.parts || height > room.whole + tolerance
  return content.kind === 'gap' && height > room.whole + tolerance
}

/** An image as large as the room allows. */
function shrunk(strip: Strip, height: number): Strip {
  const { content } = strip
  if (content.kind !== 'image' || height < leastImage || height >= strip.height) return strip
  const width = (content.width * height) / strip.height
  const rest = content.width - width
  const x = content.x + (content.align === 'left' ? 0 : content.align === 'right' ? rest : rest / 2)
  return { ...strip, of: strip.of ?? strip, height, content: { ...content, x, width } }
}

/** Smaller than this an image shows nothing. */
const leastImage = 6
