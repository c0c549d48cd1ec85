/** Runs intake over files given as text, for tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileFigures } from '../../src/intake/index.ts'
import { dataFiles, type IntakeRequest, type IntakeSummary, openIntake } from '../../src/intake/index.ts'
import { openScratch } from '../../src/ledger/scratch.ts'
import {
  type Assembled,
  type DataFile,
  describe as describeFault,
  type Fault,
  type FieldNode,
  type Fields,
  type Job,
  type JsonSchema,
} from '../../src/model/index.ts'

export function file(name: string, more: Partial<DataFile> = {}): DataFile {
  const format = name.endsWith('.jsonl') ? 'jsonl' : name.endsWith('.json') ? 'json' : 'csv'
  return {
    file: name,
    name: name.replace(/\..*$/, ''),
    format,
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    decimal: '.',
    null: [''],
    ...more,
  }
}

/** A drawing in short: text is a column, a list is rows, an object a group; nodes are taken as they are. */
export type Drawing = { readonly [name: string]: string | FieldNode | readonly [Drawing] | Drawing }

export function draw(drawing: Drawing): Fields {
  return Object.fromEntries(
    Object.entries(drawing).map(([name, value]): [string, FieldNode] => {
      if (typeof value === 'string') return [name, { kind: 'column', column: value }]
      if (Array.isArray(value)) return [name, { kind: 'rows', fields: draw(value[0] as Drawing) }]
      if (typeof (value as FieldNode).kind === 'string') return [name, value as FieldNode]
      return [name, { kind: 'group', fields: draw(value as Drawing) }]
    }),
  )
}

export function one(
  data: DataFile,
  theirs: string,
  ours: string,
  fields?: Drawing,
  missing: 'fault' | 'absent' = 'fault',
): FieldNode {
  return {
    kind: 'one',
    join: { file: data, theirs, ours, missing, ...(fields === undefined ? {} : { fields: draw(fields) }) },
  }
}

export function many(
  data: DataFile,
  theirs: string,
  ours: string,
  fields?: Drawing,
  sort: readonly string[] = [],
): FieldNode {
  return {
    kind: 'many',
    sort,
    join: { file: data, theirs, ours, missing: 'fault', ...(fields === undefined ? {} : { fields: draw(fields) }) },
  }
}

export interface Batch {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly root?: Partial<DataFile>
  readonly key?: string
  readonly fields?: Drawing
  readonly schema?: JsonSchema
  readonly more?: Partial<IntakeRequest>
  /** Looks at the files while they are still there. */
  readonly look?: (paths: readonly string[], assembled: readonly Assembled[]) => Promise<void>
}

export interface Outcome {
  readonly faults: readonly Fault[]
  readonly assembled: readonly Assembled[]
  readonly made: readonly (Assembled & { kind: 'communication' })[]
  readonly rejects: readonly (Assembled & { kind: 'reject' })[]
  readonly figures: readonly FileFigures[]
  readonly summary: IntakeSummary
}

/** The first of `files` is the data file; joined ones are found by name. */
export async function intake({
  files,
  root = {},
  key = 'id',
  fields,
  schema = {},
  more = {},
  look,
}: Batch): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'platen-intake-'))
  const store = openScratch()
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const data = {
      ...file(Object.keys(files)[0] as string),
      ...root,
      key,
      ...(fields === undefined ? {} : { fields: draw(fields) }),
    }
    const job: Job = {
      name: 'job',
      file: 'job.yaml',
      template: 'invoice',
      data,
      channels: {},
      rejects: { count: 0 },
      set: {},
      allowEmpty: false,
      assets: '../assets',
      templates: '../templates',
    }
    const shown = dataFiles(job).map(({ file: name }) => name)
    const paths = shown.map(name => join(folder, name))
    const opened = await openIntake({ job, paths, shown, store, coerceTo: schema, ...more })
    const none = { assembled: [], made: [], rejects: [], figures: [], summary: undefined as never }
    if (!opened.ok) return { faults: opened.faults, ...none }
    const assembled: Assembled[] = []
    for await (const each of opened.value.assembled()) assembled.push(each)
    await look?.(paths, assembled)
    return {
      faults: [],
      assembled,
      made: assembled.filter(each => each.kind === 'communication'),
      rejects: assembled.filter(each => each.kind === 'reject'),
      figures: opened.value.files,
      summary: opened.value.summary(),
    }
  } finally {
    store.close()
    await rm(folder, { recursive: true })
  }
}

/** Faults as one reads them: `file:line: message -- hint`. */
export function words(faults: readonly Fault[]): string[] {
  return faults.map(
    fault => `${fault.code} ${describeFault(fault)}${fault.hint === undefined ? '' : ` -- ${fault.hint}`}`,
  )
}
