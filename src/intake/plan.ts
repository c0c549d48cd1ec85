/** A job's drawing of the data, joined with the schema: which columns of which file become what. Compiled before the first row. */
import { type Claim, type Fault, type Job, type Result, settle } from '../model/index.ts'
import { neededClaims } from './claims.ts'
import { columnName } from './header.ts'
import { drawNodes, type Node } from './nodes.ts'
import type { Shape } from './shape.ts'
import { dataFiles, keep, newTable, numberLinks, type Table } from './tables.ts'

export interface Plan {
  readonly tables: readonly Table[]
  readonly key: string
  /** Absent: all columns of the first file under their own names. */
  readonly nodes?: readonly Node[]
  readonly shape: Shape
  readonly claims: readonly Claim[]
  /** Links of n:1 files that may have no row for a key: there a key that only looks otherwise would be lost in silence. */
  readonly near: readonly number[]
  /** Whether a list is drawn from the rows of the first file. */
  readonly listed: boolean
}

/** Compiles the drawing. Faults: one file described in two ways. */
export function compilePlan(job: Job, shown: readonly string[], shape: Shape): Result<Plan> {
  const tables = dataFiles(job).map((file, index) => newTable(file, index, shown[index] ?? file.file))
  const root = tables[0] as Table
  const faults: Fault[] = []
  const claims: Claim[] = []
  const near = new Set<number>()
  const drawing = { tables, near, linkOf: numberLinks(), claims, faults, file: job.file }
  const { fields } = job.data
  const key = columnName(job.data.key)
  root.owned = true
  root.all = fields === undefined
  keep(root, key)
  root.keys.add(key)
  const nodes = fields && drawNodes(fields, { path: '', table: root, shape, node: 0 }, drawing)
  const plan = {
    tables,
    key,
    ...(nodes === undefined ? {} : { nodes }),
    shape,
    claims: neededClaims(claims, tables),
    near: [...near],
    listed: lists(nodes ?? []),
  }
  return settle(plan, faults)
}

function lists(nodes: readonly Node[]): boolean {
  return nodes.some(node => node.kind === 'rows' || (node.kind === 'group' && lists(node.nodes)))
}
