/** The input files of a run: which they are, where they lie, and what they are digested to. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { dataFiles } from '../../intake/index.ts'
import type { Modes } from '../../lots/index.ts'
import {
  type DataFile,
  done,
  type Fault,
  type FieldNode,
  type Fields,
  failed,
  type InputSummary,
  type Job,
  type Result,
  settle,
} from '../../model/index.ts'
import { hintKnown, hintNearest } from '../../schema/index.ts'
import type { Replacement, RowSource } from '../request.ts'
import { fill } from './fill.ts'
import { unreadable } from './kit.ts'
import { openSpool, type Spool } from './spool.ts'

/** The files of a job in its order, found on disk. */
export interface Inputs {
  /** The job, with the formats that its files really have. */
  readonly job: Job
  /** Paths to read. */
  readonly paths: readonly string[]
  /** How faults name them. */
  readonly shown: readonly string[]
  /** Positions of those that are not the job's own: where there are any, the job's control totals do not apply. */
  readonly replaced: readonly number[]
  /** sha256 over all files in the job's order, hex. */
  readonly digest: string
  /** sha256 of each. */
  readonly digests: readonly string[]
  /** Removes what was kept of standard input and of iterables. */
  readonly close: () => void
}

/** Where what cannot be read twice is kept, and what may interrupt reading it. */
export interface SpoolPlace {
  readonly folder: string
  readonly modes: Modes
  readonly signal?: AbortSignal
}

/** One file, found: a path, or something that has to be written to one first. */
interface Found {
  readonly file: DataFile
  readonly source: RowSource
  /** Whether it is the job's own. */
  readonly own: boolean
}

/**
 * Finds each file (the job's own relative to the job, a replacement as it was given), keeps standard input, pipes and iterables in files of
 * the out folder so that they can be read twice, and digests them all. Faults: names that the job does not have, files that cannot
 * be read. Rejects with a FaultError whose cause is the error of an iterable that threw, and with the reason of the signal, also
 * while an iterable keeps it waiting.
 */
export async function openInputs(
  job: Job,
  replacements: readonly Replacement[],
  { folder, modes, signal }: SpoolPlace,
): Promise<Result<Inputs>> {
  const found = findInputs(job, replacements)
  if (!found.ok) return found
  const spools: Spool[] = []
  const close = (): void => {
    for (const spool of spools) spool.remove()
  }
  const refuse = (result: { readonly ok: false; readonly faults: readonly Fault[] }): Result<Inputs> => {
    close()
    return result
  }
  try {
    const paths: string[] = []
    const shown = found.value.map(({ file, source }) =>
      source === '-' ? 'stdin' : typeof source === 'string' ? source : `${file.name}.jsonl`,
    )
    for (const [at, { source }] of found.value.entries()) {
      if (typeof source === 'string' && source !== '-' && !comesOnce(source)) {
        paths.push(source)
        continue
      }
      const spool = openSpool({ folder, modes })
      spools.push(spool)
      const filled = await fill(spool.path, { source, shown: shown[at] ?? '', modes, signal })
      if (!filled.ok) return refuse(filled)
      paths.push(spool.path)
    }
    const digest = await digestInputs(paths, shown, signal)
    if (!digest.ok) return refuse(digest)
    const replaced = found.value.flatMap(({ own }, at) => (own ? [] : [at]))
    return done({ job: withFormats(job, found.value), paths, shown, replaced, ...digest.value, close })
  } catch (error) {
    close()
    throw error
  }
}

/** Whether a path leads to a pipe (`--data <(zcat …)`), which can be read only once. */
function comesOnce(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFIFO() === true
}

function findInputs(job: Job, replacements: readonly Replacement[]): Result<readonly Found[]> {
  const files = dataFiles(job)
  const { sources, faults } = replaceFiles(files, replacements)
  const found = files.map((file): Found => {
    const own = file.file === '-' ? '-' : join(dirname(job.file), file.file)
    return { file, source: sources.get(file) ?? own, own: !sources.has(file) }
  })
  found.forEach(({ file, source }, at) => {
    if (typeof source !== 'string' || source === '-' || existsSync(resolve(source))) return
    const named = at === 0 ? 'name the data with --data FILE' : `name it with --data ${file.name}=FILE`
    faults.push({ ...unreadable(source, { code: 'ENOENT' }), hint: neighbour(source) ?? named })
  })
  if (found.filter(({ source }) => source === '-').length > 1) {
    const message = 'two files are to be read from standard input'
    faults.push({ code: 'usage.option', message, hint: 'name one of them with --data NAME=FILE' })
  }
  return settle(found, faults)
}

/** The file beside it that a mistyped path most likely meant. */
function neighbour(path: string): string | undefined {
  const folder = dirname(path)
  return existsSync(folder) ? hintNearest(basename(path), readdirSync(folder)) : undefined
}

