/** Walks the scratch communication by communication and makes of each one checked data or a reject; counts that nothing vanishes. */
import type { Assembled, Data, Fault, Place, Result, RowPlace, RowStore, StoredRun } from '../model/index.ts'
import type { Check, Problem } from '../schema/index.ts'
import { broughtIn } from './brought.ts'
import { Builder, type Built } from './build.ts'
import { type Doubled, Doubles } from './doubles.ts'
import { Dropped, type DroppedNames } from './dropped.ts'
import { endless } from './endless.ts'
import { fromProblem, inData, inOrder, withAbsent } from './faults.ts'
import { checkId, keyOf } from './ids.ts'
import type { Loaded } from './load.ts'
import { eachRow, type OpenRow, openRows, placeOf } from './openrow.ts'
import { followsFiltered, lookalikeFault, orphanFaults } from './orphans.ts'
import { hasLeaf, ownedBy, rootPaths, sumPaths } from './paths.ts'
import type { Plan } from './plan.ts'
import { prune } from './shape.ts'
import { Tally, type Total, Totals } from './sums.ts'
import type { Table } from './tables.ts'
import { twinFault } from './twins.ts'

export interface AssembleRequest {
  readonly plan: Plan
  readonly store: RowStore
  readonly loaded: readonly Loaded[]
  /** Positions of the files that were named in place of the job's own. */
  readonly replaced: readonly number[]
  readonly check: Check
  readonly prepare?: ((data: Data) => Result<Data>) | undefined
  /** Paths of control sums. */
  readonly sums: ReadonlySet<string>
  /** Names that people of the factory wrote: only these are told. */
  readonly written: ReadonlySet<string>
}

/** What came out, once all of it has. */
export interface Tallied {
  readonly communications: number
  readonly rejects: number
  /** Rows of the first file: in communications, in rejects. */
  readonly rows: { readonly communications: number; readonly rejected: number }
  /** Rows of 1:n files left out because their parent was filtered. */
  readonly followed: number
  readonly sums: Readonly<Record<string, Total>>
  /** Names that the schema does not know, left out of the data. */
  readonly dropped: DroppedNames
  /** Rows of a list that say the same as one before them. */
  readonly doubled: Doubled
  /** Dotted paths, without positions, that the schema requires and that were missing somewhere. */
  readonly missing: ReadonlySet<string>
}

/** Missing paths that are kept apart, at most: some steps may be names out of the data. */
const mostMissing = 100

export class Assembler {
  readonly #request: AssembleRequest
  readonly #builder: Builder
  readonly #totals: Totals
  readonly #doubles = new Doubles()
  readonly #dropped: Dropped
  readonly #missing = new Set<string>()
  /** Rows that ended somewhere, by file. */
  readonly #ended: number[]
  readonly #counts = { communications: 0, rejects: 0, made: 0, rejected: 0 }
  /** Where the data is that prepare.js was last handed. */
  #preparing: Place = { file: '' }
  /** What it was last handed to. */
  #script = 'prepare.js'
  #followed = 0
  #finished = false

