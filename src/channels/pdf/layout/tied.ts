/** Rows that are tied by cells over several of them: how high each becomes, and how they are parted where a page ends among them. */
import { tolerance } from '../measure.ts'
import { heightIn, placedIn } from './contents.ts'
import type { PartRoom, Pieces } from './part.ts'
import { cellDone, cellLeft, fillCell, paddingOf, pieceOf, restOf, restOfTold } from './part.ts'
import type { Cell, Fragment, Strip, Tied, TiedRow } from './strip.ts'

/** What of a cell fits a height. */
type Fit = (cell: Cell, height: number) => Fragment

/** A cell that covers rows `from` to `to`. */
interface Covering {
  readonly cell: Cell
  readonly from: number
  readonly to: number
}

/** Rows one below the other, as far as all of a row fits. */
interface Stack {
  /** Upper edges of the rows that fit. */
  readonly tops: readonly number[]
  /** Where the last of them ends. */
  readonly y: number
  readonly fragments: ReadonlyMap<Cell, Fragment>
  /** What begins above that place and reaches below it. */
  readonly open: readonly Covering[]
}

/** Rows whose cells are set, each with its height: a cell that needs more than its rows have makes the last of them higher. */
export function settleRows(rows: readonly TiedRow[]): { readonly rows: readonly TiedRow[]; readonly height: number } {
  const { tops, y } = stack(rows, Number.POSITIVE_INFINITY, cell => placedIn(cell)!)
  return { rows: rows.map((row, index) => ({ ...row, height: (tops[index + 1] ?? y) - tops[index]! })), height: y }
}

/**
 * Ends between two rows if the upper one is done and the lower one could stand on a page of its own, else inside the row that does not
 * fit. Cells that cover rows on both sides are parted by their lines.
 */
export function partTied(strip: Strip, tied: Tied, within: PartRoom): Pieces | undefined {
  const { rows, parts } = tied
  const fits = remembering((cell, height) => fillCell(cell, height, { ...within, must: false }))
  const forced: Fit = (cell, height) => fillCell(cell, height, within)
  const { tops, y, fragments, open } = stack(rows, within.height, fits)
  const at = tops.length
  const row = rows[at]
  if (row === undefined) return { done: pieceTo({ strip, tied, tops, bottom: y, fragments, cut: new Map() }) }
  // A row whose own cells fit stays: only what covers it from above goes on.
  const alone = heightAlone(row)
  const inside = at === 0 || parts || y + alone <= within.height || alone > within.room.whole
  const edges = [...tops, y]
  const reaching = [...open, ...beginning(rows, at)]
  const end = (fit: Fit) => endInside({ rows, tops: edges, reaching, height: within.height, must: fit === forced }, fit)
  const bare = [...fragments.values()].every(fragment => fragment.placed.length === 0)
  const tried = inside ? (end(fits) ?? (bare && within.must ? end(forced) : undefined)) : undefined
  // Nothing of the row itself is left but, where it was told to be higher, an empty space.
  const all = tried !== undefined && reaching.every(one => one.to > at || tried.cut.get(one.cell)!.next === undefined)
  const rest = all ? restOfTold(row.side, { shown: tried.bottom - y, left: within.height - y }) : undefined
  const waits = rest !== undefined && alone <= within.room.whole && (at > 0 || !within.must)
  const ended = waits ? undefined : tried
  if (at === 0 && ended === undefined) return undefined
  const { bottom: shown, cut } = ended ?? endAbove(rows, tops, y, open, fits)
  const bottom = ended === undefined || rest === undefined ? shown : y + row.least - rest
  const through = ended !== undefined && all && rest === undefined
  const next = through ? at + 1 : at

  const done = pieceTo({ strip, tied, tops: ended === undefined ? tops : edges, bottom, fragments, cut, next })
  const going = (ended === undefined ? open : reaching)
    .filter(one => one.to >= next)
    .map(one => ({ cell: cellLeft(one.cell, cut.get(one.cell)!), span: one.to - next + 1 }))
  const following = rows[next]
  if (following === undefined) return { done }
  if (next > at || ended === undefined) {
    going.push(...following.side.cells.map((cell, index) => ({ cell, span: following.spans[index]! })))
  }
  going.sort((a, b) => a.cell.box.x - b.cell.box.x)
  const first: TiedRow = {
    ...following,
    side: {
      ...following.side,
      cells: going.map(one => one.cell),
      ...(next === at && ended !== undefined && { told: rest }),
    },
    spans: going.map(one => one.span),
    ...(next === at && ended !== undefined && { continues: true, least: rest ?? above(following) + below(following) }),
  }
  // What a row carries counts where its own cells end, even if one that began above goes on.
  const counted =
    ended !== undefined &&
    row.side.cells.every((cell, index) => row.spans[index]! > 1 || cut.get(cell)!.next === undefined)
  const carry = rows.slice(0, counted ? at + 1 : at).findLast(one => one.carry !== undefined)?.carry
  const left = restOf(strip, { ...tied, rows: [first, ...rows.slice(next + 1)] })
  return { done, rest: left, ...(carry !== undefined && { carry }) }
}

/** Tables in tables in tables would be tried twice at each level. */
function remembering(fitted: Fit): Fit {
  const known = new Map<Cell, { readonly height: number; readonly fragment: Fragment }>()
  return (cell, height) => {
    const before = known.get(cell)
    if (before?.height === height) return before.fragment
    const fragment = fitted(cell, height)
    known.set(cell, { height, fragment })
    return fragment
  }
}