/** Which source stands in for which file of the job. */
function replaceFiles(
  files: readonly DataFile[],
  replacements: readonly Replacement[],
): { readonly sources: ReadonlyMap<DataFile, RowSource>; readonly faults: Fault[] } {
  const sources = new Map<DataFile, RowSource>()
  const faults: Fault[] = []
  const refuse = (message: string, hint: string): void => {
    faults.push({ code: 'usage.option', message, hint })
  }
  for (const replacement of replacements) {
    const { name, source } = 'words' in replacement ? splitWords(replacement.words, files) : replacement
    // Files may share a name, never a path.
    const meant =
      name === undefined
        ? files.slice(0, 1)
        : (one(files.find(({ file }) => file === name)) ?? files.filter(file => file.name === name))
    const [file, other] = meant
    if (file === undefined) {
      const known = files.map(one => one.name)
      refuse(`--data names ${name}, which is not a file of this job`, hintKnown(name ?? '', known))
    } else if (other !== undefined) {
      const paths = meant.map(one => one.file)
      refuse(
        `${name} is the name of ${meant.length} files of this job: ${paths.join(', ')}`,
        `tell them apart by path, as the job writes it: --data ${paths[0]}=FILE`,
      )
    } else if (sources.has(file)) {
      refuse(`--data names ${file.name} twice`, 'a file of the job is replaced by one file')
    } else sources.set(file, source)
  }
  return { sources, faults }
}

const one = <T>(found: T | undefined): readonly T[] | undefined => (found === undefined ? undefined : [found])

/** `NAME=FILE` where the job has a file of that name or path, or where no file is called so as a whole; else `FILE`. */
function splitWords(words: string, files: readonly DataFile[]): { readonly name?: string; readonly source: string } {
  if (words === '-' || existsSync(words)) return { source: words }
  const known = files.flatMap(({ file, name }) => [file, name]).filter(name => words.startsWith(`${name}=`))
  const name = known.toSorted((a, b) => b.length - a.length)[0] ?? /^([^=/\\]+)=/.exec(words)?.[1]
  const source = name === undefined ? '' : words.slice(name.length + 1)
  return name === undefined || source === '' ? { source: words } : { name, source }
}

/** The sha256 over all files in order, and of each. */
async function digestInputs(
  paths: readonly string[],
  shown: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Result<Pick<Inputs, 'digest' | 'digests'>>> {
  const whole = createHash('sha256')
  const digests: string[] = []
  for (const [at, path] of paths.entries()) {
    try {
      digests.push(await digestFile(path, { signal, beside: whole }))
    } catch (error) {
      signal?.throwIfAborted()
      return failed(unreadable(shown[at] ?? path, error))
    }
  }
  return done({ digest: whole.digest('hex'), digests })
}

/** Hex SHA-256 of a file; `beside` takes its bytes, too. Rejects with what the system says, and with the signal's reason. */
export async function digestFile(
  path: string,
  {
    signal,
    beside,
  }: {
    readonly signal?: AbortSignal | undefined
    readonly beside?: { readonly update: (chunk: Uint8Array) => unknown }
  },
): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted()
    beside?.update(chunk as Buffer)
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex')
}

/** Data is read more than once: it has to be the same each time. */
export function changedFile(file: string): Fault {
  return {
    code: 'run.data',
    message: 'the file changed while it was read',
    place: { file },
    hint: 'start again once it is whole',
  }
}

/** Data is read twice, for its digest and for its rows: both have to be the same. */
export function changedWhileRead(inputs: Inputs, { files }: InputSummary): readonly Fault[] {
  return files.flatMap(({ file, sha256 }, at) => (sha256 === inputs.digests[at] ? [] : [changedFile(file)]))
}

/** Objects come from a program, not from whoever wrote the file: decimals have a point, dates are ISO 8601. */
function asObjects<F extends DataFile>({ thousands: _, date: __, ...file }: F): F {
  return { ...file, format: 'jsonl', encoding: 'utf-8', decimal: '.' } as unknown as F
}

/** The job with each file's format as its replacement's name tells it; an iterable is JSON Lines that no file's conventions apply to. */
function withFormats(job: Job, found: readonly Found[]): Job {
  const mend = <F extends DataFile>(file: F): F => {
    const source = found.find(candidate => candidate.file.file === file.file)?.source
    if (source === undefined || source === '-') return file
    if (typeof source !== 'string') return asObjects(file)
    const format = (['csv', 'tsv', 'jsonl', 'json'] as const).find(name => extname(source).toLowerCase() === `.${name}`)
    if (format === undefined || format === file.format || basename(source) === basename(file.file)) return file
    const usual = { csv: ',', tsv: '\t' } as const
    const changes = file.format in usual && format in usual && file.delimiter === usual[file.format as 'csv' | 'tsv']
    return { ...file, format, ...(changes ? { delimiter: usual[format as 'csv' | 'tsv'] } : {}) }
  }
  const visit = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, node]): [string, FieldNode] => {
        if (node.kind === 'column') return [name, node]
        if (node.kind === 'group' || node.kind === 'rows') return [name, { ...node, fields: visit(node.fields) }]
        const { fields: inner, ...join } = node.join
        const mended = { ...join, file: mend(join.file), ...(inner === undefined ? {} : { fields: visit(inner) }) }
        return [name, { ...node, join: mended }]
      }),
    )
  const { fields } = job.data
  return { ...job, data: { ...mend(job.data), ...(fields === undefined ? {} : { fields: visit(fields) }) } }
}
