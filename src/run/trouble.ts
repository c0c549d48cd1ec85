/** Trouble with the machine under a run: full disks, missing rights. Not our bugs, and not the input's fault. */
import { dirname } from 'node:path'
import { type Exit, type Fault, FaultError } from '../model/index.ts'
import { kindAndPlace } from './kindandplace.ts'
import { askForFiles } from './openfiles.ts'

interface Trouble {
  readonly exit: Exit
  readonly message: string
  readonly hint: string
}

const look = 'look at the machine; then start the same command again to go on'
const again = 'nothing is lost: make room, and start the same command again to go on'

/** By errno name, and for SQLite by its primary result code (https://sqlite.org/rescode.html). */
const troubles: Readonly<Record<string, Trouble>> = {
  ENOSPC: { exit: 130, message: 'the disk is full', hint: again },
  EDQUOT: { exit: 130, message: 'the disk quota is used up', hint: again },
  EIO: { exit: 130, message: 'the disk reports an error', hint: look },
  EMFILE: {
    exit: 130,
    message: 'too many files are open',
    hint: 'raise ulimit -n (256 will do for a few workers), and start the same command again to go on',
  },
  STALLED: {
    exit: 130,
    message: 'the process was stopped, or had no processor, for seconds on end',
    hint: 'nothing is lost: start the same command again to go on',
  },
  EACCES: {
    exit: 2,
    message: 'a file or folder may not be written or read',
    hint: 'check who owns the out folder, or name another with --out',
  },
  EPERM: {
    exit: 2,
    message: 'a file or folder may not be changed',
    hint: 'check who owns the out folder, or name another with --out',
  },
  EROFS: { exit: 2, message: 'the out folder lies on a read-only disk', hint: 'name another with --out' },
  ENOTDIR: { exit: 2, message: 'a file stands where a folder is needed', hint: 'name another out folder with --out' },
  EEXIST: { exit: 2, message: 'a file stands where a folder is needed', hint: 'name another out folder with --out' },
  LATER_LEDGER: {
    exit: 2,
    message: 'the ledger was written by a later Platen',
    hint: 'go on with the Platen that wrote it, or with a later one',
  },
  'SQLITE 5': { exit: 6, message: 'the ledger is held by another process', hint: 'wait until it ends' },
  'SQLITE 8': { exit: 2, message: 'the ledger may not be written', hint: 'check who owns the out folder' },
  'SQLITE 10': { exit: 130, message: 'the disk reports an error below the ledger', hint: look },
  'SQLITE 11': { exit: 2, message: 'the ledger is damaged', hint: 'restore the out folder from a backup' },
  'SQLITE 13': { exit: 130, message: 'the disk is full', hint: again },
  'SQLITE 14': { exit: 2, message: 'the ledger cannot be opened', hint: 'check who owns the out folder' },
  'SQLITE 26': { exit: 2, message: 'the ledger is no database', hint: 'restore the out folder from a backup' },
}

/** Where none can be made among the system's temporary files: not there, not ours to write, or no folder. */
const noTemporary: Trouble = {
  exit: 2,
  message: 'no temporary folder can be made',
  hint: 'name a folder that may be written with TMPDIR',
}
const noPlace = new Set(['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR'])

/** SQLITE_IOERR_SHMSIZE: the index of the write-ahead log found no room, which SQLite takes for an error of the disk. */
const noRoomForIndex = 4874

/** What the machine had, as a fault; undefined for everything else, which is a bug. */
export function troubleOf(error: unknown): { readonly exit: Exit; readonly fault: Fault } | undefined {
  const { code, errcode, path, syscall } = error as NodeJS.ErrnoException & { readonly errcode?: number }
  const name = code === 'ERR_SQLITE_ERROR' ? sqliteName(errcode ?? 0) : (code ?? '')
  const trouble =
    syscall === 'mkdtemp' && noPlace.has(name) ? noTemporary : Object.hasOwn(troubles, name) && troubles[name]
  if (!trouble) return undefined
  const { exit, message, hint } = trouble
  // A piece's file is named after its communication: its folder is all that may be told. The out folder itself stands in none.
  const folder = typeof path === 'string' ? dirname(path) : undefined
  const place = path === undefined || folder === undefined ? {} : { place: { file: folder === '.' ? path : folder } }
  return { exit, fault: { code: 'run.machine', message: `${message} (${name})`, hint, ...place } }
}

/** SQLite says that it cannot open a file, and not why: here it is asked whether any more can be opened. */
function sqliteName(errcode: number): string {
  if (errcode === noRoomForIndex) return 'SQLITE 13'
  if ((errcode & 0xff) !== cannotOpen) return `SQLITE ${errcode & 0xff}`
  try {
    askForFiles(fewFiles)
    return `SQLITE ${cannotOpen}`
  } catch {
    return 'EMFILE'
  }
}

const cannotOpen = 14

/** What was open when it failed is closed again by the time it is asked. */
const fewFiles = 32

/** The fault of a run whose ledger or report cannot be read: others beside it can. */
export function unreadableRun(folder: string, error: unknown): Fault & { readonly hint: string } {
  const told = error instanceof FaultError ? error.faults[0]?.message : undefined
  const { message, hint = '' } = troubleOf(error)?.fault ?? {
    message: `the ledger or the report cannot be read: ${told ?? kindAndPlace(error)}`,
    hint: 'restore the out folder from a backup',
  }
  return { code: 'run.machine', message, place: { file: folder }, hint }
}
