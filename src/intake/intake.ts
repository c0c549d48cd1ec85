/** Intake: files to rows, rows to communications and rejects. Everything a file can be refused for is known before the first of them. */
import {
  type Assembled,
  type Data,
  done,
  type Fault,
  FaultError,
  failed,
  type Guard,
  type Job,
  type JsonSchema,
  type Result,
  type RowStore,
  unguarded,
} from '../model/index.ts'
import { compileCheck, hintKnown, loadScript, type Script } from '../schema/index.ts'
import { Assembler, type Tallied } from './assemble.ts'
import { astrayNames, type Known } from './astray.ts'
import { missingColumns } from './columns.ts'
import { writtenNames } from './dropped.ts'
import { communicationsAtOnce } from './endless.ts'
import { type Lack, lackingColumn } from './lacking.ts'
import { type Loaded, loadFile } from './load.ts'
import { hasLeaf, leafPaths } from './paths.ts'
import { compilePlan, type Plan } from './plan.ts'
import type { Reader } from './raw.ts'
import { openReader } from './reader.ts'
import { shapeOf } from './shape.ts'

export interface IntakeRequest {
  readonly job: Job
  /** The actual file of each of `dataFiles(job)`, in that order. */
  readonly paths: readonly string[]
  /** How faults name them. */
  readonly shown: readonly string[]
  /** Positions of those that were named in place of the job's own; absent: none. */
  readonly replaced?: readonly number[]
  /** An empty scratch. Closing it is the caller's. */
  readonly store: RowStore
  /** The template's schema.json. */
  readonly coerceTo: JsonSchema
  /** Its name in faults. */
  readonly schemaFile?: string
  /** The template's prepare.js, bound. */
  readonly prepare?: (data: Data) => Result<Data>
  /** Its source: names in it may be told. */
  readonly prepareText?: string | undefined
  /** Dotted paths of `fields` to be summed; absent: those that the job's `expect` names. */
  readonly sums?: readonly string[]
  /** Over clean.js; absent: none. */
  readonly guard?: Guard
  /** Over prepare.js and the patterns of schema.json; absent: none. */
  readonly preparing?: Guard
  readonly signal?: AbortSignal
  /** Called now and then with the rows read so far, over all files. */
  readonly progress?: (rows: number) => void
}

/** A batch that has been read, and waits to be put together. */
export interface Intake {
  /** What each file amounted to, in the order of `dataFiles(job)`. */
  readonly files: readonly FileFigures[]
  /** All communications and rejects, once, in the order of each one's first row; rejects of joined files come last. Aborts by throwing the signal's reason. */
  readonly assembled: () => AsyncGenerator<Assembled, void, undefined>
  /** After the last of them. */
  readonly summary: () => IntakeSummary
  /** The column that no file has, or the field that the job does not draw, for a dotted path of the data; undefined where something can bring it. */
  readonly lacking: (path: string) => Lack | undefined
}

export interface FileFigures {
  readonly shown: string
  /** Whether its rows are the communications' own (the first file, and 1:n), or are only looked at (n:1). */
  readonly owned: boolean
  /** Hex digest of the bytes that were read. */
  readonly sha256: string
  readonly bytes: number
  /** Data rows, damaged ones included; lines without a single character are none. */
  readonly rows: number
  /** Rows that clean.js filtered. */
  readonly filtered: number
  /** Rows that could not be read, or at which clean.js threw. */
  readonly damaged: number
  /** Lines without a single character. */
  readonly blank: number
  /** The header's bytes in the file, byte order mark included; 0 where there is none. */
  readonly headerEnd: number
}

export interface IntakeSummary extends Tallied {
  /** The first file's rows: each is in a communication, in a reject, or filtered. */
  readonly rows: {
    readonly read: number
    readonly communications: number
    readonly rejected: number
    readonly filtered: number
  }
}

/**
 * What is wrong with a job's drawing and its control sums before any file is opened: files described in two ways, slips of the pen, sums
 * over nothing.
 */
export function inspectDrawing(job: Job, schema: JsonSchema, known: Known): readonly Fault[] {
  const plan = compilePlan(job, [], shapeOf(schema))
  if (!plan.ok) return plan.faults
  // Without a drawing the columns are known only once the file is open.
  if (plan.value.nodes === undefined) return []
  return [
    ...astrayNames(job, schema, known),
    ...unknownSums(plan.value, Object.keys(job.expect?.sum ?? {}), job.expect?.file ?? job.file),
    ...unknownSums(plan.value, Object.keys(job.bounds?.sum ?? {}), job.file),
  ]
}

/**
 * Reads all files of a job into the scratch. Faults are for files that have to be refused as a whole (`intake.file`, `.undecodable`,
 * `.header`, `.column`, `.empty`, `.long`), for scripts that do not load, and for sums over nothing; what is wrong with a row becomes a
 * reject later. Throws only the signal's reason.
 */