interface PieceOf {
  readonly strip: Strip
  readonly tied: Tied
  /** Upper edges of the rows that it shows. */
  readonly tops: readonly number[]
  readonly bottom: number
  readonly fragments: ReadonlyMap<Cell, Fragment>
  readonly cut: ReadonlyMap<Cell, Fragment>
  /** The row that the next page begins with; absent where nothing is left. */
  readonly next?: number
}

/** The rows of a page, as high as they are there. */
function pieceTo({ strip, tied, tops, bottom, fragments, cut, next = tops.length }: PieceOf): Strip {
  const rows = tied.rows.slice(0, tops.length).map((row, index): TiedRow => {
    const height = (tops[index + 1] ?? bottom) - tops[index]!
    const cells = row.side.cells.map((cell, at) => {
      const parted = cut.get(cell)
      if (parted === undefined) return { ...cell, placed: fragments.get(cell)! }
      return cellDone(cell, parted, index + row.spans[at]! > next)
    })
    const spans = row.spans.map(span => Math.min(span, tops.length - index))
    return { ...row, height, spans, side: { ...row.side, cells }, ...(index === next && { goesOn: true }) }
  })
  const goesOn = next < tied.rows.length
  return { ...pieceOf(strip), height: bottom, content: { ...tied, rows }, goesOn }
}

function stack(rows: readonly TiedRow[], height: number, fitted: Fit): Stack {
  const tops: number[] = []
  const fragments = new Map<Cell, Fragment>()
  let open: Covering[] = []
  let y = 0
  for (let index = 0; index < rows.length; index += 1) {
    const covering = [...open, ...beginning(rows, index)]
    let bottom = y + rows[index]!.least
    for (const one of covering) {
      if (one.to > index) continue
      const fragment = fitTo(one, rows, tops[one.from] ?? y, height - below(rows[index]!), fitted)
      fragments.set(one.cell, fragment)
      const ends = (tops[one.from] ?? y) + reach(one, rows, fragment) + below(rows[index]!)
      bottom = fragment.next === undefined ? Math.max(bottom, ends) : Number.POSITIVE_INFINITY
      if (bottom > height + tolerance) return { tops, y, fragments, open }
    }
    if (bottom > height + tolerance) return { tops, y, fragments, open }
    tops.push(y)
    y = bottom
    open = covering.filter(one => one.to > index)
  }
  return { tops, y, fragments, open }
}

interface End {
  readonly bottom: number
  /** What of each parted cell fits above it. */
  readonly cut: ReadonlyMap<Cell, Fragment>
}

interface Inside {
  readonly rows: readonly TiedRow[]
  /** Upper edges of the rows up to the one that the page ends in. */
  readonly tops: readonly number[]
  /** What reaches into that row, or begins with it. */
  readonly reaching: readonly Covering[]
  readonly height: number
  /** Something has to be placed, even if it does not fit. */
  readonly must: boolean
}

/** The page ends inside the last of these rows; undefined if nothing would be placed of it. */
function endInside({ rows, tops, reaching, height, must }: Inside, fitted: Fit): End | undefined {
  const at = tops.length - 1
  const cut = new Map<Cell, Fragment>()
  let bottom = tops[at]! + above(rows[at]!) + below(rows[at]!)
  let progress = false
  for (const one of reaching) {
    const fragment = fitTo(one, rows, tops[one.from]!, height - below(rows[at]!), fitted)
    cut.set(one.cell, fragment)
    bottom = Math.max(bottom, tops[one.from]! + reach(one, rows, fragment) + below(rows[at]!))
    progress ||= fragment.placed.length > 0
  }
  // A row without any text may have a least height that no page has.
  const empty = [...cut.values()].every(fragment => fragment.next === undefined)
  // Padding alone may be too much for what is left of a page; where a page begins, it has to do.
  if (!must && bottom > height + tolerance) return undefined
  return progress || empty ? { bottom, cut } : undefined
}

/** The page ends between rows. */
function endAbove(
  rows: readonly TiedRow[],
  tops: readonly number[],
  y: number,
  open: readonly Covering[],
  fitted: Fit,
): End {
  const last = rows[tops.length - 1]!
  const cut = open.map(one => [one.cell, fitTo(one, rows, tops[one.from]!, y - below(last), fitted)] as const)
  return { bottom: y, cut: new Map(cut) }
}

function beginning(rows: readonly TiedRow[], index: number): Covering[] {
  const { side, spans } = rows[index]!
  return side.cells.map((cell, at) => ({ cell, from: index, to: Math.min(rows.length, index + spans[at]!) - 1 }))
}

/** What of a cell fits between the upper edge of its first row and a lower limit. */
function fitTo({ cell, from }: Covering, rows: readonly TiedRow[], top: number, limit: number, fitted: Fit): Fragment {
  return fitted(cell, limit - top - above(rows[from]!))
}

/** From the upper edge of its first row to where it ends, the line below left out. */
function reach({ cell, from }: Covering, rows: readonly TiedRow[], fragment: Fragment): number {
  return above(rows[from]!) + paddingOf(cell) + fragment.height
}

/** What a row's own cells and lines need, cells that reach further left out. */
function heightAlone(row: TiedRow): number {
  const own = row.side.cells.filter((_, index) => row.spans[index] === 1)
  const tallest = Math.max(0, ...own.map(cell => paddingOf(cell) + heightIn(cell)))
  return Math.max(row.least, tallest + above(row) + below(row))
}

function above({ side }: TiedRow): number {
  return side.borderTop?.widthPt ?? 0
}

function below({ side }: TiedRow): number {
  return side.borderBottom?.widthPt ?? 0
}
