/** The input files of a run: which they are, and what they are digested to. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { dataFiles } from '../intake/index.ts'
import { type Modes, makeFolder } from '../lots/index.ts'
import { type DataFile, done, type Fault, failed, type Job, type Result, settle } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { unreadable } from './kit.ts'

/** The files of a job in its order, found on disk. */
export interface Inputs {
  /** Paths to read. */
  readonly paths: readonly string[]
  /** How faults name them. */
  readonly shown: readonly string[]
  /** Whether any file is not the job's own: then the job's control totals do not apply. */
  readonly replaced: boolean
  /** sha256 over all files in the job's order, hex. */
  readonly digest: string
  /** Removes what was kept of standard input. */
  readonly close: () => void
}

/**
 * Finds each file (the job's own relative to the job, a replacement as the operator typed it), keeps standard input in a file,
 * and digests them all. Faults: names that the job does not have, files that cannot be read.
 */
export async function openInputs(
  job: Job,
  replacements: Readonly<Record<string, string>>,
  { out, modes }: { readonly out: string; readonly modes: Modes },
): Promise<Result<Inputs>> {
  const found = findInputs(job, replacements)
  if (!found.ok) return found
  const shown = found.value.map(path => (path === '-' ? 'stdin' : path))
  const spooled = found.value.includes('-') ? await spoolStdin(out, modes) : undefined
  const paths = found.value.map(path => (path === '-' && spooled !== undefined ? spooled : path))
  const digest = await digestInputs(paths, shown)
  const close = (): void => {
    if (spooled !== undefined) rmSync(spooled, { force: true })
  }
  if (digest.ok)
    return done({ paths, shown, replaced: Object.keys(replacements).length > 0, digest: digest.value, close })
  close()
  return digest
}

function findInputs(job: Job, replacements: Readonly<Record<string, string>>): Result<readonly string[]> {
  const files = dataFiles(job)
  const faults: Fault[] = []
  for (const name of Object.keys(replacements)) {
    if (name === '' || files.some(file => file.name === name)) continue
    faults.push({
      code: 'usage.option',
      message: `--data names ${name}, which is not a file of this job`,
      hint: hintKnown(
        name,
        files.map(file => file.name),
      ),
    })
  }
  const paths = files.map((file, at) => pathOf(file, at, job, replacements))
  paths.forEach((path, at) => {
    if (path === '-' || existsSync(resolve(path))) return
    const isRoot = at === 0
    faults.push({
      ...unreadable(path, { code: 'ENOENT' }),
      hint: isRoot ? 'name the data with --data FILE' : `name it with --data ${files[at]?.name}=FILE`,
    })
  })
  if (paths.filter(path => path === '-').length > 1) {
    faults.push({
      code: 'usage.option',
      message: 'two files are to be read from standard input',
      hint: 'name one of them with --data NAME=FILE',
    })
  }
  return settle(paths, faults)
}

function pathOf(file: DataFile, at: number, job: Job, replacements: Readonly<Record<string, string>>): string {
  const replacement = replacements[file.name] ?? (at === 0 ? replacements[''] : undefined)
  if (replacement !== undefined) return replacement
  return file.file === '-' ? '-' : join(dirname(job.file), file.file)
}

/** Reads standard input into a file of the out folder, so that it can be read twice. */
async function spoolStdin(out: string, modes: Modes): Promise<string> {
  makeFolder(out, modes)
  const path = join(out, `.stdin-${randomUUID()}`)
  await pipeline(process.stdin, createWriteStream(path, { mode: modes.file, flags: 'wx' }))
  return path
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
