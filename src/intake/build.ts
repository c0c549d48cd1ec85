/** Puts one communication's data together from its rows and the rows that they lead to, as the job draws it. */
import { type Data, type Fault, type Place, quote, type RowPlace, type RowStore, type Value } from '../model/index.ts'
import { dotted } from '../schema/index.ts'
import { type Cell, cellText } from './cell.ts'
import { coerce, exactNumber, found } from './coerce.ts'
import type { Doubles } from './doubles.ts'
import { NearRows } from './nearrows.ts'
import type { JoinNode, Node } from './nodes.ts'
import { type OpenRow, openRows, placeOf } from './openrow.ts'
import { nearFault } from './orphans.ts'
import { sumPaths } from './paths.ts'
import type { Plan } from './plan.ts'
import { define, type Shape } from './shape.ts'
import { sortRows } from './sort.ts'
import type { Tally } from './sums.ts'
import type { Table } from './tables.ts'
import { isUnseen } from './unseen.ts'

export interface Built {
  readonly data: Data
  /** In the order they were met. */
  readonly faults: Fault[]
  /** Children that belong to this communication. */
  readonly children: RowPlace[]
  /** Every child that was met. */
  readonly met: Set<number>
  /** Where lists and joined groups came from, by dotted path. Asked for where something is wrong. */
  readonly origins: () => ReadonlyMap<string, Place>
}

export interface BuildRequest {
  readonly rows: readonly OpenRow[]
  readonly tally: Tally
  /** Number of the communication. */
  readonly group: number
  /** Leaves 1:n relations alone. */
  readonly shallow?: boolean
}

export class Builder {
  readonly #plan: Plan
  readonly #store: RowStore
  /** Files with rows that could not be attributed: there, a key without a match proves nothing. */
  readonly #strays: ReadonlySet<number>
  readonly #doubles: Doubles
  readonly #near: NearRows
  #request!: BuildRequest
  #built!: Omit<Built, 'data' | 'origins'>
  /** Rows of lists and joined groups, and where in the data they are drawn. */
  #traced: (readonly [steps: readonly (string | number)[], row: OpenRow])[] = []
  #steps: (string | number)[] = []

  constructor(
    plan: Plan,
    store: RowStore,
    { strays, doubles }: { readonly strays: ReadonlySet<number>; readonly doubles: Doubles },
  ) {
    this.#plan = plan
    this.#store = store
    this.#near = new NearRows(store)
    this.#strays = strays
    this.#doubles = doubles
  }

  /** Builds from the legible rows of one communication. */
  build(request: BuildRequest): Built {
    this.#start(request)
    const { nodes, shape, tables } = this.#plan
    const data =
      nodes === undefined ? this.#all(request.rows, tables[0] as Table, shape, '') : this.#nodes(nodes, request.rows)
    const traced = this.#traced
    const origins = (): ReadonlyMap<string, Place> =>
      new Map(traced.map(([steps, row]) => [dotted(steps), placeOf(row)]))
    return { ...this.#built, data, origins }
  }

  /** Reads one row as a relation would, for its control sums only. */
  sumChild(node: JoinNode, request: BuildRequest): void {
    this.#start(request)
    if (node.nodes === undefined) this.#all(request.rows, node.target, node.shape, `${node.path}.`)
    else this.#nodes(node.nodes, request.rows)
  }

  #start(request: BuildRequest): void {
    this.#request = request
    this.#built = { faults: [], children: [], met: new Set() }
    this.#traced = []
    this.#steps = []
  }

