/** What stands in a cell: where it is one line, as in most, a flow and its places are made only when they are asked for. */
import type { Line } from './lines.ts'
import type { TypeStyle } from './looks.ts'
import type { Cell, Flow, Fragment, Placed, Strip } from './strip.ts'

/** Contents of a cell before it is parted. */
export type Contents = Pick<Cell, 'line' | 'flow' | 'placed'>

/** Contents that are lines of one text. */
export function contentsOfLines(lines: readonly Line[], { orphans, widows }: TypeStyle): Contents {
  if (lines.length === 1) return { line: lines[0], flow: undefined, placed: undefined }
  const strips = lines.map((line, index) => {
    return stripOf(line, index > 0 && (index < orphans || lines.length - index < widows))
  })
  return { line: undefined, flow: { strips }, placed: stacked(strips) }
}

export function flowIn({ line, flow }: Cell): Flow {
  return line === undefined ? (flow ?? nothing) : { strips: [stripOf(line, false)] }
}

/** As placed; undefined where only composing can tell. */
export function placedIn({ line, placed }: Cell): Fragment | undefined {
  return line === undefined ? placed : stacked([stripOf(line, false)])
}

export function heightIn({ line, placed }: Cell): number {
  return line?.heightPt ?? placed?.height ?? 0
}

const nothing: Flow = { strips: [] }

function stripOf(line: Line, keep: boolean): Strip {
  return { space: 0, keep, force: false, height: line.heightPt, content: { kind: 'line', line, x: 0 } }
}

/** Lines below one another, as `fill` places them where there is no end of room. */
function stacked(strips: readonly Strip[]): Fragment {
  let y = 0
  const placed = strips.map((strip): Placed => {
    const one = { strip, y, height: strip.height, carry: '', repeated: false }
    y += strip.height
    return one
  })
  return { placed, height: y }
}