export async function openIntake(request: IntakeRequest): Promise<Result<Intake>> {
  const { job, shown, store, coerceTo, schemaFile = 'schema.json' } = request
  const plan = compilePlan(job, shown, shapeOf(coerceTo))
  if (!plan.ok) return plan
  const check = compileCheck(coerceTo, schemaFile)
  if (!check.ok) return check
  const scripts = await loadScripts(plan.value)
  if (!scripts.ok) return scripts
  const readers: Reader[] = []
  try {
    const opened = await openAll(request, plan.value, readers)
    if (!opened.ok) return opened
    const loaded = await loadAll(request, plan.value, readers, scripts.value)
    if (!loaded.ok) return loaded
    const paths = request.sums ?? Object.keys(job.expect?.sum ?? {})
    const unknown = unknownSums(plan.value, paths, job.expect?.file ?? job.file)
    if (unknown.length > 0) return failed(...unknown)
    store.index(plan.value.claims, plan.value.near)
    const assembler = new Assembler({
      plan: plan.value,
      store,
      loaded: loaded.value,
      replaced: request.replaced ?? [],
      check: check.value,
      prepare: request.prepare,
      sums: new Set(paths),
      written: writtenNames({
        job,
        schema: coerceTo,
        tables: plan.value.tables,
        readers,
        prepare: request.prepareText,
      }),
    })
    const files = readers.map((reader, at): FileFigures => {
      const { read, filtered, damaged } = loaded.value[at] as Loaded
      return {
        shown: shown[at] ?? '',
        owned: plan.value.tables[at]?.owned === true,
        ...reader.figures(),
        rows: read,
        filtered,
        damaged,
        headerEnd: reader.header?.end ?? 0,
      }
    })
    return done({
      files,
      assembled: () => paced(assembler, request),
      summary: () => {
        const tallied = assembler.tallied()
        const { rows = 0, filtered = 0 } = files[0] ?? {}
        return { ...tallied, rows: { read: rows, ...tallied.rows, filtered } }
      },
      lacking: path =>
        lackingColumn(path, {
          plan: plan.value,
          job: job.file,
          headerLine: ({ index }) => readers[index]?.header?.line,
        }),
    })
  } finally {
    for (const reader of readers) await reader.close()
  }
}

/** Opens all files before any is read: whatever their headers lack is told at once. */
async function openAll(request: IntakeRequest, plan: Plan, readers: Reader[]): Promise<Result<void>> {
  const faults: Fault[] = []
  for (const table of plan.tables) {
    const { index, file, shown, columns } = table
    const path = request.paths[index] ?? file.file
    const opened = await openReader({ file, path, shown, columns, signal: request.signal })
    if (!opened.ok) faults.push(...opened.faults)
    else {
      readers.push(opened.value)
      const { header } = opened.value
      if (header !== undefined && file.clean === undefined)
        faults.push(...missingColumns(table, { ...header, wanted: columns }))
    }
  }
  return faults.length === 0 ? done(undefined) : failed(...faults)
}

async function loadAll(
  request: IntakeRequest,
  plan: Plan,
  readers: readonly Reader[],
  scripts: ReadonlyMap<number, Script>,
): Promise<Result<readonly Loaded[]>> {
  const faults: Fault[] = []
  const loaded: Loaded[] = []
  let before = 0
  for (const table of plan.tables) {
    try {
      const result = await loadFile({
        plan,
        table,
        reader: readers[table.index] as Reader,
        store: request.store,
        script: scripts.get(table.index),
        guard: request.guard ?? unguarded,
        onRows: request.progress && (rows => request.progress?.(before + rows)),
      })
      loaded.push(result)
      before += result.read
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      faults.push(...error.faults)
    }
  }
  return faults.length === 0 ? done(loaded) : failed(...faults)
}

async function loadScripts(plan: Plan): Promise<Result<ReadonlyMap<number, Script>>> {
  const faults: Fault[] = []
  const scripts = new Map<number, Script>()
  for (const { index, file } of plan.tables) {
    if (file.clean === undefined) continue
    const script = await loadScript(file.clean)
    if (script.ok) scripts.set(index, script.value)
    else faults.push(...script.faults)
  }
  return faults.length === 0 ? done(scripts) : failed(...faults)
}

function unknownSums(plan: Plan, paths: readonly string[], file: string): Fault[] {
  const columns = plan.tables[0]?.columns ?? []
  return paths
    .filter(path => !hasLeaf(plan.nodes, path.split('.'), columns))
    .map(path => ({
      code: 'intake.sum' as const,
      message: `the sum ${path} is no field of the job that holds a value`,
      place: { file },
      hint: hintKnown(path, leafPaths(plan.nodes, columns)),
    }))
}

/** Puts communications together a few at a time, under guard where that may take for ever; lets other work in between, and an abort. */
async function* paced(
  assembler: Assembler,
  { preparing = unguarded, signal }: IntakeRequest,
): AsyncGenerator<Assembled, void, undefined> {
  const all = assembler.all()
  for (let count = 0, ended = false; !ended; count += 1) {
    if (count % 10 === 0) {
      await new Promise(resolve => setImmediate(resolve))
      signal?.throwIfAborted()
    }
    const some: Assembled[] = []
    preparing(
      () => {
        while (some.length < communicationsAtOnce && !ended) {
          const next = all.next()
          if (next.done === true) ended = true
          else some.push(next.value)
        }
      },
      () => assembler.late(),
    )
    yield* some
  }
}
