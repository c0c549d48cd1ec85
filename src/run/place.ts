/** Where a run lives: its name, its folder, and what stands in it. */
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { remove } from '../lots/index.ts'
import type { Job, Period } from '../model/index.ts'

/** `<job>-<period>`, or `<job>-<8 digits of the data's digest>` without a period. */
export function runName(job: Job, period: Period | undefined, digest: string): string {
  return `${job.name}-${period?.text ?? digest.slice(0, 8)}`
}

/** Whether a run can be called so: a folder beside the files of the out folder, and none of them. */
export function isRunName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) && !name.toLowerCase().startsWith(names.issued)
}

/** The folder of a run's kit: the first is `kit`, those of retries `kit-0002`, `kit-0003`, … */
export function kitFolder(run: string, number: number): string {
  return join(run, number === 1 ? 'kit' : `kit-${String(number).padStart(4, '0')}`)
}

/** Files of a run's folder, beside lots and kits. */
export const names = {
  /** In the out folder itself. */
  issued: 'issued.db',
  ledger: 'run.db',
  lock: 'run.lock',
  report: 'report.json',
  /** The report to print and sign. */
  page: 'report.html',
  rejects: 'rejects',
  /** Pieces that wait for somebody, by lot. */
  held: 'held',
  rejectList: 'rejects.csv',
  /** Pieces that failed or are held, with reasons to read. */
  failures: 'failed.csv',
  /** Stands in the folder of a run that was declared void, beside lots that look like any other. */
  voided: 'VOID',
} as const

/** A link among these paths: what a run writes into folders of its own would go elsewhere. */
export function linkAmong(paths: readonly string[]): string | undefined {
  return paths.find(path => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
}

/** Removes everything that a refused or killed start left, but for the lock that is held and the ledger that is open. */
export function clearRun(folder: string): void {
  const ours =
    /^(lot-\d{4,}|kit|kit-\d{4}|held|rejects|rejects\.csv|failed\.csv|report\.json|report\.html|.*\.partial)$/
  for (const name of readdirSync(folder)) if (ours.test(name)) remove(join(folder, name))
}

/** What a command that was cut off left in a run's folder: files that never got their name, and kits that no lot was to be made with. */
export function leftBehind(folder: string, kits: ReadonlySet<number>): readonly string[] {
  return readdirSync(folder).filter(name => {
    const kit = /^kit-(\d{4,})$/.exec(name)?.[1]
    return name.endsWith('.partial') || (kit !== undefined && !kits.has(Number(kit)))
  })
}

/** Removes a ledger that never came to an allocation; only while the run's lock is held. */
export function removeLedger(folder: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) remove(join(folder, `${names.ledger}${suffix}`))
}

/** Whether a run's folder has published lots. */
export function hasLots(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some(
    entry => entry.isDirectory() && /^lot-\d{4,}$/.test(entry.name),
  )
}

/** Names of the runs in an out folder, in order. */
export function listRuns(out: string): readonly string[] {
  if (!existsSync(out)) return []
  return readdirSync(out, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(out, entry.name, names.ledger)))
    .map(entry => entry.name)
    .sort()
}
