/** Which column the files lack for a path of the data: one row may do without a value, but no batch should unnoticed. */
import type { Fault } from '../model/index.ts'
import { hintKnown, nearest } from '../schema/index.ts'
import { missingColumns } from './columns.ts'
import type { Node } from './nodes.ts'
import type { Plan } from './plan.ts'
import type { Shape } from './shape.ts'
import type { Table } from './tables.ts'

/** What is asked of a batch whose files have been read. */
export interface Lacking {
  readonly plan: Plan
  /** The job file, where fields are drawn. */
  readonly job: string
  /** The line of a file's header; undefined where it has none. */
  readonly headerLine: (table: Table) => number | undefined
}

/** What no file has. */
export interface Lack {
  readonly fault: Fault
  /** Whether a file has nearly that name, which the hint asks for. */
  readonly slip: boolean
}

/**
 * The column that would have to be in a file, or the field that the job would have to draw, for a dotted path of the data to hold
 * anything; undefined where something can bring it. Where only rows name columns, as in JSON, what is absent may be meant: there
 * only a slip of the pen is told.
 */
export function lackingColumn(path: string, { plan, job, headerLine }: Lacking): Lack | undefined {
  const inTable = (column: string, table: Table, shape: Shape | undefined): Lack | undefined => {
    if (table.columns.includes(column)) return undefined
    const line = headerLine(table)
    const near = nearest(column, table.columns)
    if (line === undefined && (near === undefined || shape?.child(near) !== undefined)) return undefined
    const [fault] = missingColumns(table, { names: table.columns, wanted: [column], line })
    return fault && { fault, slip: near !== undefined }
  }
  const inNodes = (nodes: readonly Node[], [step = '', ...rest]: readonly string[]): Lack | undefined => {
    const node = nodes.find(({ name }) => name === step)
    if (node === undefined) return undrawn(path, nodes, job)
    if (node.kind === 'column' || rest.length === 0) return undefined
    if (node.nodes !== undefined) return inNodes(node.nodes, rest)
    return 'target' in node ? inTable(rest[0] as string, node.target, node.shape) : undefined
  }
  const steps = path.split('.')
  if (plan.nodes !== undefined) return inNodes(plan.nodes, steps)
  return inTable(steps[0] as string, plan.tables[0] as Table, plan.shape)
}

function undrawn(path: string, nodes: readonly Node[], file: string): Lack {
  const names = nodes.map(({ name }) => name)
  const last = path.split('.').at(-1) as string
  const fault: Fault = {
    code: 'intake.column',
    message: `the fields of the job draw no ${path}`,
    place: { file },
    hint: hintKnown(last, names),
  }
  return { fault, slip: nearest(last, names) !== undefined }
}