  #nodes(nodes: readonly Node[], rows: readonly OpenRow[]): Data {
    const data: Record<string, Value> = {}
    for (const node of nodes) {
      this.#steps.push(node.name)
      const value = this.#node(node, rows)
      this.#steps.pop()
      if (value !== undefined) define(data, node.name, value)
    }
    return data
  }

  #node(node: Node, rows: readonly OpenRow[]): Value | undefined {
    switch (node.kind) {
      case 'column':
        return this.#column(node.column, node.path, node.shape, rows)
      case 'group': {
        // A group of which nothing is there is not there itself.
        const group = this.#nodes(node.nodes, rows)
        return Object.keys(group).length === 0 ? undefined : group
      }
      case 'rows':
        return rows.map((row, at) => {
          this.#steps.push(at)
          this.#trace(row)
          const element = this.#nodes(node.nodes, [row])
          this.#steps.pop()
          return element
        })
      case 'one':
        return this.#one(node, rows)
      case 'many':
        return this.#many(node, rows)
    }
  }

  #column(column: string, path: string, shape: Shape | undefined, rows: readonly OpenRow[]): Value | undefined {
    const first = rows[0]
    if (first === undefined) return undefined
    const at = first.table.at.get(column)
    const cell = at === undefined ? null : (first.cells?.[at] ?? null)
    if (rows.length > 1) this.#same(column, rows, shape?.private === true)
    if (cell === null || isUnseen(cell, shape, first.table.file)) return undefined
    const { tally } = this.#request
    const coerced = coerce(cell, shape, first.table.file)
    if (tally.wants(path)) tally.add(path, exactNumber(cell, first.table.file))
    if ('value' in coerced) {
      for (const { steps, text, private: secret, ...unread } of coerced.unread ?? [])
        this.#unread([...this.#steps, ...steps], unread, found(text, secret), first)
      return coerced.value
    }
    this.#unread(this.#steps, coerced, found(cell, shape?.private === true), first)
    return undefined
  }

  #unread(
    steps: readonly (string | number)[],
    { expected, hint }: { readonly expected: string; readonly hint?: string },
    shown: string,
    row: OpenRow,
  ): void {
    this.#built.faults.push({
      code: 'intake.unreadable',
      message: `${dotted(steps)} is not ${expected}${shown}`,
      place: placeOf(row),
      hint: hint ?? 'mend the value, or let clean.js do it',
    })
  }

  /** All columns under their own names. */
  #all(rows: readonly OpenRow[], table: Table, shape: Shape | undefined, prefix: string): Data {
    const data: Record<string, Value> = {}
    for (const column of table.columns) {
      this.#steps.push(column)
      const value = this.#column(column, `${prefix}${column}`, shape?.child(column), rows)
      this.#steps.pop()
      if (value !== undefined) define(data, column, value)
    }
    return data
  }

  /** What is drawn once has to be the same in all rows: the first that differs is a fault. `name`: absent, of the place in the data. */
  #same(column: string, rows: readonly OpenRow[], secret: boolean, name?: string): void {
    const first = rows[0] as OpenRow
    const at = first.table.at.get(column) ?? -1
    const text = cellText(first.cells?.[at])
    const other = rows.find(row => cellText(row.cells?.[at]) !== text)
    if (other === undefined) return
    const shown = (cell: Cell | undefined): string =>
      secret ? '' : cell === null || cell === undefined ? ' (nothing)' : ` (${quote(cellText(cell))})`
    this.#built.faults.push({
      code: 'intake.differs',
      message: `${name ?? dotted(this.#steps)} is not the same in all rows: here${shown(other.cells?.[at])}, in line ${first.stored.place.line}${shown(first.cells?.[at])}`,
      place: placeOf(other),
      hint: 'mend the rows, draw it inside the list, or let clean.js decide',
    })
  }

  #one(node: JoinNode, rows: readonly OpenRow[]): Data | undefined {
    const value = this.#ours(node, rows)
    if (value === undefined) return undefined
    const found = this.#near.of(node, value)
    const [row] = found
    const secret = rows[0]?.table.secret.has(node.ours) === true || node.target.secret.has(node.theirs)
    const what = (): string => `${node.ours}${secret ? '' : ` ${quote(value)}`}`
    const damaged = found.find(match => match.cells === undefined || match.stored.faults !== undefined)
    if (row === undefined) {
      const strays = this.#strays.has(node.target.index)
      if (node.join.missing === 'absent' && !strays) {
        const other = this.#store.near(node.link, value)
        const near = { path: dotted(this.#steps), node, secret, place: placeOf(rows[0] as OpenRow) }
        if (other !== undefined) this.#built.faults.push(nearFault(other, near))
        return undefined
      }
      this.#built.faults.push({
        code: 'intake.missing',
        message: `${dotted(this.#steps)}: no row of ${node.target.shown} has ${node.theirs === node.ours ? what() : `${node.theirs} = ${what()}`}${strays ? ', and some of its lines cannot be read' : ''}`,
        place: placeOf(rows[0] as OpenRow),
        hint: strays
          ? `mend the lines of ${node.target.shown} that are listed as rejects`
          : 'add the row, or set missing: absent on the join',
      })
      return undefined
    }
    if (damaged !== undefined) {
      this.#rowFaults(damaged)
      return undefined
    }
    if (found.length > 1) {
      this.#built.faults.push({
        code: 'intake.ambiguous',
        message: `${dotted(this.#steps)}: lines ${row.stored.place.line} and ${found[1]?.stored.place.line} of ${node.target.shown} both have ${what()}`,
        place: placeOf(rows[0] as OpenRow),
        hint: `keep one of the two rows in ${node.target.shown}, or draw a list`,
      })
      return undefined
    }
    this.#trace(row)
    return node.nodes === undefined
      ? this.#all([row], node.target, node.shape, `${node.path}.`)
      : this.#nodes(node.nodes, [row])
  }

  #many(node: JoinNode, rows: readonly OpenRow[]): Value[] {
    if (this.#request.shallow === true) return []
    const value = this.#ours(node, rows)
    if (value === undefined) return []
    const children = openRows(this.#store.matches(node.link, value), node.target)
    for (const child of children) this.#claim(child)
    const whole = children.filter(child => child.cells !== undefined)
    this.#doubles.see(whole)
    return sortRows(whole, node.sort, node.target.file).map((child, at) => {
      this.#steps.push(at)
      this.#trace(child)
      const element =
        node.nodes === undefined
          ? this.#all([child], node.target, node.shape, `${node.path}.`)
          : this.#nodes(node.nodes, [child])
      this.#steps.pop()
      return element
    })
  }

  /** A child counts for the first communication that claims it; two that do are both at fault. */
  #claim(child: OpenRow): void {
    const { stored, table } = child
    const claimants = this.#store.claimants(stored.id)
    const { group, tally } = this.#request
    const first = claimants === undefined || claimants.first === group
    if (table.index !== 0 && first && !this.#built.met.has(stored.id)) {
      this.#built.children.push(stored.place)
      if (child.cells === undefined) this.#unreadable(table, tally)
    }
    this.#built.met.add(stored.id)
    this.#rowFaults(child)
    if (claimants !== undefined && claimants.first !== claimants.last && child.cells !== undefined) {
      this.#built.faults.push({
        code: 'intake.shared',
        message: 'this row belongs to two communications',
        place: placeOf(child),
        hint: 'join it on a column that is different for each communication',
      })
    }
  }

  /** A child that cannot be read may hold a value of every sum that is drawn from its file. */
  #unreadable(table: Table, tally: Tally): void {
    for (const path of sumPaths(this.#plan, table)) if (tally.wants(path)) tally.add(path, undefined)
  }

  #rowFaults({ stored }: OpenRow): void {
    if (stored.faults !== undefined) this.#built.faults.push(...(JSON.parse(stored.faults) as Fault[]))
  }

  /** The value that a relation starts from; the same in all rows. */
  #ours(node: JoinNode, rows: readonly OpenRow[]): string | undefined {
    const first = rows[0]
    if (first === undefined) return undefined
    if (rows.length > 1) this.#same(node.ours, rows, first.table.secret.has(node.ours), node.ours)
    return cellText(first.cells?.[first.table.at.get(node.ours) ?? -1])
  }

  #trace(row: OpenRow): void {
    if (this.#built.faults.length > 0) return
    this.#traced.push([[...this.#steps], row])
  }
}
