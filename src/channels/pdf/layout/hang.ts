/** Marks of lists before entries that begin with a table, columns or an image: they stand on the first baseline inside it. */
import { placedIn } from './contents.ts'
import type { Line } from './lines.ts'
import type { SetRow } from './rows.ts'
import type { Cell, Content, LineContent, Marker, Placed } from './strip.ts'

/** A mark as a strip of its own just above the contents that it belongs to, and the height that its own first line lacks there. */
export function hung({ line, x }: Marker, beside: SetRow): { readonly content: LineContent; readonly lack: number } {
  const baselinePt = baselineOf(beside) ?? line.baselinePt
  return { content: { kind: 'line', line, x, hung: true }, lack: Math.max(0, line.baselinePt - baselinePt) }
}

/** Whether it is the mark of what follows: no page ends between them. */
export function isHung(content: Content): boolean {
  return content.kind === 'line' && content.hung === true
}

/** How far below its own place a mark stands, which is the first one here, beside what was placed after it. */
export function dropOf(mark: Line, placed: readonly Placed[]): number {
  const next = placed.find(({ strip }) => !isHung(strip.content))
  const baselinePt = next === undefined ? undefined : baselineOf({ content: next.strip.content, height: next.height })
  return baselinePt === undefined ? 0 : Math.max(0, next!.y + baselinePt - placed[0]!.y - mark.baselinePt)
}

/** From the top of a strip to the first line in it; undefined where there is none, as in an image. */
function baselineOf({ content, height }: SetRow): number | undefined {
  if (content.kind === 'line') return content.line.baselinePt
  const row = content.kind === 'tied' ? content.rows[0] : undefined
  const side = content.kind === 'side' ? content : row?.side
  if (side === undefined) return undefined
  const above = side.borderTop?.widthPt ?? 0
  const roomPt = (row?.height ?? height) - above - (side.borderBottom?.widthPt ?? 0)
  for (const cell of side.cells) {
    const inside = baselineIn(cell, roomPt)
    if (inside !== undefined) return above + inside
  }
  return undefined
}

function baselineIn(cell: Cell, roomPt: number): number | undefined {
  const { padding, align } = cell.box
  const [top, , bottom] = padding
  const placed = placedIn(cell)
  const first = placed?.placed.find(({ strip: { content } }) => content.kind !== 'gap' && !isHung(content))
  const inside = first && baselineOf({ content: first.strip.content, height: first.height })
  if (inside === undefined) return undefined
  const rest = Math.max(0, roomPt - top - bottom - placed!.height)
  return top + (align === 'top' ? 0 : align === 'bottom' ? rest : rest / 2) + first!.y + inside
}
