/** A job's drawing of the data, joined with the schema: which columns of which file become what. Compiled before the first row. */
import {
  type Claim,
  type DataFile,
  type Fault,
  type FieldNode,
  type Fields,
  type Job,
  type Join,
  type Result,
  settle,
} from '../model/index.ts'
import { columnName } from './header.ts'
import type { Shape } from './shape.ts'

/** One file: what is kept of its rows, and how they are found. */
export interface Table {
  readonly index: number
  readonly file: DataFile
  readonly shown: string
  /** Columns kept, in the order of the cells; grows while reading where all are kept. */
  readonly columns: string[]
  /** Position of each kept column. */
  readonly at: Map<string, number>
  /** Whether every column is kept. */
  all: boolean
  /** Columns that rows are found by or look with; their absence cannot be borne, not even in JSON. */
  readonly keys: Set<string>
  readonly links: { readonly link: number; readonly column: string; readonly found: boolean }[]
  /** Columns whose children follow when a row is filtered: the children's link. */
  readonly drops: { readonly link: number; readonly column: string }[]
  /** Columns that end up at a private place. */
  readonly secret: Set<string>
  /** Whether its rows belong to communications: the first file, and 1:n. */
  owned: boolean
}

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

export interface Plan {
  readonly tables: readonly Table[]
  readonly key: string
  /** Absent: all columns of the first file under their own names. */
  readonly nodes?: readonly Node[]
  readonly shape: Shape
  readonly claims: readonly Claim[]
  /** Whether a list is drawn from the rows of the first file. */
  readonly listed: boolean
}

/** Link under which the first file's keys remember what clean.js made of them. */
export const keyLink = 0

/** The job's files: the data file first, then joined files in the order of appearance, each once. */
export function dataFiles(job: Job): readonly DataFile[] {
  const files: DataFile[] = [job.data]
  const visit = (fields: Fields): void => {
    for (const node of Object.values(fields)) {
      if (node.kind === 'group' || node.kind === 'rows') visit(node.fields)
      else if (node.kind !== 'column') {
        if (!files.some(file => file.file === node.join.file.file)) files.push(node.join.file)
        if (node.join.fields !== undefined) visit(node.join.fields)
      }
    }
  }
  if (job.data.fields !== undefined) visit(job.data.fields)
  return files
}

