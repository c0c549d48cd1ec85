/** The drawing of a job's data, node by node: which column of which file becomes what, joined with the schema. */
import type { Claim, Fault, FieldNode, Fields, Join } from '../model/index.ts'
import { columnName } from './header.ts'
import type { Shape } from './shape.ts'
import { conventions, keep, type Table } from './tables.ts'

export type Node =
  | {
      readonly kind: 'column'
      readonly name: string
      readonly path: string
      readonly column: string
      readonly shape: Shape | undefined
    }
  | { readonly kind: 'group' | 'rows'; readonly name: string; readonly path: string; readonly nodes: readonly Node[] }
  | {
      readonly kind: 'one' | 'many'
      readonly name: string
      readonly path: string
      readonly join: Join
      readonly theirs: string
      readonly ours: string
      readonly target: Table
      readonly link: number
      /** Absent: all columns under their own names, of this shape. */
      readonly nodes?: readonly Node[]
      readonly shape: Shape | undefined
      /** Columns to sort by, with the place they end up at. */
      readonly sort: readonly { readonly column: string; readonly shape: Shape | undefined }[]
    }

export type JoinNode = Extract<Node, { kind: 'one' | 'many' }>

/** What drawing adds to: the job's tables, the relations between them, and what is wrong. */
export interface Drawing {
  readonly tables: readonly Table[]
  readonly linkOf: (table: Table, column: string, found: boolean) => number
  readonly claims: Claim[]
  readonly near: Set<number>
  readonly faults: Fault[]
  /** The job file, for faults. */
  readonly file: string
}

/** Where in the data something is drawn, and from which rows. */
export interface Spot {
  readonly path: string
  readonly table: Table
  readonly shape: Shape | undefined
  /** The relation that rows of this table were found by; 0 at the root. */
  readonly node: number
}

export function drawNodes(fields: Fields, around: Spot, drawing: Drawing): Node[] {
  return Object.entries(fields).map(([name, node]): Node => {
    const path = around.path === '' ? name : `${around.path}.${name}`
    const spot = { ...around, path, shape: around.shape?.child(name) }
    const { table, shape } = spot
    switch (node.kind) {
      case 'column': {
        const column = columnName(node.column)
        keep(table, column, shape)
        return { kind: 'column', name, path, column, shape }
      }
      case 'group':
        return { kind: 'group', name, path, nodes: drawNodes(node.fields, spot, drawing) }
      case 'rows':
        return {
          kind: 'rows',
          name,
          path,
          nodes: drawNodes(node.fields, { ...spot, shape: shape?.element() }, drawing),
        }
      default:
        return drawJoin(node, { ...spot, name }, drawing)
    }
  })
}

type FieldJoin = FieldNode & { readonly kind: 'one' | 'many' }

function drawJoin(node: FieldJoin, spot: Spot & { readonly name: string }, drawing: Drawing): JoinNode {
  const { tables, linkOf, claims } = drawing
  const { name, path } = spot
  const target = tables.find(table => table.file.file === node.join.file.file) as Table
  if (conventions(target.file) !== conventions(node.join.file)) drawing.faults.push(twoWays(node, path, drawing))
  const [theirs, ours] = [columnName(node.join.theirs), columnName(node.join.ours)]
  for (const [table, column] of [[target, theirs] as const, [spot.table, ours] as const]) {
    keep(table, column)
    table.keys.add(column)
  }
  const link = linkOf(target, theirs, true)
  const shape = node.kind === 'many' ? spot.shape?.element() : spot.shape
  const owns = node.kind === 'many' && target.index !== 0
  if (owns) {
    target.owned = true
    spot.table.drops.push({ link, column: ours })
  }
  const claim = {
    node: claims.length + 1,
    parent: spot.node,
    ours: linkOf(spot.table, ours, false),
    theirs: link,
    owns,
  }
  claims.push(claim)
  if (node.kind === 'one' && node.join.missing === 'absent') drawing.near.add(link)
  const { fields } = node.join
  if (fields === undefined) target.all = true
  const nodes = fields && drawNodes(fields, { path, table: target, shape, node: claim.node }, drawing)
  const sort = (node.kind === 'many' ? node.sort : []).map(columnName).map(column => {
    keep(target, column)
    return { column, shape: shapeOfColumn(column, nodes, shape) }
  })
  const drawn = nodes === undefined ? {} : { nodes }
  return { kind: node.kind, name, path, join: node.join, theirs, ours, target, link, ...drawn, shape, sort }
}

/** The shape of the place that a column ends up at. */
function shapeOfColumn(
  column: string,
  nodes: readonly Node[] | undefined,
  below: Shape | undefined,
): Shape | undefined {
  for (const inner of nodes ?? []) if (inner.kind === 'column' && inner.column === column) return inner.shape
  return below?.child(column)
}

function twoWays({ join }: FieldJoin, path: string, { file }: Drawing): Fault {
  return {
    code: 'intake.same',
    message: `${join.file.file} is described in two different ways (the second under ${path})`,
    place: { file },
    hint: 'a file is read once: give it the same conventions and the same clean wherever it is joined',
  }
}
