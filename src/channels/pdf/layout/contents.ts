/** What stands in a cell: where it is one line, as in most, a flow and its places are made only when they are asked for. */
import type { Line } from './lines.ts'
import type { TypeStyle } from './looks.ts'
import { stack } from './stack.ts'
import type { Cell, Flow, Fragment, Strip } from './strip.ts'

/** Contents of a cell before it is parted. */
export type Contents = Pick<Cell, 'line' | 'flow' | 'placed'>

/** Contents that are lines of one text. */
export function contentsOfLines(lines: readonly Line[], { orphans, widows }: TypeStyle): Contents {
  if (lines.length === 1) return { line: lines[0], flow: undefined, placed: undefined }
  const strips = lines.map((line, index) => {
    return stripOf(line, index > 0 && (index < orphans || lines.length - index < widows))
  })
  return { line: undefined, flow: { strips }, placed: stack({ strips }) }
}

export function flowIn({ line, flow }: Cell): Flow {
  return line === undefined ? (flow ?? nothing) : { strips: [stripOf(line, false)] }
}

/** As placed; undefined where only composing can tell. */
export function placedIn({ line, placed }: Cell): Fragment | undefined {
  return line === undefined ? placed : stack({ strips: [stripOf(line, false)] })
}

export function heightIn({ line, placed }: Cell): number {
  return line?.heightPt ?? placed?.height ?? 0
}

const nothing: Flow = { strips: [] }

function stripOf(line: Line, keep: boolean): Strip {
  return { space: 0, keep, force: false, height: line.heightPt, content: { kind: 'line', line, x: 0 } }
}