/** Compiles the drawing. Faults: one file described in two ways. */
export function compilePlan(job: Job, shown: readonly string[], shape: Shape): Result<Plan> {
  const faults: Fault[] = []
  const tables = dataFiles(job).map((file, index) => newTable(file, index, shown[index] ?? file.file))
  const claims: Claim[] = []
  let links = keyLink

  const keep = (table: Table, column: string, shape?: Shape | undefined): void => {
    if (!table.at.has(column)) {
      table.at.set(column, table.columns.length)
      table.columns.push(column)
    }
    if (shape?.private === true) table.secret.add(column)
  }
  const linkOf = (table: Table, column: string, found: boolean): number => {
    const known = table.links.find(link => link.column === column && link.found === found)
    if (known !== undefined) return known.link
    links += 1
    table.links.push({ link: links, column, found })
    return links
  }
  const join = (node: FieldNode & { kind: 'one' | 'many' }, spot: Spot): Node => {
    const target = tables.find(table => table.file.file === node.join.file.file) as Table
    if (conventions(target.file) !== conventions(node.join.file)) {
      faults.push({
        code: 'intake.same',
        message: `${node.join.file.file} is described in two different ways (the second under ${spot.path})`,
        place: { file: job.file },
        hint: 'a file is read once: give it the same conventions and the same clean wherever it is joined',
      })
    }
    const [theirs, ours] = [columnName(node.join.theirs), columnName(node.join.ours)]
    keep(target, theirs)
    target.keys.add(theirs)
    keep(spot.table, ours)
    spot.table.keys.add(ours)
    const link = linkOf(target, theirs, true)
    const below = node.kind === 'many' ? spot.shape?.element() : spot.shape
    if (node.kind === 'many' && target.index !== 0) {
      target.owned = true
      spot.table.drops.push({ link, column: ours })
    }
    claims.push({
      node: claims.length + 1,
      parent: spot.node,
      ours: linkOf(spot.table, ours, false),
      theirs: link,
      owns: node.kind === 'many' && target.index !== 0,
    })
    const { fields } = node.join
    if (fields === undefined) target.all = true
    const nodes = fields && visit(fields, { path: spot.path, table: target, shape: below, node: claims.length })
    const sort = (node.kind === 'many' ? node.sort : []).map(columnName).map(column => {
      keep(target, column)
      const leaf = nodes?.find(inner => inner.kind === 'column' && inner.column === column)
      return {
        column,
        shape: leaf === undefined ? below?.child(column) : leaf.kind === 'column' ? leaf.shape : undefined,
      }
    })
    return {
      kind: node.kind,
      name: spot.name,
      path: spot.path,
      join: node.join,
      theirs,
      ours,
      target,
      link,
      ...(nodes === undefined ? {} : { nodes }),
      shape: below,
      sort,
    }
  }
  const visit = (fields: Fields, { path, table, shape, node: parent }: Omit<Spot, 'name'>): Node[] =>
    Object.entries(fields).map(([name, node]): Node => {
      const spot = {
        name,
        path: path === '' ? name : `${path}.${name}`,
        table,
        shape: shape?.child(name),
        node: parent,
      }
      switch (node.kind) {
        case 'column': {
          const column = columnName(node.column)
          keep(table, column, spot.shape)
          return { kind: 'column', name, path: spot.path, column, shape: spot.shape }
        }
        case 'group':
          return { kind: 'group', name, path: spot.path, nodes: visit(node.fields, spot) }
        case 'rows':
          return {
            kind: 'rows',
            name,
            path: spot.path,
            nodes: visit(node.fields, { ...spot, shape: spot.shape?.element() }),
          }
        default:
          return join(node, spot)
      }
    })

  const root = tables[0] as Table
  root.owned = true
  const key = columnName(job.data.key)
  keep(root, key)
  root.keys.add(key)
  const { fields } = job.data
  if (fields === undefined) root.all = true
  const nodes = fields && visit(fields, { path: '', table: root, shape, node: 0 })
  // Relations that lead to no children of a communication need no claim.
  const needed = claims.filter(claim => claim.owns || leads(claim, claims))
  for (const table of tables) {
    table.links.splice(
      0,
      table.links.length,
      ...table.links.filter(link => link.found || needed.some(claim => claim.ours === link.link)),
    )
  }
  const plan = {
    tables,
    key,
    ...(nodes === undefined ? {} : { nodes }),
    shape,
    claims: needed,
    listed: lists(nodes ?? []),
  }
  return settle(plan, faults)
}

interface Spot {
  readonly name: string
  readonly path: string
  readonly table: Table
  readonly shape: Shape | undefined
  /** The relation that rows of this table were found by; 0 at the root. */
  readonly node: number
}

function newTable(file: DataFile, index: number, shown: string): Table {
  return {
    index,
    file,
    shown,
    columns: [],
    at: new Map(),
    all: false,
    keys: new Set(),
    links: [],
    drops: [],
    secret: new Set(),
    owned: false,
  }
}

function conventions({
  encoding,
  delimiter,
  quote,
  decimal,
  thousands,
  date,
  null: absent,
  format,
  clean,
}: DataFile): string {
  return JSON.stringify([encoding, delimiter, quote, decimal, thousands, date, absent, format, clean?.file])
}

function leads(claim: Claim, claims: readonly Claim[]): boolean {
  return claims.some(below => below.parent === claim.node && (below.owns || leads(below, claims)))
}

function lists(nodes: readonly Node[]): boolean {
  return nodes.some(node => node.kind === 'rows' || (node.kind === 'group' && lists(node.nodes)))
}
