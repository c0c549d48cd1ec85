/** The kit on disk: read once from a factory's folders, frozen beside the run, read back on resume. */
import { createHash } from 'node:crypto'
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, posix, resolve } from 'node:path'
import { type LoadJobRequest, loadJob } from '../../job/index.ts'
import { flushFolder, type Modes, makeFolder, NewFiles, remove, rename } from '../../lots/index.ts'
import {
  type Fault,
  failed,
  type Job,
  type Kit,
  type KitFile,
  type Result,
  type Source,
  settle,
} from '../../model/index.ts'
import { hintKnown } from '../../schema/index.ts'
import type { Table } from './table.ts'

/** A job with the kit that it is made with. */
export interface KitAndJob {
  readonly job: Job
  readonly kit: Kit
}

/** Which job, and where the factory keeps brand and templates; default: `assets` and `templates` beside the job's folder. */
export interface KitRequest {
  readonly job: string
  readonly assets?: string
  readonly templates?: string
}

/** Reads a job file, what it names beside it, its template and its brand from disk. Faults: what is missing or cannot be read. */
export function readKit(request: KitRequest, table: Table): Result<KitAndJob> {
  const { job: jobFile, assets } = request
  const kit = new Map<string, KitFile>()
  const folder = dirname(jobFile)
  const loaded = readJob(jobFile, table, kit)
  if (!loaded.ok) return loaded
  const job = loaded.value
  const faults: Fault[] = []
  const shelf = shelfOf(request, job)
  if (existsSync(join(shelf, job.template))) {
    readFolder(join(shelf, job.template), `templates/${job.template}`, kit, faults)
  } else {
    const known = existsSync(shelf) ? readdirSync(shelf) : []
    faults.push({
      code: 'job.value',
      message: `there is no template ${job.template} in ${shelf}`,
      place: { file: jobFile, path: 'template' },
      hint: hintKnown(job.template, known, 'write a template there, or set templates: in the job'),
    })
  }
  const brand = job.assets === undefined ? (assets ?? join(folder, '../assets')) : join(folder, job.assets)
  if (existsSync(brand)) readFolder(brand, 'assets', kit, faults)
  else
    faults.push({
      code: 'job.value',
      message: `there is no folder ${brand}, where the brand should be`,
      place: { file: jobFile, ...(job.assets === undefined ? {} : { path: 'assets' }) },
      hint: 'set assets: in the job to the folder of brand.yaml, relative to the job file',
    })
  return settle({ job, kit }, faults)
}

/** The folder of all templates that a job's comes from. */
function shelfOf({ job: jobFile, templates }: KitRequest, job: Job): string {
  const folder = dirname(jobFile)
  return job.templates === undefined ? (templates ?? join(folder, '../templates')) : join(folder, job.templates)
}

/** The other templates beside a job's: their files, their names in order, and what of them cannot be read. */
export function readOthers(
  request: KitRequest,
  job: Job,
): { readonly kit: Kit; readonly names: readonly string[]; readonly faults: readonly Fault[] } {
  const shelf = shelfOf(request, job)
  const names = readdirSync(shelf)
    .filter(name => name !== job.template && existsSync(join(shelf, name, 'template.yaml')))
    .sort()
  const kit = new Map<string, KitFile>()
  const faults: Fault[] = []
  for (const name of names) readFolder(join(shelf, name), `templates/${name}`, kit, faults)
  return { kit, names, faults }
}

/** Reads the job alone, for what its file says: enough to know which run is meant. */
export function readJob(jobFile: string, table: Table, kit: Map<string, KitFile> = new Map()): Result<Job> {
  if (!existsSync(jobFile)) {
    const folder = dirname(jobFile)
    const known = existsSync(folder) ? readdirSync(folder).filter(name => /\.ya?ml$/.test(name)) : []
    return failed({
      code: 'usage.file',
      message: 'the job is not there',
      place: { file: jobFile },
      hint: known.length === 0 ? 'name a job file, such as jobs/invoices.yaml' : hintKnown(basename(jobFile), known),
    })
  }
  const read = (path: string): Source | undefined => readBeside(jobFile, path, kit)
  const source = read(basename(jobFile))
  if (source === undefined) {
    return failed({
      code: 'usage.file',
      message: 'the job cannot be read',
      place: { file: jobFile },
      hint: 'a job is a text file: save it as UTF-8',
    })
  }
  return loadJob({ name: jobName(jobFile), source, read, ...ofChannels(table) })
}

/** What a job has to know of the channels. */
function ofChannels({ channels }: Table): Pick<LoadJobRequest, 'channels' | 'settings'> {
  return {
    channels: channels.map(({ name }) => name),
    settings: Object.fromEntries(channels.map(({ name, settings }) => [name, settings])),
  }
}

/** The job's name: its file's, without extension. */
function jobName(jobFile: string): string {
  return basename(jobFile, extname(jobFile))
}

/** Writes the kit into a run's folder, durably. */
export async function freezeKit(kit: Kit, folder: string, modes: Modes): Promise<void> {
  const aside = `${folder}.partial`
  remove(aside)
  const folders = new Set([aside])
  const files = new NewFiles(modes)
  makeFolder(aside, modes)
  for (const { name, bytes } of kit.values()) {
    const path = join(aside, name)
    makeFolder(dirname(path), modes)
    folders.add(dirname(path))
    files.write(path, bytes)
    await files.keepUp()
  }
  await files.settled()
  for (const path of folders) flushFolder(path)
  remove(folder)
  rename(aside, folder)
  flushFolder(dirname(folder))
}