  constructor(request: AssembleRequest) {
    const { plan, store, loaded, sums, written } = request
    this.#request = request
    this.#dropped = new Dropped(written)
    this.#builder = new Builder(plan, store, {
      strays: new Set(loaded.flatMap(({ stray }, file) => (stray.length > 0 ? [file] : []))),
      doubles: this.#doubles,
    })
    this.#totals = new Totals(sums)
    this.#ended = plan.tables.map(() => 0)
  }

  /** In the order of each communication's first row; rows of other files that belong to none follow, file by file. */
  *all(): Generator<Assembled> {
    let runs: StoredRun[] = []
    for (const run of this.#request.store.walk()) {
      if (runs.length > 0 && run.rows[0]?.group !== runs[0]?.rows[0]?.group) {
        yield this.#communication(runs)
        runs = []
      }
      runs.push(run)
    }
    if (runs.length > 0) yield this.#communication(runs)
    for (const table of this.#request.plan.tables) yield* this.#ownerless(table)
    this.#conserve()
    this.#finished = true
  }

  /** What is said of a prepare.js, or of a schema whose patterns search without end, that was ended. */
  late(): Error {
    return endless('prepare.endless', this.#script, this.#preparing)
  }

  tallied(): Tallied {
    if (!this.#finished) throw new Error('bug: what came out is known only after the last communication')
    const { communications, rejects, made, rejected } = this.#counts
    return {
      communications,
      rejects,
      rows: { communications: made, rejected },
      followed: this.#followed,
      sums: this.#totals.all(),
      dropped: this.#dropped.all(),
      doubled: this.#doubles.all(),
      missing: this.#missing,
    }
  }

  #communication(runs: readonly StoredRun[]): Assembled {
    const { plan, sums } = this.#request
    const rows = openRows(runs, plan.tables[0] as Table)
    const stored = rows.map(row => row.stored)
    const legible = rows.filter(row => row.cells !== undefined)
    const tally = new Tally(sums)
    const id = stored[0]?.key
    const faults = stored.flatMap(row => (row.faults === undefined ? [] : (JSON.parse(row.faults) as Fault[])))
    if (id !== undefined) faults.push(...this.#idFaults(id, rows[0] as OpenRow))
    for (const other of this.#request.store.lookalikes(stored[0]?.group ?? 0))
      faults.push(lookalikeFault(other, plan, placeOf(rows[0] as OpenRow)))
    const built = legible.length === 0 ? undefined : this.#build(legible, tally, faults)
    this.#illegible(rows, legible.length > 0, tally)
    const places = [...stored.filter(row => row.owned).map(row => row.place), ...(built?.children ?? [])]
    const whole = faults.length === 0 && built !== undefined && id !== undefined
    const checked = whole ? this.#check(built, rows, faults) : undefined
    if (checked !== undefined && id !== undefined) {
      this.#end(places, 'made')
      this.#totals.add(tally, 'accepted')
      return { kind: 'communication', id, ...checked, rows: places, sums: tally.readable() }
    }
    for (const place of this.#unmet(stored[0]?.group ?? 0, built?.met ?? new Set(), tally, faults)) places.push(place)
    return this.#reject(id, inOrder(faults, this.#request.plan.tables), places, tally)
  }

  /** Children of a reject that its faults kept from being looked at: they go with it all the same. */
  #unmet(group: number, met: ReadonlySet<number>, tally: Tally, faults: Fault[]): RowPlace[] {
    const { plan, store } = this.#request
    const places: RowPlace[] = []
    for (const row of eachRow(store.children(group), plan.tables)) {
      if (met.has(row.stored.id)) continue
      if (row.stored.faults !== undefined) faults.push(...(JSON.parse(row.stored.faults) as Fault[]))
      this.#sumAlone(row, tally)
      places.push(row.stored.place)
    }
    return places
  }

  /** Adds up a child that no communication's data shows. */
  #sumAlone(row: OpenRow, tally: Tally): void {
    const { plan } = this.#request
    if (row.cells === undefined) {
      for (const path of sumPaths(plan, row.table)) if (tally.wants(path)) tally.add(path, undefined)
      return
    }
    for (const node of ownedBy(plan, row.table))
      this.#builder.sumChild(node, { rows: [row], tally, group: -1, shallow: true })
  }

  #build(legible: readonly OpenRow[], tally: Tally, faults: Fault[]): Built {
    const { listed } = this.#request.plan
    const [first, ...others] = legible as [OpenRow, ...OpenRow[]]
    const group = first.stored.group
    if (!listed && others.length > 0) {
      for (const row of others) {
        faults.push({
          code: 'intake.duplicate',
          message: `a second row for the same ${this.#request.plan.key} (the first is line ${first.stored.place.line})`,
          place: placeOf(row),
          hint: 'keep one of the rows, or draw a list: lines: [{ … }]',
        })
        // Its values count in the sums all the same: nothing that was read is left out of them.
        this.#builder.build({ rows: [row], tally, group, shallow: true })
      }
    }
    if (listed) this.#doubles.see(legible)
    const built = this.#builder.build({ rows: listed ? legible : [first], tally, group })
    // One by one: a spread of more than some 100,000 values overflows the stack.
    for (const fault of built.faults) faults.push(fault)
    return built
  }

  #idFaults(id: string, first: OpenRow): Fault[] {
    const { plan, store } = this.#request
    const place = placeOf(first)
    const twin = store.twin(keyOf(id))
    return [...checkId(id, plan.key, place), ...(twin === undefined ? [] : [twinFault(id, twin, { plan, place })])]
  }

  /** A row that cannot be read makes unreadable what its values would have been added to. */
  #illegible(rows: readonly OpenRow[], someLegible: boolean, tally: Tally): void {
    for (const row of rows) {
      if (row.cells !== undefined || !row.stored.owned) continue
      for (const [path, perRow] of rootPaths(this.#request.plan))
        if (tally.wants(path) && (perRow || !someLegible)) tally.add(path, undefined)
    }
  }

  #check(
    built: Built,
    rows: readonly OpenRow[],
    faults: Fault[],
  ): { readonly data: Data; readonly brought: readonly string[] } | undefined {
    const { prepare, check, plan } = this.#request
    const place = placeOf(rows[0] as OpenRow)
    this.#preparing = place
    this.#script = 'prepare.js'
    const prepared = prepare === undefined ? undefined : prepare(built.data)
    if (prepared?.ok === false) {
      // What the script itself makes is missing, too.
      const absent = check(built.data).filter(({ kind, steps }) => kind === 'missing' && this.#isDrawn(steps))
      const origins = built.origins()
      faults.push(...prepared.faults.map(fault => withAbsent(inData(fault, origins, place), absent)))
      return undefined
    }
    const own = prepared?.value ?? built.data
    const data = prune(own, plan.shape, this.#dropped)
    this.#script = 'schema.json'
    const problems = check(data)
    if (problems.length === 0)
      return { data, brought: own === built.data ? [] : broughtIn(built.data, data, plan.shape) }
    // What prepare made of the data has no row of its own any more.
    const origins = prepare === undefined ? built.origins() : new Map<string, Place>()
    for (const problem of problems) {
      if (problem.kind === 'missing' && this.#missing.size < mostMissing)
        this.#missing.add(problem.steps.filter(step => typeof step === 'string').join('.'))
      faults.push(fromProblem(problem, origins, place))
    }
    return undefined
  }

  #isDrawn(steps: Problem['steps']): boolean {
    const { nodes, tables } = this.#request.plan
    const names = steps.filter(step => typeof step === 'string')
    return hasLeaf(nodes, names, tables[0]?.columns ?? [])
  }

  *#ownerless(table: Table): Generator<Assembled> {
    const { plan, store, loaded, sums, replaced } = this.#request
    if (table.index > 0 && table.owned) {
      const relations = ownedBy(plan, table)
      const beside = plan.tables.filter(({ owned, index }) => replaced.length > 0 && owned && !replaced.includes(index))
      for (const row of eachRow(store.orphans(table.index), plan.tables)) {
        if (followsFiltered(row, relations, store)) {
          this.#ended[table.index] = (this.#ended[table.index] ?? 0) + 1
          this.#followed += 1
          continue
        }
        const tally = new Tally(sums)
        this.#sumAlone(row, tally)
        yield this.#reject(undefined, orphanFaults(row, { relations, beside, plan }), [row.stored.place], tally)
      }
    }
    for (const { place, faults } of loaded[table.index]?.stray ?? [])
      yield this.#reject(undefined, faults, [place], new Tally(sums), false)
  }

  #reject(
    id: string | undefined,
    faults: readonly Fault[],
    rows: readonly RowPlace[],
    tally: Tally,
    owned = true,
  ): Assembled {
    if (owned) this.#end(rows, 'rejected')
    else this.#counts.rejects += 1
    this.#totals.add(tally, 'rejected')
    return { kind: 'reject', ...(id === undefined ? {} : { id }), faults, rows, sums: tally.readable() }
  }

  #end(rows: readonly RowPlace[], outcome: 'made' | 'rejected'): void {
    for (const { file } of rows) {
      this.#ended[file] = (this.#ended[file] ?? 0) + 1
      if (file === 0) this.#counts[outcome] += 1
    }
    this.#counts[outcome === 'made' ? 'communications' : 'rejects'] += 1
  }

  /** Every row of the first file and of children is in one communication, in one reject, or filtered. */
  #conserve(): void {
    const { plan, loaded } = this.#request
    for (const { index, owned, shown } of plan.tables) {
      const { read = 0, filtered = 0 } = loaded[index] ?? {}
      const ended = this.#ended[index] ?? 0
      if (owned && ended + filtered !== read) {
        throw new Error(`bug: ${read} rows of ${shown} were read, ${ended} went on and ${filtered} were filtered`)
      }
    }
  }
}
