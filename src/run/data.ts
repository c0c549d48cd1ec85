/** The input files of a run: which they are, where they lie, and what they are digested to. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { dataFiles } from '../intake/index.ts'
import { type Modes, makeFolder } from '../lots/index.ts'
import {
  type DataFile,
  done,
  type Fault,
  type FieldNode,
  type Fields,
  failed,
  type Job,
  type Result,
  settle,
} from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { unreadable } from './kit.ts'
import type { DataSource } from './request.ts'

/** The files of a job in its order, found on disk. */
export interface Inputs {
  /** The job, with the formats that its files really have. */
  readonly job: Job
  /** Paths to read. */
  readonly paths: readonly string[]
  /** How faults name them. */
  readonly shown: readonly string[]
  /** Whether any file is not the job's own: then the job's control totals do not apply. */
  readonly replaced: boolean
  /** sha256 over all files in the job's order, hex. */
  readonly digest: string
  /** Removes what was kept of standard input and of iterables. */
  readonly close: () => void
}

/** One file, found: a path, or something that has to be written to one first. */
interface Found {
  readonly file: DataFile
  readonly source: DataSource
}

/**
 * Finds each file (the job's own relative to the job, a replacement as it was given), keeps standard input and iterables in files of
 * the out folder so that they can be read twice, and digests them all. Faults: names that the job does not have, files that cannot
 * be read.
 */
export async function openInputs(
  job: Job,
  replacements: Readonly<Record<string, DataSource>>,
  { out, modes }: { readonly out: string; readonly modes: Modes },
): Promise<Result<Inputs>> {
  const found = findInputs(job, replacements)
  if (!found.ok) return found
  const spooled: string[] = []
  const close = (): void => {
    for (const path of spooled) rmSync(path, { force: true })
  }
  try {
    const paths: string[] = []
    for (const { source } of found.value) {
      const path = typeof source === 'string' && source !== '-' ? source : await spool(source, out, modes)
      if (path !== source) spooled.push(path)
      paths.push(path)
    }
    const shown = found.value.map(({ file, source }) =>
      source === '-' ? 'stdin' : typeof source === 'string' ? source : `${file.name}.jsonl`,
    )
    const digest = await digestInputs(paths, shown)
    const replaced = Object.keys(replacements).length > 0
    if (digest.ok)
      return done({ job: withFormats(job, found.value), paths, shown, replaced, digest: digest.value, close })
    close()
    return digest
  } catch (error) {
    close()
    throw error
  }
}

function findInputs(job: Job, replacements: Readonly<Record<string, DataSource>>): Result<readonly Found[]> {
  const files = dataFiles(job)
  const faults: Fault[] = []
  const known = files.map(file => file.name)
  for (const name of Object.keys(replacements)) {
    if (name === '' || known.includes(name)) continue
    const message = `--data names ${name}, which is not a file of this job`
    faults.push({ code: 'usage.option', message, hint: hintKnown(name, known) })
  }
  const found = files.map((file, at): Found => {
    const own = file.file === '-' ? '-' : join(dirname(job.file), file.file)
    return { file, source: replacements[file.name] ?? (at === 0 ? replacements[''] : undefined) ?? own }
  })
  found.forEach(({ file, source }, at) => {
    if (typeof source !== 'string' || source === '-' || existsSync(resolve(source))) return
    const hint = at === 0 ? 'name the data with --data FILE' : `name it with --data ${file.name}=FILE`
    faults.push({ ...unreadable(source, { code: 'ENOENT' }), hint })
  })
  if (found.filter(({ source }) => source === '-').length > 1) {
    const message = 'two files are to be read from standard input'
    faults.push({ code: 'usage.option', message, hint: 'name one of them with --data NAME=FILE' })
  }
  return settle(found, faults)
}

/** Writes standard input, or an iterable as a JSON line for each object, into a file of the out folder. */
async function spool(source: DataSource, out: string, modes: Modes): Promise<string> {
  makeFolder(out, modes)
  const path = join(out, `.spool-${randomUUID()}`)
  const target = createWriteStream(path, { mode: modes.file, flags: 'wx' })
  try {
    if (typeof source === 'string') await pipeline(process.stdin, target)
    else await pipeline(Readable.from(jsonLines(source)), target)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
  return path
}

async function* jsonLines(objects: Exclude<DataSource, string>): AsyncGenerator<string> {
  for await (const object of objects) yield `${JSON.stringify(object)}\n`
}

/** The sha256 over all files in order. */
async function digestInputs(paths: readonly string[], shown: readonly string[]): Promise<Result<string>> {
  const whole = createHash('sha256')
  for (const [at, path] of paths.entries()) {
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) whole.update(chunk as Buffer)
    } catch (error) {
      return failed(unreadable(shown[at] ?? path, error))
    }
  }
  return done(whole.digest('hex'))
}

/** The job with each file's format as its replacement's name tells it; an iterable is JSON Lines. */
function withFormats(job: Job, found: readonly Found[]): Job {
  const mend = <F extends DataFile>(file: F): F => {
    const source = found.find(candidate => candidate.file.file === file.file)?.source
    if (source === undefined || source === '-') return file
    if (typeof source !== 'string') return { ...file, format: 'jsonl', encoding: 'utf-8' }
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