/** The files of a frozen kit, as far as they can be read. */
export function frozenFiles(folder: string): Kit {
  const kit = new Map<string, KitFile>()
  if (existsSync(folder)) readFolder(folder, '', kit, [])
  return kit
}

/** Reads a frozen kit back; its files are shown under their frozen paths. */
export function readFrozenKit(folder: string, jobFile: string, table: Table): Result<KitAndJob> {
  const kit = new Map<string, KitFile>()
  const faults: Fault[] = []
  if (existsSync(folder)) readFolder(folder, '', kit, faults)
  if (faults.length > 0) return failed(...faults)
  const source = text(kit.get(jobEntry(basename(jobFile))))
  if (source === undefined) {
    return failed({
      code: 'run.kit',
      message: 'the frozen kit of this run is missing or damaged',
      place: { file: folder },
      hint: 'the kit is needed to go on: restore the out folder from a backup',
    })
  }
  const loaded = loadJob({
    name: jobName(jobFile),
    source,
    read: path => text(kit.get(jobEntry(path))),
    ...ofChannels(table),
  })
  return loaded.ok ? settle({ job: loaded.value, kit }, []) : loaded
}

/** Digest over names and bytes of all files, in the order of names. */
export function kitDigest(kit: Kit): string {
  const hash = createHash('sha256')
  for (const name of [...kit.keys()].sort()) {
    const bytes = kit.get(name)?.bytes ?? new Uint8Array()
    hash.update(`${name}\n${bytes.byteLength}\n`).update(bytes)
  }
  return hash.digest('hex')
}

/** The fault of a frozen kit that has another digest than the ledger keeps. */
export function kitDamaged(folder: string): Fault {
  return {
    code: 'run.kit',
    message: 'the frozen kit of this run is not what the run began with',
    place: { file: folder },
    hint: 'restore the out folder from a backup: what is left has to be made with the kit that was frozen',
  }
}

/** Under which name the ledger keeps the digest of a run's kit. */
export function kitMeta(number: number): string {
  return number === 1 ? 'kit' : `kit ${number}`
}

/** Names of files that differ between two kits, in order. */
export function changedFiles(before: Kit, after: Kit): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.filter(name => {
    const [a, b] = [before.get(name), after.get(name)]
    return a === undefined || b === undefined || Buffer.compare(a.bytes, b.bytes) !== 0
  })
}

const largestFile = 50 * 1024 * 1024

/** Reads all files below a folder into a kit, under a name inside it. Names with a leading dot are left out. */
export function readFolder(folder: string, name: string, kit: Map<string, KitFile>, faults: Fault[]): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    const inside = name === '' ? entry.name : `${name}/${entry.name}`
    if (entry.isDirectory()) readFolder(path, inside, kit, faults)
    else if (entry.isFile()) addFile(path, inside, kit, faults)
    else faults.push(notAFile(path, entry))
  }
}

function addFile(path: string, name: string, kit: Map<string, KitFile>, faults: Fault[]): void {
  try {
    const bytes = readFileSync(path)
    if (bytes.byteLength > largestFile) {
      const message = `the file is larger than ${largestFile / 1024 / 1024} MB`
      faults.push({
        code: 'usage.file',
        message,
        place: { file: path },
        hint: 'brands and templates hold small files only',
      })
    } else kit.set(name, { name, shown: path, bytes })
  } catch (error) {
    faults.push(unreadable(path, error))
  }
}

function notAFile(path: string, entry: Dirent): Fault {
  return {
    code: 'usage.file',
    message: `this is ${entry.isSymbolicLink() ? 'a link' : 'not a file'}; brands and templates hold plain files`,
    place: { file: path },
    hint: 'copy the file here',
  }
}

/** What the system says about a file that cannot be read, in words. */
export function unreadable(path: string, error: unknown): Fault {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'is not there',
    EACCES: 'may not be read',
    EISDIR: 'is a folder, not a file',
    EMFILE: 'cannot be opened: too many files are open',
  }
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return {
    code: 'usage.file',
    message: `the file ${reasons[code] ?? `cannot be read (${code})`}`,
    place: { file: path },
    hint: 'check the path, and who may read it',
  }
}

/** A text file beside the job, put into the kit as it is read. */
function readBeside(jobFile: string, path: string, kit: Map<string, KitFile>): Source | undefined {
  const shown = join(dirname(jobFile), path)
  if (!existsSync(resolve(shown))) return undefined
  const name = jobEntry(path)
  const faults: Fault[] = []
  addFile(shown, name, kit, faults)
  return text(kit.get(name))
}

/** Where a file that a job names stands in the kit: `job/clean.js`, `job/__/data/control.yaml`. */
function jobEntry(path: string): string {
  const inside = posix.normalize(path.replaceAll('\\', '/')).replace(/^\/+/, '')
  return `job/${inside
    .split('/')
    .map(step => (step === '..' ? '__' : step))
    .join('/')}`
}

function text(file: KitFile | undefined): Source | undefined {
  if (file === undefined) return undefined
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes)
    // Zeros between letters are UTF-16 without its byte order mark.
    return decoded.includes('\0') ? undefined : { file: file.shown, text: decoded }
  } catch {
    return undefined
  }
}
